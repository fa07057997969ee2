import { expect, test } from 'vitest'
import { type Day, type Term, type TermStanding, termReport } from '../src/index.ts'

const branch: Term = { body: 'branch', electedOn: '2023-06-10' }

const standings: [why: string, change: Partial<Term>, on: Day, standing: TermStanding][] = [
  ['just elected', {}, '2023-06-10', 'running'],
  ['a day before six months are left', {}, '2025-12-09', 'running'],
  ['six months left', {}, '2025-12-10', 'plan'],
  ['a day before three months are left', {}, '2026-03-09', 'plan'],
  ['three months left', {}, '2026-03-10', 'request'],
  ['the last day', {}, '2026-06-10', 'request'],
  ['the day after', {}, '2026-06-11', 'overdue'],
  ['the day after, with an approved delay', { delayedUntil: '2026-12-10' }, '2026-06-11', 'request'],
  ['the last day of the delay', { delayedUntil: '2026-12-10' }, '2026-12-10', 'request'],
  ['the day after the delay', { delayedUntil: '2026-12-10' }, '2026-12-11', 'overdue'],
  ['a delay that ends before the term changes nothing', { delayedUntil: '2026-01-01' }, '2026-06-10', 'request'],
  ['a day before the next election', { endedOn: '2026-06-01' }, '2026-05-31', 'request'],
  ['the next body is elected', { endedOn: '2026-06-01' }, '2026-06-01', 'ended'],
]

test.each(standings)('%s: %o on %s is %s', (_why, change, on, standing) => {
  expect(termReport({ ...branch, ...change }, on).standing).toBe(standing)
})

test('a report names its days and its article', () => {
  expect(termReport({ ...branch, delayedUntil: '2027-06-10' }, '2026-07-01')).toEqual({
    standing: 'request',
    endsOn: '2026-06-10',
    reElectBy: '2027-06-10',
    planFrom: '2025-12-10',
    requestFrom: '2026-03-10',
    explanations: [
      {
        text: '2023年6月10日选举产生，每届任期3年，2026年6月10日届满',
        basis: {
          regulation: 'ZB-2018',
          article: '第六章·任期',
          cited: '《支部工作条例》第六章·任期（条款号待核实）',
          toVerify: false,
        },
      },
      {
        text: '经上级批准延期换届，到2027年6月10日',
        basis: { regulation: 'XJ-2020', article: '3', cited: '《基层组织选举工作条例》第 3 条', toVerify: false },
      },
    ],
  })
})

test('a delay of more than a year is remarked on', () => {
  const report = termReport({ ...branch, delayedUntil: '2027-06-11' }, '2026-07-01')
  expect(report.explanations[1]?.text).toBe('延期换届到2027年6月11日，超过1年（一般不超过1年），请核对批复')
})

test.each([
  ['branch', '2026-06-10', false],
  ['generalBranch', '2026-06-10', true],
  ['partyCommittee', '2028-06-10', true],
  ['universityCommittee', '2028-06-10', true],
] as [Term['body'], Day, boolean][])('the term of a %s ends on %s', (body, endsOn, toVerify) => {
  const report = termReport({ body, electedOn: '2023-06-10' }, '2023-06-10')
  expect([report.endsOn, report.explanations[0]?.basis?.toVerify]).toEqual([endsOn, toVerify])
})

test('a term from a leap day ends on the last of February, and one older than the rules is measured all the same', () => {
  expect(termReport({ body: 'branch', electedOn: '2024-02-29' }, '2024-03-01')).toMatchObject({
    endsOn: '2027-02-28',
    planFrom: '2026-08-28',
    requestFrom: '2026-11-28',
  })
  expect(termReport({ body: 'branch', electedOn: '2016-03-01' }, '2017-01-01').endsOn).toBe('2019-03-01')
})
