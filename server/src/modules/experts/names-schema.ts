/** The codes of experts (专家) and invitations in Chinese, for server and web. */

/** Who sees an expert, worked out from dated facts. */
export const expertStateNames = {
  listed: '本人同意公开',
  kept: '只有登记单位能看',
  withdrawn: '已退出专家库',
} as const
export type ExpertState = keyof typeof expertStateNames

/** Where an invitation stands, worked out from its dated facts. */
export const invitationStateNames = {
  asked: '待答复',
  agreed: '已约定',
  over: '已讲，待评价',
  evaluated: '已评价',
  declined: '未约成',
  withdrawn: '已撤回',
  cancelled: '讲座已取消',
} as const
export type InvitationState = keyof typeof invitationStateNames

/** Where a lecture is wished. */
export const venueNames = { onSite: '现场', online: '线上', either: '现场、线上都可以' } as const
export type Venue = keyof typeof venueNames

/** How the base of experts is ordered; there is no other order. */
export const orderNames = { name: '按姓名', changed: '按最近修改' } as const
export type ExpertOrder = keyof typeof orderNames

/** A field of an expert that is sealed, and read one at a time. */
export const contactNames = { phone: '电话', email: '邮箱' } as const
export type Contact = keyof typeof contactNames

/** So many topics an expert has, and so many days an invitation wishes. */
export const mostExpertTopics = 12
export const mostWishedDays = 3

/** So many experts are taken from one list, and so large its file is. */
export const mostInList = 200
export const largestListMb = 1
