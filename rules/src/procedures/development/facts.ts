import type { Day, Month } from '../../kernel/day.ts'

/**
 * The dated acts on a person's way to full membership, in the order of the way.
 * The code is the same word in the rules, the database, the wire and the web.
 */
export const actKinds = [
  'application',
  'applicantTalk',
  'recommendation',
  'activistDecision',
  'activistFiling',
  'contactPersons',
  'review',
  'thoughtReport',
  'activistTraining',
  'opinions',
  'prospectProposal',
  'prospectConsent',
  'publicNotice',
  'prospectListing',
  'introducers',
  'politicalReview',
  'intensiveTraining',
  'committeeExamination',
  'preReview',
  'admissionForm',
  'admissionAssembly',
  'admissionTalk',
  'admissionApproval',
  'admissionFiling',
  'assignment',
  'oath',
  'duesStart',
  'probationReview',
  'confirmationRequest',
  'confirmationOpinions',
  'confirmationAssembly',
  'confirmationApproval',
  'archiving',
] as const
export type ActKind = (typeof actKinds)[number]

/** The kinds that may stand in a file more than once. Every other kind has one valid act at a time. */
export const repeatableKinds = [
  'review',
  'thoughtReport',
  'activistTraining',
  'probationReview',
  'confirmationAssembly',
  'confirmationApproval',
] as const satisfies readonly ActKind[]

/** The trainings, which the Party school keeps beside the branches. */
export const trainingKinds: readonly ActKind[] = ['activistTraining', 'intensiveTraining']

/** What is common to all acts. */
interface ActBase<Kind extends ActKind> {
  /** The platform's id of the row; a spreadsheet has none. */
  id?: string
  kind: Kind
  /** The day of the act. Absent: it is known to have happened (“完成”), but not when. */
  on?: Day
  /** The same fact as other papers of the file have it, for comparison (T55). */
  alsoDated?: readonly { source: string; on: Day }[]
  /** Days written on signatures, where they differ from the day of the act or are worth comparing (T50, T53). */
  signatures?: readonly { by: string; on: Day; office?: string }[]
  /** Why the act departs from the usual limit, as recorded by the organisation (a special case, an approved delay). */
  reason?: string
}

/** A member named in an act: contact person, introducer, talker. Only what is known is given. */
export interface NamedMember {
  name: string
  /** The day on which this member became a full member. */
  fullOn?: Day
  /** Whether the member was full on the day; set where only a yes or no is known. */
  isFull?: boolean
  /** Discipline that bars or advises against introducing. `until` is the end of the effect period. */
  discipline?: {
    kind: 'warning' | 'seriousWarning' | 'removalFromPost' | 'disciplinaryProbation'
    from: Day
    until?: Day
  }
  /** Office held on the day: for talks, whether a committee member or an organiser. */
  office?: string
  isCommitteeMemberOrOrganiser?: boolean
  /** The day on which this member's relation was transferred out of the branch (T52). */
  leftOn?: Day
}

/** Tallies of a secret ballot. There is no place for who voted what. */
export interface Vote {
  /** Members with the right to vote who were to attend (应到会有表决权的党员人数). */
  entitled: number
  /** Members with the right to vote who were present (实到). */
  present: number
  yes: number
  no: number
  abstain: number
  /** Written opinions handed in before the meeting by entitled members who could not attend. */
  writtenOpinions?: number
  /** Ballots collected, written opinions included, where counted separately. */
  ballots?: number
  /** False where several candidates were voted on in one ballot (T33). */
  individually?: boolean
}

/** The resolution of an assembly as written in the form (Art. 21). */
export interface Resolution {
  on?: Day
  signedBySecretary?: boolean
  hasCounts?: boolean
}

export type Application = ActBase<'application'> & {
  /** The day the organisation received it, where it differs. */
  receivedOn?: Day
  /** The day of the first submission, where the paper in the file was written again (T56). */
  firstSubmittedOn?: Day
}
export type ApplicantTalk = ActBase<'applicantTalk'> & { talkers?: readonly NamedMember[] }
export type Recommendation = ActBase<'recommendation'> & { by?: 'league' | 'members' | 'massOrganisation' }
export type ActivistDecision = ActBase<'activistDecision'>
export type ActivistFiling = ActBase<'activistFiling'> & { repliedOn?: Day }
export type ContactPersons = ActBase<'contactPersons'> & { members?: readonly NamedMember[] }
export type Review = ActBase<'review'>
export type ThoughtReport = ActBase<'thoughtReport'> & {
  /** A digest of the text, so that copies can be noticed (T57). */
  textHash?: string
}
export type ActivistTraining = ActBase<'activistTraining'> & { trainingHours?: number }
export type Opinions = ActBase<'opinions'> & {
  from?: readonly ('group' | 'contactPersons' | 'members' | 'masses')[]
}
export type ProspectProposal = ActBase<'prospectProposal'>
export type ProspectConsent = ActBase<'prospectConsent'>
/** `on` is the day of posting, `endedOn` the last day of the notice. */
export type PublicNotice = ActBase<'publicNotice'> & { endedOn?: Day }
export type ProspectListing = ActBase<'prospectListing'>
export type Introducers = ActBase<'introducers'> & { members?: readonly NamedMember[] }
/** `on` is the day of the conclusion. */
export type PoliticalReview = ActBase<'politicalReview'> & {
  lastReplyOn?: Day
  conclusion?: 'qualified' | 'unqualified'
}
/** `on` is the last day of the training. */
export type IntensiveTraining = ActBase<'intensiveTraining'> & {
  startedOn?: Day
  trainingDays?: number
  trainingHours?: number
}
export type CommitteeExamination = ActBase<'committeeExamination'>
/** `on` is the day of the written result. */
export type PreReview = ActBase<'preReview'> & { passed?: boolean }
export type AdmissionForm = ActBase<'admissionForm'> & { introducersOpinionOn?: Day }
export type AdmissionAssembly = ActBase<'admissionAssembly'> & {
  vote?: Vote
  resolution?: Resolution
  /** Those who attended with the right to vote. */
  attendees?: readonly NamedMember[]
}
export type AdmissionTalk = ActBase<'admissionTalk'> & { talkers?: readonly NamedMember[] }
export type AdmissionApproval = ActBase<'admissionApproval'> & {
  /** The day the branch's resolution was reported to the committee. */
  submittedOn?: Day
  probationFrom?: Day
  probationUntil?: Day
}
export type AdmissionFiling = ActBase<'admissionFiling'>
export type Assignment = ActBase<'assignment'>
export type Oath = ActBase<'oath'>
/** The first month for which dues were paid. */
export type DuesStart = ActBase<'duesStart'> & { month?: Month }
export type ProbationReview = ActBase<'probationReview'>
export type ConfirmationRequest = ActBase<'confirmationRequest'>
export type ConfirmationOpinions = ActBase<'confirmationOpinions'>
export type ConfirmationAssembly = ActBase<'confirmationAssembly'> & {
  /** What the assembly passed; `confirm` where nothing else is recorded. */
  outcome?: 'confirm' | 'extend' | 'cancel' | 'postpone'
  /** Last day of the extension (extend) or of the postponement (postpone). */
  until?: Day
  vote?: Vote
  resolution?: Resolution
  /** Those who attended with the right to vote. */
  attendees?: readonly NamedMember[]
}
export type ConfirmationApproval = ActBase<'confirmationApproval'> & {
  submittedOn?: Day
  /** The day from which the paper says the person is a full member. */
  fullOn?: Day
}
export type Archiving = ActBase<'archiving'>

export type Act =
  | Application
  | ApplicantTalk
  | Recommendation
  | ActivistDecision
  | ActivistFiling
  | ContactPersons
  | Review
  | ThoughtReport
  | ActivistTraining
  | Opinions
  | ProspectProposal
  | ProspectConsent
  | PublicNotice
  | ProspectListing
  | Introducers
  | PoliticalReview
  | IntensiveTraining
  | CommitteeExamination
  | PreReview
  | AdmissionForm
  | AdmissionAssembly
  | AdmissionTalk
  | AdmissionApproval
  | AdmissionFiling
  | Assignment
  | Oath
  | DuesStart
  | ProbationReview
  | ConfirmationRequest
  | ConfirmationOpinions
  | ConfirmationAssembly
  | ConfirmationApproval
  | Archiving

/** What is known of the branch around the acts, for the cross-checks T51–T54. */
export interface BranchFacts {
  name?: string
  establishedOn?: Day
  dissolvedOn?: Day
  /** Days on which the branch's register shows a meeting of that kind. Absent: no register is kept here. */
  meetings?: readonly { kind: 'assembly' | 'committee' | 'group'; on: Day }[]
  /** Who held which office from when until when. */
  offices?: readonly { name: string; office: string; from: Day; until?: Day }[]
  /** Whether the committee next above may approve probationary members (Art. 22). Absent: as local practice says. */
  committeeApproves?: boolean
}

/** A stretch abroad or of suspended study (T60). */
export interface Absence {
  kind: 'abroad' | 'suspended'
  from: Day
  until?: Day
}

/** Everything the rules may know about one person's file. The caller gathers it; nothing is fetched here. */
export interface DevelopmentFacts {
  /** A day, or a month where only that is known. */
  bornOn?: Day | Month
  /** The day of birth as digits 7–14 of the identity number say it. The number itself does not enter the rules. */
  bornOnByIdNumber?: Day
  /** The day on which the person is expected to leave the unit (graduation). */
  leavesOn?: Day
  /** A mobile person is given notice in two places (Art. 13). */
  isMobile?: boolean
  /** The day on which a probationary member was transferred in from elsewhere (Art. 35). */
  transferredInOn?: Day
  absences?: readonly Absence[]
  branch?: BranchFacts
  acts: readonly Act[]
}

/** Narrows an act to one whose day is recorded. */
export const isDated = <A extends Act>(act: A | undefined): act is A & { on: Day } => act?.on !== undefined
