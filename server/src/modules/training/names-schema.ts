/** The codes of training (培训) in Chinese, for server and web. Pages load this file by value, so it brings no schema library. */

/** For whom a programme is. */
export const audienceNames = {
  activists: '入党积极分子',
  prospects: '发展对象',
  probationary: '预备党员',
  members: '党员',
  secretaries: '党组织书记',
  committeeMembers: '支部委员',
  publicityStaff: '宣传和信息工作人员',
  others: '其他人员',
} as const
export type Audience = keyof typeof audienceNames

/** What a session is about: Art. 9–15 of the regulations on the education of members. */
export const categoryNames = {
  theory: '政治理论教育',
  political: '政治教育和政治训练',
  discipline: '党章党规党纪教育',
  purpose: '党的宗旨教育',
  tradition: '革命传统教育',
  situation: '形势政策教育',
  skills: '知识技能教育',
} as const
export type Category = keyof typeof categoryNames

/** How a session is held. */
export const formNames = {
  rotation: '集中轮训',
  threeMeetings: '三会一课',
  themedDay: '主题党日',
  partyLecture: '党课',
  orgLifeMeeting: '组织生活会',
  specialStudy: '专题学习',
  online: '在线学习',
  practice: '实践、志愿服务',
  selfStudy: '自学',
} as const
export type Form = keyof typeof formNames

/** The part of the year to which a programme belongs. */
export const termNames = { spring: '春季学期', autumn: '秋季学期', year: '全年' } as const
export type Term = keyof typeof termNames

/** Where a programme stands, worked out from its dated facts and the days of its sessions. */
export const programmeStateNames = {
  planned: '筹备中',
  announced: '已发布',
  underWay: '进行中',
  over: '课程已上完',
  closed: '已办结',
  cancelled: '已取消',
} as const
export type ProgrammeState = keyof typeof programmeStateNames

/** How somebody came onto the list. */
export const sourceNames = { list: '按名单录取', nomination: '支部推荐', signUp: '本人报名' } as const
export type Source = keyof typeof sourceNames

/** Where somebody on the list stands. */
export const placeNames = { taken: '已录取', waiting: '候补' } as const
export type Place = keyof typeof placeNames

/** What is recorded of somebody at a session, by whoever holds it and never by a device. */
export const attendanceNames = { present: '到课', leave: '请假', absent: '未到', madeUp: '已补课' } as const
export type Attendance = keyof typeof attendanceNames

/** Why somebody does not come. */
export const leaveNames = {
  sick: '病假',
  official: '公假',
  classes: '课程冲突',
  personal: '事假',
  other: '其他',
} as const
export type LeaveKind = keyof typeof leaveNames

/** What a participant writes to whoever holds the session: that they cannot come, or that they were there and are not recorded. */
export const requestNames = { leave: '请假', claim: '到课未登记' } as const
export type RequestKind = keyof typeof requestNames

/** A programme as people of its term say it: 2026年秋季学期. */
export const termLabel = (year: number, term: Term): string => `${year}年${term === 'year' ? '' : termNames[term]}`

/** What is decided of a participant's results (成果验收). Words and never points. */
export const decisionNames = { passed: '通过', again: '再来一次', unfinished: '未完成' } as const
export type Decision = keyof typeof decisionNames

/** Where a participant stands on the way to a decision, worked out from what was handed in and said. */
export const acceptanceStateNames = {
  writing: '待自评',
  assessing: '待评议',
  deciding: '待决定',
  passed: '通过',
  unfinished: '未完成',
} as const
export type AcceptanceState = keyof typeof acceptanceStateNames

/** What somebody has done here and may name as a result. */
export const workKindNames = {
  card: '做法卡片',
  case: '交流案例',
  article: '发布的文章',
  activity: '报名参加的活动',
  reflection: '学习心得',
} as const
export type WorkKind = keyof typeof workKindNames

/** What waits for somebody in trainings, as it stands on their desk. */
export const deskKindNames = {
  requests: '请假和到课说明待答复',
  unrecorded: '还没有登记到课',
  deciding: '成果验收待决定',
  over: '课程已上完，可以验收和办结',
  assessing: '请您评议的成果',
  writing: '待写自评',
} as const
export type DeskKind = keyof typeof deskKindNames

/** So many assess each participant's results, independently of one another. */
export const assessorsNeeded = 2
