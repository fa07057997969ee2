/** The codes of activities (活动) in Chinese, for server and web. */

export const activityKindNames = {
  themeClass: '主题班会',
  memorial: '纪念日活动',
  lecture: '讲座',
  exchange: '交流会',
  visit: '参观实践',
  other: '其他活动',
} as const
export type ActivityKind = keyof typeof activityKindNames

/** Where an activity stands, worked out from its dated facts. */
export const activityStateNames = {
  planned: '筹备中',
  announced: '已发布',
  underWay: '进行中',
  over: '已结束，待记录',
  recorded: '已记录',
  cancelled: '已取消',
} as const
export type ActivityState = keyof typeof activityStateNames

/** A moment of a day, in minutes since midnight, as people write it: 14:00. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** How long the ready plans of a day last. */
export const kitLengthNames = { tenMinutes: '十分钟', halfHour: '半小时', halfDay: '半天' } as const
export type KitLength = keyof typeof kitLengthNames

/** Where somebody who has signed up stands. */
export const placeNames = { taken: '已报名', waiting: '候补' } as const
export type SignUpPlace = keyof typeof placeNames
