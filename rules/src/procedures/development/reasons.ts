import { addDays, addMonths, type Day, dayWritten } from '../../kernel/day.ts'
import { articleNumber, ruleBookOn } from '../../regulations/recruitment-rules.ts'
import type { Dossier } from './dossier.ts'
import { type Act, type ActKind, isDated } from './facts.ts'
import { actLabels } from './labels.ts'
import type { FactUsed, Reason } from './results.ts'
import { articleOn } from './setting.ts'
import type { Limit, Reached } from './way.ts'
import { factIn, factOf } from './wording.ts'

/** The day from which a limit counts, with the recorded fact; undefined where the day is not recorded. */
export function startOf(limit: Limit, act: Act, dossier: Dossier): { on: Day; fact: FactUsed } | undefined {
  const other = limit.start?.(act, dossier)
  if (other !== undefined) return { on: other.on, fact: factIn(act, other.label, other.on) }
  return isDated(act) ? { on: act.on, fact: factOf(act) } : undefined
}

/** A limit with the days it comes to. */
export interface Counted {
  limit: Limit
  start: { on: Day; fact: FactUsed }
  first: Reached | undefined
  last: Day | undefined
}

/** The reasons of the limits that state a rule; of mere order, one at most, where it alone decides the first day. */
export function tellingReasons(counted: readonly Counted[], dossier: Dossier): Reason[] {
  const stated = counted.filter((it) => it.limit.says?.(dossier, it.start.on) !== undefined)
  let latest: Counted | undefined
  for (const it of counted)
    if (it.first !== undefined && (latest?.first === undefined || it.first.day >= latest.first.day)) latest = it
  const decided = stated.some((it) => it.first?.day === latest?.first?.day)
  const told = latest === undefined || decided ? stated : [...stated, latest]
  return told.map((it) => reasonFor(it, dossier))
}

function reasonFor({ limit, start, first, last }: Counted, dossier: Dossier): Reason {
  const facts = [start.fact, ...(limit.facts?.(dossier) ?? [])]
  const says = limit.says?.(dossier, start.on)
  if (says === undefined) return { text: `在“${start.fact.label}”（${dayWritten(start.on)}）以后进行。`, facts }
  const ruleBook = ruleBookOn(dossier.on)
  const article = limit.article && articleNumber(limit.article, ruleBook)
  const skipped = first?.skipped ?? []
  const counted = [
    `${dayWritten(start.on)}${start.fact.label}`,
    ...(first !== undefined && first.day !== start.on ? [`最早${dayWritten(first.day)}`] : []),
    ...(last === undefined ? [] : [`最迟${dayWritten(last)}`]),
    ...(skipped.length === 0 ? [] : [`其间${stretches(skipped).join('、')}不算工作日`]),
    ...(first?.provisional === true ? ['有关年份的放假安排尚未录入，暂按现有安排推算'] : []),
  ]
  return {
    ...(article !== undefined && { ruleBook, article }),
    text: `${says}：${counted.join('，')}。`,
    facts: [...facts, ...skipped.map((it) => ({ label: it.name, value: it.day }))],
  }
}

/** Days off, each holiday told once with its first and last day. */
export function stretches(days: NonNullable<Reached['skipped']>): string[] {
  const told: { name: string; from: Day; until: Day }[] = []
  for (const { day, name } of days) {
    const last = told.at(-1)
    if (last?.name === name && addDays(last.until, 1) === day) last.until = day
    else told.push({ name, from: day, until: day })
  }
  return told.map(({ name, from, until }) =>
    from === until ? `${dayWritten(from)}（${name}）` : `${dayWritten(from)}至${dayWritten(until)}（${name}）`,
  )
}

/** Says that an act's day is not recorded, instead of a date counted from it. */
export const unknownDay = (act: Act): Reason => ({
  text: `“${actLabels[act.kind]}”的日期没有记录，不能据此推算。请先补录这个日期。`,
  facts: [factOf(act)],
})

/** What is to be known before an act, besides its days. */
export function remarks(kind: ActKind, dossier: Dossier): Reason[] {
  const { setting, on, preReview, facts } = dossier
  const remarked: Reason[] = []
  const last = kind === 'preReview' ? lastDayBeforeLeaving(dossier) : undefined
  if (last !== undefined && (facts.leavesOn ?? on) > on) remarked.push(leavingReason(last, dossier))
  if (preReview?.passed === false && kind === 'preReview')
    remarked.push({ text: '上次预审没有通过，应先按预审意见办理，再重新报请预审。', facts: [factOf(preReview)] })
  const bar = barTo(kind, dossier)
  if (bar !== undefined) remarked.push(bar)
  const approves = facts.branch?.committeeApproves ?? setting.practice.canApproveProbationary
  if (kind === 'admissionApproval' && (!approves || setting.practice.generalBranchDeliberates))
    remarked.push({
      ruleBook: ruleBookOn(on),
      article: articleNumber('22', ruleBookOn(on)) ?? '22',
      text: approves
        ? '先由党总支审议，再报有审批权限的党委审批。'
        : '本级党组织没有审批权限，只审议，报有审批权限的上级党委审批。',
      facts: [],
    })
  return remarked
}

/** What forbids an act whatever its day: a political review that ended badly, a resolution that did not pass. */
export function barTo(kind: ActKind, { setting, on, politicalReview, admissionAssembly }: Dossier): Reason | undefined {
  const barred = (article: '16' | '20', text: string, fact: FactUsed): Reason => ({
    ruleBook: ruleBookOn(on),
    article: articleNumber(article, ruleBookOn(on)) ?? article,
    text,
    facts: [fact],
  })
  if (politicalReview?.conclusion === 'unqualified' && (kind === 'committeeExamination' || kind === 'preReview'))
    return barred('16', '政治审查结论为不合格，不能发展入党。', factIn(politicalReview, '政治审查结论', '不合格'))
  const vote = kind === 'admissionTalk' || kind === 'admissionApproval' ? admissionAssembly?.vote : undefined
  if (vote === undefined || admissionAssembly === undefined) return undefined
  if (vote.yes > vote.entitled * articleOn(setting, '20', on).figures.yesOverShare) return undefined
  return barred(
    '20',
    `大会赞成${vote.yes}人，没有超过应到会有表决权党员${vote.entitled}人的半数，决议没有通过，不能报上级审批。`,
    factOf(admissionAssembly),
  )
}

/** The last day of the pre-review that lies more than the stated months before the person leaves (Art. 18). */
export function lastDayBeforeLeaving({ facts, setting, on }: Dossier): Day | undefined {
  if (facts.leavesOn === undefined) return undefined
  const months = articleOn(setting, '18', on).figures.leavingWithinMonths
  let day = addMonths(facts.leavesOn, -months)
  while (addMonths(day, months) >= facts.leavesOn) day = addDays(day, -1)
  return day
}

/** Why the pre-review should not be later than that day. */
export function leavingReason(last: Day, { facts, setting, on }: Dossier): Reason {
  const months = articleOn(setting, '18', on).figures.leavingWithinMonths
  const leavesOn = facts.leavesOn ?? last
  const left = last < on ? '现已过这一期限；确需办理的，报上级党委研究并写明原因' : `预审最迟${dayWritten(last)}`
  return {
    ruleBook: ruleBookOn(on),
    article: articleNumber('18', ruleBookOn(on)) ?? '18',
    text: `预计${dayWritten(leavesOn)}离开本单位，${months}个月内将离开的一般不办理接收，${left}。`,
    facts: [{ label: '预计离开本单位', value: leavesOn }],
  }
}

/** The recorded act of a kind that limits count from; of a kind that recurs, the last. */
export function actOf(dossier: Dossier, kind: ActKind): Act | undefined {
  switch (kind) {
    case 'confirmationAssembly':
      return dossier.confirmationAssemblies.findLast((it) => it.outcome !== 'postpone')
    case 'confirmationApproval':
      return dossier.confirmationApprovals.at(-1)
    case 'review':
      return dossier.reviews.at(-1)
    case 'thoughtReport':
      return dossier.thoughtReports.at(-1)
    case 'activistTraining':
      return dossier.activistTrainings.at(-1)
    case 'probationReview':
      return dossier.probationReviews.at(-1)
    default:
      return dossier[kind]
  }
}
