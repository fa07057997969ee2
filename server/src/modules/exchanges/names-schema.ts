/** The codes of experience exchange (经验交流) in Chinese, for server and web. */

/** Where a meeting stands, worked out from its dated facts. */
export const meetingStateNames = {
  planned: '筹备中',
  announced: '已发布',
  over: '已开过，待小结',
  concluded: '已小结',
  cancelled: '已取消',
} as const
export type MeetingState = keyof typeof meetingStateNames

/** What became of a practice that an organisation tried; that it was no use is welcome, too. */
export const outcomeNames = {
  worked: '有成效',
  partly: '部分有成效',
  none: '没有成效',
  early: '还看不出来',
} as const
export type Outcome = keyof typeof outcomeNames

/** So many cases one person or guest writes for one meeting, and so many organisations and guests it has. */
export const mostCases = 3
export const mostParticipants = 60
export const mostGuests = 100

/** So many days ahead the last day of an invitation may lie. */
export const mostLinkDays = 90

/** So many words a card is found by. */
export const mostTopics = 6
