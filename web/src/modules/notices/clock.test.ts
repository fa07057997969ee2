import { expect, test } from 'vitest'
import { clockText, minuteOf } from './clock.ts'

test.each([
  ['00:00', 0],
  ['07:05', 425],
  ['22:30', 1350],
  ['23:59', 1439],
])('%s is minute %i and back', (text, minute) => {
  expect(minuteOf(text)).toBe(minute)
  expect(clockText(minute)).toBe(text)
})

test.each(['', '24:00', '7:05', '12:60', '12:00:00'])('%j is no time of a clock', (text) => {
  expect(minuteOf(text)).toBeUndefined()
})
