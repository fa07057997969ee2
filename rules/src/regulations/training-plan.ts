import type { Regulation } from '../kernel/regulation.ts'

/** The national plans for the training of members. Of the plan for 2024–2028 no figure could be read; it is taken to go on as before. */
export const trainingPlan = {
  id: 'PX-GH',
  title: '全国党员教育培训工作规划',
  shortTitle: '《党员教育培训规划》',
  issuedOn: '2019',
  source: {
    document: '中共中央办公厅《2019—2023 年全国党员教育培训工作规划》及《全国党员教育培训工作规划（2024—2028 年）》',
    url: 'https://www.12371.cn/special/dyjygh20242028/',
  },
  checkedOn: '2026-11-23',
  articles: {
    基层党组织班子成员: [
      {
        from: '2019-01-01',
        until: '2023-12-31',
        summary: '基层党组织书记和班子成员每年集中学习培训不少于 56 学时，至少参加一次集中培训。',
        figures: { hoursPerYear: 56, coursesPerYear: 1 },
        checked: 'confirmed',
      },
      {
        from: '2024-01-01',
        until: '2028-12-31',
        summary: '新规划的学时未能核对，暂按上一规划：每年不少于 56 学时，至少参加一次集中培训。',
        figures: { hoursPerYear: 56, coursesPerYear: 1 },
        checked: 'toVerify',
      },
    ],
    新任支部书记: [
      {
        from: '2019-01-01',
        until: '2023-12-31',
        summary: '新任支部书记一般在半年内接受一次任职培训；县级以上党委每年轮训一次支部书记。',
        figures: { newSecretaryWithinMonths: 6 },
        checked: 'confirmed',
      },
      {
        from: '2024-01-01',
        until: '2028-12-31',
        summary: '新规划的要求未能核对，暂按上一规划：新任支部书记一般在半年内接受一次任职培训。',
        figures: { newSecretaryWithinMonths: 6 },
        checked: 'toVerify',
      },
    ],
    新党员: [
      {
        from: '2019-01-01',
        until: '2023-12-31',
        summary: '预备党员和转正一年以内的党员，一般由上级党组织集中培训一次。',
        figures: { withinYearsAfterConfirmation: 1 },
        checked: 'toVerify',
      },
    ],
  },
} as const satisfies Regulation
