import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { firstIdOf, newId } from './ids.ts'

afterEach(() => {
  vi.useRealTimers()
})

// Since ids never go back, those of the next file would be of the year 2100 as well.
afterAll(() => void vi.resetModules())

test('an id is a UUID v7 of its millisecond', () => {
  vi.useFakeTimers({ now: Date.UTC(2100, 0, 1) })
  expect(newId()).toMatch(/^03bb2cc3-d800-7000-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test.each([
  ['more ids than a millisecond has places for', 0],
  ['the clock is set back by an hour', -3_600_000],
])('each id sorts behind those before: %s', (_, shift) => {
  vi.useFakeTimers({ now: Date.UTC(2100, 0, 2) })
  const before = Array.from({ length: 5_000 }, newId)
  vi.setSystemTime(Date.now() + shift)
  const all = [...before, ...Array.from({ length: 5_000 }, newId)]
  expect(all.toSorted()).toEqual(all)
  expect(new Set(all).size).toBe(10_000)
})

test.each([
  // In this order, since the ids of a process never go back.
  ['of the millisecond before', -1, false],
  ['of its own millisecond', 0, true],
])('the first id of an instant against an id %s', (_, milliseconds, isBehind) => {
  const at = Date.UTC(2100, 0, 3)
  vi.useFakeTimers({ now: at + milliseconds })
  expect(newId() > firstIdOf(new Date(at).toISOString())).toBe(isBehind)
})
