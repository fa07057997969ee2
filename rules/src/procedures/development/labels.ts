import type { ActKind } from './facts.ts'
import type { RuleBook, Severity, Stage, Waiting } from './results.ts'

/** The acts in the words of the office. */
export const actLabels: Readonly<Record<ActKind, string>> = {
  application: '递交入党申请书',
  applicantTalk: '派人同入党申请人谈话',
  recommendation: '推荐（推优）',
  activistDecision: '确定为入党积极分子',
  activistFiling: '入党积极分子报上级党委备案',
  contactPersons: '指定培养联系人',
  review: '半年考察',
  thoughtReport: '思想汇报',
  activistTraining: '入党积极分子培训',
  opinions: '听取党小组、培养联系人、党员和群众意见',
  prospectProposal: '支委会讨论提出发展对象人选',
  prospectConsent: '上级党委同意拟列为发展对象',
  publicNotice: '发展对象公示',
  prospectListing: '列为发展对象',
  introducers: '确定入党介绍人',
  politicalReview: '政治审查结论',
  intensiveTraining: '发展对象集中培训结束',
  committeeExamination: '支委会审查',
  preReview: '上级党委预审',
  admissionForm: '填写入党志愿书',
  admissionAssembly: '支部党员大会讨论接收预备党员',
  admissionTalk: '上级党委派人谈话',
  admissionApproval: '上级党委审批预备党员',
  admissionFiling: '报上级党委组织部门备案',
  assignment: '编入党支部和党小组',
  oath: '入党宣誓',
  duesStart: '开始交纳党费',
  probationReview: '预备党员考察',
  confirmationRequest: '提出转正申请',
  confirmationOpinions: '转正前征求意见',
  confirmationAssembly: '支部党员大会讨论转正',
  confirmationApproval: '上级党委审批转正',
  archiving: '材料归档',
}

/** The standings of a person. */
export const stageLabels: Readonly<Record<Stage, string>> = {
  applicant: '入党申请人',
  activist: '入党积极分子',
  prospect: '发展对象',
  probationary: '预备党员',
  full: '正式党员',
}

/** On whom an act waits. */
export const waitingLabels: Readonly<Record<Waiting, string>> = {
  applicant: '本人',
  branchCommittee: '支部委员会',
  branchAssembly: '支部党员大会',
  partyCommittee: '上级党委',
  organizationDepartment: '上级党委组织部门',
  introducers: '入党介绍人',
}

/** Who recommended an applicant. */
export const recommenderLabels = {
  league: '团组织推优',
  members: '党员推荐',
  massOrganisation: '群团组织推优',
} as const

/** Whose opinions were heard. */
export const opinionGiverLabels = {
  group: '党小组',
  contactPersons: '培养联系人',
  members: '党员',
  masses: '群众',
} as const

/** What a political review concluded. */
export const conclusionLabels = { qualified: '合格', unqualified: '不合格' } as const

export const disciplineLabels = {
  warning: '警告',
  seriousWarning: '严重警告',
  removalFromPost: '撤销党内职务',
  disciplinaryProbation: '留党察看',
} as const

/** What a meeting decided about the end of the probation. */
export const outcomeLabels = {
  confirm: '按期转正',
  extend: '延长预备期',
  cancel: '取消预备党员资格',
  postpone: '推迟讨论',
} as const

export const severityLabels: Readonly<Record<Severity, string>> = { error: '矛盾', warning: '提醒', info: '提示' }

export const ruleBookLabels: Readonly<Record<RuleBook, string>> = {
  'XZ-2014': '《发展党员工作细则》（2014年）',
  'XZ-2026': '《发展党员工作细则》（2026年修订）',
}
