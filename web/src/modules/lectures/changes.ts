import type { Change, LectureView, Question } from '@zhibu/server/modules/lectures/schema'

/** A lecture with what was told of it: questions and polls that have changed take the place of what was there, new ones come behind. */
export function changed(it: LectureView, { questions = [], gone = [], polls = [], session }: Change): LectureView {
  return {
    ...it,
    ...(session && { session, can: { ...it.can, ask: session.isOpen } }),
    questions: merged(it.questions, questions).filter(({ id }) => !gone.includes(id)),
    waiting: it.waiting.filter(({ id }) => !questions.some((one) => one.id === id)),
    polls: merged(it.polls, polls),
  }
}

function merged<Item extends { id: string }>(before: readonly Item[], told: readonly Item[]): Item[] {
  const known = new Set(before.map(({ id }) => id))
  return [
    ...before.map((one) => told.find(({ id }) => id === one.id) ?? one),
    ...told.filter(({ id }) => !known.has(id)),
  ]
}

/**
 * Whether a change may concern the reader in a way that only reading anew tells: their own questions, those that wait for them, what they
 * may do; and anything that is told while the lecture is being read, because that reading may be of before and would take its place.
 */
export const concerns = (it: LectureView | undefined, change: Change, isBeingRead: boolean): boolean =>
  it === undefined ||
  isBeingRead ||
  change.anew === true ||
  change.recording === true ||
  change.session !== undefined ||
  (change.gone !== undefined && (it.can.hold || it.own.questions.some(({ state }) => state !== 'answered')))

/** What is still to be answered, what most support first; behind it what was answered, the last one first. */
export function inOrder(questions: readonly Question[]): { open: Question[]; answered: Question[] } {
  const open = questions.filter(({ state }) => state === 'open')
  const answered = questions.filter(({ state }) => state === 'answered')
  return {
    open: open.toSorted((a, b) => b.supportCount - a.supportCount),
    answered: answered.toSorted((a, b) => ((a.answeredAt ?? '') < (b.answeredAt ?? '') ? 1 : -1)),
  }
}
