import type { Day } from '../../kernel/day.ts'
import type { ActKind } from './facts.ts'
import type { DueAct, Reason, Waiting } from './results.ts'
import { stepOf } from './steps.ts'

/** The days that all limits on an act come to together, and why. */
export interface Dates {
  earliestOn: Day | undefined
  latestOn: Day | undefined
  provisional: boolean
  reasons: readonly Reason[]
}

/** An act to come from its days; overdue where its last day is before the day of asking. */
export const assembled = (kind: ActKind, waitingOn: Waiting, dates: Dates, on: Day): DueAct => ({
  kind,
  step: stepOf(kind).number,
  ...(dates.earliestOn !== undefined && { earliestOn: dates.earliestOn }),
  ...(dates.latestOn !== undefined && { latestOn: dates.latestOn }),
  overdue: dates.latestOn !== undefined && dates.latestOn < on,
  waitingOn,
  reasons: dates.reasons,
  ...(dates.provisional && { provisional: true }),
})
