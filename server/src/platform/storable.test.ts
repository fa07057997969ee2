import { expect, test } from 'vitest'
import { unstorable } from './storable.ts'

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
