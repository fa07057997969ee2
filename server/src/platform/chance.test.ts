import { expect, test } from 'vitest'
import { randomBytesOf } from './chance.ts'

test('no bytes are handed out twice, and none change after they were handed out', () => {
  const handed = Array.from({ length: 5_000 }, () => randomBytesOf(16))
  const seen = new Set(handed.map((it) => it.toString('hex')))
  expect(seen.size).toBe(5_000)
  expect(seen.has('0'.repeat(32))).toBe(false)
  expect(handed.every((it) => seen.has(it.toString('hex')))).toBe(true)
  expect(() => randomBytesOf(257)).toThrow(RangeError)
})
