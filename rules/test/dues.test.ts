import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addMonths,
  arrears,
  type Day,
  type DuesMonth,
  type DuesPayer,
  firstDuesMonth,
  firstMonthAfterTransfer,
  largePayment,
  type Month,
  monthlyDues,
  monthOf,
} from '../src/index.ts'

const month: Month = '2026-06'

const wages: [baseFen: number, perMille: number, fen: number, jiao: number, yuan: number][] = [
  [0, 5, 0, 0, 0],
  [2866_40, 5, 14_33, 14_30, 14_00],
  [3000_00, 5, 15_00, 15_00, 15_00],
  [3000_01, 10, 30_00, 30_00, 30_00],
  [4321_56, 10, 43_22, 43_20, 43_00],
  [5000_00, 10, 50_00, 50_00, 50_00],
  [5000_01, 15, 75_00, 75_00, 75_00],
  [8237_45, 15, 123_56, 123_60, 124_00],
  [10000_00, 15, 150_00, 150_00, 150_00],
  [10000_01, 20, 200_00, 200_00, 200_00],
  [50000_00, 20, 1000_00, 1000_00, 1000_00],
]

test.each(wages)('a wage of %i fen: %i per mille of the whole, %i fen', (baseFen, perMille, fen, jiao, yuan) => {
  const payer: DuesPayer = { kind: 'wage', baseFen }
  expect(monthlyDues(payer, month)).toMatchObject({ perMille, dueFen: fen })
  expect(monthlyDues(payer, month, 'jiao').dueFen).toBe(jiao)
  expect(monthlyDues(payer, month, 'yuan').dueFen).toBe(yuan)
})

const pensions: [baseFen: number, fen: number][] = [
  [4200_00, 21_00],
  [5000_00, 25_00],
  [5000_01, 50_00],
  [6380_50, 63_81],
]

test.each(pensions)('a pension of %i fen: %i fen', (baseFen, fen) => {
  expect(monthlyDues({ kind: 'retired', baseFen }, month).dueFen).toBe(fen)
})

test('half a fen is rounded up, less is not', () => {
  expect(monthlyDues({ kind: 'wage', baseFen: 100 }, month).dueFen).toBe(1)
  expect(monthlyDues({ kind: 'wage', baseFen: 99 }, month).dueFen).toBe(0)
  expect(monthlyDues({ kind: 'wage', baseFen: 299 }, month).dueFen).toBe(1)
  expect(monthlyDues({ kind: 'wage', baseFen: 300 }, month).dueFen).toBe(2)
})

test('a student pays 0.2 yuan, however dues are rounded', () => {
  expect(monthlyDues({ kind: 'fixed' }, month, 'yuan')).toEqual({
    dueFen: 20,
    explanations: [
      {
        text: '每月定额 0.20 元',
        basis: { regulation: 'DF-2008', article: '6', cited: '《党费规定》第 6 条', toVerify: false },
      },
    ],
  })
})

test('beyond the usual ceiling the rest is voluntary', () => {
  expect(monthlyDues({ kind: 'wage', baseFen: 51000_00 }, month)).toEqual({
    dueFen: 1000_00,
    perMille: 20,
    reckonedFen: 1020_00,
    explanations: [
      {
        text: '以每月相对固定的税后工资收入为基数',
        basis: { regulation: 'DF-2008', article: '1', cited: '《党费规定》第 1 条', toVerify: false },
      },
      {
        text: '基数 51000.00 元，全部基数按 2% 计算，为 1020.00 元',
        basis: { regulation: 'DF-2008', article: '2', cited: '《党费规定》第 2 条', toVerify: false },
      },
      {
        text: '每月一般不超过 1000.00 元，超出部分由本人自愿',
        basis: { regulation: 'DF-2017', article: '1', cited: '《党费工作通知》第 1 条', toVerify: false },
      },
    ],
  })
})

test('before the notice of 2017 there was no ceiling', () => {
  expect(monthlyDues({ kind: 'wage', baseFen: 51000_00 }, '2016-12').dueFen).toBe(1020_00)
})

test.each([-1, 0.5, Number.NaN])('a base of %d is refused', (baseFen) => {
  expect(() => monthlyDues({ kind: 'wage', baseFen }, month)).toThrow(RangeError)
})

test('a higher base never means lower dues', () => {
  const base = fc.integer({ min: 0, max: 10_000_000 })
  fc.assert(
    fc.property(fc.constantFrom('wage' as const, 'retired' as const), base, base, (kind, one, other) => {
      const due = (baseFen: number) => monthlyDues({ kind, baseFen }, month).dueFen
      expect(due(Math.min(one, other))).toBeLessThanOrEqual(due(Math.max(one, other)))
    }),
  )
})

test('the first month is that of the vote, and dues of the year follow', () => {
  expect(firstDuesMonth('2026-06-20')).toEqual({
    month: '2026-06',
    explanations: [
      {
        text: '2026年6月20日支部党员大会通过，从当月起交纳党费',
        basis: { regulation: 'DF-2008', article: '8', cited: '《党费规定》第 8 条', toVerify: false },
      },
    ],
  })
  const months = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12'] as const
  expect(months.reduce((sum, it) => sum + monthlyDues({ kind: 'fixed' }, it).dueFen, 0)).toBe(140)
})

test.each([
  ['2026-06', '2026-07'],
  ['2026-12', '2027-01'],
] as [Month, Month][])('paid until %s, the receiving branch begins in %s', (until, first) => {
  expect(firstMonthAfterTransfer(until)).toBe(first)
})

test('a voluntary payment of 1000 yuan goes to the centre', () => {
  expect(largePayment(999_99, '2026-07-01')).toBeUndefined()
  expect(largePayment(1000_00, '2026-07-01')?.basis?.article).toBe('11')
})

describe('arrears', () => {
  const on: Day = '2026-11-23'
  /** The account of the last `count` finished months, oldest first, each unpaid. */
  const unpaidMonths = (count: number): DuesMonth[] =>
    Array.from({ length: count }, (_, at) => ({ month: monthOf(addMonths(on, at - count)), dueFen: 20, paidFen: 0 }))

  test.each([
    [0, 0],
    [1, 1],
    [2, 1],
    [3, 3],
    [4, 3],
    [5, 5],
    [6, 6],
    [7, 6],
  ])('%i months unpaid reach the mark %i', (count, mark) => {
    expect(arrears(unpaidMonths(count), on)).toMatchObject({ inARow: count, mark })
  })

  test('are explained; at six months the organisation is asked, nothing else happens', () => {
    expect(arrears(unpaidMonths(6), on)).toEqual({
      unpaid: ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'],
      underpaid: [],
      inARow: 6,
      mark: 6,
      explanations: [
        {
          text: '已连续 6 个月未交党费，请支部了解原因并提请组织研究；系统不作任何处理',
          basis: { regulation: 'DF-2008', article: '13', cited: '《党费规定》第 13 条', toVerify: false },
        },
      ],
    })
    expect(arrears(unpaidMonths(5), on).explanations).toEqual([
      {
        text: '已连续 5 个月未交党费，请提醒本人补交；补交一般不得超过 6 个月',
        basis: { regulation: 'DF-2008', article: '12', cited: '《党费规定》第 12 条', toVerify: false },
      },
    ])
  })

  const changes: [
    why: string,
    at: number,
    change: Partial<DuesMonth>,
    inARow: number,
    unpaid: number,
    underpaid: number,
  ][] = [
    ['a month paid late ends the row', 3, { paidFen: 20 }, 2, 5, 0],
    ['a month waived ends the row', 3, { waived: true }, 2, 5, 0],
    ['a month paid in part is not unpaid', 3, { paidFen: 19 }, 2, 5, 1],
    ['the last month paid', 5, { paidFen: 20 }, 0, 5, 0],
    ['a month without dues', 5, { dueFen: 0 }, 0, 5, 0],
  ]

  test.each(changes)('%s', (_why, at, change, inARow, unpaid, underpaid) => {
    const account = unpaidMonths(6).map((it, index) => (index === at ? { ...it, ...change } : it))
    const result = arrears(account, on)
    expect([result.inARow, result.unpaid.length, result.underpaid.length]).toEqual([inARow, unpaid, underpaid])
  })

  test('the running month is not counted before it is over', () => {
    const november: DuesMonth[] = [{ month: '2026-11', dueFen: 20, paidFen: 0 }]
    expect(arrears(november, '2026-11-30').inARow).toBe(0)
    expect(arrears(november, '2026-12-01').inARow).toBe(1)
  })
})
