import type { ContentKind, OrganizationPlace } from './places.ts'
import { permanently, tenYears, thirtyYears } from './retention.ts'
import { signingsOf } from './signatures.ts'

const typed: readonly ContentKind[] = ['pdf', 'ofd', 'picture', 'word']
const listed: readonly ContentKind[] = [...typed, 'sheet']

/** The files of a branch or committee: what stays with the organisation and not with the person. */
export const organizationPlaces: readonly OrganizationPlace[] = [
  place(1, 'assemblyMinutes', '支部党员大会会议记录', 'branch', '每次会议后', {
    evidences: ['admissionAssembly', 'confirmationAssembly'],
    articles: ['20', '32'],
    retention: permanently,
  }),
  place(2, 'branchCommitteeMinutes', '支部委员会会议记录', 'branch', '每次会议后', {
    evidences: ['activistDecision', 'prospectProposal', 'committeeExamination'],
    articles: ['8', '13', '18'],
  }),
  place(3, 'partyCommitteeMinutes', '党委会会议记录', 'partyCommittee', '每次讨论、审批后', {
    evidences: ['prospectConsent', 'preReview', 'admissionApproval', 'confirmationApproval'],
    articles: ['24', '33'],
    retention: permanently,
  }),
  place(4, 'ballots', '表决票、计票单', 'branch', '每次表决后', {
    evidences: ['admissionAssembly', 'confirmationAssembly'],
    articles: ['20', '32'],
    closedToPerson: true,
    contents: ['pdf', 'ofd', 'picture'],
    retention: tenYears,
  }),
  place(5, 'noticePapers', '公示材料（公示、照片、公示情况报告）', 'branch', '每次公示结束后', {
    evidences: ['publicNotice'],
    articles: ['13'],
    retention: tenYears,
  }),
  place(6, 'filingReports', '请示、备案报告', 'branch', '每次上报后', {
    evidences: ['activistFiling', 'prospectConsent', 'preReview', 'admissionFiling'],
    articles: ['8', '13', '18', '25'],
    contents: listed,
  }),
  place(7, 'replies', '批复、备案回复', 'partyCommittee', '每次收到后', {
    evidences: ['activistFiling', 'prospectConsent', 'preReview', 'admissionApproval', 'confirmationApproval'],
    articles: ['8', '13', '18', '25', '33'],
    retention: permanently,
  }),
  place(8, 'memberRoster', '党员名册', 'branch', '每年统计时', {
    evidences: ['assignment'],
    articles: ['28'],
    contents: listed,
    retention: permanently,
  }),
  place(9, 'developmentRoster', '入党积极分子、发展对象名册', 'branch', '每年统计时', { contents: listed }),
  place(10, 'activistAnalysis', '入党积极分子队伍状况分析', 'partyCommittee', '每年一次', {
    articles: ['11'],
    contents: listed,
    retention: tenYears,
  }),
  place(11, 'organizationPapers', '党组织设立、换届、撤销的请示和批复', 'branch', '发生时', { retention: permanently }),
  place(12, 'transferLetterStubs', '组织关系介绍信存根、回执', 'partyCommittee', '每次转接后', {
    contents: listed,
  }),
  place(13, 'handoverReceipts', '档案移交清单、接收回执', 'branch', '每次移交后', {
    evidences: ['archiving'],
    articles: ['36'],
    contents: listed,
  }),
  place(14, 'activityRecords', '活动记录（主题班会、纪念日活动、讲座等）', 'branch', '每次活动后', {
    origin: 'local',
    retention: tenYears,
  }),
]

function place(
  section: number,
  code: string,
  label: string,
  deliveredBy: OrganizationPlace['deliveredBy'],
  occasion: string,
  said: Partial<OrganizationPlace>,
): OrganizationPlace {
  return {
    subject: 'organization',
    section,
    code,
    label,
    deliveredBy,
    occasion,
    requirement: 'ifHappened',
    origin: 'custom',
    articles: [],
    evidences: [],
    form: 'original',
    several: true,
    sensitive: false,
    closedToPerson: false,
    contents: typed,
    signatures: signingsOf(code),
    retention: thirtyYears,
    ...said,
  }
}
