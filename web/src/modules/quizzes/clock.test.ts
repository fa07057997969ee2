import { expect, test } from 'vitest'
import { aheadOf, secondsUntil } from './clock.ts'

const now = Date.parse('2026-11-29T04:00:00.500Z')

test.each([
  ['Sun, 29 Nov 2026 04:00:00 GMT', 0],
  ['Sun, 29 Nov 2026 04:00:01 GMT', 0],
  ['Sun, 29 Nov 2026 04:00:02 GMT', 2_000],
  ['Sun, 29 Nov 2026 03:57:00 GMT', -180_000],
  ['nonsense', 0],
  [null, 0],
])('a server that says %s is ahead by %i ms', (date, aheadMs) => {
  expect(aheadOf(date, now)).toBe(aheadMs)
})

test.each([
  ['2026-11-29T04:00:30.500Z', 0, 30],
  ['2026-11-29T04:00:30.600Z', 0, 31],
  ['2026-11-29T04:00:30.500Z', 10_000, 20],
  ['2026-11-29T04:00:30.500Z', -10_000, 40],
  ['2026-11-29T03:59:00.000Z', 0, 0],
])('until %s, on a clock that is %i ms behind, %i s are left', (endsAt, aheadMs, seconds) => {
  expect(secondsUntil(endsAt, now, aheadMs)).toBe(seconds)
})
