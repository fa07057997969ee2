import { expect, test } from 'vitest'
import { clockInChina, dayInChina, instantInChina, isClock } from './instants.ts'

test.each([
  ['00:00', '2026-04-30T16:00:00.000Z'],
  ['07:59', '2026-04-30T23:59:00.000Z'],
  ['08:00', '2026-05-01T00:00:00.000Z'],
  ['23:59', '2026-05-01T15:59:00.000Z'],
])('%s on the first of May in China is %s', (clock, instant) => {
  expect(instantInChina('2026-05-01', clock)).toBe(instant)
  expect(clockInChina(instant)).toBe(clock)
  expect(dayInChina(instant)).toBe('2026-05-01')
})

test.each([
  ['08:30', true],
  ['23:59', true],
  ['24:00', false],
  ['8:30', false],
  ['', false],
])('%j is the time of a clock: %s', (clock, is) => {
  expect(isClock(clock)).toBe(is)
})
