import type { Regulation } from '../kernel/regulation.ts'

/** The regulations on elections in primary-level Party organisations. Beyond Art. 5 nobody has compared the figures yet. */
export const electionRules = {
  id: 'XJ-2020',
  title: '中国共产党基层组织选举工作条例',
  shortTitle: '《基层组织选举工作条例》',
  issuedOn: '2020-07-13',
  source: { document: '中共中央 2020 年 7 月 13 日印发《中国共产党基层组织选举工作条例》' },
  checkedOn: '2026-11-23',
  articles: {
    '3': [
      {
        from: '2020-07-13',
        summary: '委员会任期届满应当按期换届；提前或者延期换届须报上级党组织批准，延期一般不超过 1 年。',
        figures: { usualDelayYears: 1 },
        checked: 'confirmed',
      },
    ],
    '4': [
      {
        from: '2020-07-13',
        summary: '委员会由党员大会选举产生；党员满 500 人或者驻地分散的，经上级批准可以召开党员代表大会选举。',
        figures: { congressFromMembers: 500 },
        checked: 'confirmed',
      },
    ],
    '5': [
      {
        from: '2020-07-13',
        summary:
          '正式党员有表决权、选举权和被选举权；预备党员和留党察看期间的党员没有；被留置、逮捕等的党员，其权利可以中止。',
        checked: 'confirmed',
      },
    ],
    到会人数: [
      {
        from: '2020-07-13',
        summary: '进行选举时，有选举权的到会人数不少于应到会人数的五分之四，会议有效。',
        figures: { presentAtLeastPercent: 80 },
        checked: 'toVerify',
      },
    ],
    差额: [
      {
        from: '2020-07-13',
        summary: '选举委员时，候选人应多于应选人数，差额不少于应选人数的百分之二十。',
        figures: { surplusAtLeastPercent: 20 },
        checked: 'toVerify',
      },
    ],
    当选: [
      {
        from: '2020-07-13',
        summary: '正式选举中，得赞成票超过应到会有选举权人数的一半始得当选；预选以实到会人数为准。',
        figures: { yesAbovePercent: 50 },
        checked: 'toVerify',
      },
    ],
  },
} as const satisfies Regulation
