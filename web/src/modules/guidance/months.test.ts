import { expect, test } from 'vitest'
import { monthOf, weeksOf } from './months.ts'

test.each([
  ['2026-12', 1, '2027-01'],
  ['2027-01', -1, '2026-12'],
  ['2026-11', 0, '2026-11'],
])('from %s %i months on is %s', (month, more, wanted) => {
  expect(monthOf(month, more)).toBe(wanted)
})

test.each<[month: string, weeks: number, first: (string | null)[], last: string | null | undefined]>([
  // A month of four whole weeks, one that begins on a Sunday, and one that begins on a Monday.
  ['2027-02', 4, ['2027-02-01', '2027-02-02'], '2027-02-28'],
  ['2026-11', 6, [null, null], null],
  ['2026-06', 5, ['2026-06-01', '2026-06-02'], null],
])('%s has %i weeks', (month, weeks, first, last) => {
  const all = weeksOf(month)
  expect(all).toHaveLength(weeks)
  expect(all[0]?.slice(0, 2)).toEqual(first)
  expect(all.at(-1)?.at(-1)).toBe(last)
  const days = all.flat().filter((it) => it !== null)
  expect(days).toEqual([...new Set(days)].sort())
})
