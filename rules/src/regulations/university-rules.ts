import type { Regulation } from '../kernel/regulation.ts'

/** The regulations on primary-level Party organisations at universities. Only the opening articles have been compared. */
export const universityRules = {
  id: 'GX-2021',
  title: '中国共产党普通高等学校基层组织工作条例',
  shortTitle: '《高校基层组织工作条例》',
  issuedOn: '2021-04-22',
  source: { document: '中共中央 2021 年修订、4 月 22 日公布《中国共产党普通高等学校基层组织工作条例》' },
  checkedOn: '2026-11-23',
  articles: {
    '3': [
      {
        from: '2021-04-22',
        summary: '高校实行党委领导下的校长负责制，重大问题由党委集体讨论决定，委员按分工履行职责。',
        checked: 'confirmed',
      },
    ],
    任期: [
      {
        from: '2021-04-22',
        summary: '高校党委每届任期 5 年。',
        figures: { universityTermYears: 5 },
        checked: 'toVerify',
      },
    ],
    支部设置: [
      {
        from: '2021-04-22',
        summary:
          '教师支部一般按教学、科研单位设置，学生支部一般按年级、班级、学科或者专业设置，也可建在科研团队、学生社区等处；机关、后勤、离退休人员分别设置。',
        checked: 'toVerify',
      },
    ],
    双带头人: [
      {
        from: '2021-04-22',
        summary: '教师支部书记应当既是党建带头人，又是学术带头人。',
        checked: 'toVerify',
      },
    ],
    专职党务人员: [
      {
        from: '2021-04-22',
        summary: '专职党务和思想政治工作人员总数不低于全校师生人数的百分之一。',
        figures: { fullTimeStaffAtLeastPercent: 1 },
        checked: 'toVerify',
      },
    ],
    组织员: [
      {
        from: '2021-04-22',
        summary: '每个院（系）至少配备 1 至 2 名专职组织员。',
        figures: { minOrganisersPerSchool: 1, usualOrganisersPerSchool: 2 },
        checked: 'toVerify',
      },
    ],
    辅导员: [
      {
        from: '2021-04-22',
        summary: '专职辅导员与学生之比不低于 1∶200。',
        figures: { studentsPerCounsellor: 200 },
        checked: 'toVerify',
      },
    ],
    思政课教师: [
      {
        from: '2021-04-22',
        summary: '专职思想政治理论课教师与学生之比不低于 1∶350。',
        figures: { studentsPerPoliticalTeacher: 350 },
        checked: 'toVerify',
      },
    ],
  },
} as const satisfies Regulation
