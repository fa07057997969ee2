/** The codes of discussion in Chinese. Pages load this file by value, so it brings no schema library. */
export const topicKindNames = {
  discussion: '讨论',
  question: '提问',
  suggestion: '建议',
  idea: '征集来稿',
  complaint: '投诉反映',
} as const
export type TopicKind = keyof typeof topicKindNames

/** How far a suggestion, an idea or a complaint has come. */
export const stateNames = {
  received: '已收到',
  looking: '正在研究',
  accepted: '已采纳',
  declined: '未采纳',
  doing: '正在办理',
  done: '已办结',
} as const
export type SuggestionState = keyof typeof stateNames

/** What an officer has written down in a topic: a state, a promise, or what became of it. */
export const stepNames = {
  ...stateNames,
  promised: '答复安排',
  merged: '合并办理',
  outcome: '结果公示',
} as const
export type StepKind = keyof typeof stepNames

export const followWayNames = { atOnce: '有新回复就告诉我', daily: '每天汇总一次', never: '不关注' } as const
export type FollowWay = keyof typeof followWayNames
