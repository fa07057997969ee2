import type { Regulation } from '../kernel/regulation.ts'

/** The opinion on the terms of primary-level Party organisations. */
export const termOpinion = {
  id: 'RQ-2018',
  title: '关于党的基层组织任期的意见',
  shortTitle: '《基层组织任期意见》',
  issuedOn: '2018',
  source: { document: '中共中央办公厅 2018 年印发《关于党的基层组织任期的意见》' },
  checkedOn: '2026-11-23',
  articles: {
    任期: [
      {
        from: '2018-01-01',
        summary: '党的基层委员会每届任期一般为 5 年，总支部委员会、支部委员会一般为 3 年。',
        figures: { committeeTermYears: 5, generalBranchTermYears: 3, branchTermYears: 3 },
        checked: 'toVerify',
      },
    ],
  },
} as const satisfies Regulation
