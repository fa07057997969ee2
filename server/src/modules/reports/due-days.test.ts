import type { Day } from '@zhibu/rules'
import { expect, test } from 'vitest'
import { lastDueOn, nextDueOn, yearToldOn } from './due-days.ts'
import type { Every } from './names-schema.ts'

test.each<[Every, number, Day, Day, Day]>([
  // every, day of the month, today, the last one due, the next one
  ['month', 25, '2026-11-24', '2026-10-25', '2026-11-25'],
  ['month', 25, '2026-11-25', '2026-11-25', '2026-12-25'],
  ['month', 25, '2026-11-26', '2026-11-25', '2026-12-25'],
  ['month', 31, '2026-11-29', '2026-10-31', '2026-11-30'],
  ['month', 31, '2026-11-30', '2026-11-30', '2026-12-31'],
  ['month', 31, '2027-02-28', '2027-02-28', '2027-03-31'],
  ['month', 30, '2027-02-27', '2027-01-30', '2027-02-28'],
  ['month', 29, '2028-02-28', '2028-01-29', '2028-02-29'],
  ['month', 1, '2027-01-01', '2027-01-01', '2027-02-01'],
  ['quarter', 10, '2026-10-09', '2026-07-10', '2026-10-10'],
  ['quarter', 10, '2026-10-10', '2026-10-10', '2027-01-10'],
  ['quarter', 31, '2026-04-29', '2026-01-31', '2026-04-30'],
  ['quarter', 31, '2026-04-30', '2026-04-30', '2026-07-31'],
  ['halfYear', 5, '2026-07-04', '2026-01-05', '2026-07-05'],
  ['halfYear', 5, '2026-12-31', '2026-07-05', '2027-01-05'],
])('%s on day %i, on %s: last on %s, next on %s', (every, day, today, last, next) => {
  expect([lastDueOn(every, day, today), nextDueOn(every, day, today)]).toEqual([last, next])
})

test.each<[Day, number]>([
  ['2026-12-31', 2026],
  ['2027-01-01', 2026],
  ['2027-01-31', 2026],
  ['2027-02-01', 2027],
])('what is due on %s tells of %i', (dueOn, year) => {
  expect(yearToldOn(dueOn)).toBe(year)
})
