import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnalysedAttempt, analyse } from './analysis.ts'
import type { PaperQuestion } from './tables.ts'

/** Single choice; the first option is right. */
const question = (id: string, worth = 1): PaperQuestion => ({
  ...{ id, topic: '', kind: 'single', text: `题 ${id}`, accepted: [], explanation: '', source: '', worth },
  options: ['甲', '乙', '丙'].map((text, at) => ({ text, isRight: at === 0 })),
})
/** An attempt whose answers are numbers of options; null where a question was left open. */
const attempt = (paper: readonly PaperQuestion[], answers: readonly (number | null)[]): AnalysedAttempt => ({
  paper,
  answers: new Map(
    paper.flatMap((it, at) => {
      const choice = answers[at]
      return typeof choice === 'number' ? [[it.id, { choices: [choice], text: '' }] as const] : []
    }),
  ),
})
const three = [question('1'), question('2', 2), question('3', 3)]

/** The same figures, slowly and as the book says: shares by counting, the correlation by its sums over pairs. */
function slowly(attempts: readonly AnalysedAttempt[], id: string) {
  const asked = attempts.filter((it) => it.paper.some((one) => one.id === id))
  const isRight = (it: AnalysedAttempt, one: PaperQuestion) =>
    it.answers.get(one.id)?.choices[0] === one.options.findIndex((option) => option.isRight)
  const pairs = asked.map((it) => {
    const own = it.paper.find((one) => one.id === id)
    const rest = it.paper.filter((one) => one.id !== id)
    const of = rest.reduce((sum, one) => sum + one.worth, 0)
    const got = rest.filter((one) => isRight(it, one)).reduce((sum, one) => sum + one.worth, 0)
    return [own && isRight(it, own) ? 1 : 0, got / of] as const
  })
  const n = pairs.length
  const sum = (of: (pair: readonly [number, number]) => number) => pairs.reduce((total, pair) => total + of(pair), 0)
  const top = n * sum(([x, y]) => x * y) - sum(([x]) => x) * sum(([, y]) => y)
  const below = Math.sqrt(
    (n * sum(([x]) => x * x) - sum(([x]) => x) ** 2) * (n * sum(([, y]) => y * y) - sum(([, y]) => y) ** 2),
  )
  return { asked: n, difficulty: sum(([x]) => x) / n, discrimination: top / below }
}

const choice = fc.option(fc.integer({ min: 0, max: 2 }))
const anyAttempts = fc.array(fc.tuple(choice, choice, choice), { minLength: 10, maxLength: 60 })

describe('the figures of a question', () => {
  test('are those of a slow count', () => {
    let compared = 0
    fc.assert(
      fc.property(anyAttempts, (all) => {
        const attempts = all.map((answers) => attempt(three, answers))
        for (const { questionId, asked, figures } of analyse(attempts).questions) {
          const slow = slowly(attempts, questionId)
          expect([asked, figures?.difficulty]).toEqual([slow.asked, slow.difficulty])
          if (figures?.discrimination === null || figures === null) continue
          compared++
          expect(figures.discrimination).toBeCloseTo(slow.discrimination, 8)
          expect(Math.abs(figures.discrimination)).toBeLessThanOrEqual(1 + 1e-9)
        }
      }),
      { numRuns: 200 },
    )
    expect(compared).toBeGreaterThan(200)
  })

  test('do not depend on the order of the attempts, nor on that of the options', () => {
    fc.assert(
      fc.property(anyAttempts, (all) => {
        const plain = analyse(all.map((answers) => attempt(three, answers)))
        const turned = three.map((it) => ({ ...it, options: it.options.toReversed() }))
        const other = analyse(
          all.toReversed().map((answers) =>
            attempt(
              turned,
              answers.map((it) => (it === null ? null : 2 - it)),
            ),
          ),
        )
        for (const { questionId, figures } of plain.questions) {
          const same = other.questions.find((it) => it.questionId === questionId)?.figures
          expect([same?.difficulty, same?.blank]).toEqual([figures?.difficulty, figures?.blank])
          expect(new Set(same?.options.map((it) => `${it.text} ${it.chosen}`))).toEqual(
            new Set(figures?.options.map((it) => `${it.text} ${it.chosen}`)),
          )
        }
      }),
    )
  })

  test.each([
    [9, false],
    [10, true],
  ])('of %i attempts are told: %s', (many, isTold) => {
    const { attempts, questions } = analyse(Array.from({ length: many }, () => attempt(three, [0, 1, 2])))
    expect([attempts, questions.map((it) => it.figures !== null)]).toEqual([many, [isTold, isTold, isTold]])
  })

  test('are counted over those who were asked it, where each has another paper', () => {
    const [first = question('1'), second = question('2'), third = question('3')] = three
    const attempts = Array.from({ length: 12 }, (_, at) =>
      attempt(at < 10 ? [first, second] : [second, third], [0, at % 2]),
    )
    expect(analyse(attempts).questions.map((it) => [it.questionId, it.asked, it.figures === null])).toEqual([
      ['1', 10, false],
      ['2', 12, false],
      ['3', 2, true],
    ])
  })

  test('tell nothing of a correlation where all did the same, or where there is no rest', () => {
    const all = Array.from({ length: 10 }, () => attempt(three, [0, 0, 0]))
    expect(analyse(all).questions.map((it) => it.figures?.discrimination)).toEqual([null, null, null])
    const alone = Array.from({ length: 10 }, (_, at) => attempt([question('1')], [at % 2]))
    expect(analyse(alone).questions.map((it) => it.figures?.discrimination)).toEqual([null])
  })
})

describe('what is said of a question', () => {
  const said = (answersOf: (at: number) => (number | null)[]) =>
    analyse(Array.from({ length: 20 }, (_, at) => attempt(three, answersOf(at)))).questions[0]?.figures?.remarks.join(
      '',
    )

  test.each<[string, (at: number) => (number | null)[], string]>([
    ['whoever is right is worse at the rest', (at) => (at % 2 === 0 ? [0, 1, 1] : [1, 0, 0]), '请先核对标准答案'],
    ['hardly anybody is right', (at) => [at < 2 ? 0 : 1 + (at % 2), 0, at % 3], '答对的很少'],
    ['nearly all are right', (at) => [0, at % 2, at % 3], '几乎都答对'],
    ['most take one wrong option', (at) => [at < 8 ? 0 : 1, at % 2, at % 3], '选“乙”的比选正确答案的还多'],
    ['many leave it open', (at) => [at < 6 ? null : at % 2, at % 2, at % 2], '空着不答的不少'],
    ['nothing', (at) => (at % 4 === 0 ? [1 + ((at / 4) % 2), 1, 1] : [0, 0, 0]), '没有发现问题'],
  ])('where %s', (_, answersOf, words) => {
    expect(said(answersOf)).toContain(words)
  })
})
