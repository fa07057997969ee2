import type { AskedQuestion, OwnAnswer } from '@zhibu/server/modules/quizzes/schema'
import { expect, test } from 'vitest'
import { type KeptRound, leftOf } from './keptRound.ts'

const question = (id: string): AskedQuestion => ({ id, kind: 'single', text: id, options: ['甲', '乙'] })
const own = (questionId: string): OwnAnswer => ({
  ...{ questionId, isRight: false, choices: [0], text: '' },
  solution: { choices: [1], accepted: [], explanation: '', source: '' },
})
const round = (answered: number, ...questionIds: string[]): KeptRound => ({ questionIds, answered })

/** The questions of a set, those that the reader has answered, the round that was kept, and what is left of it: answered, then open. */
test.each<[string, string[], string[], KeptRound | undefined, [string[], string[]] | undefined]>([
  ['in the order of the round', ['1', '2', '3', '4'], ['3', '1'], round(2, '3', '1', '2'), [['3', '1'], ['2']]],
  ['whatever else was answered before', ['1', '2', '3'], ['1', '2', '3'], round(1, '1', '2'), [['1'], ['2']]],
  ['without what is gone from the set', ['1', '3', '4'], ['1'], round(2, '1', '2', '3', '5'), [['1'], ['3']]],
  ['with what has no answer any more', ['1', '2', '3'], ['2'], round(2, '1', '2', '3'), [['2'], ['1', '3']]],
  ['not where all of it is answered', ['1', '2'], ['1', '2'], round(2, '1', '2'), undefined],
  ['not where all that is open is gone', ['1'], ['1'], round(1, '1', '2'), undefined],
  ['not where the reader has answered none of it', ['1', '2', '3'], ['3'], round(1, '1', '2', '3'), undefined],
  ['not where none was kept', ['1', '2'], ['1'], undefined, undefined],
])('a round is gone on with: %s', (_, ids, answered, kept, left) => {
  const it = leftOf({ questions: ids.map(question), own: answered.map(own) }, kept)
  const done = it?.answered.map((one) => one.question.id) ?? []
  expect(it && [done, it.questions.slice(done.length).map(({ id }) => id)]).toEqual(left)
  expect(it?.questions.slice(0, done.length).map(({ id }) => id) ?? []).toEqual(done)
})

test('what was answered comes with what is right', () => {
  const left = leftOf({ questions: [question('1'), question('2')], own: [own('1')] }, round(1, '1', '2'))
  expect(left?.answered).toEqual([
    {
      ...{ question: question('1'), answer: { choices: [0], text: '' } },
      outcome: { isRight: false, solution: { choices: [1], accepted: [], explanation: '', source: '' } },
    },
  ])
})
