import { addMonths, type Day } from '../../kernel/day.ts'
import { type Dossier, dossierOf } from './dossier.ts'
import { assembled } from './due-act.ts'
import { type ActKind, type DevelopmentFacts, isDated } from './facts.ts'
import { actOf, type Counted, remarks, startOf, tellingReasons, unknownDay } from './reasons.ts'
import { recurring } from './recurring.ts'
import type { Due, DueAct, Reason } from './results.ts'
import { articleOn, nationalSetting, type Setting, withLocalFigures } from './setting.ts'
import { type Standing, standingOf } from './standing.ts'
import { type Limit, type WayAct, way } from './way.ts'

/**
 * Where the person stands and which acts are still to come, with the days between which each is allowed and why.
 * What can be done now comes first, and of that the acts of the line. An act that is recorded, or that the file has
 * gone past, is never among them; nor is a day counted from an act whose own day is not recorded.
 */
export function due(facts: DevelopmentFacts, on: Day, setting: Setting = nationalSetting): Due {
  const dossier = dossierOf(facts, on, withLocalFigures(setting))
  return dueIn(dossier, standingOf(dossier))
}

/** The same for a file whose acts are sorted already, under the university's stricter figures. */
export function dueIn(dossier: Dossier, standing: ReturnType<typeof standingOf>): Due {
  const { stage, confirmation } = standing
  if (confirmation.cancelled || standing.has('archiving')) return { stage, acts: [] }
  const acts: DueAct[] = []
  for (const it of way) if (isDue(it, dossier, standing)) acts.push(dueAct(it, dossier))
  acts.push(...recurring(dossier, standing))
  return { stage, acts: inTurn(acts, dossier.on) }
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
const wayByKind: ReadonlyMap<ActKind, WayAct> = new Map(way.map((it) => [it.kind, it]))

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

/** What can be done now before what cannot yet, the line before what runs beside it. */
function inTurn(acts: DueAct[], on: Day): DueAct[] {
  if (acts.length < 2) return acts
  const rank = (it: DueAct) =>
    (it.earliestOn !== undefined && it.earliestOn > on ? 2 : 0) + (wayByKind.get(it.kind)?.beside === false ? 0 : 1)
  return acts.sort((a, b) => rank(a) - rank(b))
}
