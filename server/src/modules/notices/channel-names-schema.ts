import type { Channel, ChannelChoice, NoticeKind, NoticeSource, OutboxSource } from './schema.ts'

/** The words of the office for the codes of channels, sources and kinds. Pages load this file by value, so it brings no schema library. */

export const channelNames: Readonly<Record<Channel, string>> = {
  email: '邮件',
  wecom: '企业微信',
  dingtalk: '钉钉',
}

export const channelChoiceNames: Readonly<Record<ChannelChoice, string>> = {
  atOnce: '随时',
  weekly: '每周汇总',
  never: '不要',
}

export const outboxSourceNames: Readonly<Record<OutboxSource, string>> = {
  due: '到期事项',
  term: '任期届满',
  review: '半年考察',
  suggestion: '建议答复',
}

export const noticeSourceNames: Readonly<Record<NoticeSource, string>> = {
  ...outboxSourceNames,
  lecture: '讲座提醒',
  activity: '活动报名',
  training: '培训',
  call: '征集作品',
  guidance: '一对一指导',
  expert: '专家',
  talent: '工作队伍',
  report: '定期报送',
}

export const noticeKindNames: Readonly<Record<NoticeKind, string>> = {
  information: '仅供知悉',
  confirmation: '请确认',
  task: '限期办理',
}
