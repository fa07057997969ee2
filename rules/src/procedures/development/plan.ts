import { addDays, type Day, daysBetween, dayWritten } from '../../kernel/day.ts'
import { type Dossier, dossierOf } from './dossier.ts'
import { behind } from './due.ts'
import type { ActKind, DevelopmentFacts } from './facts.ts'
import { actLabels } from './labels.ts'
import { dayAtOrAfter, dayAtOrBefore } from './meeting-days.ts'
import { actOf, barTo, type Counted, lastDayBeforeLeaving, leavingReason, startOf, tellingReasons } from './reasons.ts'
import type { FactUsed, Plan, PlanConstraints, PlannedAct, Reason } from './results.ts'
import { articleOn, nationalSetting, type Setting, withLocalFigures } from './setting.ts'
import { placeOf, standingOf } from './standing.ts'
import { stepOf } from './steps.ts'
import { type Limit, later, type WayAct, way } from './way.ts'

/**
 * The acts that remain until the target: of each the first day possible from now on, and the last that still reaches
 * the target. Where they cross, which act makes it impossible, and by how many days.
 * Acts that run beside the line are planned only as the target. No first day is past; a last day is only where it cannot be done.
 */
export function plan(
  facts: DevelopmentFacts,
  constraints: PlanConstraints,
  on: Day,
  setting: Setting = nationalSetting,
): Plan {
  const dossier = dossierOf(facts, on, withLocalFigures(setting))
  const rows = remaining(constraints.target.kind, dossier)
  if (rows.length === 0)
    return { feasible: true, acts: [], notes: [`“${actLabels[constraints.target.kind]}”已经记录，不需要再计划。`] }
  const earliest = forwards(rows, constraints, dossier)
  const latest = backwards(rows, constraints, dossier)
  const acts = rows.flatMap((it) => plannedAct(it, earliest, latest, constraints, dossier))
  const notes = notesOn(rows, acts, dossier)
  const blocked = blockedBy(rows, acts, earliest, latest, constraints, dossier)
  return blocked === undefined ? { feasible: true, acts, notes } : { feasible: false, acts, blockedBy: blocked, notes }
}

type Days = Map<ActKind, Day>

function remaining(target: ActKind, dossier: Dossier): readonly WayAct[] {
  const standing = standingOf(dossier)
  const { confirmation, stage } = standing
  if (confirmation.cancelled) return []
  const isOpen = (it: WayAct): boolean => {
    if (it.kind === 'confirmationAssembly') return stage !== 'full' && confirmation.awaitsApproval === undefined
    if (it.kind === 'confirmationApproval') return stage !== 'full'
    return (stage !== 'full' || it.kind === 'archiving') && !behind(it.kind, dossier, standing)
  }
  return way.filter((it) => isOpen(it) && (it.kind === target || (!it.beside && placeOf(it.kind) < placeOf(target))))
}

/** The first possible days, each act as soon as its limits, the meeting days and the closed days allow. */
function forwards(rows: readonly WayAct[], constraints: PlanConstraints, dossier: Dossier): Days {
  const days: Days = new Map()
  const atLeast: Days = new Map()
  // An act that must follow another within a time pulls that one later when its own day slips.
  for (let round = 0; round < 12; round++) {
    let isSettled = true
    for (const it of rows) {
      let day = atLeast.get(it.kind) ?? dossier.on
      for (const limit of it.limits) {
        const first = countedFrom(limit, days, dossier)?.first?.day
        if (first !== undefined && first > day) day = first
      }
      const held = dayAtOrAfter(it.kind, day, constraints)
      if (held === undefined) {
        days.delete(it.kind)
        continue
      }
      days.set(it.kind, held)
      for (const limit of it.limits) {
        const start = days.get(limit.from)
        const last = start === undefined ? undefined : limit.notAfter?.(start, dossier)
        if (start === undefined || last === undefined || held <= last) continue
        const pulled = firstStartFor(limit, start, held, dossier)
        if (pulled > (atLeast.get(limit.from) ?? start)) {
          atLeast.set(limit.from, pulled)
          isSettled = false
        }
      }
    }
    if (isSettled) break
  }
  return days
}

/** The last days that still reach the target, and still let each act follow another within its time. */
function backwards(rows: readonly WayAct[], constraints: PlanConstraints, dossier: Dossier): Days {
  const atMost: Days = new Map()
  let days = backwardsOnce(rows, atMost, constraints, dossier)
  for (let round = 0; round < rows.length; round++) {
    let isSettled = true
    for (const it of rows)
      for (const limit of it.limits) {
        const [start, day] = [days.get(limit.from), days.get(it.kind)]
        const last = start === undefined ? undefined : limit.notAfter?.(start, dossier)
        if (day === undefined || last === undefined || day <= last) continue
        atMost.set(it.kind, last)
        isSettled = false
      }
    if (isSettled) break
    days = backwardsOnce(rows, atMost, constraints, dossier)
  }
  return days
}

function backwardsOnce(rows: readonly WayAct[], atMost: Days, constraints: PlanConstraints, dossier: Dossier): Days {
  const days: Days = new Map()
  for (const it of rows.toReversed()) {
    let day = atMost.get(it.kind) ?? constraints.target.by
    for (const next of rows)
      for (const limit of next.limits) {
        const by = limit.from === it.kind ? days.get(next.kind) : undefined
        if (by === undefined) continue
        const last = lastStartFor(limit, by, dossier)
        if (last < day) day = last
      }
    for (const limit of it.limits) {
      const isPlanned = rows.some((one) => one.kind === limit.from)
      const last = isPlanned ? undefined : countedFrom(limit, new Map(), dossier)?.last
      // A limit that is already missed does not stop the rest; a note says so.
      if (last !== undefined && last >= dossier.on && last < day) day = last
    }
    const leaving = it.kind === 'preReview' ? lastDayBeforeLeaving(dossier) : undefined
    if (leaving !== undefined && leaving < day) day = leaving
    const held = dayAtOrBefore(it.kind, day, constraints)
    if (held !== undefined) days.set(it.kind, held)
  }
  return days
}

/** A limit counted from the planned day of the earlier act, or else from the recorded one. */
function countedFrom(limit: Limit, planned: Days, dossier: Dossier): Counted | undefined {
  const day = planned.get(limit.from)
  const act = day === undefined ? actOf(dossier, limit.from) : undefined
  const fact: FactUsed = { label: `${actLabels[limit.from]}（计划）`, value: day ?? '', kind: limit.from }
  const start = day === undefined ? act && startOf(limit, act, dossier) : { on: day, fact }
  if (start === undefined) return undefined
  return { limit, start, first: limit.notBefore?.(start.on, dossier), last: limit.notAfter?.(start.on, dossier) }
}

/** The last day of the earlier act after which the later one may still be held on a day. */
function lastStartFor(limit: Limit, by: Day, dossier: Dossier): Day {
  const first = (day: Day): Day => limit.notBefore?.(day, dossier)?.day ?? day
  if (limit.notBefore === undefined) return by
  let day = addDays(by, -daysBetween(by, first(by)))
  while (first(addDays(day, 1)) <= by) day = addDays(day, 1)
  while (first(day) > by) day = addDays(day, -1)
  return day
}

/** The first day of the earlier act from which the later one is in time on a day. */
function firstStartFor(limit: Limit, from: Day, held: Day, dossier: Dossier): Day {
  let day = from
  while ((limit.notAfter?.(day, dossier) ?? held) < held) day = addDays(day, 1)
  return day
}

function plannedAct(
  it: WayAct,
  earliest: Days,
  latest: Days,
  { target }: PlanConstraints,
  dossier: Dossier,
): PlannedAct[] {
  const [earliestOn, latestOn] = [earliest.get(it.kind), latest.get(it.kind)]
  if (earliestOn === undefined || latestOn === undefined) return []
  const counted = it.limits.flatMap((limit) => {
    const found = countedFrom(limit, earliest, dossier)
    return found === undefined || (found.first === undefined && found.last === undefined) ? [] : [found]
  })
  const leaving = it.kind === 'preReview' ? lastDayBeforeLeaving(dossier) : undefined
  const lastly =
    latestOn < dossier.on ? `应在${dayWritten(latestOn)}以前办理，现已赶不上` : `最迟${dayWritten(latestOn)}`
  const reasons = [
    ...tellingReasons(counted, dossier),
    ...(leaving === undefined ? [] : [leavingReason(leaving, dossier)]),
    {
      text: `要在${dayWritten(target.by)}以前完成“${actLabels[target.kind]}”，${lastly}。`,
      facts: [{ label: '目标日期', value: target.by }],
    },
  ]
  const provisional = counted.some((one) => one.first?.provisional === true)
  return [
    {
      kind: it.kind,
      step: stepOf(it.kind).number,
      earliestOn,
      latestOn,
      reasons,
      ...(provisional && { provisional: true }),
    },
  ]
}

/** The act that makes the target impossible: of those whose days cross, the one that needs the longest time before it; of equals, the last. */
function blockedBy(
  rows: readonly WayAct[],
  acts: readonly PlannedAct[],
  earliest: Days,
  latest: Days,
  { target }: PlanConstraints,
  dossier: Dossier,
): { kind: ActKind; message: string; reasons: readonly Reason[] } | undefined {
  for (const { kind } of rows) {
    const bar = barTo(kind, dossier)
    if (bar !== undefined) return { kind, message: bar.text, reasons: [bar] }
  }
  const unheld = rows.find((it) => !earliest.has(it.kind) || !latest.has(it.kind))
  if (unheld !== undefined)
    return {
      kind: unheld.kind,
      message: `到${dayWritten(target.by)}为止，“${actLabels[unheld.kind]}”没有赶得上的会议日或办理日。请补充会议日、调整停办的时间，或推后目标。`,
      reasons: [],
    }
  const missed = missedLimit(rows, earliest, dossier)
  if (missed !== undefined) return missed
  let worst: { it: PlannedAct; wait: number } | undefined
  for (const it of acts) {
    if (it.earliestOn <= it.latestOn) continue
    const wait = waitBefore(it.kind, rows, earliest, dossier)
    if (worst === undefined || wait > worst.wait || (wait === worst.wait && wait > 0)) worst = { it, wait }
  }
  if (worst === undefined) return undefined
  const { kind, earliestOn, latestOn, reasons } = worst.it
  const last = latest.get(kind) ?? latestOn
  const isLeaving = latest.get('preReview') !== undefined && latest.get('preReview') === lastDayBeforeLeaving(dossier)
  const advice = isLeaving ? '离开本单位以前办不完的，由转入单位接续培养' : '请推后目标，或由转入单位接续培养'
  return {
    kind,
    message: `“${actLabels[kind]}”最早${dayWritten(earliestOn)}，而要在${dayWritten(target.by)}以前完成“${actLabels[target.kind]}”，最迟应在${dayWritten(last)}，差${daysBetween(last, earliestOn)}天，赶不上。不能压缩法定程序和时间，${advice}。`,
    reasons,
  }
}

/** An act whose last day, counted from one already held, is still to come but lies before the first day it can be held. */
function missedLimit(
  rows: readonly WayAct[],
  earliest: Days,
  dossier: Dossier,
): { kind: ActKind; message: string; reasons: readonly Reason[] } | undefined {
  for (const it of rows) {
    const day = earliest.get(it.kind)
    for (const limit of it.limits) {
      const counted = rows.some((one) => one.kind === limit.from) ? undefined : countedFrom(limit, new Map(), dossier)
      const last = counted?.last
      if (counted === undefined || day === undefined || last === undefined || last < dossier.on || day <= last) continue
      return {
        kind: it.kind,
        message: `“${actLabels[it.kind]}”最迟${dayWritten(last)}（自“${counted.start.fact.label}”${dayWritten(counted.start.on)}算起），按现有会议日和停办时间最早${dayWritten(day)}，超过期限。请在期限内另定会议日或办理日。`,
        reasons: tellingReasons([counted], dossier),
      }
    }
  }
  return undefined
}

/** How many days a limit makes an act wait after the act before it. */
function waitBefore(kind: ActKind, rows: readonly WayAct[], earliest: Days, dossier: Dossier): number {
  let longest = 0
  for (const limit of rows.find((it) => it.kind === kind)?.limits ?? []) {
    const found = countedFrom(limit, earliest, dossier)
    if (found?.first === undefined) continue
    longest = Math.max(longest, daysBetween(later(found.start.on, dossier.on), found.first.day))
  }
  return longest
}

function notesOn(rows: readonly WayAct[], acts: readonly PlannedAct[], dossier: Dossier): string[] {
  const { setting, on } = dossier
  const kinds = new Set(rows.map((it) => it.kind))
  const notes = [
    '日期是规定允许的最早和最晚，没有算上函调、培训、准备会议所需的时间；“至少满一年”之类是最低限度，不是目标，条件不成熟的应继续培养，不要赶进度。',
  ]
  if (kinds.has('prospectProposal')) {
    const months = articleOn(setting, '11', on).figures.reviewEveryMonths
    notes.push(`列为发展对象以前，每${months}个月考察一次，计划中没有逐次列出。`)
  }
  const assemblyMonths = articleOn(setting, '19', on).figures.assemblyWithinMonths
  if (kinds.has('preReview') && kinds.has('admissionAssembly') && assemblyMonths !== undefined)
    notes.push(`预审合格后${assemblyMonths}个月内应召开支部党员大会，预审的日期定下后请按它重新计划大会。`)
  for (const it of rows) {
    const missed = it.limits
      .map((limit) => (kinds.has(limit.from) ? undefined : countedFrom(limit, new Map(), dossier)?.last))
      .find((last) => last !== undefined && last < on)
    if (missed !== undefined)
      notes.push(`“${actLabels[it.kind]}”已过期限（${dayWritten(missed)}），应尽快办理并说明原因，不得倒签日期。`)
  }
  if (acts.some((it) => it.provisional === true))
    notes.push('有的年份放假安排尚未录入，工作日暂按现有安排推算，公布后请重新计划。')
  return notes
}
