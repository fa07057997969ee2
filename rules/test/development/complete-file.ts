import { type Act, addYears, type DevelopmentFacts, type Finding } from '../../src/index.ts'

/** Two members of long standing, as contact persons and introducers. */
export const members = [
  { name: '马致远', fullOn: '2012-06-10' },
  { name: '罗素心', fullOn: '2014-05-20' },
] as const

/** A way on which everything is in order, from 2025 to 2027. Each row of a table changes one thing. */
export const completeActs: readonly Act[] = [
  { kind: 'application', on: '2025-05-20' },
  { kind: 'applicantTalk', on: '2025-06-10' },
  { kind: 'recommendation', on: '2025-06-20', by: 'league' },
  { kind: 'activistDecision', on: '2025-06-25' },
  { kind: 'activistFiling', on: '2025-07-01' },
  { kind: 'contactPersons', on: '2025-06-26', members },
  { kind: 'review', on: '2025-12-20', id: 'review-1' },
  { kind: 'review', on: '2026-06-18', id: 'review-2' },
  { kind: 'opinions', on: '2026-06-28', from: ['group', 'contactPersons', 'members', 'masses'] },
  { kind: 'prospectProposal', on: '2026-07-01' },
  { kind: 'prospectConsent', on: '2026-07-03' },
  { kind: 'publicNotice', on: '2026-07-06', endedOn: '2026-07-13' },
  { kind: 'prospectListing', on: '2026-07-14' },
  { kind: 'introducers', on: '2026-07-15', members },
  { kind: 'politicalReview', on: '2026-08-20', lastReplyOn: '2026-08-10', conclusion: 'qualified' },
  { kind: 'intensiveTraining', on: '2026-08-28', startedOn: '2026-08-26', trainingDays: 3, trainingHours: 24 },
  { kind: 'committeeExamination', on: '2026-09-01' },
  { kind: 'preReview', on: '2026-09-08', passed: true },
  { kind: 'admissionForm', on: '2026-09-10', introducersOpinionOn: '2026-09-12' },
  {
    kind: 'admissionAssembly',
    on: '2026-09-20',
    vote: { entitled: 12, present: 11, yes: 11, no: 0, abstain: 0, ballots: 11, individually: true },
    resolution: { on: '2026-09-20', signedBySecretary: true, hasCounts: true },
  },
  { kind: 'admissionTalk', on: '2026-09-25', talkers: [{ name: '何其正', isCommitteeMemberOrOrganiser: true }] },
  {
    kind: 'admissionApproval',
    on: '2026-10-10',
    submittedOn: '2026-09-22',
    probationFrom: '2026-09-20',
    probationUntil: '2027-09-20',
  },
  { kind: 'admissionFiling', on: '2026-10-15' },
  { kind: 'assignment', on: '2026-10-12' },
  { kind: 'oath', on: '2026-10-20' },
  { kind: 'duesStart', month: '2026-09' },
  { kind: 'confirmationRequest', on: '2027-09-01' },
  { kind: 'confirmationOpinions', on: '2027-09-15' },
  {
    kind: 'confirmationAssembly',
    on: '2027-09-22',
    vote: { entitled: 12, present: 10, yes: 10, no: 0, abstain: 0 },
  },
  { kind: 'confirmationApproval', on: '2027-10-10', submittedOn: '2027-09-24', fullOn: '2027-09-20' },
  { kind: 'archiving', on: '2027-10-20' },
]

/** The day of asking, after all of it. */
export const today = '2028-06-30'

/** The complete file with acts put in the place of those of the same kind, and kinds taken out. */
export function fileWith(
  acts: readonly Act[] = [],
  without: readonly Act['kind'][] = [],
  about: Partial<Omit<DevelopmentFacts, 'acts'>> = {},
): DevelopmentFacts {
  const replaced = new Set([...acts.map((it) => it.kind), ...without])
  return {
    bornOn: '2004-05-12',
    bornOnByIdNumber: '2004-05-12',
    ...about,
    acts: [...completeActs.filter((it) => !replaced.has(it.kind)), ...acts],
  }
}

/** A finding in short: rule, severity, book, article. */
export const inShort = ({ rule, severity, ruleBook, article }: Finding): string =>
  [rule, severity, ruleBook, ...(article === undefined ? [] : [article])].join(' ')

/** The days of the complete file three years earlier, when only the first edition was in force. */
export const underFirstEdition: readonly Act[] = completeActs
  .filter((it) => it.kind !== 'prospectConsent' && it.kind !== 'publicNotice')
  .map((it): Act => {
    const on = it.on === undefined ? {} : { on: addYears(it.on, -3) }
    switch (it.kind) {
      case 'admissionForm':
        return { ...it, ...on, introducersOpinionOn: '2023-09-12' }
      case 'politicalReview':
        return { ...it, ...on, lastReplyOn: '2023-08-10' }
      case 'intensiveTraining':
        return { ...it, ...on, startedOn: '2023-08-26' }
      case 'admissionAssembly':
        return { kind: it.kind, on: '2023-09-20' }
      case 'admissionApproval':
        return { ...it, ...on, submittedOn: '2023-09-22', probationFrom: '2023-09-20', probationUntil: '2024-09-19' }
      case 'confirmationApproval':
        return { ...it, ...on, submittedOn: '2024-09-24', fullOn: '2024-09-20' }
      case 'duesStart':
        return { ...it, month: '2023-09' }
      default:
        return { ...it, ...on }
    }
  })
