import type { Regulation } from '../kernel/regulation.ts'

/** The standard of the Ministry of Education's leading Party group for Party work among students. */
export const studentPartyStandard = {
  id: 'XS-2017',
  title: '普通高等学校学生党建工作标准',
  shortTitle: '《高校学生党建工作标准》',
  issuedOn: '2017',
  source: { document: '中共教育部党组 2017 年印发《普通高等学校学生党建工作标准》' },
  checkedOn: '2026-11-23',
  articles: {
    专职党务人员: [
      {
        from: '2017-01-01',
        summary: '专职党务和思想政治工作人员总数不低于全校师生人数的百分之一。',
        figures: { fullTimeStaffAtLeastPercent: 1 },
        checked: 'confirmed',
      },
    ],
    组织员: [
      {
        from: '2017-01-01',
        summary: '每个院（系）至少配备 1 至 2 名专职组织员。',
        figures: { minOrganisersPerSchool: 1, usualOrganisersPerSchool: 2 },
        checked: 'confirmed',
      },
    ],
    辅导员: [
      {
        from: '2017-01-01',
        summary: '专职辅导员与学生之比不低于 1∶200。',
        figures: { studentsPerCounsellor: 200 },
        checked: 'confirmed',
      },
    ],
  },
} as const satisfies Regulation
