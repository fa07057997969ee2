import type { Act, ActKind, Day, Month, NamedMember, Vote } from '@zhibu/rules'

/** What the columns of one row say of one act. Each part is set only by columns of an act that has it. */
export interface ActDraft {
  on?: Day
  receivedOn?: Day
  firstSubmittedOn?: Day
  introducersOpinionOn?: Day
  repliedOn?: Day
  submittedOn?: Day
  startedOn?: Day
  endedOn?: Day
  members?: readonly NamedMember[]
  talkers?: readonly NamedMember[]
  trainingHours?: number
  trainingDays?: number
  conclusion?: 'qualified' | 'unqualified'
  passed?: boolean
  month?: Month
  probationFrom?: Day
  probationUntil?: Day
  fullOn?: Day
  vote?: Vote
}

/** The act of that kind with what the row says of it. */
export const actOf = (kind: ActKind, draft: ActDraft): Act => makers[kind](draft)

const makers: { readonly [Kind in ActKind]: (draft: ActDraft) => Act } = {
  application: (draft) => ({ kind: 'application', ...draft }),
  applicantTalk: (draft) => ({ kind: 'applicantTalk', ...draft }),
  recommendation: (draft) => ({ kind: 'recommendation', ...draft }),
  activistDecision: (draft) => ({ kind: 'activistDecision', ...draft }),
  activistFiling: (draft) => ({ kind: 'activistFiling', ...draft }),
  contactPersons: (draft) => ({ kind: 'contactPersons', ...draft }),
  review: (draft) => ({ kind: 'review', ...draft }),
  thoughtReport: (draft) => ({ kind: 'thoughtReport', ...draft }),
  activistTraining: (draft) => ({ kind: 'activistTraining', ...draft }),
  opinions: (draft) => ({ kind: 'opinions', ...draft }),
  prospectProposal: (draft) => ({ kind: 'prospectProposal', ...draft }),
  prospectConsent: (draft) => ({ kind: 'prospectConsent', ...draft }),
  publicNotice: (draft) => ({ kind: 'publicNotice', ...draft }),
  prospectListing: (draft) => ({ kind: 'prospectListing', ...draft }),
  introducers: (draft) => ({ kind: 'introducers', ...draft }),
  politicalReview: (draft) => ({ kind: 'politicalReview', ...draft }),
  intensiveTraining: (draft) => ({ kind: 'intensiveTraining', ...draft }),
  committeeExamination: (draft) => ({ kind: 'committeeExamination', ...draft }),
  preReview: (draft) => ({ kind: 'preReview', ...draft }),
  admissionForm: (draft) => ({ kind: 'admissionForm', ...draft }),
  admissionAssembly: (draft) => ({ kind: 'admissionAssembly', ...draft }),
  admissionTalk: (draft) => ({ kind: 'admissionTalk', ...draft }),
  admissionApproval: (draft) => ({ kind: 'admissionApproval', ...draft }),
  admissionFiling: (draft) => ({ kind: 'admissionFiling', ...draft }),
  assignment: (draft) => ({ kind: 'assignment', ...draft }),
  oath: (draft) => ({ kind: 'oath', ...draft }),
  duesStart: (draft) => ({ kind: 'duesStart', ...draft }),
  probationReview: (draft) => ({ kind: 'probationReview', ...draft }),
  confirmationRequest: (draft) => ({ kind: 'confirmationRequest', ...draft }),
  confirmationOpinions: (draft) => ({ kind: 'confirmationOpinions', ...draft }),
  confirmationAssembly: (draft) => ({ kind: 'confirmationAssembly', ...draft }),
  confirmationApproval: (draft) => ({ kind: 'confirmationApproval', ...draft }),
  archiving: (draft) => ({ kind: 'archiving', ...draft }),
}
