import { expect, test } from 'vitest'
import { topicsIn } from './words.ts'

test.each([
  ['', []],
  ['  ', []],
  ['学习', ['学习']],
  ['学习 实验室', ['学习', '实验室']],
  ['学习、实验室，分组;学习', ['学习', '实验室', '分组']],
])('the topics in “%s”', (typed, topics) => {
  expect(topicsIn(typed)).toEqual(topics)
})
