import type { RecruitmentArticle } from '../../regulations/recruitment-rules.ts'

/** Who signs a paper, or whose seal stands on it. */
export const signatures = [
  'person',
  'talker',
  'contactPersons',
  'introducers',
  'recommender',
  'chair',
  'recorder',
  'tellers',
  'secretary',
  'branchSeal',
  'committeeSecretary',
  'committeeSeal',
  'departmentSeal',
  'issuerSeal',
] as const
export type Signature = (typeof signatures)[number]

export const signatureLabels: Readonly<Record<Signature, string>> = {
  person: '本人签名',
  talker: '谈话人签名',
  contactPersons: '培养联系人签名',
  introducers: '入党介绍人签名',
  recommender: '推荐人签名或推荐组织盖章',
  chair: '主持人签名',
  recorder: '记录人签名',
  tellers: '监票人、计票人签名',
  secretary: '支部书记签名',
  branchSeal: '党支部盖章',
  committeeSecretary: '党委负责人签名',
  committeeSeal: '党委盖章',
  departmentSeal: '组织部门盖章',
  issuerSeal: '出具单位盖章',
}

/** A signature or seal that a paper needs. Without an article it is practice that the university should verify. */
export interface Signing {
  by: Signature
  /** As numbered in 2026. */
  article?: RecruitmentArticle
}

/**
 * What has to stand under the papers of a place of the shipped list; nothing where nobody signs or practice is too different.
 * Only the signature of the secretary under the resolution, which is written into the form, is named by the rules (Art. 21).
 */
export const signingsOf = (place: string): readonly Signing[] => shipped[place] ?? []

const minutes = practice('chair', 'recorder')
const resolution: readonly Signing[] = [{ by: 'secretary', article: '21' }, ...practice('branchSeal')]

const shipped: Readonly<Record<string, readonly Signing[]>> = {
  application: practice('person'),
  applicantTalkRecord: practice('person', 'talker'),
  recommendation: practice('recommender'),
  activistDecisionMinutes: minutes,
  activistFiling: practice('branchSeal', 'committeeSeal'),
  observationRegister: practice('contactPersons', 'secretary', 'branchSeal', 'committeeSeal'),
  thoughtReport: practice('person'),
  activistTrainingProof: practice('issuerSeal'),
  opinionsRecord: practice('recorder'),
  prospectProposalMinutes: minutes,
  prospectConsentReply: practice('committeeSeal'),
  publicNotice: practice('branchSeal'),
  autobiography: practice('person'),
  politicalReviewTalk: practice('person', 'talker'),
  letterEnquiry: practice('issuerSeal'),
  onsiteEnquiry: practice('issuerSeal'),
  politicalReviewConclusion: practice('secretary', 'branchSeal'),
  intensiveTrainingProof: practice('issuerSeal'),
  committeeExaminationMinutes: minutes,
  preReviewRequest: practice('branchSeal'),
  preReviewResult: practice('committeeSeal'),
  admissionForm: [
    ...practice('person', 'introducers'),
    ...resolution,
    ...practice('talker', 'committeeSecretary', 'committeeSeal'),
  ],
  admissionMinutes: minutes,
  admissionBallots: practice('tellers'),
  admissionResolution: resolution,
  admissionTalkRecord: practice('person', 'talker'),
  admissionCommitteeMinutes: minutes,
  admissionReply: practice('committeeSeal'),
  admissionFiling: practice('committeeSeal', 'departmentSeal'),
  probationRegister: practice('contactPersons', 'secretary', 'branchSeal', 'committeeSeal'),
  probationReviewOpinions: practice('branchSeal'),
  confirmationRequest: practice('person'),
  confirmationOpinionsRecord: practice('recorder'),
  confirmationExaminationMinutes: minutes,
  confirmationNotice: practice('branchSeal'),
  confirmationMinutes: minutes,
  confirmationBallots: practice('tellers'),
  confirmationResolution: practice('secretary', 'branchSeal'),
  confirmationReply: practice('committeeSeal'),
  confirmationTalkRecord: practice('person', 'talker'),
  extensionPapers: practice('branchSeal'),
  cancellationPapers: practice('branchSeal'),
  assemblyMinutes: minutes,
  branchCommitteeMinutes: minutes,
  partyCommitteeMinutes: minutes,
  ballots: practice('tellers'),
  noticePapers: practice('branchSeal'),
  filingReports: practice('branchSeal'),
  replies: practice('committeeSeal'),
  activistAnalysis: practice('committeeSeal'),
  organizationPapers: practice('committeeSeal'),
}

function practice(...by: Signature[]): readonly Signing[] {
  return by.map((it) => ({ by: it }))
}
