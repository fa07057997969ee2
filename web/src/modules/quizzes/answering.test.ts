import type { AskedQuestion, OwnAnswer } from '@zhibu/server/modules/quizzes/schema'
import { expect, test } from 'vitest'
import {
  chosenWith,
  isAnswered,
  placeOfKey,
  questionsFor,
  type RoundChoice,
  writeAnswer,
  writeSolution,
} from './answering.ts'

test.each([
  ['1', 4, 0],
  ['4', 4, 3],
  ['5', 4, undefined],
  ['0', 4, undefined],
  ['a', 4, 0],
  ['D', 4, 3],
  ['e', 4, undefined],
  ['H', 8, 7],
  ['9', 8, undefined],
  ['i', 8, undefined],
  ['Enter', 8, undefined],
  ['1', 0, undefined],
])('the key %s among %i options chooses %s', (key, optionCount, place) => {
  expect(placeOfKey(key, optionCount)).toBe(place)
})

test.each([
  ['single', [1], 2, [2]],
  ['single', [1], 1, [1]],
  ['judgement', [], 0, [0]],
  ['multiple', [2], 0, [0, 2]],
  ['multiple', [0, 2], 2, [0]],
] as const)('in a %s question with %j chosen, pressing %i leaves %j', (kind, before, place, after) => {
  expect(chosenWith(kind, before, place)).toEqual(after)
})

test.each([
  ['single', { choices: [0], text: '' }, true],
  ['single', { choices: [], text: '党章' }, false],
  ['blank', { choices: [], text: '党章' }, true],
  ['blank', { choices: [], text: '  ' }, false],
] as const)('a %s question with %j is answered: %s', (kind, answer, is) => {
  expect(isAnswered(kind, { ...answer, choices: [...answer.choices] })).toBe(is)
})

test('an answer and what is right are written with letters, or as the words they are', () => {
  const more = { explanation: '', source: '' }
  expect([
    writeAnswer({ choices: [0, 2], text: '' }),
    writeAnswer({ choices: [], text: '七届二中全会' }),
    writeSolution({ choices: [3], accepted: [], ...more }),
    writeSolution({ choices: [], accepted: ['1921年', '一九二一年'], ...more }),
  ]).toEqual(['A、C', '七届二中全会', 'D', '1921年，或 一九二一年'])
})

const question = (id: string): AskedQuestion => ({ id, kind: 'single', text: id, options: ['甲', '乙'] })
const answered = (questionId: string, isRight: boolean): OwnAnswer => ({
  ...{ questionId, isRight, choices: [0], text: '' },
  solution: { choices: [1], accepted: [], explanation: '', source: '' },
})
const set = { questions: ['1', '2', '3', '4'].map(question), own: [answered('2', false), answered('3', true)] }

test.each<[string, RoundChoice, string[]]>([
  ['the whole set in its order', { only: undefined, draw: undefined }, ['1', '2', '3', '4']],
  ['what was last answered wrongly', { only: 'wrong', draw: undefined }, ['2']],
  ['what was never answered', { only: 'open', draw: undefined }, ['1', '4']],
  ['some by chance', { only: undefined, draw: 2 }, ['3', '1']],
  ['more than there are', { only: 'wrong', draw: 10 }, ['2']],
])('a round takes %s', (_what, choice, ids) => {
  const places = [0.4, 0.9, 0.1, 0.5]
  expect(questionsFor(set, choice, () => places.shift() ?? 0).map((it) => it.id)).toEqual(ids)
})
