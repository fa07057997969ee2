import { issued2026 } from '../../regulations/recruitment-rules.ts'
import { ruleBooks } from '../development/results.ts'
import type { ContentKind, PersonPlace } from './places.ts'
import { permanently, tenYears, thirtyYears, withPersonnelFile } from './retention.ts'
import { signingsOf } from './signatures.ts'

/** Signed paper, scanned or photographed. */
const scanned: readonly ContentKind[] = ['pdf', 'ofd', 'picture']
/** What may also come as it was typed. */
const typed: readonly ContentKind[] = [...scanned, 'word']
const listed: readonly ContentKind[] = [...typed, 'sheet']

/**
 * The file of a person in the order of the usual list (发展党员全程纪实), 0 to 30. Art. 36 (2014: Art. 37) names what belongs
 * into the personnel file; the other papers prove acts that the rules ask for, and are custom.
 */
export const personPlaces: readonly PersonPlace[] = [
  custom(0, 'catalogue', '目录', 'branch', { from: 'archiving', evidences: [], contents: listed }),
  personnel(1, 'application', '入党申请书', 'person', { from: 'application', articles: ['36', '5', '6'] }),
  local(1, 'identityProof', '身份证明（复印件）', 'person', {
    from: 'application',
    evidences: [],
    sensitive: true,
    retention: tenYears,
  }),
  custom(2, 'applicantTalkRecord', '入党申请人谈话记录', 'branch', { from: 'applicantTalk', articles: ['7'] }),
  custom(3, 'recommendation', '党员推荐或群团推优材料', 'recommender', {
    from: 'recommendation',
    articles: ['8'],
    several: true,
  }),
  custom(4, 'activistDecisionMinutes', '确定入党积极分子的支委会会议记录', 'branch', {
    from: 'activistDecision',
    articles: ['8'],
    contents: typed,
  }),
  custom(5, 'activistFiling', '入党积极分子备案报告及回复', 'partyCommittee', {
    from: 'activistFiling',
    articles: ['8'],
    several: true,
    contents: listed,
  }),
  personnel(6, 'observationRegister', '入党积极分子培养考察登记表', 'branch', {
    from: 'prospectProposal',
    evidences: ['contactPersons', 'review', 'prospectProposal', 'prospectListing'],
    articles: ['36', '9', '11'],
  }),
  local(7, 'thoughtReport', '思想汇报', 'person', {
    from: 'thoughtReport',
    requirement: 'ifHappened',
    several: true,
    contents: typed,
  }),
  local(8, 'activistTrainingProof', '入党积极分子培训证明', 'partyCommittee', {
    from: 'activistTraining',
    requirement: 'ifHappened',
    several: true,
  }),
  custom(9, 'opinionsRecord', '确定发展对象前征求意见记录（党小组、培养联系人、党员、群众）', 'branch', {
    from: 'opinions',
    articles: ['13'],
    several: true,
    closedToPerson: true,
    contents: typed,
  }),
  custom(10, 'prospectProposalMinutes', '讨论发展对象人选的支委会会议记录', 'branch', {
    from: 'prospectProposal',
    articles: ['13'],
    contents: typed,
  }),
  custom(11, 'prospectConsentReply', '上级党委同意列为发展对象的批复（2026年修订前为备案回复）', 'partyCommittee', {
    from: 'prospectConsent',
    evidences: ['prospectConsent', 'prospectListing'],
    articles: ['13'],
    since: issued2026,
    several: true,
    retention: permanently,
  }),
  custom(12, 'publicNotice', '发展对象公示及公示情况报告', 'branch', {
    from: 'publicNotice',
    evidences: ['publicNotice', 'prospectListing'],
    articles: ['13'],
    since: issued2026,
    several: true,
    contents: typed,
  }),
  local(13, 'autobiography', '自传', 'person', { from: 'prospectListing', evidences: [], contents: typed }),
  review('politicalReviewTalk', '政治审查谈话记录', { requirement: 'optional' }),
  review('letterEnquiry', '函调材料', { requirement: 'optional', several: true, closedToPerson: true }),
  review('onsiteEnquiry', '外调材料', { requirement: 'optional', several: true, closedToPerson: true }),
  review('politicalReviewConclusion', '政治审查结论性材料', {}),
  custom(15, 'intensiveTrainingProof', '发展对象集中培训证明', 'partyCommittee', {
    from: 'intensiveTraining',
    articles: ['17'],
  }),
  custom(16, 'committeeExaminationMinutes', '支委会审查会议记录', 'branch', {
    from: 'committeeExamination',
    articles: ['18'],
    contents: typed,
  }),
  custom(16, 'preReviewRequest', '预审请示', 'branch', {
    from: 'preReview',
    evidences: ['committeeExamination', 'preReview'],
    articles: ['18'],
    contents: typed,
  }),
  custom(17, 'preReviewResult', '上级党委书面预审意见', 'partyCommittee', {
    from: 'preReview',
    articles: ['18'],
    origin: 'article',
    retention: thirtyYears,
  }),
  personnel(18, 'admissionForm', '中国共产党入党志愿书', 'partyCommittee', {
    from: 'admissionApproval',
    evidences: ['admissionForm', 'admissionAssembly', 'admissionTalk', 'admissionApproval'],
    articles: ['36', '18', '21', '24'],
  }),
  custom(19, 'admissionMinutes', '接收预备党员的支部党员大会会议记录', 'branch', {
    from: 'admissionAssembly',
    articles: ['20'],
    retention: permanently,
    contents: typed,
  }),
  custom(19, 'admissionBallots', '接收预备党员的表决票、计票单', 'branch', {
    from: 'admissionAssembly',
    articles: ['20'],
    several: true,
    closedToPerson: true,
  }),
  custom(19, 'admissionResolution', '接收预备党员的支部决议（另行成文的）', 'branch', {
    from: 'admissionAssembly',
    requirement: 'optional',
    articles: ['21'],
    retention: permanently,
  }),
  custom(20, 'admissionTalkRecord', '上级党委派人谈话记录（另作记录的）', 'partyCommittee', {
    from: 'admissionTalk',
    requirement: 'optional',
    articles: ['23'],
  }),
  custom(21, 'admissionCommitteeMinutes', '审批预备党员的党委会会议记录', 'partyCommittee', {
    from: 'admissionApproval',
    articles: ['24'],
    retention: permanently,
    contents: typed,
  }),
  custom(21, 'admissionReply', '接收预备党员的批复', 'partyCommittee', {
    from: 'admissionApproval',
    articles: ['24', '25'],
    retention: permanently,
  }),
  custom(22, 'admissionFiling', '报上级党委组织部门备案材料', 'organizationDepartment', {
    from: 'admissionFiling',
    articles: ['25'],
    several: true,
    contents: listed,
  }),
  custom(23, 'oathRecord', '入党宣誓记录', 'partyCommittee', {
    from: 'oath',
    articles: ['29'],
    several: true,
    contents: listed,
  }),
  personnel(24, 'probationRegister', '预备党员教育考察登记表', 'branch', {
    from: 'confirmationAssembly',
    evidences: ['assignment', 'probationReview', 'confirmationAssembly', 'confirmationApproval'],
    articles: ['36', '15', '30'],
    since: issued2026,
    personnelFile: ['XZ-2026'],
  }),
  custom(24, 'probationReviewOpinions', '预备期考察意见（未写入登记表的）', 'branch', {
    from: 'probationReview',
    requirement: 'optional',
    articles: ['30'],
    several: true,
  }),
  personnel(25, 'confirmationRequest', '转正申请书', 'person', {
    from: 'confirmationRequest',
    articles: ['36', '32'],
  }),
  custom(26, 'confirmationOpinionsRecord', '转正前征求意见记录', 'branch', {
    from: 'confirmationOpinions',
    articles: ['32'],
    several: true,
    closedToPerson: true,
    contents: typed,
  }),
  custom(26, 'confirmationExaminationMinutes', '审查转正的支委会会议记录', 'branch', {
    from: 'confirmationOpinions',
    evidences: ['confirmationOpinions', 'confirmationAssembly'],
    articles: ['32'],
    several: true,
    contents: typed,
  }),
  local(26, 'confirmationNotice', '转正公示及公示情况报告', 'branch', {
    from: 'confirmationAssembly',
    evidences: ['confirmationRequest', 'confirmationOpinions', 'confirmationAssembly'],
    several: true,
    contents: typed,
  }),
  custom(27, 'confirmationMinutes', '讨论转正的支部党员大会会议记录', 'branch', {
    from: 'confirmationAssembly',
    articles: ['32'],
    several: true,
    retention: permanently,
    contents: typed,
  }),
  custom(27, 'confirmationBallots', '讨论转正的表决票、计票单', 'branch', {
    from: 'confirmationAssembly',
    articles: ['32'],
    several: true,
    closedToPerson: true,
  }),
  custom(27, 'confirmationResolution', '讨论转正的支部决议（另行成文的）', 'branch', {
    from: 'confirmationAssembly',
    requirement: 'optional',
    articles: ['32'],
    several: true,
    retention: permanently,
  }),
  custom(28, 'confirmationReply', '转正、延长或取消的批复', 'partyCommittee', {
    from: 'confirmationApproval',
    articles: ['33'],
    several: true,
    retention: permanently,
  }),
  custom(28, 'confirmationTalkRecord', '转正谈话记录', 'partyCommittee', {
    from: 'confirmationApproval',
    evidences: ['confirmationAssembly', 'confirmationApproval'],
    requirement: 'optional',
    articles: ['33'],
  }),
  decided('extensionPapers', '延长预备期材料', 'extend'),
  decided('cancellationPapers', '取消预备党员资格材料', 'cancel'),
  custom(30, 'handoverList', '归档移交清单', 'branch', {
    from: 'archiving',
    evidences: [],
    articles: ['36'],
    contents: listed,
  }),
]

type Said = Pick<PersonPlace, 'from'> & Partial<Omit<PersonPlace, 'subject' | 'section' | 'code' | 'label'>>
type Deliverer = PersonPlace['deliveredBy']

function custom(section: number, code: string, label: string, deliveredBy: Deliverer, said: Said): PersonPlace {
  return {
    subject: 'person',
    section,
    code,
    label,
    deliveredBy,
    requirement: 'required',
    origin: 'custom',
    articles: [],
    evidences: [said.from],
    form: 'either',
    several: false,
    sensitive: false,
    closedToPerson: false,
    contents: scanned,
    signatures: signingsOf(code),
    retention: tenYears,
    personnelFile: [],
    ...said,
  }
}

/** Practice of universities, asked of nobody unless the university says so. */
function local(section: number, code: string, label: string, deliveredBy: Deliverer, said: Said): PersonPlace {
  return custom(section, code, label, deliveredBy, { origin: 'local', requirement: 'optional', ...said })
}

/** What Art. 36 sends into the personnel file. */
function personnel(section: number, code: string, label: string, deliveredBy: Deliverer, said: Said): PersonPlace {
  return custom(section, code, label, deliveredBy, {
    origin: 'article',
    form: 'original',
    retention: withPersonnelFile,
    personnelFile: ruleBooks,
    ...said,
  })
}

/** A paper of the political review (Art. 16). */
function review(code: string, label: string, said: Omit<Said, 'from'>): PersonPlace {
  const asked = { from: 'politicalReview', articles: ['36', '16'], sensitive: true } as const
  return personnel(14, code, label, 'branch', { ...asked, ...said })
}

/** Papers that only a decision other than the usual one leaves (Art. 31). */
function decided(code: string, label: string, outcome: 'extend' | 'cancel'): PersonPlace {
  return custom(29, code, label, 'branch', {
    from: 'confirmationAssembly',
    requirement: 'ifHappened',
    articles: ['31'],
    outcome,
    several: true,
    retention: permanently,
    contents: typed,
  })
}
