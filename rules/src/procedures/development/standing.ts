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
    placesOf(facts.acts).telling,
    facts.acts.length > 0,
    confirmationsOf({
      confirmationAssemblies: facts.acts.filter((it) => it.kind === 'confirmationAssembly').sort(byDay),
      confirmationApprovals: facts.acts.filter((it) => it.kind === 'confirmationApproval').sort(byDay),
    }),
  )

/** How far the file of a dossier has come. */
export function standingOf(dossier: Dossier): Standing & { confirmation: ConfirmationStanding } {
  const { acts } = dossier.facts
  const { recorded, onTheLine, telling } = placesOf(acts)
  const confirmation = confirmationsOf(dossier)
  return {
    stage: stageFrom(telling, acts.length > 0, confirmation),
    confirmation,
    has: (kind) => recorded[placeOf(kind)] === true,
    isPast: (until) => onTheLine >= placeOf(until),
  }
}

/** Whether a kind stands at or after another in the order of the way. */
export const placeOf = (kind: ActKind): number => places.get(kind) ?? -1

const places: ReadonlyMap<ActKind, number> = new Map(actKinds.map((kind, at) => [kind, at]))

/** Acts that run beside the line, so that having them does not show that the acts before them were done. */
const besideTheLine = placesOfKinds([
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
const saysNoStage = placesOfKinds(['thoughtReport', 'introducers', 'politicalReview', 'intensiveTraining', 'duesStart'])

function placesOfKinds(kinds: readonly ActKind[]): ReadonlySet<number> {
  return new Set(kinds.map(placeOf))
}

/** Which kinds are recorded, by their places, and the furthest place of those on the line and of those that tell the stage. */
function placesOf(acts: readonly Act[]): { recorded: readonly boolean[]; onTheLine: number; telling: number } {
  const recorded: boolean[] = []
  let [onTheLine, telling] = [-1, -1]
  for (const { kind } of acts) {
    const place = placeOf(kind)
    recorded[place] = true
    if (place > onTheLine && !besideTheLine.has(place)) onTheLine = place
    if (place > telling && !saysNoStage.has(place)) telling = place
  }
  return { recorded, onTheLine, telling }
}

function stageFrom(
  furthest: number,
  isBegun: boolean,
  { confirmed, cancelled }: ConfirmationStanding,
): Stage | undefined {
  if (cancelled) return undefined
  if (confirmed || furthest >= placeOf('archiving')) return 'full'
  if (furthest >= placeOf('admissionApproval')) return 'probationary'
  if (furthest >= placeOf('prospectListing')) return 'prospect'
  if (furthest >= placeOf('activistDecision')) return 'activist'
  return isBegun ? 'applicant' : undefined
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
