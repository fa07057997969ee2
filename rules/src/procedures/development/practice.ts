import type { Day } from '../../kernel/day.ts'
import { inForceOrFirst } from '../../kernel/regulation.ts'
import {
  type FigureName,
  type RecruitmentArticle,
  type RecruitmentRules,
  recruitmentRules,
} from '../../regulations/recruitment-rules.ts'

/**
 * What a university has settled for itself. None of it is a national rule, and none of it is shown as one.
 * 0 means: no such local rule.
 */
export interface LocalPractice {
  /** From which day the year as an activist counts: the committee's decision, or the reply to the filing. */
  activistClockStart: 'committeeDecision' | 'filingReply'
  /** From which day the approval's three months count: the report of the resolution, or the assembly. Without a recorded report: the assembly. */
  approvalClockStart: 'submitted' | 'assembly'
  publicity: {
    /** Whether the day of posting counts as a day of the notice. */
    countFirstDay: boolean
  }
  review: {
    /** By how many days a half-yearly review may be late before it is an error instead of a warning; at most 31. */
    graceDays: number
  }
  thoughtReport: {
    /** Two reports closer than this many days are pointed out. */
    minGapDays: number
    /** Every how many months a report is expected; a quarter is usual. */
    everyMonths: number
  }
  /** Least number of months from the application to the decision on an activist. */
  applicationToActivistMonths: number
  /** For how many months a recommendation may be relied on. */
  recommendationValidMonths: number
  /** Class hours of the activists' training. */
  activistTrainingHours: number
  /** Working days of public notice at further steps. */
  notices: { activist: number; admission: number; confirmation: number }
  /** Members present over members entitled, where more than "over half" is asked. */
  attendance?: { numerator: number; denominator: number }
  confirmationRequest: {
    /** How many days before the end of probation the request may be handed in. */
    earliestDaysBefore: number
    /** Within how many months after the end of probation it is expected. */
    latestMonthsAfter: number
  }
  /** Within how many months after the end of probation the assembly is expected. */
  confirmationAssemblyWithinMonths: number
  /** Every how many months a probationary member is reviewed. */
  probationReviewEveryMonths: number
  /** How the end of probation is written: the same date a year later, the day before it, or both are accepted. */
  probationEndStyle: 'sameDay' | 'dayBefore' | 'either'
  /**
   * Whether the committee above the branch may approve probationary members itself, where nothing is known of that
   * committee. A general branch never may (Art. 22).
   */
  canApproveProbationary: boolean
  /** Whether a general branch deliberates before the committee (Art. 22). */
  generalBranchDeliberates: boolean
  /** Figures of the detailed rules made stricter. */
  stricter: Partial<Record<FigureName, number>>
}

/** Nothing beyond the national rules; the numbers are those on which findings of practice (T10, T42, T44, T57) rest. */
export const nationalPractice: LocalPractice = {
  activistClockStart: 'committeeDecision',
  approvalClockStart: 'submitted',
  publicity: { countFirstDay: false },
  review: { graceDays: 31 },
  thoughtReport: { minGapDays: 60, everyMonths: 0 },
  applicationToActivistMonths: 0,
  recommendationValidMonths: 0,
  activistTrainingHours: 0,
  notices: { activist: 0, admission: 0, confirmation: 0 },
  confirmationRequest: { earliestDaysBefore: 31, latestMonthsAfter: 1 },
  confirmationAssemblyWithinMonths: 1,
  probationReviewEveryMonths: 0,
  probationEndStyle: 'either',
  canApproveProbationary: true,
  generalBranchDeliberates: false,
  stricter: {},
}

interface Figure {
  article: RecruitmentArticle
  /** In Chinese, with the unit. */
  label: string
  /** Which way is stricter; a fixed figure cannot be changed by a university. */
  stricter: 'higher' | 'lower' | 'fixed'
}

/** Every figure of the detailed rules: where it stands, what it is called, and which way is stricter. */
export const figureTable: Readonly<Record<FigureName, Figure>> = {
  adultAge: { article: '5', label: '申请入党的年龄（岁）', stricter: 'fixed' },
  talkWithinMonths: { article: '7', label: '收到申请后派人谈话的期限（月）', stricter: 'lower' },
  contactPersonsMin: { article: '9', label: '培养联系人最少人数', stricter: 'higher' },
  contactPersonsMax: { article: '9', label: '培养联系人最多人数', stricter: 'lower' },
  reviewEveryMonths: { article: '11', label: '考察入党积极分子的间隔（月）', stricter: 'lower' },
  analysisEveryMonths: { article: '11', label: '分析入党积极分子队伍的间隔（月）', stricter: 'lower' },
  activistYears: { article: '13', label: '确定发展对象前的培养教育时间（年）', stricter: 'higher' },
  publicityWorkingDays: { article: '13', label: '发展对象公示时间（工作日）', stricter: 'higher' },
  introducers: { article: '14', label: '入党介绍人人数', stricter: 'fixed' },
  trainingDays: { article: '17', label: '集中培训天数', stricter: 'higher' },
  trainingHours: { article: '17', label: '集中培训学时', stricter: 'higher' },
  leavingWithinMonths: { article: '18', label: '离开前一般不办理接收的时间（月）', stricter: 'higher' },
  presentOverShare: { article: '19', label: '到会人数须超过的比例', stricter: 'fixed' },
  assemblyWithinMonths: { article: '19', label: '预审合格后召开大会的期限（月）', stricter: 'lower' },
  yesOverShare: { article: '20', label: '赞成人数须超过的比例', stricter: 'higher' },
  approvalWithinMonths: { article: '25', label: '审批预备党员的期限（月）', stricter: 'lower' },
  approvalSpecialMonths: { article: '25', label: '特殊情况下审批预备党员的期限（月）', stricter: 'lower' },
  oathWithinMonths: { article: '29', label: '批准后宣誓的期限（月）', stricter: 'lower' },
  probationYears: { article: '31', label: '预备期（年）', stricter: 'fixed' },
  extensions: { article: '31', label: '延长预备期的次数', stricter: 'fixed' },
  extensionMinMonths: { article: '31', label: '延长预备期最短时间（月）', stricter: 'fixed' },
  extensionMaxMonths: { article: '31', label: '延长预备期最长时间（月）', stricter: 'lower' },
  confirmationApprovalWithinMonths: { article: '33', label: '审批转正的期限（月）', stricter: 'lower' },
  postponeMaxMonths: { article: '35', label: '推迟讨论转正的最长时间（月）', stricter: 'lower' },
}

/** Says of each setting that is looser than the national rule in force, or makes no sense, why it is refused. Empty: accepted. */
export function refuseLooser(practice: LocalPractice, on: Day, rules: RecruitmentRules = recruitmentRules): string[] {
  return [...refusedFigures(practice, on, rules), ...refusedNumbers(practice)]
}

function refusedFigures(practice: LocalPractice, on: Day, rules: RecruitmentRules): string[] {
  const refused: string[] = []
  for (const name of figureNames) {
    const local = practice.stricter[name]
    const national = figureOf(rules, name, on)
    if (local === undefined || national === undefined || local === national) continue
    const { article, label, stricter } = figureTable[name]
    const where = `“${label}”（《细则》第${article}条）`
    if (stricter === 'fixed') refused.push(`${where}为 ${national}，各单位不能另行规定，请删去这一项`)
    else if (!(local > 0)) refused.push(`${where}应大于 0，现为 ${local}，请改正`)
    else if (stricter === 'higher' && local < national)
      refused.push(`${where}不能低于 ${national}，现为 ${local}，请改为 ${national} 以上或删去这一项`)
    else if (stricter === 'lower' && local > national)
      refused.push(`${where}不能超过 ${national}，现为 ${local}，请改为 ${national} 以下或删去这一项`)
  }
  return refused
}

const mostGraceDays = 31

function refusedNumbers(practice: LocalPractice): string[] {
  const refused: string[] = []
  if (practice.review.graceDays > mostGraceDays)
    refused.push(
      `半年考察（《细则》第11条）的宽限不能超过 ${mostGraceDays} 天，现为 ${practice.review.graceDays} 天，请改小`,
    )
  const { attendance } = practice
  if (attendance !== undefined && !(attendance.numerator / attendance.denominator > 0.5))
    refused.push('到会人数的比例（《细则》第19条）须高于一半，请改为例如三分之二、五分之四，或删去这一项')
  if (attendance !== undefined && attendance.numerator > attendance.denominator)
    refused.push('到会人数的比例不能超过全部应到会人数，请改正')
  for (const [label, value] of numbersOf(practice))
    if (!Number.isInteger(value) || value < 0) refused.push(`“${label}”应为 0 或正整数，现为 ${value}，请改正`)
  return refused
}

const numbersOf = (practice: LocalPractice): [label: string, value: number][] => [
  ['半年考察宽限天数', practice.review.graceDays],
  ['思想汇报最短间隔天数', practice.thoughtReport.minGapDays],
  ['思想汇报间隔月数', practice.thoughtReport.everyMonths],
  ['申请入党到确定积极分子的月数', practice.applicationToActivistMonths],
  ['推优有效月数', practice.recommendationValidMonths],
  ['积极分子培训学时', practice.activistTrainingHours],
  ['确定积极分子公示工作日', practice.notices.activist],
  ['接收预备党员公示工作日', practice.notices.admission],
  ['转正公示工作日', practice.notices.confirmation],
  ['转正申请提前天数', practice.confirmationRequest.earliestDaysBefore],
  ['转正申请期满后月数', practice.confirmationRequest.latestMonthsAfter],
  ['转正大会期满后月数', practice.confirmationAssemblyWithinMonths],
  ['预备党员考察间隔月数', practice.probationReviewEveryMonths],
]

/** The names of all figures, in the order of the articles. */
export const figureNames: readonly FigureName[] = [
  'adultAge',
  'talkWithinMonths',
  'contactPersonsMin',
  'contactPersonsMax',
  'reviewEveryMonths',
  'analysisEveryMonths',
  'activistYears',
  'publicityWorkingDays',
  'introducers',
  'trainingDays',
  'trainingHours',
  'leavingWithinMonths',
  'presentOverShare',
  'assemblyWithinMonths',
  'yesOverShare',
  'approvalWithinMonths',
  'approvalSpecialMonths',
  'oathWithinMonths',
  'probationYears',
  'extensions',
  'extensionMinMonths',
  'extensionMaxMonths',
  'confirmationApprovalWithinMonths',
  'postponeMaxMonths',
]

/** A figure as a book has it on a day; undefined where the book in force does not know it. */
export function figureOf(rules: RecruitmentRules, name: FigureName, on: Day): number | undefined {
  const version: { figures?: Readonly<Partial<Record<string, number>>> | undefined } = inForceOrFirst(
    rules,
    figureTable[name].article,
    on,
  )
  return version.figures?.[name]
}
