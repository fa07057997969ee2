import { byDay, type Dossier } from './dossier.ts'
import { type Act, type ActKind, actKinds, type ConfirmationAssembly, type DevelopmentFacts } from './facts.ts'
import type { Stage } from './results.ts'

/** How far a file has come, read off its acts. */
export interface Standing {
  stage: Stage | undefined
  /** Whether an act of the kind is recorded, with or without a day. */
  has: (kind: ActKind) => boolean
  /** Whether the way has gone past the kind: an act at or after `until` is recorded. */
  isPast: (until: ActKind) => boolean
}

/** Where the acts on confirmation stand. */
export interface ConfirmationStanding {
  confirmed: boolean
  cancelled: boolean
  /** An assembly has passed something that is not approved yet. */
  awaitsApproval: ConfirmationAssembly | undefined
}

/** The standing of a person by the recorded acts. Undefined: nothing is recorded, or the probationary status was cancelled. */
export const stageOf = (facts: DevelopmentFacts): Stage | undefined =>
  stageFrom(
    facts.acts,
    confirmationsOf({
      confirmationAssemblies: facts.acts.filter((it) => it.kind === 'confirmationAssembly').sort(byDay),
      confirmationApprovals: facts.acts.filter((it) => it.kind === 'confirmationApproval').sort(byDay),
    }),
  )

/** How far the file of a dossier has come. */
export function standingOf(dossier: Dossier): Standing & { confirmation: ConfirmationStanding } {
  const { acts } = dossier.facts
  const recorded = new Set<ActKind>()
  for (const act of acts) recorded.add(act.kind)
  const furthest = furthestOf(acts, besideTheLine)
  const confirmation = confirmationsOf(dossier)
  return {
    stage: stageFrom(acts, confirmation),
    confirmation,
    has: (kind) => recorded.has(kind),
    isPast: (until) => furthest >= placeOf(until),
  }
}

/** Whether a kind stands at or after another in the order of the way. */
export const placeOf = (kind: ActKind): number => places.get(kind) ?? -1

const places: ReadonlyMap<ActKind, number> = new Map(actKinds.map((kind, at) => [kind, at]))

/** Acts that run beside the line, so that having them does not show that the acts before them were done. */
const besideTheLine: ReadonlySet<ActKind> = new Set<ActKind>([
  'review',
  'thoughtReport',
  'activistTraining',
  'introducers',
  'politicalReview',
  'intensiveTraining',
  'duesStart',
  'probationReview',
])

/** Acts that say nothing about the standing: they are done before and after it changes. */
const saysNoStage: ReadonlySet<ActKind> = new Set<ActKind>([
  'thoughtReport',
  'introducers',
  'politicalReview',
  'intensiveTraining',
  'duesStart',
])

function furthestOf(acts: readonly Act[], except: ReadonlySet<ActKind>): number {
  let furthest = -1
  for (const { kind } of acts) if (!except.has(kind)) furthest = Math.max(furthest, placeOf(kind))
  return furthest
}

function stageFrom(acts: readonly Act[], { confirmed, cancelled }: ConfirmationStanding): Stage | undefined {
  if (cancelled) return undefined
  const furthest = furthestOf(acts, saysNoStage)
  if (confirmed || furthest >= placeOf('archiving')) return 'full'
  if (furthest >= placeOf('admissionApproval')) return 'probationary'
  if (furthest >= placeOf('prospectListing')) return 'prospect'
  if (furthest >= placeOf('activistDecision')) return 'activist'
  return acts.length === 0 ? undefined : 'applicant'
}

function confirmationsOf({
  confirmationAssemblies: assemblies,
  confirmationApprovals: approvals,
}: Pick<Dossier, 'confirmationAssemblies' | 'confirmationApprovals'>): ConfirmationStanding {
  const decisive = assemblies.filter((it) => it.outcome !== 'postpone')
  const last = decisive.at(-1)
  if (last === undefined) return { confirmed: approvals.length > 0, cancelled: false, awaitsApproval: undefined }
  const isApproved = approvals.some((it) =>
    it.on === undefined || last.on === undefined ? approvals.length >= decisive.length : it.on >= last.on,
  )
  const outcome = last.outcome ?? 'confirm'
  return {
    confirmed: isApproved && outcome === 'confirm',
    cancelled: isApproved && outcome === 'cancel',
    awaitsApproval: isApproved ? undefined : last,
  }
}
