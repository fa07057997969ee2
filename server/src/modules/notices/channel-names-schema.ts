import type { Channel, ChannelChoice, NoticeSource } from './schema.ts'

/** The words of the office for the codes of channels and sources. Pages load this file by value, so it brings no schema library. */

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

export const noticeSourceNames: Readonly<Record<NoticeSource, string>> = {
  due: '到期事项',
  term: '任期届满',
  review: '半年考察',
}
