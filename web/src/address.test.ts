import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownPath, readSearch, writeSearch } from './address.ts'

test('what is written behind the question mark is read back', () => {
  const key = fc.stringMatching(/^[a-z]{1,8}$/)
  const value = fc.string({ minLength: 1, unit: 'grapheme' })
  fc.assert(
    fc.property(fc.dictionary(key, fc.oneof(value, fc.array(value, { minLength: 2 }))), (values) => {
      expect(readSearch(writeSearch(values))).toEqual({ ...values })
    }),
  )
})

test('a student number stays a text', () => {
  expect(readSearch('?q=20210301')).toEqual({ q: '20210301' })
})

test.each([
  ['/people?q=zmy', '/people?q=zmy'],
  ['//elsewhere.example/', '/'],
  ['/\\elsewhere.example/', '/'],
  ['https://elsewhere.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['', '/'],
  [undefined, '/'],
  ['/\t/elsewhere.example', '/'],
  ['/\n/elsewhere.example', '/'],
  ['/people?q=王 小明', '/people?q=王 小明'],
])('to return to %s leads to %s', (value, expected) => {
  expect(ownPath(value)).toBe(expected)
})
