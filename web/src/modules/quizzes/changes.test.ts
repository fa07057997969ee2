import type { RoomState, RoomView } from '@zhibu/server/modules/quizzes/room-schema'
import { expect, test } from 'vitest'
import { changed, concerns } from './changes.ts'

const state = (more: Partial<RoomState> = {}): RoomState => ({
  ...{ phase: 'asking', position: 0, questionCount: 3, question: question('1'), endsAt: null, players: 8, answered: 0 },
  ...{ solution: null, result: null, teams: [], results: null, ...more },
})
const question = (id: string) => ({ id, kind: 'single' as const, text: id, options: ['甲', '乙'] })
const answer = { choices: [1], text: '' }
const room = (more: Partial<RoomView> = {}): RoomView => ({
  ...{ id: 'r', code: '123456', title: '党章知识', organization: { id: 'o', name: '支部' }, state: state() },
  own: { isIn: true, team: null, answer, isRight: null, right: 0, answered: 0 },
  can: { lead: false },
  ...more,
})

test('who else has answered changes nothing of what one has answered', () => {
  const after = changed(room(), { state: state({ answered: 5 }) })
  expect([after.state.answered, after.own.answer]).toEqual([5, answer])
})

test('of the next question nothing is answered yet', () => {
  const before = room({ own: { ...room().own, isRight: true, right: 1, answered: 1 } })
  const after = changed(before, { state: state({ position: 1, question: question('2') }) })
  expect(after.own).toEqual({ isIn: true, team: null, answer: null, isRight: null, right: 1, answered: 1 })
})

test.each([
  ['the question before', state({ position: 0, question: question('1') })],
  ['the same question, still asked', state({ position: 1, question: question('2') })],
])('what was told of before stays behind what was read: %s', (_what, told) => {
  const known = room({ state: state({ phase: 'shown', position: 1, question: question('2') }) })
  expect(changed(known, { state: told })).toBe(known)
})

test('a room that is over goes on no more', () => {
  const known = room({ state: state({ phase: 'ended', position: 2 }) })
  expect(changed(known, { state: state({ phase: 'shown', position: 2 }) })).toBe(known)
})

const outside = room({ own: { ...room().own, isIn: false } })
test.each([
  ['how many have answered', room(), { state: state({ answered: 5 }) }, false],
  ['the next question', room(), { state: state({ position: 1, question: question('2') }) }, false],
  ['what is right', room(), { state: state({ phase: 'shown' }) }, true],
  ['what is right, to one who only looks', outside, { state: state({ phase: 'shown' }) }, false],
  ['the end', room(), { state: state({ phase: 'ended' }) }, true],
  ['what may have been said before', room(), { anew: true as const }, true],
])('reads anew because of %s', (_what, it, change, isConcerned) => {
  expect(concerns(it, change, false)).toBe(isConcerned)
  // A reading under way may be of before, and would take the place of what was told.
  expect(concerns(it, change, true)).toBe(true)
})
