import { addDays, addMonths, type Day } from '../../kernel/day.ts'
import { articleNumber, ruleBookOn } from '../../regulations/recruitment-rules.ts'
import { type Dossier, dossierOf } from './dossier.ts'
import type { Act, ActKind, DevelopmentFacts } from './facts.ts'
import { actLabels } from './labels.ts'
import type { Due, DueAct, FactUsed, Reason, Waiting } from './results.ts'
import { isDated } from './rule.ts'
import { articleOn, nationalSetting, type Setting, withLocalFigures } from './setting.ts'
import { type Standing, standingOf } from './standing.ts'
import { stepOf } from './steps.ts'
import { type Limit, type Reached, type WayAct, way } from './way.ts'
import { factIn, factOf, written } from './wording.ts'

/**
 * Where the person stands and which acts are still to come, with the days between which each is allowed and why.
 * What can be done now comes first, and of that the acts of the line. An act that is recorded, or that the file has
 * gone past, is never among them; nor is a day counted from an act whose own day is not recorded.
 */
export function due(facts: DevelopmentFacts, on: Day, setting: Setting = nationalSetting): Due {
  const dossier = dossierOf(facts, on, withLocalFigures(setting))
  const standing = standingOf(dossier)
  const { stage, confirmation } = standing
  if (confirmation.cancelled || standing.has('archiving')) return { stage, acts: [] }
  const acts: DueAct[] = []
  for (const it of way) if (isDue(it, dossier, standing)) acts.push(dueAct(it, dossier))
  acts.push(...recurring(dossier, standing))
  return { stage, acts: inTurn(acts, on) }
}

/** Whether consent and public notice are asked for on the day of asking. */
export const asksForNotice = ({ setting, on }: Dossier): boolean =>
  articleOn(setting, '13', on).figures.publicityWorkingDays !== undefined

function isDue(it: WayAct, dossier: Dossier, standing: ReturnType<typeof standingOf>): boolean {
  const { confirmation } = standing
  if (it.kind === 'confirmationAssembly')
    return (
      !confirmation.confirmed &&
      confirmation.awaitsApproval === undefined &&
      !(standing.stage === 'full') &&
      allBehind(it, dossier, standing)
    )
  if (it.kind === 'confirmationApproval') return confirmation.awaitsApproval !== undefined
  if (it.kind === 'archiving') return confirmation.confirmed
  if (standing.stage === 'full' || (standing.has(it.kind) && !hasFailed(it.kind, dossier))) return false
  if (it.until !== undefined && standing.isPast(it.until)) return false
  if (it.withNotice && !asksForNotice(dossier)) return false
  if (it.kind === 'opinions' && !isNear(dossier)) return false
  return allBehind(it, dossier, standing)
}

/** Whether an act is recorded, or the file has gone past it, or no edition in force asks for it. */
export const behind = (kind: ActKind, dossier: Dossier, standing: Standing): boolean => {
  if (standing.has(kind)) return !hasFailed(kind, dossier) || standing.isPast('admissionForm')
  const it = wayByKind.get(kind)
  if (it === undefined) return true
  return (it.withNotice && !asksForNotice(dossier)) || (it.until !== undefined && standing.isPast(it.until))
}

/** A pre-review that was not passed has to be held again. */
const hasFailed = (kind: ActKind, { preReview }: Dossier): boolean =>
  kind === 'preReview' && preReview?.passed === false

const allBehind = (it: WayAct, dossier: Dossier, standing: Standing): boolean =>
  it.after.every((kind) => behind(kind, dossier, standing))

/** The acts of the line by kind. */
export const wayByKind: ReadonlyMap<ActKind, WayAct> = new Map(way.map((it) => [it.kind, it]))

/** Opinions are heard shortly before the proposal: from a month before it is possible. */
function isNear(dossier: Dossier): boolean {
  const decision = dossier.activistDecision
  const proposal = wayByKind.get('prospectProposal')?.limits.find((it) => it.from === 'activistDecision')
  if (!isDated(decision)) return true
  const first = proposal?.notBefore?.(proposal.start?.(decision, dossier)?.on ?? decision.on, dossier)
  return first === undefined || dossier.on >= addMonths(first.day, -1)
}

function dueAct(it: WayAct, dossier: Dossier): DueAct {
  const reasons: Reason[] = []
  let earliestOn: Day | undefined
  let latestOn: Day | undefined
  let provisional = false
  const undated = new Set<ActKind>()
  const counted: Counted[] = []
  for (const limit of it.limits) {
    const from = actOf(dossier, limit.from)
    if (from === undefined) continue
    const start = startOf(limit, from, dossier)
    if (start === undefined) {
      if (!undated.has(from.kind)) reasons.push(unknownDay(from))
      undated.add(from.kind)
      continue
    }
    const first = limit.notBefore?.(start.on, dossier)
    const last = limit.notAfter?.(start.on, dossier)
    if (first === undefined && last === undefined && !isUndetermined(limit)) continue
    if (first !== undefined && (earliestOn === undefined || first.day > earliestOn)) earliestOn = first.day
    if (last !== undefined && (latestOn === undefined || last < latestOn)) latestOn = last
    provisional ||= first?.provisional ?? false
    counted.push({ limit, start, first, last })
  }
  reasons.push(...tellingReasons(counted, dossier))
  reasons.push(...remarks(it.kind, dossier))
  return assembled(it.kind, it.waitingOn, { earliestOn, latestOn, provisional, reasons }, dossier.on)
}

const isUndetermined = (limit: Limit): boolean => limit.article === '31'

interface Dates {
  earliestOn: Day | undefined
  latestOn: Day | undefined
  provisional: boolean
  reasons: readonly Reason[]
}

const assembled = (kind: ActKind, waitingOn: Waiting, dates: Dates, on: Day): DueAct => ({
  kind,
  step: stepOf(kind).number,
  ...(dates.earliestOn !== undefined && { earliestOn: dates.earliestOn }),
  ...(dates.latestOn !== undefined && { latestOn: dates.latestOn }),
  overdue: dates.latestOn !== undefined && dates.latestOn < on,
  waitingOn,
  reasons: dates.reasons,
  ...(dates.provisional && { provisional: true }),
})

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
    if (it.first !== undefined && (latest?.first === undefined || it.first.day > latest.first.day)) latest = it
  const decided = stated.some((it) => it.first?.day === latest?.first?.day)
  const told = latest === undefined || decided ? stated : [...stated, latest]
  return told.map((it) => reasonFor(it, dossier))
}

function reasonFor({ limit, start, first, last }: Counted, dossier: Dossier): Reason {
  const facts = [start.fact, ...(limit.facts?.(dossier) ?? [])]
  const says = limit.says?.(dossier, start.on)
  if (says === undefined) return { text: `在“${start.fact.label}”（${written(start.on)}）以后进行。`, facts }
  const ruleBook = ruleBookOn(dossier.on)
  const article = limit.article && articleNumber(limit.article, ruleBook)
  const skipped = first?.skipped ?? []
  const counted = [
    `${start.fact.label}为${written(start.on)}`,
    ...(first !== undefined && first.day !== start.on ? [`最早${written(first.day)}`] : []),
    ...(last === undefined ? [] : [`最迟${written(last)}`]),
    ...(skipped.length === 0 ? [] : [`其间${stretches(skipped).join('、')}不算工作日`]),
    ...(first?.provisional === true ? ['当年的放假安排尚未录入，按周一至周五暂算'] : []),
  ]
  return {
    ...(article !== undefined && { ruleBook, article }),
    text: `${says}：${counted.join('，')}。`,
    facts: [...facts, ...skipped.map((it) => ({ label: it.name, value: it.day }))],
  }
}

/** Days off, each holiday told once with its first and last day. */
function stretches(days: NonNullable<Reached['skipped']>): string[] {
  const told: { name: string; from: Day; until: Day }[] = []
  for (const { day, name } of days) {
    const last = told.at(-1)
    if (last?.name === name && addDays(last.until, 1) === day) last.until = day
    else told.push({ name, from: day, until: day })
  }
  return told.map(({ name, from, until }) =>
    from === until ? `${written(from)}${name}` : `${written(from)}至${written(until)}${name}`,
  )
}

const unknownDay = (act: Act): Reason => ({
  text: `“${actLabels[act.kind]}”的日期没有记录，不能据此推算。请先补录这个日期。`,
  facts: [factOf(act)],
})

function remarks(kind: ActKind, { facts, setting, on, preReview, politicalReview }: Dossier): Reason[] {
  const remarked: Reason[] = []
  const { leavesOn } = facts
  if (kind === 'preReview' && leavesOn !== undefined && leavesOn > on) {
    const months = articleOn(setting, '18', on).figures.leavingWithinMonths
    remarked.push({
      ruleBook: ruleBookOn(on),
      article: articleNumber('18', ruleBookOn(on)) ?? '18',
      text: `预计${written(leavesOn)}离开本单位；${months}个月内将离开的一般不办理接收，预审应在${written(addMonths(leavesOn, -months))}以前。`,
      facts: [{ label: '预计离开本单位', value: leavesOn }],
    })
  }
  if (preReview?.passed === false && kind === 'preReview')
    remarked.push({ text: '上次预审没有通过，应先按预审意见办理，再重新报请预审。', facts: [factOf(preReview)] })
  if (politicalReview?.conclusion === 'unqualified' && (kind === 'committeeExamination' || kind === 'preReview'))
    remarked.push({
      ruleBook: ruleBookOn(on),
      article: articleNumber('16', ruleBookOn(on)) ?? '16',
      text: '政治审查结论为不合格，不能发展入党。',
      facts: [factIn(politicalReview, '政治审查结论', '不合格')],
    })
  if (
    kind === 'admissionApproval' &&
    (!setting.practice.canApproveProbationary || setting.practice.generalBranchDeliberates)
  )
    remarked.push({
      ruleBook: ruleBookOn(on),
      article: articleNumber('22', ruleBookOn(on)) ?? '22',
      text: setting.practice.canApproveProbationary
        ? '先由党总支审议，再报有审批权限的党委审批。'
        : '本级党组织没有审批权限，只审议，报有审批权限的上级党委审批。',
      facts: [],
    })
  return remarked
}

/** The next half-yearly review, thought report and probation review, where they are expected. */
function recurring(dossier: Dossier, { stage, isPast, has }: Standing): DueAct[] {
  const { setting, on, activistDecision, reviews, thoughtReports, admissionAssembly, probationReviews } = dossier
  const { practice } = setting
  const acts: DueAct[] = []
  if (stage === 'activist' && has('activistDecision')) {
    const months = articleOn(setting, '11', on).figures.reviewEveryMonths
    acts.push(next('review', 'branchCommittee', activistDecision, reviews, months, dossier))
  }
  if (practice.thoughtReport.everyMonths > 0 && (stage === 'activist' || stage === 'prospect') && !isPast('preReview'))
    acts.push(
      next('thoughtReport', 'applicant', activistDecision, thoughtReports, practice.thoughtReport.everyMonths, dossier),
    )
  if (practice.probationReviewEveryMonths > 0 && stage === 'probationary' && !isPast('confirmationAssembly'))
    acts.push(
      next(
        'probationReview',
        'branchCommittee',
        admissionAssembly,
        probationReviews,
        practice.probationReviewEveryMonths,
        dossier,
      ),
    )
  return acts
}

function next(
  kind: ActKind,
  waitingOn: Waiting,
  begin: Act | undefined,
  held: readonly Act[],
  months: number,
  { on }: Dossier,
): DueAct {
  const last = held.findLast(isDated) ?? begin
  const undated = held.find((it) => it.on === undefined)
  if (!isDated(last) || undated !== undefined) {
    const unknown = undated ?? last
    const reasons = unknown === undefined ? [] : [unknownDay(unknown)]
    return assembled(kind, waitingOn, { earliestOn: undefined, latestOn: undefined, provisional: false, reasons }, on)
  }
  const latestOn = addMonths(last.on, months)
  const ruleBook = ruleBookOn(latestOn)
  const reason: Reason = {
    ...(kind === 'review' && { ruleBook, article: articleNumber('11', ruleBook) ?? '11' }),
    text: `${kind === 'review' ? '' : '本校规定'}每${months}个月${actLabels[kind]}一次：上一次（${actLabels[last.kind]}）为${written(last.on)}，下一次最迟${written(latestOn)}。`,
    facts: [factOf(last)],
  }
  return assembled(kind, waitingOn, { earliestOn: undefined, latestOn, provisional: false, reasons: [reason] }, on)
}

/** What can be done now before what cannot yet, the line before what runs beside it. */
function inTurn(acts: DueAct[], on: Day): DueAct[] {
  if (acts.length < 2) return acts
  const rank = (it: DueAct) =>
    (it.earliestOn !== undefined && it.earliestOn > on ? 2 : 0) + (wayByKind.get(it.kind)?.beside === false ? 0 : 1)
  return acts.sort((a, b) => rank(a) - rank(b))
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
