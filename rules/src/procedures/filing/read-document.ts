import { type Day, daysBetween, isMonth, type Month } from '../../kernel/day.ts'
import type { Act, ActKind, DevelopmentFacts, Vote } from '../development/facts.ts'
import type { Setting } from '../development/setting.ts'
import type { FiledDocument } from './completeness.ts'

/** What stands on a paper, as far as a person has taken it from the text. */
export interface PaperFacts {
  /** The name of the person whom the paper is about. */
  name?: string
  bornOn?: Day | Month
  /** Days of acts that the paper tells, such as the register that of the decision. */
  days?: readonly { kind: ActKind; on: Day }[]
  /** The day under the branch's resolution. */
  resolutionOn?: Day
  probationFrom?: Day
  probationUntil?: Day
  /** The day from which the paper says the person is a full member. */
  fullOn?: Day
  vote?: Partial<Pick<Vote, 'entitled' | 'present' | 'yes' | 'no' | 'abstain'>>
  contactPersons?: readonly string[]
  introducers?: readonly string[]
  trainingHours?: number
}

/** A document with what was taken from it. */
export interface ReadDocument extends FiledDocument {
  says?: PaperFacts
  /** What its text says, of which nobody has taken anything yet. */
  reads?: PaperFacts
}

/** What a paper is compared with. */
export interface Recorded {
  facts: DevelopmentFacts
  name: string | undefined
  on: Day
  setting: Setting
}

/** The assembly of which a paper speaks that tells a tally or a resolution. */
export const meetingOf = (place: string): 'admissionAssembly' | 'confirmationAssembly' =>
  place.startsWith('confirmation') ? 'confirmationAssembly' : 'admissionAssembly'

/** The dated act of a kind closest to a day. */
export function nearest(acts: readonly Act[], kind: ActKind, on: Day): Act | undefined {
  let closest: { act: Act; days: number } | undefined
  for (const act of acts) {
    if (act.kind !== kind || act.on === undefined) continue
    const days = Math.abs(daysBetween(act.on, on))
    if (closest === undefined || days < closest.days) closest = { act, days }
  }
  return closest?.act
}

/** Papers whose day is the day of the act. Registers bear many days; notices, replies and certificates are written later. */
export const daySaidBy: ReadonlyMap<string, ActKind> = new Map([
  ['application', 'application'],
  ['applicantTalkRecord', 'applicantTalk'],
  ['activistDecisionMinutes', 'activistDecision'],
  ['thoughtReport', 'thoughtReport'],
  ['prospectProposalMinutes', 'prospectProposal'],
  ['prospectConsentReply', 'prospectConsent'],
  ['politicalReviewConclusion', 'politicalReview'],
  ['committeeExaminationMinutes', 'committeeExamination'],
  ['preReviewResult', 'preReview'],
  ['admissionMinutes', 'admissionAssembly'],
  ['admissionBallots', 'admissionAssembly'],
  ['admissionTalkRecord', 'admissionTalk'],
  ['admissionCommitteeMinutes', 'admissionApproval'],
  ['oathRecord', 'oath'],
  ['confirmationRequest', 'confirmationRequest'],
  ['confirmationMinutes', 'confirmationAssembly'],
  ['confirmationBallots', 'confirmationAssembly'],
])

/** Whether two entries say the same; a birthday may be known to the month only. */
export const isSameDay = (recorded: string, said: string): boolean =>
  recorded === said || (isMonth(recorded) && said.startsWith(recorded)) || (isMonth(said) && recorded.startsWith(said))
