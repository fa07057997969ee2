import { expect, test } from 'vitest'
import { beginningOf, unstorable } from './storable.ts'

test.each<[string, unknown, string[]]>([
  ['plain text', '甲', []],
  ['a pair of halves', '𠮷', []],
  ['a zero byte', 'a\0', ['']],
  ['half a character', { name: '\ud842' }, ['name']],
  ['in a list', { rows: ['a', '\0'] }, ['rows.1']],
  ['in a key', { details: { '\0': 'a' } }, ['details']],
  ['two in order', { first: { name: '\0' }, last: '\0' }, ['first.name', 'last']],
  ['nested deeper than a function may call itself', JSON.parse(`${'[['.repeat(50_000)}${']]'.repeat(50_000)}`), []],
  ['a million', { rows: Array.from({ length: 1_000_000 }, () => 1) }, []],
  ['no text', [1, true, null, undefined], []],
])('%s', (_what, value, paths) => {
  expect(unstorable(value)).toEqual(paths)
})

test.each([
  ['一二三', 2, '一二'],
  ['一二', 2, '一二'],
  ['一𠮷', 3, '一𠮷'],
  ['一𠮷', 2, '一'],
])('of %s the first %i units are %s', (text, most, beginning) => {
  expect(beginningOf(text, most)).toBe(beginning)
})
