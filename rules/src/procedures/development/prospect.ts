import { addYears, compareToMonthsAfter, daysBetween, dayWritten } from '../../kernel/day.ts'
import { isDated } from './facts.ts'
import { actLabels } from './labels.ts'
import { daysOffBetween, noticeDays } from './notice.ts'
import { stretches } from './reasons.ts'
import { checkDays, clashIn, type Rule, tooEarly, tooLate } from './rule.ts'
import { articleOn } from './setting.ts'
import { factIn, factOf } from './wording.ts'

/** Contradictions from the proposal as a prospect to the end of political review and training. */
export const prospectRules: readonly Rule[] = [
  {
    rule: 'T13',
    article: '13',
    severity: 'error',
    find: ({ prospectProposal: proposal, activistDecision, activistFiling, setting }) => {
      if (!isDated(proposal) || activistDecision === undefined) return undefined
      const replied = setting.practice.activistClockStart === 'filingReply' ? activistFiling?.repliedOn : undefined
      const start = replied ?? activistDecision.on
      if (start === undefined) return undefined
      const years = articleOn(setting, '13', proposal.on).figures.activistYears
      if (compareToMonthsAfter(proposal.on, start, years * 12) >= 0) return undefined
      const first = addYears(start, years)
      const from = replied === undefined || activistFiling === undefined
      const fact = from ? factOf(activistDecision) : factIn(activistFiling, '上级党委备案回复', start)
      return {
        judgedOn: proposal.on,
        message: `“${actLabels[proposal.kind]}”（${dayWritten(proposal.on)}）早了${daysBetween(proposal.on, first)}天：自“${fact.label}”（${dayWritten(start)}）起，培养教育和考察满${years}年（${dayWritten(first)}）才能提出。请对照原件：录错的更正，确实不满${years}年的继续培养、期满后重新讨论。`,
        facts: [factOf(proposal), fact],
      }
    },
  },
  {
    rule: 'T14',
    article: '13',
    severity: 'error',
    find: ({ opinions, prospectProposal }) =>
      tooLate(opinions, prospectProposal, '应先听取党小组、培养联系人、党员和群众的意见，再由支委会讨论'),
  },
  {
    rule: 'T14',
    article: '13',
    severity: 'error',
    find: ({ opinions, prospectProposal }) => {
      if (opinions?.from === undefined || opinions.reason !== undefined || !isDated(prospectProposal)) return undefined
      const { from } = opinions
      if (sources.every(([source]) => from.includes(source))) return undefined
      const missing = sources.filter(([source]) => !from.includes(source)).map(([, label]) => label)
      return clashIn(
        opinions,
        prospectProposal.on,
        [['未听取意见的方面', missing.join('、')]],
        [prospectProposal, opinions],
        `${dayWritten(prospectProposal.on)}讨论提出发展对象人选，征求意见记录中没有${missing.join('、')}的意见。请查找遗漏的记录并补录；本支部没有该方面的（如未设党小组），请在征求意见一项写明原因。`,
      )
    },
  },
  {
    rule: 'T15',
    article: '13',
    severity: 'error',
    newIn2026: true,
    find: ({ prospectConsent: consent, prospectProposal: proposal, setting }) => {
      if (!isDated(proposal) || !asksForNotice(setting, proposal.on)) return undefined
      const clash = tooEarly(consent, proposal, '支委会先讨论提出，再报上级党委同意')
      return clash && { ...clash, judgedOn: proposal.on }
    },
  },
  {
    rule: 'T15',
    article: '13',
    severity: 'error',
    newIn2026: true,
    find: ({ prospectConsent: consent, prospectListing: listing, setting }) =>
      isDated(listing) && asksForNotice(setting, listing.on)
        ? tooEarly(listing, consent, '上级党委同意并公示以后才能列为发展对象')
        : undefined,
  },
  {
    rule: 'T16',
    article: '13',
    severity: 'error',
    newIn2026: true,
    find: ({ publicNotice: notice, prospectConsent: consent, setting }) =>
      isDated(notice) && asksForNotice(setting, notice.on)
        ? tooEarly(notice, consent, '上级党委同意以后才能公示')
        : undefined,
  },
  {
    rule: 'T16',
    article: '13',
    severity: 'error',
    newIn2026: true,
    find: (dossier) => {
      const found = noticeDays(dossier)
      if (found === undefined || found.counted >= found.needed) return undefined
      const { notice, until, counted, needed, inclusive, provisional } = found
      const nearly = inclusive >= needed
      return {
        judgedOn: notice.on,
        provisional,
        ...(nearly && { severity: 'warning' as const }),
        message: `公示从${dayWritten(notice.on)}到${dayWritten(until.on)}，${nearly ? `算上张贴当天才有${inclusive}个工作日，不算当天为${counted}个` : `只有${counted}个工作日`}，应不少于${needed}个工作日。请核对公示起止日期；时间确实不足的，应重新公示。`,
        facts: [factOf(notice), until.fact],
      }
    },
  },
  {
    rule: 'T17',
    article: '13',
    severity: 'error',
    newIn2026: true,
    find: ({ prospectListing: listing, publicNotice: notice, setting }) => {
      const ended = notice?.endedOn
      if (!isDated(listing) || notice === undefined || ended === undefined || listing.on >= ended) return undefined
      if (!asksForNotice(setting, listing.on)) return undefined
      return {
        judgedOn: listing.on,
        message: `${dayWritten(listing.on)}列为发展对象时公示还没有结束（公示到${dayWritten(ended)}）。公示结束、没有影响发展的问题才能列为发展对象。${checkDays}。`,
        facts: [factOf(listing), factIn(notice, '公示结束', ended)],
      }
    },
  },
  {
    rule: 'T18',
    article: '13',
    severity: 'error',
    newIn2026: true,
    find: (dossier) => {
      const found = noticeDays(dossier)
      if (found === undefined || found.inclusive >= found.needed) return undefined
      const { notice, until, needed, inclusive, provisional } = found
      if (daysBetween(notice.on, until.on) + 1 < needed) return undefined
      const off = daysOffBetween(dossier.setting.calendar, notice.on, until.on)
      return {
        judgedOn: notice.on,
        provisional,
        message: `公示从${dayWritten(notice.on)}到${dayWritten(until.on)}，把休息日也算进去了：${stretches(off).join('、')}不是工作日，工作日只有${inclusive}个，应不少于${needed}个。请核对公示起止日期；时间确实不足的，应重新公示。`,
        facts: [factOf(notice), until.fact, ...off.map((it) => ({ label: it.name, value: it.day }))],
      }
    },
  },
  {
    rule: 'T19',
    article: '16',
    severity: 'warning',
    find: ({ politicalReview, prospectListing }) =>
      tooEarly(politicalReview, prospectListing, '政治审查一般在列为发展对象以后进行'),
  },
  {
    rule: 'T20',
    article: '16',
    severity: 'error',
    find: ({ politicalReview: review }) => {
      const reply = review?.lastReplyOn
      if (!isDated(review) || reply === undefined || review.on >= reply) return undefined
      return {
        judgedOn: review.on,
        message: `政治审查结论（${dayWritten(review.on)}）早于最后一份函调、外调回复（${dayWritten(reply)}）。材料收齐以后才能作结论。${checkDays}。`,
        facts: [factOf(review), factIn(review, '最后一份函调、外调回复', reply)],
      }
    },
  },
  {
    rule: 'T21',
    article: '16',
    severity: 'error',
    find: ({ politicalReview, preReview }) => tooLate(politicalReview, preReview, '政治审查合格以后才能报上级党委预审'),
  },
  {
    rule: 'T21',
    article: '16',
    severity: 'error',
    find: ({ politicalReview, admissionAssembly }) =>
      tooLate(politicalReview, admissionAssembly, '没有经过政治审查的，不能提交支部党员大会讨论'),
  },
  {
    rule: 'T21',
    article: '16',
    severity: 'error',
    find: ({ politicalReview: review, admissionAssembly: assembly }) => {
      if (review?.conclusion !== 'unqualified' || !isDated(assembly)) return undefined
      return clashIn(
        review,
        assembly.on,
        [['政治审查结论', '不合格']],
        [assembly],
        `政治审查结论为不合格，但${dayWritten(assembly.on)}支部党员大会讨论了接收。政治审查不合格的不能发展，请核对结论是否录错；属实的报上级党委处理。`,
      )
    },
  },
  {
    rule: 'T22',
    article: '17',
    severity: 'warning',
    find: ({ intensiveTraining: training, setting, on }) => {
      if (training?.trainingHours === undefined) return undefined
      const days =
        training.trainingDays ??
        (training.startedOn !== undefined && training.on !== undefined
          ? daysBetween(training.startedOn, training.on) + 1
          : undefined)
      if (days === undefined) return undefined
      const judgedOn = training.on ?? on
      const least = articleOn(setting, '17', judgedOn).figures
      if (days >= least.trainingDays || training.trainingHours >= least.trainingHours) return undefined
      return clashIn(
        training,
        judgedOn,
        [
          ['集中培训天数', `${days}天`],
          ['集中培训学时', `${training.trainingHours}学时`],
        ],
        [training],
        `集中培训记录为${days}天、${training.trainingHours}学时，一般不少于${least.trainingDays}天或者不少于${least.trainingHours}学时。请核对培训证明；确实不足的，安排补训。`,
      )
    },
  },
  {
    rule: 'T23',
    article: '17',
    severity: 'error',
    find: ({ intensiveTraining: training, admissionAssembly: assembly }) =>
      training?.reason === undefined && assembly?.reason === undefined
        ? tooLate(training, assembly, '除经批准的个别特殊情况外，没有经过培训的不能发展；有批准的请写明')
        : undefined,
  },
  {
    rule: 'T24',
    article: '17',
    severity: 'warning',
    find: ({ intensiveTraining, preReview }) => tooLate(intensiveTraining, preReview, '集中培训一般在预审以前完成'),
  },
]

const sources = [
  ['group', '党小组'],
  ['contactPersons', '培养联系人'],
  ['members', '党员'],
  ['masses', '群众'],
] as const

/** Consent and public notice are asked for where the article in force states a number of working days. */
const asksForNotice = (setting: Parameters<typeof articleOn>[0], day: Parameters<typeof articleOn>[2]): boolean =>
  articleOn(setting, '13', day).figures.publicityWorkingDays !== undefined
