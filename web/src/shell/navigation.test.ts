import { expect, test } from 'vitest'
import { closedEntry } from './navigation.ts'

test.each([
  ['/intake', '导入'],
  ['/people', undefined],
  ['/intake/0190f1a0', undefined],
  ['/account', undefined],
])('to whoever may only read persons, at %s the closed page is %s', (path, label) => {
  expect(closedEntry(['people'], path)?.label).toBe(label)
})
