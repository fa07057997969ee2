import { expect, test } from 'vitest'
import { asSentence } from './words.ts'

test.each([
  ['教室写错了', '教室写错了。'],
  ['教室写错了。', '教室写错了。'],
  [null, '。'],
])('%j is told as %j', (reason, told) => {
  expect(asSentence(reason)).toBe(told)
})
