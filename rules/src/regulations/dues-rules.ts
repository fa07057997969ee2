import type { Regulation } from '../kernel/regulation.ts'

/**
 * The provisions on Party dues of 2008. The day on which they took effect is from memory;
 * nothing that is kept here reaches back to it. Amounts are in yuan, rates in per mille of the whole base.
 */
export const duesRules = {
  id: 'DF-2008',
  title: '关于中国共产党党费收缴、使用和管理的规定',
  shortTitle: '《党费规定》',
  issuedOn: '2008',
  source: { document: '中共中央组织部《关于中国共产党党费收缴、使用和管理的规定》（中组发〔2008〕3 号）' },
  checkedOn: '2026-11-23',
  articles: {
    '1': [
      {
        from: '2008-04-01',
        summary: '按月领取工资的党员，以每月相对固定的、经常性的税后工资收入为计算基数。',
        checked: 'confirmed',
      },
    ],
    '2': [
      {
        from: '2008-04-01',
        summary:
          '按基数所在的一档计算全部基数：3000 元以下（含）交 0.5%；3000 元以上至 5000 元（含）交 1%；5000 元以上至 10000 元（含）交 1.5%；10000 元以上交 2%。',
        figures: {
          firstUntilYuan: 3000,
          firstPerMille: 5,
          secondUntilYuan: 5000,
          secondPerMille: 10,
          thirdUntilYuan: 10_000,
          thirdPerMille: 15,
          fourthPerMille: 20,
        },
        checked: 'confirmed',
      },
    ],
    '3': [{ from: '2008-04-01', summary: '实行年薪制的党员，以当月实际领取的薪酬为基数。', checked: 'confirmed' }],
    '4': [
      {
        from: '2008-04-01',
        summary: '收入不固定的党员（个体经营等），以上季度月平均纯收入为基数。',
        checked: 'confirmed',
      },
    ],
    '5': [
      {
        from: '2008-04-01',
        summary: '离退休党员以实际领取的离退休费或者养老金为基数：5000 元以下（含）交 0.5%，5000 元以上交 1%。',
        figures: { firstUntilYuan: 5000, firstPerMille: 5, secondPerMille: 10 },
        checked: 'confirmed',
      },
    ],
    '6': [
      {
        from: '2008-04-01',
        summary: '农民党员每月 0.2 至 1 元；学生、下岗失业、依靠抚恤救济或者领取最低生活保障金的党员每月 0.2 元。',
        figures: { studentFenPerMonth: 20, farmerMinFenPerMonth: 20, farmerMaxFenPerMonth: 100 },
        checked: 'confirmed',
      },
    ],
    '7': [
      {
        from: '2008-04-01',
        summary: '交纳确有困难的，经支部研究、上一级党委批准，可以少交或者免交。',
        checked: 'confirmed',
      },
    ],
    '8': [{ from: '2008-04-01', summary: '预备党员从党员大会通过其为预备党员之日起交纳党费。', checked: 'confirmed' }],
    '9': [
      {
        from: '2008-04-01',
        summary: '向正式组织关系所在支部交纳；持流动党员活动证的，可以在流入地交纳。',
        checked: 'confirmed',
      },
    ],
    '10': [{ from: '2008-04-01', summary: '工资变动的，从按新工资领取的当月起改用新基数。', checked: 'confirmed' }],
    '11': [
      {
        from: '2008-04-01',
        summary: '自愿多交不限；一次多交 1000 元以上的，全部上缴中央，由中央组织部给本人收据。',
        figures: { largePaymentYuan: 1000 },
        checked: 'confirmed',
      },
    ],
    '12': [
      {
        from: '2008-04-01',
        summary: '应当按月主动交纳；经支部同意可以按季交，或者托亲属、其他党员代交，补交一般不得超过 6 个月。',
        figures: { usualMaxArrearsMonths: 6 },
        checked: 'confirmed',
      },
    ],
    '13': [
      {
        from: '2008-04-01',
        summary: '不按规定交纳的，应批评教育、限期改正；无正当理由连续 6 个月不交的，按自行脱党处理，由组织决定。',
        figures: { withdrawalAfterMonths: 6 },
        checked: 'confirmed',
      },
    ],
    '14': [
      { from: '2008-04-01', summary: '党组织不得垫交或者扣交党费，不得另立名目收取特殊党费。', checked: 'confirmed' },
    ],
  },
} as const satisfies Regulation
