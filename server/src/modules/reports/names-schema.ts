/** The codes of the statistics (统计) in Chinese, for server and web. Pages load this file by value, so it brings no schema library. */

/** What a card counts. */
export const cardNames = {
  stages: '队伍构成',
  members: '党员构成',
  development: '发展情况',
  dues: '待办事项',
  terms: '任期',
  training: '培训',
  activities: '活动',
} as const
export type CardKey = keyof typeof cardNames

/** By what members are counted. */
export const traitNames = {
  sex: '性别',
  ethnicity: '民族',
  age: '年龄',
  education: '学历',
  kind: '人员类别',
} as const
export type Trait = keyof typeof traitNames
