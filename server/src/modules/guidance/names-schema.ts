/** The codes of one-to-one guidance (一对一指导) in Chinese, for server and web. */

/** Where a booking stands, worked out from its facts and the clock. */
export const bookingStateNames = {
  coming: '已预约',
  underWay: '进行中',
  over: '已结束，待记录',
  recorded: '已记录',
  cancelled: '已取消',
} as const
export type BookingState = keyof typeof bookingStateNames

/** The two sides of a booking: who guides, and who is guided. */
export const sideNames = { mentor: '指导老师', guided: '预约人' } as const
export type Side = keyof typeof sideNames

/** What stands against a time: something of one's own at the same time. */
export const clashNames = { guidance: '一对一指导', activity: '报名的活动' } as const
export type ClashKind = keyof typeof clashNames

/** So many weeks in a row a time is offered at most, and so many free times a mentor has at once. */
export const mostWeeks = 20
export const mostFreeTimes = 200

/** How long one talk lasts, in minutes. */
export const leastMinutes = 10
export const mostMinutes = 240

/** So many talks to come one person has booked at once, so that times are left for others. */
export const mostComing = 5

/** So many next steps one talk has. */
export const mostSteps = 20

/** From so many persons on, and from so many of them who have been guided, a sum is told: a smaller one would be the figure of a person. */
export const leastInCohort = 5
export const leastGuided = 3
