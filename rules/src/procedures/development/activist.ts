import {
  addDays,
  addMonths,
  compareToMonthsAfter,
  type Day,
  daysBetween,
  dayWritten,
  monthsBetween,
} from '../../kernel/day.ts'
import { type Act, isDated } from './facts.ts'
import { type Clash, checkDays, clashIn, forEach, type Rule, tooEarly, tooLate } from './rule.ts'
import { articleOn, type Setting } from './setting.ts'
import { factIn, factOf } from './wording.ts'

/** Contradictions from the recommendation to the end of the time as an activist. */
export const activistRules: readonly Rule[] = [
  {
    rule: 'T04',
    article: '8',
    severity: 'error',
    find: ({ activistDecision, applicantTalk }) =>
      tooEarly(activistDecision, applicantTalk, '应先同入党申请人谈话，再确定入党积极分子'),
  },
  {
    rule: 'T05',
    article: '8',
    severity: 'error',
    find: ({ recommendation, activistDecision }) =>
      tooLate(recommendation, activistDecision, '应先推荐（推优），再由支委会研究确定'),
  },
  {
    // A recommendation after the decision is already T05.
    rule: 'T06',
    article: '8',
    severity: 'warning',
    find: ({ recommendation, application }) =>
      tooEarly(recommendation, application, '推荐（推优）的对象应是已经递交申请书的人'),
  },
  {
    rule: 'T07',
    article: '8',
    severity: 'error',
    find: ({ activistFiling, activistDecision }) =>
      tooEarly(activistFiling, activistDecision, '应先研究确定，再报上级党委备案'),
  },
  {
    rule: 'T08',
    article: '9',
    severity: 'error',
    find: ({ contactPersons: act, setting, on }) => {
      if (act?.members === undefined) return undefined
      const judgedOn = act.on ?? on
      const { contactPersonsMin: least, contactPersonsMax: most } = articleOn(setting, '9', judgedOn).figures
      const count = act.members.length
      if (count >= least && count <= most) return undefined
      return clashIn(
        act,
        judgedOn,
        [['培养联系人', `${count}人`]],
        [act],
        `培养联系人记录了${count}人，应为${least}至${most}名正式党员。请对照登记表更正人数，或由支部重新指定。`,
      )
    },
  },
  {
    rule: 'T08',
    article: '9',
    severity: 'error',
    find: ({ contactPersons: act, on }) => {
      const member = act?.members?.find((it) => it.isFull === false)
      if (act === undefined || member === undefined) return undefined
      return clashIn(
        act,
        act.on ?? on,
        [['培养联系人', `${member.name}，指定时不是正式党员`]],
        [act],
        `培养联系人${member.name}在指定时不是正式党员。培养联系人须由正式党员担任，请核对其转正时间，或由支部更换培养联系人。`,
      )
    },
  },
  {
    rule: 'T09',
    article: '9',
    severity: 'error',
    find: ({ contactPersons: act }) => {
      if (!isDated(act)) return undefined
      const { on } = act
      const member = act.members?.find((it) => it.fullOn !== undefined && it.fullOn > on)
      if (member?.fullOn === undefined) return undefined
      return clashIn(
        act,
        on,
        [[`${member.name}转正`, member.fullOn]],
        [act],
        `培养联系人${member.name}${dayWritten(member.fullOn)}才转为正式党员，晚于指定之日（${dayWritten(on)}）。请核对转正日期；属实的，由支部更换培养联系人。`,
      )
    },
  },
  {
    rule: 'T10',
    article: '11',
    severity: 'error',
    // The first review counts from the decision, each further one from the review before.
    find: ({ reviews, activistDecision, setting }) => {
      let found: Clash[] | undefined
      let earlier: Act | undefined = activistDecision
      for (const later of reviews) {
        if (!isDated(later)) break
        const clash = isDated(earlier) ? lateReview(earlier, later, setting) : undefined
        earlier = later
        if (clash === undefined) continue
        found ??= []
        found.push(clash)
      }
      return found
    },
  },
  {
    rule: 'T11',
    article: '11',
    severity: 'error',
    find: ({ reviews, activistDecision, prospectListing, setting }) => {
      if (reviews.length === 0 || !isDated(activistDecision) || !isDated(prospectListing)) return undefined
      const months = articleOn(setting, '11', prospectListing.on).figures.reviewEveryMonths
      const needed = Math.floor(monthsBetween(activistDecision.on, prospectListing.on) / months)
      let count = 0
      for (const it of reviews) if (it.on === undefined || it.on <= prospectListing.on) count++
      if (count >= needed) return undefined
      return {
        judgedOn: prospectListing.on,
        message: `${dayWritten(activistDecision.on)}确定为入党积极分子，到${dayWritten(prospectListing.on)}列为发展对象，应有${needed}次半年考察，只记录了${count}次。请查找遗漏的考察记录并补录；确实没有考察的，由支部写明原因。`,
        facts: [
          factOf(activistDecision),
          factOf(prospectListing),
          { label: '半年考察', value: `${count}次`, kind: 'review' },
        ],
      }
    },
  },
  {
    rule: 'T12',
    article: '11',
    severity: 'error',
    find: forEach(
      (dossier) => dossier.reviews,
      (it, { activistDecision }) => tooEarly(it, activistDecision, '确定为入党积极分子以后才开始半年考察'),
    ),
  },
  {
    rule: 'T12',
    article: '11',
    severity: 'error',
    find: forEach(
      (dossier) => dossier.reviews,
      (it, { admissionAssembly }) => tooLate(it, admissionAssembly, '对入党积极分子的考察应在接收为预备党员以前完成'),
    ),
  },
  {
    rule: 'T57',
    severity: 'info',
    find: ({ thoughtReports, setting }) => {
      let found: Clash[] | undefined
      const { minGapDays } = setting.practice.thoughtReport
      for (let at = 1; at < thoughtReports.length; at++) {
        const [earlier, later] = [thoughtReports[at - 1], thoughtReports[at]]
        if (!isDated(earlier) || !isDated(later)) break
        if (later.on >= addDays(earlier.on, minGapDays)) continue
        found ??= []
        found.push({
          judgedOn: later.on,
          message: `两篇思想汇报（${dayWritten(earlier.on)}、${dayWritten(later.on)}）只隔${daysBetween(earlier.on, later.on)}天，少于${minGapDays}天。请核对落款日期，看是否为一次补写。`,
          facts: [factOf(earlier), factOf(later)],
        })
      }
      return found
    },
  },
  {
    rule: 'T57',
    severity: 'info',
    find: ({ thoughtReports, on }) => {
      if (thoughtReports.length < 2) return undefined
      let found: Clash[] | undefined
      for (const [at, later] of thoughtReports.entries()) {
        if (later.textHash === undefined) continue
        const earlier = thoughtReports.find((it) => it.textHash === later.textHash)
        if (earlier === undefined || thoughtReports.indexOf(earlier) === at) continue
        found ??= []
        found.push({
          judgedOn: later.on ?? on,
          message: `两篇思想汇报（${dayOf(earlier)}、${dayOf(later)}）的正文完全相同。请核对是否重复录入；如为照抄，请本人重新写。`,
          facts: [factOf(earlier), factIn(later, '正文相同的思想汇报', later.on ?? '日期未记录')],
        })
      }
      return found
    },
  },
]

function lateReview(earlier: Act & { on: Day }, later: Act & { on: Day }, setting: Setting): Clash | undefined {
  const months = articleOn(setting, '11', later.on).figures.reviewEveryMonths
  if (compareToMonthsAfter(later.on, earlier.on, months) <= 0) return undefined
  const last = addMonths(earlier.on, months)
  const what =
    earlier.kind === 'review'
      ? `两次半年考察（${dayWritten(earlier.on)}、${dayWritten(later.on)}）相隔超过${months}个月，后一次`
      : `${dayWritten(earlier.on)}确定为入党积极分子，第一次半年考察（${dayWritten(later.on)}）相隔超过${months}个月，`
  return {
    judgedOn: later.on,
    severity: later.on <= addDays(last, setting.practice.review.graceDays) ? 'warning' : 'error',
    message: `${what}最迟应在${dayWritten(last)}。${checkDays}。`,
    facts: [factOf(earlier), factOf(later)],
  }
}

const dayOf = ({ on }: { on?: Day }): string => (on === undefined ? '日期未记录' : dayWritten(on))
