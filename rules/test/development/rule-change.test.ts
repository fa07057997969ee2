import { expect, test } from 'vitest'
import { nationalSetting, type RecruitmentRules, recruitmentRules, ruleChanges } from '../../src/index.ts'
import { completeActs, fileWith, inShort, today } from './complete-file.ts'

/** A draft: two years as an activist and a notice of seven working days. */
const draft: RecruitmentRules = {
  ...recruitmentRules,
  articles: {
    ...recruitmentRules.articles,
    '13': [
      ...recruitmentRules.articles['13'],
      {
        from: '2026-07-01',
        summary: '草案：培养教育和考察满两年，公示不少于七个工作日。',
        figures: { activistYears: 2, publicityWorkingDays: 7 },
        checked: 'toVerify',
      },
    ],
  },
}

test('says which findings come and go and which days move, and leaves out files in which nothing changes', () => {
  const files = [
    { id: 'complete', facts: fileWith() },
    { id: 'activist', facts: { acts: completeActs.slice(0, 7) } },
    { id: 'applicant', facts: { acts: completeActs.slice(0, 1) } },
  ]
  const changes = ruleChanges(files, today, nationalSetting, { ...nationalSetting, rules: draft })
  expect(changes.map((it) => ({ ...it, added: it.added.map(inShort), removed: it.removed.map(inShort) }))).toEqual([
    {
      id: 'complete',
      added: ['T13 error XZ-2026 13', 'T16 error XZ-2026 13', 'T18 error XZ-2026 13'],
      removed: [],
      due: [],
    },
    {
      id: 'activist',
      added: [],
      removed: [],
      due: [
        {
          kind: 'opinions',
          before: { earliestOn: '2026-06-25', overdue: false },
          after: { earliestOn: '2027-06-25', overdue: false },
        },
        {
          kind: 'prospectProposal',
          before: { earliestOn: '2026-06-25', overdue: false },
          after: { earliestOn: '2027-06-25', overdue: false },
        },
      ],
    },
  ])
  expect(
    ruleChanges(files, today, { ...nationalSetting, rules: draft }, nationalSetting).map((it) =>
      it.removed.map(inShort),
    ),
  ).toEqual([['T13 error XZ-2026 13', 'T16 error XZ-2026 13', 'T18 error XZ-2026 13'], []])
})
