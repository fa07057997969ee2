import type { Day } from '../../kernel/day.ts'
import type * as Facts from './facts.ts'
import type { FactUsed } from './results.ts'
import type { Setting } from './setting.ts'

/** A person's acts sorted by kind, with the day of asking and the setting: what every rule is asked about. */
export interface Dossier {
  readonly facts: Facts.DevelopmentFacts
  readonly on: Day
  readonly setting: Setting
  /** The first and the last day of any act, so that a check of all days need not look at each. */
  firstOn: Day | undefined
  lastOn: Day | undefined
  /** Whether any act has signatures, or its day from other papers too. */
  isSigned: boolean
  isDatedElsewhere: boolean
  /** Kept by `noticeDays` once it has counted. */
  noticeDays: NoticeDays | undefined | 'notCounted'
  /** Kept by `firstProbationEnd` once it has counted. */
  firstProbationEnd: ProbationEnd | undefined | 'notCounted'
  application: Facts.Application | undefined
  applicantTalk: Facts.ApplicantTalk | undefined
  recommendation: Facts.Recommendation | undefined
  activistDecision: Facts.ActivistDecision | undefined
  activistFiling: Facts.ActivistFiling | undefined
  contactPersons: Facts.ContactPersons | undefined
  reviews: readonly Facts.Review[]
  thoughtReports: readonly Facts.ThoughtReport[]
  activistTrainings: readonly Facts.ActivistTraining[]
  opinions: Facts.Opinions | undefined
  prospectProposal: Facts.ProspectProposal | undefined
  prospectConsent: Facts.ProspectConsent | undefined
  publicNotice: Facts.PublicNotice | undefined
  prospectListing: Facts.ProspectListing | undefined
  introducers: Facts.Introducers | undefined
  politicalReview: Facts.PoliticalReview | undefined
  intensiveTraining: Facts.IntensiveTraining | undefined
  committeeExamination: Facts.CommitteeExamination | undefined
  preReview: Facts.PreReview | undefined
  admissionForm: Facts.AdmissionForm | undefined
  admissionAssembly: Facts.AdmissionAssembly | undefined
  admissionTalk: Facts.AdmissionTalk | undefined
  admissionApproval: Facts.AdmissionApproval | undefined
  admissionFiling: Facts.AdmissionFiling | undefined
  assignment: Facts.Assignment | undefined
  oath: Facts.Oath | undefined
  duesStart: Facts.DuesStart | undefined
  probationReviews: readonly Facts.ProbationReview[]
  confirmationRequest: Facts.ConfirmationRequest | undefined
  confirmationOpinions: Facts.ConfirmationOpinions | undefined
  confirmationAssemblies: readonly Facts.ConfirmationAssembly[]
  confirmationApprovals: readonly Facts.ConfirmationApproval[]
  archiving: Facts.Archiving | undefined
}

/** How long a public notice was up, in working days. */
export interface NoticeDays {
  notice: Facts.PublicNotice & { on: Day }
  /** The last day of the notice; where it is not recorded, the day of listing, which it cannot outlast. */
  until: { on: Day; fact: FactUsed }
  needed: number
  /** As the university counts: with or without the day of posting. */
  counted: number
  /** With the day of posting. */
  inclusive: number
  provisional: boolean
}

/** The end of a probation: the first day on which the person may be a full member, and the assembly that decided on it. */
export interface ProbationEnd {
  on: Day
  /** The assembly that admitted, or the last one that extended. */
  by: Facts.AdmissionAssembly | Facts.ConfirmationAssembly
}

/**
 * Sorts the acts by kind; acts that may be repeated are in order of their days, undated ones last.
 * Of two acts of a kind that is there only once, the earlier counts, in whichever order they come.
 */
export function dossierOf(facts: Facts.DevelopmentFacts, on: Day, setting: Setting): Dossier {
  const it = emptyDossier(facts, on, setting)
  for (const act of facts.acts) {
    put(it, act)
    const { on: day } = act
    if (day !== undefined) {
      if (it.firstOn === undefined || day < it.firstOn) it.firstOn = day
      if (it.lastOn === undefined || day > it.lastOn) it.lastOn = day
    }
    if (act.signatures !== undefined) it.isSigned = true
    if (act.alsoDated !== undefined) it.isDatedElsewhere = true
  }
  return it
}

/** The same acts under another setting. */
export const underSetting = (dossier: Dossier, setting: Setting): Dossier =>
  dossier.setting === setting
    ? dossier
    : { ...dossier, setting, noticeDays: 'notCounted', firstProbationEnd: 'notCounted' }

function put(it: Dossier, act: Facts.Act): void {
  switch (act.kind) {
    case 'application':
      it.application = earlier(it.application, act)
      break
    case 'applicantTalk':
      it.applicantTalk = earlier(it.applicantTalk, act)
      break
    case 'recommendation':
      it.recommendation = earlier(it.recommendation, act)
      break
    case 'activistDecision':
      it.activistDecision = earlier(it.activistDecision, act)
      break
    case 'activistFiling':
      it.activistFiling = earlier(it.activistFiling, act)
      break
    case 'contactPersons':
      it.contactPersons = earlier(it.contactPersons, act)
      break
    case 'review':
      it.reviews = withAct(it.reviews, act)
      break
    case 'thoughtReport':
      it.thoughtReports = withAct(it.thoughtReports, act)
      break
    case 'activistTraining':
      it.activistTrainings = withAct(it.activistTrainings, act)
      break
    case 'opinions':
      it.opinions = earlier(it.opinions, act)
      break
    case 'prospectProposal':
      it.prospectProposal = earlier(it.prospectProposal, act)
      break
    case 'prospectConsent':
      it.prospectConsent = earlier(it.prospectConsent, act)
      break
    case 'publicNotice':
      it.publicNotice = earlier(it.publicNotice, act)
      break
    case 'prospectListing':
      it.prospectListing = earlier(it.prospectListing, act)
      break
    case 'introducers':
      it.introducers = earlier(it.introducers, act)
      break
    case 'politicalReview':
      it.politicalReview = earlier(it.politicalReview, act)
      break
    case 'intensiveTraining':
      it.intensiveTraining = earlier(it.intensiveTraining, act)
      break
    case 'committeeExamination':
      it.committeeExamination = earlier(it.committeeExamination, act)
      break
    case 'preReview':
      it.preReview = earlier(it.preReview, act)
      break
    case 'admissionForm':
      it.admissionForm = earlier(it.admissionForm, act)
      break
    case 'admissionAssembly':
      it.admissionAssembly = earlier(it.admissionAssembly, act)
      break
    case 'admissionTalk':
      it.admissionTalk = earlier(it.admissionTalk, act)
      break
    case 'admissionApproval':
      it.admissionApproval = earlier(it.admissionApproval, act)
      break
    case 'admissionFiling':
      it.admissionFiling = earlier(it.admissionFiling, act)
      break
    case 'assignment':
      it.assignment = earlier(it.assignment, act)
      break
    case 'oath':
      it.oath = earlier(it.oath, act)
      break
    case 'duesStart':
      it.duesStart = earlier(it.duesStart, act)
      break
    case 'probationReview':
      it.probationReviews = withAct(it.probationReviews, act)
      break
    case 'confirmationRequest':
      it.confirmationRequest = earlier(it.confirmationRequest, act)
      break
    case 'confirmationOpinions':
      it.confirmationOpinions = earlier(it.confirmationOpinions, act)
      break
    case 'confirmationAssembly':
      it.confirmationAssemblies = withAct(it.confirmationAssemblies, act)
      break
    case 'confirmationApproval':
      it.confirmationApprovals = withAct(it.confirmationApprovals, act)
      break
    case 'archiving':
      it.archiving = earlier(it.archiving, act)
      break
  }
}

const never = '9999-12-31'

const earlier = <A extends Facts.Act>(one: A | undefined, other: A): A =>
  one === undefined || byDay(other, one) < 0 ? other : one

function withAct<A extends Facts.Act>(acts: readonly A[], act: A): readonly A[] {
  const last = acts.at(-1)
  if (last === undefined) return [act]
  return byDay(last, act) <= 0 ? [...acts, act] : [...acts, act].sort(byDay)
}

/** By day, undated last; on the same day by id, so that the order of the rows does not matter. */
export function byDay(a: Facts.Act, b: Facts.Act): number {
  const [dayA, dayB] = [a.on ?? never, b.on ?? never]
  if (dayA !== dayB) return dayA < dayB ? -1 : 1
  const [idA, idB] = [a.id ?? '', b.id ?? '']
  return idA === idB ? 0 : idA < idB ? -1 : 1
}

const none: readonly never[] = []

const emptyDossier = (facts: Facts.DevelopmentFacts, on: Day, setting: Setting): Dossier => ({
  facts,
  on,
  setting,
  firstOn: undefined,
  lastOn: undefined,
  isSigned: false,
  isDatedElsewhere: false,
  noticeDays: 'notCounted',
  firstProbationEnd: 'notCounted',
  application: undefined,
  applicantTalk: undefined,
  recommendation: undefined,
  activistDecision: undefined,
  activistFiling: undefined,
  contactPersons: undefined,
  reviews: none,
  thoughtReports: none,
  activistTrainings: none,
  opinions: undefined,
  prospectProposal: undefined,
  prospectConsent: undefined,
  publicNotice: undefined,
  prospectListing: undefined,
  introducers: undefined,
  politicalReview: undefined,
  intensiveTraining: undefined,
  committeeExamination: undefined,
  preReview: undefined,
  admissionForm: undefined,
  admissionAssembly: undefined,
  admissionTalk: undefined,
  admissionApproval: undefined,
  admissionFiling: undefined,
  assignment: undefined,
  oath: undefined,
  duesStart: undefined,
  probationReviews: none,
  confirmationRequest: undefined,
  confirmationOpinions: undefined,
  confirmationAssemblies: none,
  confirmationApprovals: none,
  archiving: undefined,
})
