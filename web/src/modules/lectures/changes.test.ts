import type { LectureView, Question } from '@zhibu/server/modules/lectures/schema'
import { expect, test } from 'vitest'
import { changed, concerns, inOrder } from './changes.ts'

const question = (id: string, more: Partial<Question> = {}): Question => ({
  ...{ id, text: `问题 ${id}`, askerName: null, state: 'open', releasedAt: null, answeredAt: null },
  ...{ answer: '', supportCount: 0, ...more },
})
const session = { isOpen: true, isModerated: true, openedAt: null, closedAt: null }
const view = (more: Partial<LectureView> = {}): LectureView => ({
  ...{ activityId: 'a', kind: 'lecture', title: '讲座', speaker: '', organization: { id: 'o', name: '支部' } },
  ...{ fromOn: null, untilOn: null, startMinute: null, endMinute: null, place: '', link: '', isCancelled: false },
  ...{ session, questions: [], waiting: [], polls: [], recording: null },
  own: { questions: [], supports: [], hands: [], hasGivenFeedback: false },
  can: {
    ...{ hold: false, open: false, close: false, ask: true, write: false, putRecording: false, giveFeedback: false },
  },
  ...more,
})

test('what has changed takes its place, what is new comes behind, what is gone goes', () => {
  const before = view({ questions: [question('1'), question('2')], waiting: [question('3', { state: 'waiting' })] })
  const after = changed(before, { questions: [question('1', { supportCount: 2 }), question('3')], gone: ['2'] })
  expect([after.questions, after.waiting]).toEqual([[question('1', { supportCount: 2 }), question('3')], []])
})

test('when the page is closed nobody asks any more', () => {
  const { can } = changed(view(), { session: { ...session, isOpen: false } })
  expect(can.ask).toBe(false)
})

test.each([
  ['a question that is not shown, to a reader', view(), { gone: ['1'] }, false],
  [
    'to one who has asked and waits',
    view({ own: { ...view().own, questions: [{ ...question('1', { state: 'waiting' }), declineReason: null }] } }),
    { gone: ['1'] },
    true,
  ],
  ['to whoever holds the lecture', view({ can: { ...view().can, hold: true } }), { gone: ['1'] }, true],
  ['notes', view(), { notes: 3 }, false],
  ['what may have been said before', view(), { anew: true as const }, true],
])('reads anew because of %s', (_what, it, change, isConcerned) => {
  expect(concerns(it, change, false)).toBe(isConcerned)
  // A reading under way may be of before, and would take the place of what was told.
  expect(concerns(it, change, true)).toBe(true)
})

test('what most support is answered first', () => {
  const { open, answered } = inOrder([
    question('1'),
    question('2', { supportCount: 3 }),
    question('3', { state: 'answered', answeredAt: '2026-11-23T02:00:00Z' }),
    question('4', { state: 'answered', answeredAt: '2026-11-23T03:00:00Z' }),
    question('5', { supportCount: 1 }),
  ])
  expect([open, answered].map((all) => all.map((it) => it.id))).toEqual([
    ['2', '5', '1'],
    ['4', '3'],
  ])
})
