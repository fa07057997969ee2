import { expect, test } from 'vitest'
import { halfYearBegan, isStale } from './half-years.ts'

test.each([
  ['2026-01-31', '2025-08-01'],
  ['2026-02-01', '2026-02-01'],
  ['2026-07-31', '2026-02-01'],
  ['2026-08-01', '2026-08-01'],
  ['2026-12-31', '2026-08-01'],
] as const)('the half-year of %s began on %s', (today, began) => {
  expect(halfYearBegan(today)).toBe(began)
})

test.each([
  [null, true],
  ['2026-07-31', true],
  ['2026-08-01', false],
  ['2026-11-23', false],
] as const)('confirmed on %s, a record is to be looked at anew on 23 November: %s', (confirmedOn, stale) => {
  expect(isStale(confirmedOn, '2026-11-23')).toBe(stale)
})
