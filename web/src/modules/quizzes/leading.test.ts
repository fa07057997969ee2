import type { RoomState } from '@zhibu/server/modules/quizzes/room-schema'
import { expect, test } from 'vitest'
import { nextStep, recordText, sizeOf } from './leading.ts'

test.each([
  ['gathering', null, { step: { does: 'ask', position: 0 }, label: '开始，出第 1 题' }],
  ['asking', 0, { step: { does: 'show', position: 0 }, label: '公布答案' }],
  ['shown', 0, { step: { does: 'ask', position: 1 }, label: '下一题' }],
  ['asking', 2, { step: { does: 'show', position: 2 }, label: '公布答案' }],
  ['shown', 2, { step: { does: 'end' }, label: '结束，看各题情况' }],
  ['ended', 2, undefined],
] as const)('of three questions, after %s at %j comes %j', (phase, position, next) => {
  expect(nextStep({ phase, position, questionCount: 3 })).toEqual(next)
})

test.each([
  [90, [], 'large'],
  [91, [], 'medium'],
  [0, ['一'.repeat(41), '二'.repeat(41)], 'large'],
  [0, ['一'.repeat(42), '二'.repeat(41)], 'medium'],
  [220, [], 'medium'],
  [221, [], 'small'],
] as const)('a question of %i characters with the options %j is %s', (length, options, size) => {
  expect(sizeOf({ text: '题'.repeat(length), options: [...options] })).toBe(size)
})

const state: RoomState = {
  ...{ phase: 'ended', position: 2, questionCount: 3, question: null, endsAt: null, players: 23, answered: 0 },
  ...{ solution: null, result: null, teams: [] },
  results: [
    { text: '党的最高理想和最终目标是什么？', answers: 21, right: 17, byOption: null },
    { text: `很长的${'题'.repeat(60)}`, answers: 21, right: 10, byOption: null },
    { text: '只有几个人\n回答的', answers: 4, right: null, byOption: null },
  ],
}

test('the record tells of each question how many answered and were right, and of nobody', () => {
  expect(recordText({ title: '党章知识', organization: { id: 'o', name: '教工第一党支部' }, state })).toBe(
    [
      '教工第一党支部现场答题《党章知识》：共 23 人参加，3 题。',
      '1. 党的最高理想和最终目标是什么？：21 人作答，17 人答对。',
      `2. 很长的${'题'.repeat(37)}……：21 人作答，10 人答对。`,
      '3. 只有几个人 回答的：4 人作答，不足 5 人，不显示对错。',
      '答对的不到一半、需要再讲的：第 2 题。',
    ].join('\n'),
  )
})

test('where every question fell well, nothing is to be told again', () => {
  const results = [{ text: '题目', answers: 20, right: 10, byOption: null }]
  const text = recordText({ title: '题集', organization: { id: 'o', name: '支部' }, state: { ...state, results } })
  expect(text).not.toContain('需要再讲')
})
