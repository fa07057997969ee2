import { expect, test } from 'vitest'
import { type Day, filingTemplate, filingTemplateOf, periodicGaps } from '../../src/index.ts'

type Filed = readonly { place: string; on?: Day }[]
type Keeper = Parameters<typeof periodicGaps>[1]

const branch: Keeper = { kind: 'branch', hasCommittee: false }
const committee: Keeper = { kind: 'partyCommittee', hasCommittee: true }
const quarterly: Filed = (['2026-03-31', '2026-04-01', '2026-07-15'] as const).map((on) => ({
  place: 'assemblyMinutes',
  on,
}))

const cases: [why: string, keeper: Keeper, filed: Filed, year: number, on: Day, gaps: readonly string[]][] = [
  ['on the last day of a quarter it is not over', branch, [], 2026, '2026-03-31', []],
  ['on the day after it is', branch, [], 2026, '2026-04-01', ['assemblyMinutes 2026-01-01']],
  ['minutes of each quarter', branch, quarterly, 2026, '2026-10-01', []],
  [
    'a day in the quarter before',
    branch,
    [{ place: 'assemblyMinutes', on: '2025-12-31' }],
    2026,
    '2026-04-01',
    ['assemblyMinutes 2026-01-01'],
  ],
  ['minutes without a day', branch, [{ place: 'assemblyMinutes' }], 2026, '2026-04-01', ['assemblyMinutes 2026-01-01']],
  [
    'minutes of the committee are no minutes of the assembly',
    branch,
    [{ place: 'branchCommitteeMinutes', on: '2026-02-01' }],
    2026,
    '2026-04-01',
    ['assemblyMinutes 2026-01-01'],
  ],
  [
    'a branch with a committee',
    { ...branch, hasCommittee: true },
    quarterly,
    2026,
    '2026-03-01',
    ['branchCommitteeMinutes 2026-01-01', 'branchCommitteeMinutes 2026-02-01'],
  ],
  [
    'set up on the first day of a quarter',
    { ...branch, establishedOn: '2026-04-01' },
    [],
    2026,
    '2026-07-01',
    ['assemblyMinutes 2026-04-01'],
  ],
  ['set up a day later', { ...branch, establishedOn: '2026-04-02' }, [], 2026, '2026-07-01', []],
  ['dissolved on the last day of a quarter', { ...branch, dissolvedOn: '2026-03-31' }, [], 2026, '2026-07-01', []],
  [
    'dissolved a day later',
    { ...branch, dissolvedOn: '2026-04-01' },
    [],
    2026,
    '2026-07-01',
    ['assemblyMinutes 2026-01-01'],
  ],
  ['a committee in the year that runs', committee, [], 2026, '2026-12-31', []],
  ['a committee in the year before', committee, [], 2026, '2027-01-01', ['activistAnalysis 2026-01-01']],
  ['an analysis of the year', committee, [{ place: 'activistAnalysis', on: '2026-12-31' }], 2026, '2027-01-01', []],
  ['a general branch', { ...branch, kind: 'other' }, [], 2026, '2027-01-01', []],
]

test.each(cases)('%s', (_why, keeper, filed, year, on, gaps) => {
  expect(periodicGaps(filingTemplate, keeper, filed, year, on).map((it) => `${it.place} ${it.from}`)).toEqual(gaps)
})

test('a gap says what is not there, what to do, and the article', () => {
  expect(periodicGaps(filingTemplate, branch, [], 2026, '2026-04-01')).toEqual([
    {
      place: 'assemblyMinutes',
      label: '支部党员大会会议记录',
      from: '2026-01-01',
      until: '2026-03-31',
      message:
        '2026年第一季度没有归档“支部党员大会会议记录”。已形成的请归档并填写材料日期；确实没有形成的说明情况，不得补造。',
      basis: { regulation: 'ZB-2018', article: '11', cited: '《支部工作条例》第 11 条', toVerify: false },
    },
  ])
})

test('of a place that the university does not use nothing is asked', () => {
  const without = filingTemplateOf({ changed: [{ code: 'assemblyMinutes', off: true }] })
  expect(periodicGaps(without, branch, [], 2026, '2026-04-01')).toEqual([])
})
