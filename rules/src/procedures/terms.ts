import { type Basis, basisOf, type Explanation } from '../kernel/basis.ts'
import { addMonths, addYears, type Day, dayWritten } from '../kernel/day.ts'
import { inForceOrFirst } from '../kernel/regulation.ts'
import { branchRules } from '../regulations/branch-rules.ts'
import { electionRules } from '../regulations/election-rules.ts'
import { termOpinion } from '../regulations/term-opinion.ts'
import { universityRules } from '../regulations/university-rules.ts'

/** The bodies that are elected for a term: of a branch, a general branch, a school or department, the university. */
export type TermBody = 'branch' | 'generalBranch' | 'partyCommittee' | 'universityCommittee'

/** One term of office of a body. */
export interface Term {
  body: TermBody
  electedOn: Day
  /** The last day of a delay that the higher organisation has approved. */
  delayedUntil?: Day
  /** The day on which the next body was elected, or this one dissolved. */
  endedOn?: Day
}

/**
 * `running`: nothing to do yet. `plan`: within six months of the end. `request`: within three months of the end, or the delay is running.
 * `overdue`: the end, or the end of the delay, is past. `ended`: the next body is elected.
 */
export type TermStanding = 'running' | 'plan' | 'request' | 'overdue' | 'ended'

export interface TermReport {
  standing: TermStanding
  /** The last day of the term by the rules, without any delay. */
  endsOn: Day
  /** The last day on which the re-election is still in time, delay included. */
  reElectBy: Day
  planFrom: Day
  requestFrom: Day
  explanations: readonly Explanation[]
}

/** How long before the end of a term its re-election is planned and asked for. A habit of good offices, not a rule. */
const reElectionReminders = { planMonthsBefore: 6, requestMonthsBefore: 3 }

/** Where a term stands on a day, when the re-election is to be prepared, and why. The length of the term is the one in force on the day of election. */
export function termReport(term: Term, on: Day): TermReport {
  const { years, basis } = termLength(term.body, term.electedOn)
  const endsOn = addYears(term.electedOn, years)
  const reElectBy = term.delayedUntil !== undefined && term.delayedUntil > endsOn ? term.delayedUntil : endsOn
  const planFrom = addMonths(endsOn, -reElectionReminders.planMonthsBefore)
  const requestFrom = addMonths(endsOn, -reElectionReminders.requestMonthsBefore)
  return {
    standing: standingOn(on, { endedOn: term.endedOn, planFrom, requestFrom, reElectBy }),
    endsOn,
    reElectBy,
    planFrom,
    requestFrom,
    explanations: [
      { text: `${dayWritten(term.electedOn)}选举产生，每届任期${years}年，${dayWritten(endsOn)}届满`, basis },
      ...(reElectBy > endsOn ? [explainDelay(endsOn, reElectBy)] : []),
    ],
  }
}

function termLength(body: TermBody, electedOn: Day): { years: number; basis: Basis } {
  switch (body) {
    case 'branch':
      return {
        years: inForceOrFirst(branchRules, '第六章·任期', electedOn).figures.termYears,
        basis: basisOf(branchRules, '第六章·任期', electedOn),
      }
    case 'generalBranch':
      return {
        years: inForceOrFirst(termOpinion, '任期', electedOn).figures.generalBranchTermYears,
        basis: basisOf(termOpinion, '任期', electedOn),
      }
    case 'partyCommittee':
      return {
        years: inForceOrFirst(termOpinion, '任期', electedOn).figures.committeeTermYears,
        basis: basisOf(termOpinion, '任期', electedOn),
      }
    case 'universityCommittee':
      return {
        years: inForceOrFirst(universityRules, '任期', electedOn).figures.universityTermYears,
        basis: basisOf(universityRules, '任期', electedOn),
      }
  }
}

function standingOn(
  on: Day,
  days: { endedOn: Day | undefined; planFrom: Day; requestFrom: Day; reElectBy: Day },
): TermStanding {
  if (days.endedOn !== undefined && days.endedOn <= on) return 'ended'
  if (on > days.reElectBy) return 'overdue'
  if (on >= days.requestFrom) return 'request'
  return on >= days.planFrom ? 'plan' : 'running'
}

function explainDelay(endsOn: Day, delayedUntil: Day): Explanation {
  const { usualDelayYears } = inForceOrFirst(electionRules, '3', endsOn).figures
  const basis = basisOf(electionRules, '3', endsOn)
  if (delayedUntil <= addYears(endsOn, usualDelayYears))
    return { text: `经上级批准延期换届，到${dayWritten(delayedUntil)}`, basis }
  return {
    text: `延期换届到${dayWritten(delayedUntil)}，超过${usualDelayYears}年（一般不超过${usualDelayYears}年），请核对批复`,
    basis,
  }
}
