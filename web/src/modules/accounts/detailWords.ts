import {
  actLabels,
  conclusionLabels,
  dayWritten,
  figureTable,
  filingTemplateOf,
  isDay,
  opinionGiverLabels,
  outcomeLabels,
  recommenderLabels,
  signatureLabels,
} from '@zhibu/rules'
import { administratorNames, eventNames } from '@zhibu/server/modules/accounts/names-schema'
import { natureNames } from '@zhibu/server/modules/archive/names-schema'
import { consentNames, decisionNames } from '@zhibu/server/modules/calls/names-schema'
import { actDetailNames, actDetailNamesInside } from '@zhibu/server/modules/development/act-details-schema'
import { stackSourceNames } from '@zhibu/server/modules/digitization/names-schema'
import { stateNames, topicKindNames } from '@zhibu/server/modules/discussion/names-schema'
import { outcomeNames } from '@zhibu/server/modules/exchanges/names-schema'
import { channelNames, noticeSourceNames } from '@zhibu/server/modules/notices/channel-names-schema'
import { branchTypeNames, officeNames, organizationKindNames } from '@zhibu/server/modules/organization/names-schema'
import { personKindNames, sexNames } from '@zhibu/server/modules/people/names-schema'
import {
  entryKindNames,
  sideNames,
  correctionNames as staffCorrectionNames,
} from '@zhibu/server/modules/talent/names-schema'
import {
  decisionNames as acceptanceDecisionNames,
  requestNames as trainingRequestNames,
  sourceNames as trainingSourceNames,
} from '@zhibu/server/modules/training/names-schema'
import { writeInstant } from '../../ui/InstantText.tsx'
import { fieldNames } from '../people/names.ts'

/** A detail of an event as the auditor reads it: what it is, and what was written down. */
export interface Detail {
  name: string
  text: string
}

/** The labels of the places that a university has added to the filing list, by their codes. */
export type OwnPlaces = Readonly<Record<string, string>>

/** The details of an event in words. What has no words is shown as it was written down. */
export function detailsIn(
  event: string,
  details: Readonly<Record<string, unknown>>,
  ownPlaces: OwnPlaces = {},
): Detail[] {
  return Object.entries(details).map(([key, value]) => ({
    name: nameOf(key, event),
    text: textOf(value, key, ownPlaces),
  }))
}

/** The name of a detail; `inside` is the event, or the detail in which it stands. */
export function nameOf(key: string, inside: string): string {
  if (isDay(key)) return dayWritten(key)
  return namesInside[`${inside} ${key}`] ?? detailNames[key] ?? key
}

/** A value in words: days, moments, codes, lists, and what stands inside one another. */
export function textOf(value: unknown, key: string, ownPlaces: OwnPlaces = {}): string {
  if (value === null || value === undefined || value === '') return '无'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return wordsOf(value, key, ownPlaces)
  if (Array.isArray(value)) return value.length === 0 ? '无' : value.map((it) => textOf(it, key, ownPlaces)).join('、')
  if (typeof value !== 'object') return String(value)
  const entries = Object.entries(value)
  if (entries.length === 0) return '无'
  const parts = entries.map(([inner, it]) =>
    `${nameOf(inner, key)} ${textOf(it, inner, ownPlaces)}`.replace(' （', '（'),
  )
  return `（${parts.join('，')}）`
}

function wordsOf(text: string, key: string, ownPlaces: OwnPlaces): string {
  if (isDay(text)) return dayWritten(text)
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return writeInstant(text)
  // Some places and acts share a code.
  if (key === 'place') return ownPlaces[text] ?? shippedPlaces[text] ?? text
  return (codesUnder[key] ?? (codedKeys.has(key) ? codes : {}))[text] ?? text
}

const filing = filingTemplateOf({})
const shippedPlaces: Readonly<Record<string, string>> = Object.fromEntries(
  [...filing.person, ...filing.organization].map((it) => [it.code, it.label]),
)

/** The details whose values are codes. */
const codedKeys = new Set([
  'nature',
  'decision',
  'kind',
  'office',
  'openers',
  'role',
  'administrator',
  'fields',
  'what',
  'by',
  'from',
  'branchType',
  'conclusion',
  'outcome',
  'activistClockStart',
  'approvalClockStart',
  'probationEndStyle',
  'decided',
  'old',
  'new',
  'stage',
  'next',
  'only',
  'sort',
  'event',
  'source',
])

const codes: Readonly<Record<string, string>> = {
  ...sexNames,
  ...topicKindNames,
  ...personKindNames,
  ...stackSourceNames,
  ...fieldNames,
  ...branchTypeNames,
  ...organizationKindNames,
  ...officeNames,
  ...administratorNames,
  ...conclusionLabels,
  ...outcomeLabels,
  ...recommenderLabels,
  ...opinionGiverLabels,
  ...actLabels,
  warning: '警告',
  seriousWarning: '严重警告',
  removalFromPost: '撤销党内职务',
  disciplinaryProbation: '留党察看',
  committeeDecision: '支委会确定之日',
  filingReply: '备案回复之日',
  submitted: '上报决议之日',
  assembly: '支部党员大会之日',
  sameDay: '一年后的同一天',
  dayBefore: '一年后的前一天',
  either: '两种都可以',
  skip: '不导入',
  // How a list was narrowed and ordered when it was written out.
  ...eventNames,
  overdue: '已逾期',
  findings: '疑点',
  open: '有矛盾或缺项的',
  administrators: '三员',
  persons: '有对应人员的',
  invited: '邀请未接受的',
  locked: '已停用的',
  due: '期限',
  stage: '阶段',
  organization: '所在组织',
  at: '时间',
  package: '档案包',
  catalogue: '归档文件目录',
  ...natureNames,
  approved: '批准',
  refused: '不批准',
}

/** The codes of details whose values mean something else elsewhere. */
const codesUnder: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lacks: signatureLabels,
  channel: channelNames,
  byThemselves: noticeSourceNames,
  mediaText: { captions: '字幕', chapters: '章节' },
  verdict: { approved: '通过', returned: '退回修改' },
  state: stateNames,
  consents: consentNames,
  resultBefore: decisionNames,
  resultAfter: decisionNames,
  practiceOutcome: outcomeNames,
  acceptance: acceptanceDecisionNames,
  trainingSource: trainingSourceNames,
  trainingRequest: trainingRequestNames,
  correction: staffCorrectionNames,
  kitEntry: entryKindNames,
  signedSide: sideNames,
}

/** Where a name depends on what it stands in: an event, or another detail. */
const namesInside: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(figureTable).map(([code, { label }]) => [`stricter ${code}`, label])),
  ...actDetailNamesInside,
  'talent.call-announced until': '报名截止',
  'talent.post-filled from': '到岗日期',
  'talent.post-left until': '离岗日期',
  'talent.headcount-set source': '数据来源',
  'talent.skill-changed old': '原来的名称',
  'talent.skill-changed name': '名称',
  'talent.official-set title': '岗位名称',
  'people.moved from': '原组织编号',
  'discussion.merged into': '并入',
  'archive.package-received present': '已有相同内容',
  'archive.package-received leftOut': '未接收',
  'forms.filed number': '档号',
  'guidance.times-offered times': '几个时间',
  'guidance.times-withdrawn times': '几个时间',
  'forms.filed sha256': '填写内容的校验值',
  'corrected from': '听取意见的对象',
  'changes kind': '人员类别',
  'corrected by': '推荐方式',
  'act kind': '事项',
  'corrected kind': '事项',
  'acts kind': '事项',
  'target kind': '事项',
  'target by': '最迟日期',
  'organization.established kind': '组织类别',
  'review graceDays': '可以迟几天',
  'publicity countFirstDay': '公示当日计为一个工作日',
  'intake.committed changed': '修改人数',
  'intake.committed acts': '发展事项数',
  'intake.branch-settled name': '表中的名称',
  'digitization.stack-deleted files': '文件数',
  'digitization.stack-deleted pages': '页数',
  'digitization.stack-received files': '文件数',
  'digitization.stack-received pages': '页数',
  'forms.reported sheet': '填写的表',
  'handovers.sent number': '移交编号',
  'handovers.accepted number': '移交编号',
  'handovers.returned number': '移交编号',
  'handovers.withdrawn number': '移交编号',
  'handovers.receipt-entered number': '移交编号',
  'handovers.accepted on': '接收日期',
  'handovers.receipt-entered on': '回执日期',
  'accounts.delegation-given fields': '可填写的内容',
  ...Object.fromEntries(
    ['drafted', 'changed', 'sent', 'dropped', 'recalled', 'corrected', 'reminded'].map((it) => [
      `notices.${it} title`,
      '标题',
    ]),
  ),
  'publicity.published number': '网站上的编号',
  'publicity.corrected number': '网站上的编号',
}

/** The details of events by the names under which they are stored. */
const detailNames: Readonly<Record<string, string>> = {
  ...fieldNames,
  name: '姓名（名称）',
  kind: '类别',
  // Accounts and the tree.
  administrator: '三员职责',
  role: '三员职责',
  earlierTitle: '原标题',
  reason: '原因',
  count: '数量',
  expiresAt: '有效期至',
  helperAccountId: '协助人账号编号',
  personIds: '人员编号',
  fields: '填写的内容',
  purpose: '事由',
  from: '开始日期',
  until: '截止日期',
  on: '日期',
  change: '修改的内容',
  changes: '修改的内容',
  old: '原为',
  new: '改为',
  committeeName: '党委名称',
  shortName: '简称',
  code: '编码',
  branchType: '支部类型',
  establishedOn: '成立日期',
  canApproveProbationary: '可以审批预备党员',
  documentNumber: '文号',
  office: '职务',
  officeId: '任职编号',
  termId: '届次编号',
  personId: '人员编号',
  parentId: '上级组织编号',
  organizationId: '组织编号',
  toOrganizationId: '转入组织编号',
  what: '内容',
  // Forms.
  step: '步骤',
  scope: '份数',
  version: '版本',
  format: '文件格式',
  persons: '人数',
  sheets: '封面张数',
  bindings: '标记对应的字段',
  isRetired: '停用',
  needsHand: '要签字或盖章',
  // Acts.
  id: '编号',
  act: '事项',
  acts: '事项',
  corrected: '原记录',
  corrects: '更正的记录编号',
  acknowledged: '与规定不一致，情况属实',
  evidence: '依据的材料',
  offered: '材料上的内容',
  stands: '材料上写的',
  rules: '规则',
  by: '方式',
  ...actDetailNames,
  // Hand-overs of offices.
  officer: '移交人',
  successor: '接手人',
  kitEntry: '哪一部分',
  firstOn: '接手日期',
  passedCount: '转给接手人的权限数',
  withdrawnCount: '收回的权限数',
  keptCount: '保留的权限数',
  signedSide: '哪一方',
  hasRemark: '有备注',
  // Hand-overs.
  to: '接收单位',
  note: '说明',
  reservations: '保留意见',
  exceptions: '与清单不一致的件数',
  signedBy: '签收人',
  // Plans, batches and settings.
  constraints: '计划条件',
  target: '要完成的事项',
  assemblyDays: '支部党员大会召开日期',
  committeeDays: '支委会召开日期',
  closed: '不能开会的时间',
  title: '名称',
  number: '第几次',
  files: '档案数',
  practice: '本校规定',
  activistClockStart: '积极分子培养一年从哪天算起',
  approvalClockStart: '审批三个月从哪天算起',
  probationEndStyle: '预备期届满日的写法',
  attendance: '到会比例',
  numerator: '分子',
  denominator: '分母',
  publicity: '公示',
  countFirstDay: '当日计为一个工作日',
  review: '半年考察',
  graceDays: '可以迟几天',
  thoughtReport: '思想汇报',
  minGapDays: '至少相隔（天）',
  everyMonths: '间隔（月）',
  applicationToActivistMonths: '申请后满几个月再确定积极分子',
  recommendationValidMonths: '推优几个月内有效',
  activistTrainingHours: '积极分子培训学时',
  notices: '公示（工作日）',
  activist: '确定积极分子',
  admission: '接收预备党员',
  confirmation: '转正',
  confirmationRequest: '转正申请',
  earliestDaysBefore: '最早提前几天',
  latestMonthsAfter: '最迟在期满后几个月',
  confirmationAssemblyWithinMonths: '转正大会最迟在期满后几个月',
  probationReviewEveryMonths: '预备党员考察间隔（月）',
  generalBranchDeliberates: '党委审批以前由党总支审议',
  stricter: '严于细则的数值',
  year: '年份',
  holidays: '放假日',
  makeUpDays: '调休上班日',
  // Notices.
  channel: '渠道',
  usualLeadDays: '一般提前几天',
  seq: '第几条发言',
  state: '办理情况',
  promisedOn: '答复日期',
  suggestionDays: '建议几个工作日内答复',
  complaintDays: '投诉反映几个工作日内答复',
  remindBeforeDays: '答复日期前几个工作日提醒',
  remindAfterEveryDays: '过期后每几个工作日提醒',
  openers: '共同查看身份的两个职务',
  openingDays: '几天内由另一职务表态',
  leastLeadDays: '最少提前几天',
  reminderPauseHours: '两次提醒至少间隔（小时）',
  byThemselves: '自动发出',
  sendsText: '正文随邮件发送',
  // Articles.
  verdict: '审核结果',
  scheduledFor: '定时发布时间',
  problem: '没有进行的原因',
  copiedFrom: '底稿',
  isClosed: '停用',
  slug: '栏目地址',
  reviewers: '几人审核',
  openIsReviewedAbove: '对外公开的要有上级审核',
  siteName: '站点名称',
  siteAbout: '站点简介',
  siteFoot: '页脚文字',
  // Activities.
  monthDay: '月日',
  // Lectures.
  isModerated: '提问先看过再公开',
  pollQuestion: '表决的问题',
  questions: '题目数',
  coursewareUnit: '单元',
  unitPlace: '移到第几个',
  quizQuestion: '题目',
  questionPlace: '第几题',
  removed: '移出人数',
  // Exchange of experience.
  guestName: '嘉宾',
  institution: '单位',
  untilOn: '最后一天',
  isSubmitted: '已提交',
  practiceOutcome: '结果',
  // Experts.
  expertName: '专家',
  expertFields: '修改的内容',
  isByExpert: '本人办理',
  // Calls.
  phase: '评审轮次',
  consents: '同意',
  resultBefore: '公布的结果',
  resultAfter: '更正后的结果',
  // Import and export.
  importId: '导入编号',
  fileName: '文件名',
  mediaText: '哪一种文字',
  croppedTo: '裁剪成（像素）',
  fileHash: '文件校验值',
  sheet: '工作表',
  headerRow: '表头行',
  row: '行',
  columns: '列',
  decided: '决定',
  registered: '新登记人数',
  changed: '修改',
  leftOut: '没有导入的行数',
  query: '筛选条件',
  q: '查找',
  stage: '阶段',
  next: '下一步',
  only: '只看',
  sort: '排序',
  descending: '倒序',
  list: '名册',
  withinDays: '几天内到期',
  dissolved: '包括已撤销的',
  event: '操作',
  accountId: '账号编号',
  subjectId: '对象编号',
  // Closed files and packages.
  sender: '移交单位',
  reception: '接收记录编号',
  filed: '归档',
  sha256: '校验值',
  previous: '前次封存校验值',
  itemCount: '件数',
  pageCount: '页数',
  factCount: '事实条数',
  unmet: '不符合的检测项目',
  pattern: '档号格式',
  bytes: '字节数',
  sound: '完好的内容数',
  missing: '缺失的内容数',
  // Stacks of paper.
  pages: '页',
  turns: '转过的页面',
  page: '页',
  turnedBy: '转过的度数',
  isDropped: '不归档',
  documentId: '材料编号',
  splitOff: '拆出的页',
  added: '并入的页',
  // Papers.
  place: '材料类别',
  contentId: '内容标识',
  former: '原来的登记',
  nature: '稿本',
  lacks: '所缺签字、盖章',
  documents: '材料编号',
  decision: '审批结果',
  acceptance: '验收结果',
  trainingSource: '来源',
  presentCount: '到课人数',
  leaveCount: '请假人数',
  absentCount: '未到人数',
  madeUpCount: '补课人数',
  trainingRequest: '申请的内容',
  isGranted: '是否同意',
  // Staff.
  employment: '专职或兼职',
  duty: '岗位类别',
  since: '任现岗位起',
  correction: '更正的内容',
  skillCount: '技能项数',
  isChosen: '是否选定',
  students: '学生人数',
  people: '师生人数',
  asOf: '数据日期',
  names: '名称',
}
