import { addDays, type Day } from '../../kernel/day.ts'
import type { ActKind } from './facts.ts'
import type { PlanConstraints } from './results.ts'

/** The first day from `day` on which an act may be held; undefined where no meeting day is left. */
export function dayAtOrAfter(kind: ActKind, day: Day, constraints: PlanConstraints): Day | undefined {
  const days = meetingDaysFor(kind, constraints)
  if (days !== undefined)
    return days.filter((it) => it >= day && closedAt(it, constraints) === undefined).reduce(earlier, undefined)
  let open = day
  for (let stretch = closedAt(open, constraints); stretch !== undefined; stretch = closedAt(open, constraints))
    open = addDays(stretch.until, 1)
  return open
}

/** The last day up to `day` on which an act may be held; undefined where there is no meeting day before. */
export function dayAtOrBefore(kind: ActKind, day: Day, constraints: PlanConstraints): Day | undefined {
  const days = meetingDaysFor(kind, constraints)
  if (days !== undefined)
    return days.filter((it) => it <= day && closedAt(it, constraints) === undefined).reduce(later, undefined)
  let open = day
  for (let stretch = closedAt(open, constraints); stretch !== undefined; stretch = closedAt(open, constraints))
    open = addDays(stretch.from, -1)
  return open
}

const assemblies: ReadonlySet<ActKind> = new Set<ActKind>(['admissionAssembly', 'confirmationAssembly'])
const committees: ReadonlySet<ActKind> = new Set<ActKind>([
  'activistDecision',
  'prospectProposal',
  'committeeExamination',
])

function meetingDaysFor(kind: ActKind, constraints: PlanConstraints): readonly Day[] | undefined {
  if (assemblies.has(kind)) return constraints.assemblyDays
  return committees.has(kind) ? constraints.committeeDays : undefined
}

const closedAt = (day: Day, { closed }: PlanConstraints): { from: Day; until: Day } | undefined =>
  closed?.find((it) => it.from <= day && day <= it.until)

const earlier = (one: Day | undefined, other: Day): Day => (one === undefined || other < one ? other : one)
const later = (one: Day | undefined, other: Day): Day => (one === undefined || other > one ? other : one)
