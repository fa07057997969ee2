import { newQuestion, type QuestionRow } from '@zhibu/server/modules/quizzes/schema'
import { expect, test } from 'vitest'
import {
  draftOf,
  emptyDraft,
  marked,
  needsOf,
  type QuestionDraft,
  questionOf,
  withAccepted,
  withOption,
} from './questionDraft.ts'

const row = (more: Partial<QuestionRow>): QuestionRow => ({
  ...{ id: '0190f1a0-8f2c-7000-8000-000000000001', kind: 'single', text: '党的最高理想是什么？', revision: 1 },
  ...{ options: [], accepted: [], explanation: '总纲第一段。', source: '《中国共产党章程》总纲', ...more },
})
const single = row({
  options: [
    { text: '实现共产主义', isRight: true },
    { text: '建成小康', isRight: false },
  ],
})
const kinds: [string, QuestionRow][] = [
  ['单选题', single],
  ['多选题', row({ kind: 'multiple', options: single.options.map((it) => ({ ...it, isRight: true })) })],
  [
    '判断题，错误',
    row({
      kind: 'judgement',
      options: [
        { text: '正确', isRight: false },
        { text: '错误', isRight: true },
      ],
    }),
  ],
  ['填空题', row({ kind: 'blank', accepted: ['共产主义', '实现共产主义'] })],
]

test.each(kinds)('a %s that is only looked at stays as it was, and lacks nothing', (_what, it) => {
  const { id, revision, ...question } = it
  expect(questionOf(draftOf(it))).toEqual(question)
  expect(Object.values(needsOf(draftOf(it)))).not.toContain(false)
  expect(newQuestion.safeParse(question).success).toBe(true)
})

test('lines that were left empty are left out, and what belongs to another kind', () => {
  const draft: QuestionDraft = {
    ...emptyDraft('党章'),
    text: '题目',
    options: [
      { key: 1, text: ' 甲 ', isRight: true },
      { key: 2, text: '  ', isRight: false },
      { key: 3, text: '乙', isRight: false },
    ],
    isTrue: true,
    accepted: [{ key: 1, text: '丙' }],
  }
  expect(questionOf(draft)).toEqual({
    ...{ kind: 'single', text: '题目', explanation: '', source: '党章', accepted: [] },
    options: [
      { text: '甲', isRight: true },
      { text: '乙', isRight: false },
    ],
  })
  expect(questionOf({ ...draft, kind: 'blank' })).toMatchObject({ options: [], accepted: ['丙'] })
})

test.each([
  ['single', 2, [false, true, false, false]],
  ['multiple', 2, [true, true, false, false]],
  ['multiple', 1, [false, false, false, false]],
] as const)('in a %s question, pressing the mark of line %i leaves %j', (kind, key, after) => {
  const options = marked({ kind: 'multiple', options: emptyDraft().options }, 1)
  expect(marked({ kind, options }, key).map((it) => it.isRight)).toEqual(after)
})

test('of an empty question everything is missing that its kind needs', () => {
  const missing = (kind: QuestionDraft['kind']) =>
    Object.entries(needsOf({ ...emptyDraft(), kind })).flatMap(([label, is]) => (is ? [] : [label]))
  expect([missing('single'), missing('multiple'), missing('judgement'), missing('blank')]).toEqual([
    ['题目', '至少两个选项', '正确选项'],
    ['题目', '至少两个选项', '至少两个正确选项'],
    ['题目', '正确答案'],
    ['题目', '正确答案'],
  ])
})

test('a further line has a key of its own', () => {
  const { options, accepted } = emptyDraft()
  expect([withOption(options.slice(1)).map((it) => it.key), withAccepted(accepted).map((it) => it.key)]).toEqual([
    [2, 3, 4, 5],
    [1, 2],
  ])
})
