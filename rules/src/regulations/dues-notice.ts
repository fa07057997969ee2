import type { Regulation } from '../kernel/regulation.ts'

/** The notice of 2017 that made the base and the ceiling of dues precise. Only its items 1 to 3 were readable. */
export const duesNotice = {
  id: 'DF-2017',
  title: '关于进一步规范党费工作的通知',
  shortTitle: '《党费工作通知》',
  issuedOn: '2017',
  source: { document: '中共中央组织部办公厅《关于进一步规范党费工作的通知》（组电明字〔2017〕5 号）' },
  checkedOn: '2026-11-23',
  articles: {
    '1': [
      {
        from: '2017-01-01',
        summary:
          '每年年初核定一次，年内一般不变；月交纳数额一般不超过 1000 元，自愿多交的不限，一次多交 1000 元以上的按大额党费办理。',
        figures: { usualMaxYuanPerMonth: 1000, largePaymentYuan: 1000 },
        checked: 'confirmed',
      },
    ],
    '2': [
      {
        from: '2017-01-01',
        summary:
          '基数不含个人所得税、社会保险费、住房公积金、职业年金和企业年金，也不含住房、交通、通讯、误餐、加班、采暖、降温、物业等改革性补贴和少数地区、单位、岗位的津贴。',
        checked: 'confirmed',
      },
    ],
    '3': [
      {
        from: '2017-01-01',
        summary: '事业单位的基础性绩效工资计入基数，奖励性绩效工资不计入；企业不固定、不普遍发放的奖金不计入。',
        checked: 'confirmed',
      },
    ],
  },
} as const satisfies Regulation
