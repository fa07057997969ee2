import type { Regulation } from '../kernel/regulation.ts'

/** The regulations on the education and administration of members: the articles that the platform applies. */
export const educationRules = {
  id: 'JY-2019',
  title: '中国共产党党员教育管理工作条例',
  shortTitle: '《党员教育管理工作条例》',
  issuedOn: '2019-05-06',
  source: { document: '中共中央 2019 年 5 月印发《中国共产党党员教育管理工作条例》' },
  checkedOn: '2026-11-23',
  articles: {
    '16': [
      {
        from: '2019-05-06',
        summary: '党员应当参加所在支部的“三会一课”和每月的主题党日，领导干部还要参加双重组织生活。',
        figures: { themedPartyDayEveryMonths: 1 },
        checked: 'confirmed',
      },
    ],
    '17': [
      {
        from: '2019-05-06',
        summary: '支部每年至少召开一次组织生活会，查摆问题，开展批评和自我批评。',
        figures: { perYear: 1 },
        checked: 'confirmed',
      },
    ],
    '18': [
      {
        from: '2019-05-06',
        summary: '支部一般每年开展一次民主评议党员，结果与处置不合格党员相衔接。',
        figures: { perYear: 1 },
        checked: 'confirmed',
      },
    ],
    '20': [
      {
        from: '2019-05-06',
        summary: '党员每年集中学习培训一般不少于 32 学时。',
        figures: { usualHoursPerYear: 32 },
        checked: 'confirmed',
      },
    ],
    '23': [
      {
        from: '2019-05-06',
        summary: '对年老体弱、患病、行动不便的党员，参加活动和学习不作硬性要求。',
        checked: 'confirmed',
      },
    ],
    '24': [
      {
        from: '2019-05-06',
        summary:
          '经党委批准的，党籍自支部党员大会通过之日起取得。因私出国定居的，以及出国学习一般超过 5 年未归的，停止党籍；失去联系 6 个月以上的停止党籍，再满 2 年仍联系不上的按自行脱党除名。',
        figures: { studyAbroadYears: 5, lostContactMonths: 6, removalAfterFurtherYears: 2 },
        checked: 'confirmed',
      },
    ],
    '25': [
      {
        from: '2019-05-06',
        summary:
          '每名党员编入一个支部、小组；到固定地点工作、学习、居住 6 个月以上的应转接组织关系；转入方接收前由转出方负责，不得无故拒收。',
        figures: { transferFromMonths: 6 },
        checked: 'confirmed',
      },
    ],
    '26': [
      { from: '2019-05-06', summary: '没有人事档案的党员，由具有审批权限的党委建立党员档案。', checked: 'confirmed' },
    ],
    '28': [{ from: '2019-05-06', summary: '对有苗头性问题的党员，及时提醒谈话。', checked: 'confirmed' }],
    '29': [{ from: '2019-05-06', summary: '对未按要求履行义务的党员，进行批评教育。', checked: 'confirmed' }],
    '30': [
      {
        from: '2019-05-06',
        summary: '限期改正的期限不超过 1 年。',
        figures: { correctionMaxYears: 1 },
        checked: 'confirmed',
      },
    ],
    '31': [
      {
        from: '2019-05-06',
        summary:
          '除名的情形；其中无正当理由连续 6 个月不参加组织生活、不交党费或者不做党所分配的工作的，按自行脱党处理。',
        figures: { withdrawalAfterMonths: 6 },
        checked: 'confirmed',
      },
    ],
    '32': [
      {
        from: '2019-05-06',
        summary: '外出 6 个月以上又未转接组织关系的为流动党员，应与组织保持联系，可在流入地参加民主评议。',
        figures: { mobileFromMonths: 6 },
        checked: 'confirmed',
      },
    ],
    '34': [
      {
        from: '2019-05-06',
        summary: '毕业生组织关系保留在学校一般不超过 2 年；出国学习的党员至少每半年与组织联系一次。',
        figures: { graduateKeptYears: 2, abroadContactMonths: 6 },
        checked: 'confirmed',
      },
    ],
    '36': [
      { from: '2019-05-06', summary: '以全国党员管理信息系统为依托，线上线下结合做好教育管理。', checked: 'confirmed' },
    ],
    '41': [{ from: '2019-05-06', summary: '按照规定配备专职、兼职组织员。', checked: 'confirmed' }],
    '43': [{ from: '2019-05-06', summary: '各级党委每年报告党员教育管理工作情况。', checked: 'confirmed' }],
  },
} as const satisfies Regulation
