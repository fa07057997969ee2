import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { QuestionKind } from '../quizzes/names-schema.ts'
import { drawPaper, type PoolQuestion, shortagesOf, sizeOf } from './drawing.ts'
import type { Draw, PaperPlan } from './schema.ts'

const worth = { single: 2, multiple: 3, judgement: 1, blank: 4 }
const question = (id: string, kind: QuestionKind, topic: string): PoolQuestion => ({
  ...{ id, lineId: `line ${id}`, topic, kind, text: id, accepted: [], explanation: '', source: '' },
  options: ['甲', '乙', '丙'].map((text, at) => ({ text, isRight: at === 0 })),
})
const drawn = (...draws: Draw[]): PaperPlan => ({
  ...{ way: 'drawn', bankIds: [], draws, questionIds: [], worth, isShuffled: false },
})
const pool = [
  question('1', 'single', '党章'),
  question('2', 'single', '党章'),
  question('3', 'single', ''),
  question('4', 'blank', '党章'),
]

describe('a shortage is told', () => {
  test.each<[string, PaperPlan, string[]]>([
    ['for nothing drawn', drawn(), ['还没有填写抽哪些题']],
    ['for no topic that lacks one', drawn({ topic: '党章', kind: 'single', count: 2 }), []],
    ['for a topic', drawn({ topic: '党章', kind: 'single', count: 3 }), ['“党章”的单选题要 3 题，题库里有 2 题']],
    [
      'for two lines of one topic',
      drawn({ topic: '党章', kind: 'single', count: 1 }, { topic: '党章', kind: 'single', count: 2 }),
      ['“党章”的单选题要 3 题，题库里有 2 题'],
    ],
    [
      'for those without a topic',
      drawn({ topic: '', kind: 'single', count: 2 }),
      ['没有写章节的单选题要 2 题，题库里有 1 题'],
    ],
    [
      'for any besides a topic, where it is enough',
      drawn({ topic: '党章', kind: 'single', count: 2 }, { topic: null, kind: 'single', count: 1 }),
      [],
    ],
    [
      'for any besides a topic',
      drawn({ topic: '党章', kind: 'single', count: 2 }, { topic: null, kind: 'single', count: 2 }),
      ['单选题一共要 4 题，题库里有 3 题'],
    ],
    ['for a kind', drawn({ topic: null, kind: 'judgement', count: 1 }), ['判断题一共要 1 题，题库里有 0 题']],
    ['for nothing chosen', { ...drawn(), way: 'fixed' }, ['还没有选题目']],
    [
      'for one that is gone',
      { ...drawn(), way: 'fixed', questionIds: ['line 1', 'line 9'] },
      ['选好的题目有 1 题已经不在题库里，请重新选择'],
    ],
    ['for none of those that are there', { ...drawn(), way: 'fixed', questionIds: ['line 4', 'line 1'] }, []],
  ])('%s', (_, plan, told) => {
    expect(shortagesOf(plan, pool)).toEqual(told)
  })
})

const kinds = fc.constantFrom<QuestionKind[]>('single', 'multiple', 'judgement', 'blank')
const topics = fc.constantFrom('', '党章', '党史')
const anyPool = fc
  .array(fc.tuple(kinds, topics), { minLength: 10, maxLength: 60 })
  .map((all) => all.map(([kind, topic], at) => question(String(at), kind, topic)))
const anyDraws = fc.array(fc.record({ topic: fc.option(topics), kind: kinds, count: fc.integer({ min: 1, max: 3 }) }), {
  minLength: 1,
  maxLength: 4,
})

test('where there is no shortage, a paper has just what was asked for, and nothing twice', () => {
  let made = 0
  fc.assert(
    fc.property(anyPool, anyDraws, fc.boolean(), (there, draws, isShuffled) => {
      const plan = { ...drawn(...draws), isShuffled }
      if (shortagesOf(plan, there).length > 0) return
      made++
      const paper = drawPaper(plan, there)
      expect(new Set(paper.map((it) => it.id)).size).toBe(paper.length)
      const { questions, total } = sizeOf(plan, [])
      expect([paper.length, paper.reduce((sum, it) => sum + it.worth, 0)]).toEqual([questions, total])
      // Each line finds its questions: those that name a topic within it, whatever else was taken out of it.
      for (const kind of ['single', 'multiple', 'judgement', 'blank'] as const)
        for (const topic of ['', '党章', '党史']) {
          const wanted = draws.filter((it) => it.kind === kind && it.topic === topic)
          const least = wanted.reduce((sum, it) => sum + it.count, 0)
          expect(paper.filter((it) => it.kind === kind && it.topic === topic).length).toBeGreaterThanOrEqual(least)
        }
      for (const it of paper)
        expect(it.options.map((one) => one.text).toSorted()).toEqual(['丙', '乙', '甲'].toSorted())
    }),
    { numRuns: 300 },
  )
  expect(made).toBeGreaterThan(20)
})

test('a paper of fixed questions has them in their order by kind, and the options of 判断题 are never turned round', () => {
  const judged = {
    ...question('5', 'judgement', ''),
    options: [
      { text: '正确', isRight: false },
      { text: '错误', isRight: true },
    ],
  }
  const plan: PaperPlan = {
    ...drawn(),
    way: 'fixed',
    questionIds: ['line 4', 'line 2', 'line 5', 'line 1'],
    isShuffled: false,
  }
  expect(drawPaper(plan, [...pool, judged]).map((it) => it.id)).toEqual(['2', '1', '5', '4'])
  // Chance always takes the last one.
  const turned = drawPaper({ ...plan, isShuffled: true }, [...pool, judged], (below) => below - 1)
  expect(turned.map((it) => [it.id, it.options.map((one) => one.text).join('')])).toEqual([
    ['1', '丙乙甲'],
    ['2', '丙乙甲'],
    ['5', '正确错误'],
    ['4', '丙乙甲'],
  ])
})
