import type { RecruitmentArticle } from '../../regulations/recruitment-rules.ts'
import type { ActKind } from './facts.ts'
import type { Waiting } from './results.ts'

/** The five parts of the way, as the usual flow charts name them. */
export const wayParts = [
  '申请入党',
  '入党积极分子的确定和培养教育',
  '发展对象的确定和考察',
  '预备党员的接收',
  '预备党员的教育考察和转正',
] as const

/** One of the 25 steps of the usual flow charts. The number 25 is custom, not law: limits are elsewhere. */
export interface Step {
  number: number
  title: string
  /** Index into `wayParts`. */
  part: 0 | 1 | 2 | 3 | 4
  kinds: readonly ActKind[]
  waitingOn: Waiting
  /** The papers that belong to the step. */
  documents: readonly string[]
  articles: readonly [RecruitmentArticle, ...RecruitmentArticle[]]
}

/** The steps in order. Every kind of act belongs to exactly one. */
export const steps: readonly Step[] = [
  step(1, '递交入党申请书', 0, ['application'], 'applicant', ['入党申请书'], ['5', '6']),
  step(2, '党组织派人谈话', 0, ['applicantTalk'], 'branchCommittee', ['入党申请人谈话记录'], ['7']),
  step(
    3,
    '推荐和确定入党积极分子',
    1,
    ['recommendation', 'activistDecision'],
    'branchCommittee',
    ['党员推荐或群团推优材料', '支委会会议记录'],
    ['8'],
  ),
  step(4, '上级党委备案', 1, ['activistFiling'], 'partyCommittee', ['备案报告（表）', '备案回复'], ['8']),
  step(5, '指定培养联系人', 1, ['contactPersons'], 'branchCommittee', ['入党积极分子培养考察登记表'], ['9']),
  step(
    6,
    '培养教育考察',
    1,
    ['review', 'thoughtReport', 'activistTraining'],
    'branchCommittee',
    ['培养考察登记表中的半年考察意见', '思想汇报', '培训证明'],
    ['10', '11', '12'],
  ),
  step(
    7,
    '提出发展对象人选',
    2,
    ['opinions', 'prospectProposal'],
    'branchCommittee',
    ['征求意见记录', '支委会会议记录'],
    ['13'],
  ),
  step(
    8,
    '报上级党委同意并公示，列为发展对象',
    2,
    ['prospectConsent', 'publicNotice', 'prospectListing'],
    'partyCommittee',
    ['请示（备案报告）', '批复', '公示', '公示情况报告'],
    ['13'],
  ),
  step(9, '确定入党介绍人', 2, ['introducers'], 'branchCommittee', ['登记表中入党介绍人一栏'], ['14', '15']),
  step(
    10,
    '进行政治审查',
    2,
    ['politicalReview'],
    'branchCommittee',
    ['函调、外调材料', '本人谈话记录', '政治审查结论性材料'],
    ['16'],
  ),
  step(11, '开展集中培训', 2, ['intensiveTraining'], 'partyCommittee', ['培训结业证明'], ['17']),
  step(
    12,
    '支部委员会审查',
    3,
    ['committeeExamination'],
    'branchCommittee',
    ['支委会审查会议记录', '预审请示'],
    ['18'],
  ),
  step(13, '上级党委预审', 3, ['preReview'], 'partyCommittee', ['书面预审意见'], ['18']),
  step(14, '填写入党志愿书', 3, ['admissionForm'], 'applicant', ['中国共产党入党志愿书'], ['18', '15']),
  step(
    15,
    '支部党员大会讨论',
    3,
    ['admissionAssembly'],
    'branchAssembly',
    ['支部党员大会会议记录', '表决票', '计票结果', '支部决议'],
    ['19', '20', '21'],
  ),
  step(16, '上级党委派人谈话', 3, ['admissionTalk'], 'partyCommittee', ['入党志愿书中的谈话意见'], ['23']),
  step(
    17,
    '上级党委审批',
    3,
    ['admissionApproval'],
    'partyCommittee',
    ['党委会会议记录', '审批意见（写明预备期起止）', '批复'],
    ['25', '22', '24'],
  ),
  step(18, '再上一级党委组织部门备案', 3, ['admissionFiling'], 'organizationDepartment', ['备案材料'], ['25']),
  step(19, '编入党支部和党小组', 4, ['assignment', 'duesStart'], 'branchCommittee', ['通知', '党员名册'], ['28', '24']),
  step(20, '入党宣誓', 4, ['oath'], 'partyCommittee', ['宣誓记录'], ['29']),
  step(21, '继续教育考察', 4, ['probationReview'], 'branchCommittee', ['预备党员教育考察登记表'], ['30', '15']),
  step(22, '提出转正申请', 4, ['confirmationRequest'], 'applicant', ['转正申请书'], ['32']),
  step(
    23,
    '支部党员大会讨论转正',
    4,
    ['confirmationOpinions', 'confirmationAssembly'],
    'branchAssembly',
    ['征求意见记录', '支委会审查记录', '支部党员大会会议记录', '表决票', '支部决议'],
    ['32', '31'],
  ),
  step(24, '上级党委审批转正', 4, ['confirmationApproval'], 'partyCommittee', ['审批意见', '批复'], ['33']),
  step(25, '材料归档', 4, ['archiving'], 'branchCommittee', ['应归档的全部材料'], ['36']),
]

/** The papers in which an act of a kind is found, where they are not all those of its step. */
const papersByKind: Readonly<Partial<Record<ActKind, readonly string[]>>> = {
  recommendation: ['党员推荐或群团推优材料'],
  activistDecision: ['支委会会议记录'],
  opinions: ['征求意见记录'],
  prospectProposal: ['支委会会议记录'],
  prospectConsent: ['请示', '批复'],
  publicNotice: ['公示', '公示情况报告'],
  prospectListing: ['公示情况报告', '培养考察登记表'],
  confirmationOpinions: ['征求意见记录', '支委会审查记录'],
  confirmationAssembly: ['支部党员大会会议记录', '表决票', '支部决议'],
}

/** The papers in which an act of a kind is found. */
export const papersOf = (kind: ActKind): readonly string[] => papersByKind[kind] ?? stepOf(kind).documents

const stepByKind: ReadonlyMap<ActKind, Step> = new Map(
  steps.flatMap((it) => it.kinds.map((kind): [ActKind, Step] => [kind, it])),
)

/** The step to which acts of a kind belong. */
export function stepOf(kind: ActKind): Step {
  const found = stepByKind.get(kind)
  if (found === undefined) throw new RangeError(`没有与“${kind}”对应的步骤`)
  return found
}

function step(
  number: number,
  title: string,
  part: Step['part'],
  kinds: Step['kinds'],
  waitingOn: Waiting,
  documents: Step['documents'],
  articles: Step['articles'],
): Step {
  return { number, title, part, kinds, waitingOn, documents, articles }
}
