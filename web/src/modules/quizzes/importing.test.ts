import type { ReadQuestion } from '@zhibu/server/modules/quizzes/schema'
import { expect, test } from 'vitest'
import { readInWords, repeatInWords, takenOf } from './importing.ts'

const read = (at: string, repeats: ReadQuestion['repeats']): ReadQuestion => ({
  ...{ at, repeats },
  question: { kind: 'blank', text: at, options: [], accepted: ['一'], explanation: '', source: '' },
})
const inSet = { in: 'set', at: '第 3 题', isAnsweredOtherwise: false } as const

test('what is there already is left out, unless it is wanted, and stays in its place', () => {
  const [first, second, third] = [read('第 2 行', inSet), read('第 3 行', null), read('第 4 行', inSet)]
  const all = [first, second, third]
  expect(takenOf(all, new Set())).toEqual([second])
  expect(takenOf(all, new Set([first]))).toEqual([first, second])
})

test.each<[ReadQuestion['repeats'], string]>([
  [null, ''],
  [inSet, '和题集第 3 题相同。'],
  [{ ...inSet, isAnsweredOtherwise: true }, '和题集第 3 题相同，但正确答案不同，请核对。'],
  [{ in: 'file', at: '第 7 行起的题目', isAnsweredOtherwise: false }, '和文件第 7 行起的题目相同。'],
])('of %j it is said: %s', (repeats, words) => {
  expect(repeatInWords(repeats)).toBe(words)
})

test.each([
  [0, 0, 0, '没有读出题目。“示例：”开头的行不算，请在模板里填写自己的题目。'],
  [3, 0, 0, '读出 3 题，没有问题。'],
  [3, 2, 0, '读出 3 题，其中 2 题重复。'],
  [3, 0, 1, '读出 3 题，另有 1 处读不出来，不会添加。改好文件，可以再选一次。'],
  [3, 1, 1, '读出 3 题，其中 1 题重复，另有 1 处读不出来，不会添加。改好文件，可以再选一次。'],
  [0, 0, 1, '读出 0 题，另有 1 处读不出来，不会添加。改好文件，可以再选一次。'],
])('of %i questions, %i of them repeated, and %i problems it is said: %s', (questions, repeated, problems, words) => {
  expect(readInWords(questions, repeated, problems)).toBe(words)
})
