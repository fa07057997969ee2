import type { SuggestionState, TopicKind } from '@zhibu/server/modules/discussion/names-schema'
import { officeNames } from '@zhibu/server/modules/organization/names-schema'

/** The colours of the states: yellow asks for something, green is good. */
export const stateColours: Readonly<Record<SuggestionState, string>> = {
  received: 'yellow',
  looking: 'yellow',
  accepted: 'blue',
  declined: 'gray',
  doing: 'blue',
  done: 'green',
}

/** What an officer does to enter a state. */
export const stateVerbs: Readonly<Record<SuggestionState, string>> = {
  received: '登记收到',
  looking: '开始研究',
  accepted: '采纳',
  declined: '不采纳',
  doing: '开始办理',
  done: '办结',
}

/** What the writing of each kind is called. */
export const writingNames: Readonly<Record<TopicKind, string>> = {
  discussion: '发起讨论',
  question: '提问',
  suggestion: '提建议',
  idea: '来稿',
  complaint: '投诉反映',
}

/** The offices that may be named to answer; the server refuses one that does not moderate. */
export const { orgMember: _, disciplineMember: __, partySchool: ___, ...answeringOffices } = officeNames

/** Whether topics of a kind are answered by an office until a day. */
export const isAnswered = (kind: TopicKind): boolean => kind !== 'discussion' && kind !== 'question'
