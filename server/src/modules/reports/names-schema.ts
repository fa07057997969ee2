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

/** How often a table goes upward. */
export const everyNames = { month: '每月', quarter: '每季（1、4、7、10 月）', halfYear: '每半年（1、7 月）' } as const
export type Every = keyof typeof everyNames

/** Why a table did not go, and what is to be done. */
export const failureNames = {
  owner: '负责人不再担任这里的职务。请现任同志打开这项报送，核对后保存，由自己负责。',
  recipients: '收件的职务现在没有人担任，或者任职的人没有账号。请核对收件人，这一期可以自己导出统计表送去。',
  dissolved: '这个组织已经撤销，报送随之停止。',
} as const
export type Failure = keyof typeof failureNames
