/** The words of the office for the codes of this module. Pages load this file by value, so it brings no schema library. */

/** How somebody does the work (专职、兼职、学生兼任). */
export const employmentNames = { fullTime: '专职', partTime: '兼职', student: '学生兼任' } as const
export type Employment = keyof typeof employmentNames

/** What somebody is engaged for (岗位类别); the regulations count by it. */
export const dutyNames = {
  partyAffairs: '党务工作人员',
  organiser: '组织员',
  counsellor: '辅导员',
  theoryTeacher: '思想政治理论课教师',
  studentCadre: '学生骨干',
  other: '其他',
} as const
export type Duty = keyof typeof dutyNames

/** What somebody says of their time. */
export const availabilityNames = { more: '可以再承担', same: '保持现在的安排', less: '希望减轻一些' } as const
export type Availability = keyof typeof availabilityNames

/** How far somebody masters a skill, in words of their own. */
export const masteryNames = { does: '能做', leads: '能带人做' } as const
export type Mastery = keyof typeof masteryNames

/** How somebody uses a language. */
export const fluencyNames = { talks: '能简单交流', works: '能用于工作' } as const
export type Fluency = keyof typeof fluencyNames

/** The groups of the list of skills. */
export const skillGroupNames = {
  affairs: '党务业务',
  writing: '文字材料',
  speaking: '宣讲授课',
  media: '新媒体和技术',
  organising: '活动组织',
  caring: '谈心和服务',
} as const
export type SkillGroup = keyof typeof skillGroupNames

/** What somebody may ask to have corrected (更正申请). The first four are kept here; the others are put right where they are kept. */
export const correctionNames = {
  employment: '专职或兼职',
  duty: '岗位类别',
  title: '岗位名称',
  since: '任现岗位起',
  office: '任职',
  training: '培训和学时',
  certificate: '证书',
} as const
export type Correction = keyof typeof correctionNames

/** Skills that many universities need, to begin the list with; each can be renamed or taken off. */
export const shippedSkills: readonly { name: string; group: SkillGroup }[] = [
  { name: '发展党员流程和材料', group: 'affairs' },
  { name: '党组织关系转接', group: 'affairs' },
  { name: '党费收缴和党内统计', group: 'affairs' },
  { name: '组织生活策划和主持', group: 'affairs' },
  { name: '会议记录和公文写作', group: 'writing' },
  { name: '新闻稿和宣传文案', group: 'writing' },
  { name: '理论宣讲', group: 'speaking' },
  { name: '党课讲授', group: 'speaking' },
  { name: '公众号编辑', group: 'media' },
  { name: '摄影摄像和剪辑', group: 'media' },
  { name: '电子表格和数据整理', group: 'media' },
  { name: '大型活动组织', group: 'organising' },
  { name: '志愿服务组织', group: 'organising' },
  { name: '谈心谈话', group: 'caring' },
  { name: '就业和生涯指导', group: 'caring' },
]

/** Of whom the regulations say how many there should be. */
export const measureNames = {
  staff: '专职党务和思想政治工作人员',
  organisers: '专职组织员',
  counsellors: '专职辅导员',
  theoryTeachers: '专职思想政治理论课教师',
} as const
export type MeasureOf = keyof typeof measureNames

/** Where the hand-over of an office (工作交接) stands. */
export const successionStateNames = {
  preparing: '准备交接',
  settled: '权限已移交，等待签收',
  finished: '已办结',
  dropped: '已取消',
} as const
export type SuccessionState = keyof typeof successionStateNames

/** What waits for somebody in a hand-over. */
export const successionTaskNames = {
  hand: '写下答应过的事和材料在哪里，确认已交',
  take: '看交接单，确认已接',
  settle: '核对权限，办理移交',
  close: '双方还没有都签，必要时办结',
} as const
export type SuccessionTask = keyof typeof successionTaskNames

/** The parts of a kit (交接单) that are read from the records. */
export const kitPartNames = {
  waiting: '未完成的事',
  coming: '今后六十天',
  promised: '答应过的事',
  places: '材料在哪里',
} as const
export type KitPartName = keyof typeof kitPartNames

/** What whoever goes writes down in their own words. */
export const entryKindNames = { promise: '答应过的事', place: '材料在哪里' } as const
export type EntryKind = keyof typeof entryKindNames

/** What somebody can do because of an office, or beside it. */
export const accessKindNames = {
  office: '移交人同时担任的职务',
  successorOffice: '接手人在本组织的现任职务',
  post: '移交人的岗位',
  delegationGiven: '移交人给别人的协助授权',
  delegationReceived: '移交人受托协助',
} as const
export type AccessKind = keyof typeof accessKindNames

/** What becomes of an access. */
export const accessDecisionNames = { pass: '转给接手人', withdraw: '收回', keep: '保留' } as const
export type AccessDecision = keyof typeof accessDecisionNames

/** The two who sign. */
export const sideNames = { outgoing: '移交人', incoming: '接手人' } as const
export type Side = keyof typeof sideNames
