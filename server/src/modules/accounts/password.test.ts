import { expect, test } from 'vitest'
import { waitSeconds } from './lock-out.ts'
import { weaknessOf } from './password.ts'

test.each([
  ['nine characters', 'k7#mQ2!xz', false],
  ['ten characters', 'k7#mQ2!xzw', true],
  ['ten Chinese characters', '云山苍苍江水泱泱先生', true],
  ['the user name in it', 'zhangsan-k7#mQ', false],
  ['the user name in capitals', 'k7#mQZhangSan', false],
  ['three different characters', 'ababcabcab', false],
  ['four different characters', 'abxydabxyd', true],
  ['a row of numbers', '1234567890', false],
  ['a row of numbers backwards', '9876543210', false],
  ['a row of keys', 'qwertyuiop', false],
  ['a common word with digits', 'password123', false],
  ['a common word in disguise', 'P@ssw0rd2026', false],
  ['a common word with marks', 'admin@123456', false],
  ['a common word twice', 'passwordpassword', false],
  ['a common wish', 'woaini1314520', false],
  ['a letter and numbers', 'a123456789', false],
  ['a telephone number', '13900004711', false],
  ['a telephone number and a word', '13900004711云山', true],
  ['a common word and a sentence', 'password每周三下午', true],
  ['a sentence', '每周三下午学习', false],
  ['a longer sentence', '每周三下午两点半学习', true],
])('%s', (_, password, isGood) => {
  expect(weaknessOf(password, 'zhangsan') === undefined).toBe(isGood)
})

test.each([
  ['nameAndAddress', 4, 0],
  ['nameAndAddress', 5, 30],
  ['nameAndAddress', 6, 60],
  ['nameAndAddress', 9, 480],
  ['nameAndAddress', 10, 900],
  ['nameAndAddress', 5000, 900],
  ['name', 19, 0],
  ['name', 20, 30],
  ['address', 99, 0],
  ['address', 100, 30],
] as const)('after the failures of one %s: %i make the next wait %i seconds', (kind, failures, seconds) => {
  expect(waitSeconds(kind, failures)).toBe(seconds)
})
