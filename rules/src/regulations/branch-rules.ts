import type { Regulation } from '../kernel/regulation.ts'

/** The regulations on the work of Party branches (trial). Numbers of articles other than 4, 11, 12 and 16 are still to be compared. */
export const branchRules = {
  id: 'ZB-2018',
  title: '中国共产党支部工作条例（试行）',
  shortTitle: '《支部工作条例》',
  issuedOn: '2018-10-28',
  source: { document: '中共中央 2018 年 10 月 28 日印发《中国共产党支部工作条例（试行）》' },
  checkedOn: '2026-11-23',
  articles: {
    '4': [
      {
        from: '2018-10-28',
        summary: '正式党员满 3 人即应成立党支部；一个支部的党员一般不多于 50 人。',
        figures: { minFullMembers: 3, usualMaxMembers: 50 },
        checked: 'confirmed',
      },
    ],
    第二章·联合党支部: [
      {
        from: '2018-10-28',
        summary: '正式党员不足 3 人的单位可与邻近单位合建联合党支部，覆盖的单位一般不多于 5 个。',
        figures: { fullMembersBelow: 3, usualMaxUnits: 5 },
        checked: 'confirmed',
      },
    ],
    第二章·项目党支部: [
      {
        from: '2018-10-28',
        summary: '为期半年以上的工程或项目，具备条件的应当成立党支部。',
        figures: { projectMonths: 6 },
        checked: 'confirmed',
      },
    ],
    第二章·批复: [
      {
        from: '2018-10-28',
        summary: '上级党委收到成立支部的请示后，一般在 1 个月内批复。',
        figures: { replyWithinMonths: 1 },
        checked: 'confirmed',
      },
    ],
    第二章·临时党支部: [
      {
        from: '2018-10-28',
        summary:
          '为执行临时任务设立的机构可成立临时党支部，负责人由上级指定，不进行选举；除另有规定外，不能接收、审批预备党员。',
        checked: 'toVerify',
      },
    ],
    '11': [
      {
        from: '2018-10-28',
        summary:
          '党员大会一般每季度开一次；有表决权的党员到会不少于一半方可开会，赞成人数超过应到会有表决权党员的一半为通过。',
        figures: { everyMonths: 3, presentAtLeastPercent: 50, yesAbovePercent: 50 },
        checked: 'confirmed',
      },
    ],
    '12': [
      {
        from: '2018-10-28',
        summary: '支委会一般每月开一次，委员到会不少于一半方可开会；重要事项先经支委会研究，再提交党员大会。',
        figures: { everyMonths: 1, presentAtLeastPercent: 50 },
        checked: 'confirmed',
      },
    ],
    '13': [
      {
        from: '2018-10-28',
        summary: '党小组会一般每月开一次。',
        figures: { everyMonths: 1 },
        checked: 'toVerify',
      },
    ],
    '14': [
      {
        from: '2018-10-28',
        summary: '书记不能主持会议时，由副书记或者委员召集和主持。',
        checked: 'toVerify',
      },
    ],
    '15': [
      {
        from: '2018-10-28',
        summary: '党员领导干部既参加所在支部、小组的组织生活，也参加领导班子的组织生活。',
        checked: 'toVerify',
      },
    ],
    '16': [
      {
        from: '2018-10-28',
        summary:
          '党课应有针对性，党委（党组）书记每年至少讲一次；每月相对固定一天开展主题党日，事先定主题，事后抓落实。党课次数条文没有规定。',
        figures: { themedPartyDayEveryMonths: 1, committeeSecretaryLecturesPerYear: 1 },
        checked: 'confirmed',
      },
    ],
    '17': [
      {
        from: '2018-10-28',
        summary: '组织生活会每年至少开一次，一般在第四季度，形式可以是党员大会、支委会会议或者党小组会。',
        figures: { perYear: 1, usualQuarter: 4 },
        checked: 'toVerify',
      },
    ],
    '18': [
      {
        from: '2018-10-28',
        summary:
          '民主评议党员一般每年一次，依次为个人自评、党员互评、民主测评，由支委会会议或者党员大会提出意见；可与组织生活会一并进行。',
        figures: { perYear: 1 },
        checked: 'toVerify',
      },
    ],
    '19': [
      {
        from: '2018-10-28',
        summary: '支委之间、支委与党员之间、党员之间应经常谈心谈话，每年各不少于一次。',
        figures: { perYear: 1 },
        checked: 'toVerify',
      },
    ],
    第六章·支部委员会: [
      {
        from: '2018-10-28',
        summary:
          '正式党员满 7 人的支部设支部委员会，由 3 至 5 名委员组成，一般不多于 7 名；不满 7 人的设书记 1 名，必要时设副书记 1 名。',
        figures: {
          committeeFromFullMembers: 7,
          minCommitteeMembers: 3,
          usualCommitteeMembers: 5,
          usualMaxCommitteeMembers: 7,
        },
        checked: 'confirmed',
      },
    ],
    第六章·任期: [
      {
        from: '2018-10-28',
        summary: '村和社区的支部委员会每届任期 5 年，其他支部一般每届 3 年。',
        figures: { villageTermYears: 5, termYears: 3 },
        checked: 'confirmed',
      },
    ],
    第六章·支部书记: [
      {
        from: '2018-10-28',
        summary: '支部书记一般应有 1 年以上党龄。',
        figures: { standingYears: 1 },
        checked: 'confirmed',
      },
    ],
  },
} as const satisfies Regulation
