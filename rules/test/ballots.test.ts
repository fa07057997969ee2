import { describe, expect, test } from 'vitest'
import { type BallotKind, ballotNeeds, ballotProblems, type Day, type Vote } from '../src/index.ts'

const on: Day = '2026-11-23'

const needs: [entitled: number, development: number, ordinary: number, election: number][] = [
  [1, 1, 1, 1],
  [2, 2, 1, 2],
  [3, 2, 2, 3],
  [4, 3, 2, 4],
  [7, 4, 4, 6],
  [11, 6, 6, 9],
  [12, 7, 6, 10],
  [20, 11, 10, 16],
  [25, 13, 13, 20],
  [30, 16, 15, 24],
]

test.each(needs)('of %i entitled: present for development %i, ordinary %i, election %i', (entitled, ...present) => {
  const kinds: BallotKind[] = ['development', 'ordinary', 'election']
  expect(kinds.map((it) => ballotNeeds(it, entitled, on).minPresent)).toEqual(present)
  const moreThanHalf = Math.floor(entitled / 2) + 1
  expect(kinds.map((it) => ballotNeeds(it, entitled, on).minYes)).toEqual([moreThanHalf, moreThanHalf, moreThanHalf])
})

test('the reasons name article and figure', () => {
  expect(ballotNeeds('development', 12, on)).toEqual({
    minPresent: 7,
    minYes: 7,
    explanations: [
      {
        text: '应到会有表决权的党员 12 人，到会应超过半数，至少 7 人',
        basis: {
          regulation: 'XZ-2026',
          article: '19',
          cited: '《发展党员工作细则》（2026 年）第 19 条',
          toVerify: false,
        },
      },
      {
        text: '赞成票超过半数（以应到会人数计），至少 7 票',
        basis: {
          regulation: 'XZ-2026',
          article: '20',
          cited: '《发展党员工作细则》（2026 年）第 20 条',
          toVerify: false,
        },
      },
    ],
  })
})

test.each([
  ['2026-05-10', 'XZ-2014', '20', '21'],
  ['2026-05-11', 'XZ-2026', '19', '20'],
] as [Day, string, string, string][])('a vote on %s is held against %s', (day, regulation, present, yes) => {
  const cited = ballotNeeds('development', 9, day).explanations.map(({ basis }) => [basis?.regulation, basis?.article])
  expect(cited).toEqual([
    [regulation, present],
    [regulation, yes],
  ])
})

test('the figures of an election are still to be compared, and say so', () => {
  expect(ballotNeeds('election', 20, on).explanations.map((it) => it.basis?.toVerify)).toEqual([true, true])
  expect(ballotNeeds('ordinary', 20, on).explanations.map((it) => it.basis?.toVerify)).toEqual([false, false])
})

/** A vote on an admission in which all is in order. Each row changes one thing. */
const sound: Vote = { entitled: 12, present: 10, yes: 9, no: 1, abstain: 0 }

const tallies: [why: string, kind: BallotKind, change: Partial<Vote>, codes: string[]][] = [
  ['in order', 'development', {}, []],
  ['just enough present', 'development', { present: 7, yes: 7, no: 0 }, []],
  [
    'half present is not more than half',
    'development',
    { present: 6, yes: 6, no: 0 },
    ['too-few-present', 'too-few-yes'],
  ],
  [
    'half present is enough for ordinary business, half in favour is not',
    'ordinary',
    { present: 6, yes: 6, no: 0 },
    ['too-few-yes'],
  ],
  ['one less than half present', 'ordinary', { present: 5, yes: 5, no: 0 }, ['too-few-present', 'too-few-yes']],
  ['just enough in favour', 'development', { yes: 7, no: 3 }, []],
  ['half of those entitled, though a majority of those present', 'development', { yes: 6, no: 4 }, ['too-few-yes']],
  ['abstentions count against', 'development', { yes: 6, no: 0, abstain: 4 }, ['too-few-yes']],
  ['a written opinion carries it', 'development', { yes: 7, no: 4, writtenOpinions: 1 }, []],
  [
    'a written opinion is not presence',
    'development',
    { present: 6, yes: 8, no: 0, writtenOpinions: 2 },
    ['too-few-present'],
  ],
  ['a written opinion in ordinary business', 'ordinary', { writtenOpinions: 1 }, ['written-opinions-not-counted']],
  [
    'a written opinion in an election, voted with',
    'election',
    { yes: 10, writtenOpinions: 1 },
    ['written-opinions-not-counted', 'more-votes-than-voters'],
  ],
  ['four fifths of twelve are ten', 'election', {}, []],
  ['nine are not', 'election', { present: 9, yes: 8 }, ['too-few-present']],
  ['more votes than voters', 'development', { yes: 10 }, ['more-votes-than-voters']],
  ['fewer votes than voters', 'development', { yes: 8 }, ['fewer-votes-than-voters']],
  ['more present than entitled', 'development', { present: 13, yes: 12 }, ['more-present-than-entitled']],
  [
    'present and written opinions more than entitled',
    'development',
    { yes: 12, writtenOpinions: 3 },
    ['more-present-than-entitled'],
  ],
  ['nobody entitled', 'development', { entitled: 0 }, ['none-entitled']],
  ['a negative count', 'development', { no: -1 }, ['not-a-count']],
  ['half a vote', 'development', { yes: 8.5 }, ['not-a-count']],
]

describe('a tally', () => {
  test.each(tallies)('%s (%s)', (_why, kind, change, codes) => {
    expect(ballotProblems(kind, { ...sound, ...change }, on).map((it) => it.code)).toEqual(codes)
  })

  test('is answered with figures and article', () => {
    expect(ballotProblems('development', { ...sound, yes: 6, no: 4 }, on)).toEqual([
      {
        code: 'too-few-yes',
        severity: 'error',
        message: '应到 12 人，赞成 6 票，不足 7 票，未获通过',
        basis: {
          regulation: 'XZ-2026',
          article: '20',
          cited: '《发展党员工作细则》（2026 年）第 20 条',
          toVerify: false,
        },
      },
    ])
  })
})
