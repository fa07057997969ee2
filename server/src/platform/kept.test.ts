import { expect, test } from 'vitest'
import { Kept } from './kept.ts'

test('keeps so many bytes, and lets go first of what nobody has asked for longest', () => {
  const kept = new Kept<string, string>(10)
  const stands = () => [kept.bytes, ...['a', 'b', 'c', 'd'].filter((it) => kept.has(it))]
  kept.set('a', 'first', 4)
  kept.set('b', 'second', 4)
  expect(stands()).toEqual([8, 'a', 'b'])
  kept.set('c', 'third', 2)
  expect(stands()).toEqual([10, 'a', 'b', 'c'])
  expect(kept.get('a')).toBe('first')
  kept.set('d', 'fourth', 1)
  expect(stands()).toEqual([7, 'a', 'c', 'd'])
  kept.set('c', 'larger', 5)
  expect([stands(), kept.get('c')]).toEqual([[10, 'a', 'c', 'd'], 'larger'])
  kept.set('b', 'all of the room', 10)
  expect(stands()).toEqual([10, 'b'])
  kept.delete('b')
  kept.delete('b')
  expect([stands(), kept.get('b')]).toEqual([[0], undefined])
})

test('does not keep what is larger than all of the room, nor what stood there before', () => {
  const kept = new Kept<string, string>(10)
  kept.set('a', 'other', 4)
  kept.set('b', 'small', 4)
  kept.set('b', 'too large', 11)
  expect([kept.bytes, kept.has('a'), kept.has('b')]).toEqual([4, true, false])
})
