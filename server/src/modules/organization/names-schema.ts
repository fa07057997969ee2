import type { OrganizationKind } from './kinds-schema.ts'
import type { BranchType, OfficeKind, TermRow } from './schema.ts'

/** The words of the office for the codes of this module. Pages load this file by value, so it brings no schema library. */

/** The kinds of organisations in the words of the office. */
export const organizationKindNames: Readonly<Record<OrganizationKind, string>> = {
  universityCommittee: '学校党委',
  partyCommittee: '基层党委',
  generalBranch: '党总支',
  branch: '党支部',
  directBranch: '直属党支部',
  jointBranch: '联合党支部',
  temporaryBranch: '临时党支部',
  functionalBranch: '功能型党支部',
  partyGroup: '党小组',
}

/** Of whom a branch consists. */
export const branchTypeNames: Readonly<Record<BranchType, string>> = {
  undergraduate: '本科生',
  postgraduate: '研究生',
  teacher: '教师',
  mixed: '师生混合',
  administration: '机关',
  logistics: '后勤',
  researchTeam: '科研团队',
  retired: '离退休',
}

/** The offices in the words of the office, in their order. */
export const officeNames: Readonly<Record<OfficeKind, string>> = {
  secretary: '书记',
  deputySecretary: '副书记',
  orgMember: '组织委员',
  publicityMember: '宣传委员',
  disciplineMember: '纪检委员',
  organiser: '组织员',
  orgDepartment: '组织部工作人员',
  publicityDepartment: '宣传部工作人员',
  partySchool: '党校工作人员',
}

/** Where a term stands, from election to election. */
export const termStandingNames: Readonly<Record<TermRow['standing'], string>> = {
  running: '任期内',
  plan: '任期将满',
  request: '应请示换届',
  overdue: '超期未换届',
  ended: '已换届',
}
