import type { Regulation } from '../kernel/regulation.ts'

/** The opinion of 2024 on mobile members, as far as questions and answers about it could be read. */
export const mobileMembersOpinion = {
  id: 'LD-2024',
  title: '关于进一步加强和改进流动党员管理工作的意见',
  shortTitle: '《流动党员管理意见》',
  issuedOn: '2024-11',
  source: { document: '中共中央办公厅 2024 年印发《关于进一步加强和改进流动党员管理工作的意见》' },
  checkedOn: '2026-11-23',
  articles: {
    界定: [
      {
        from: '2024-11-01',
        summary:
          '因工作、学习单位或者居住地变动，未转接正式组织关系，连续 6 个月以上不能参加正式组织关系所在支部活动的党员，为流动党员。',
        figures: { awayMonths: 6 },
        checked: 'toVerify',
      },
    ],
    登记: [
      {
        from: '2024-11-01',
        summary: '流出、流入都在全国党员管理信息系统中登记，党员应主动向流入地党组织报到；符合条件的应转尽转。',
        checked: 'toVerify',
      },
    ],
    组织生活: [
      {
        from: '2024-11-01',
        summary: '正式组织关系只有一个，可以在流入地参加组织生活；在流入地参加民主评议的，结果应反馈流出地支部。',
        checked: 'toVerify',
      },
    ],
  },
} as const satisfies Regulation
