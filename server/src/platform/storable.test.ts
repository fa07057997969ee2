import { expect, test } from 'vitest'
import { unstorable } from './storable.ts'

test.each<[string, unknown, string[]]>([
  ['plain text', '甲', []],
  ['a pair of halves', '𠮷', []],
  ['a zero byte', 'a\0', ['']],
  ['half a character', { name: '\ud842' }, ['name']],
  ['in a list', { rows: ['a', '\0'] }, ['rows.1']],
  ['in a key', { details: { '\0': 'a' } }, ['details']],
  ['no text', [1, true, null, undefined], []],
])('%s', (_what, value, paths) => {
  expect(unstorable(value)).toEqual(paths)
})
