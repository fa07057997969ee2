import { expect, test } from 'vitest'
import { askedSort, isNarrowed, nextSort, wholeList } from './listSearch.ts'

test.each([
  [undefined, 'name', 'name'],
  ['name', 'name', '-name'],
  ['-name', 'name', undefined],
  ['-due', 'name', 'name'],
])('a list sorted by %s is sorted after a click on %s by %s', (before, key, after) => {
  expect(nextSort(before, key)).toBe(after)
})

test.each([
  ['due', { sort: 'due', descending: 'false' }],
  ['-due', { sort: 'due', descending: 'true' }],
  ['points', {}],
  [undefined, {}],
])('the server is asked for %s as %j', (sort, asked) => {
  expect(askedSort(sort, ['name', 'due'])).toEqual(asked)
})

test.each([
  [{}, false],
  [{ sort: '-name', cursor: 'x' }, false],
  [{ q: undefined, kind: undefined }, false],
  [{ q: '沈' }, true],
  [{ kind: 'teacher', sort: 'name' }, true],
])('%j narrows the list: %s', (search, narrows) => {
  expect(isNarrowed(search)).toBe(narrows)
})

test('the whole list has the words, the filters and the order of the page, and not its place', () => {
  const page = { q: '沈', kind: 'teacher', sort: '-name', cursor: 'x' }
  expect(wholeList(page)).toEqual({ q: '沈', kind: 'teacher', sort: '-name' })
})
