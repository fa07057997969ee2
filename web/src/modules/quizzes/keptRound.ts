import type { AskedQuestion, QuizView } from '@zhibu/server/modules/quizzes/schema'
import { keepInWindow, keptInWindow } from '../../keptInWindow.ts'
import type { Answered } from './answering.ts'

/** A round that was begun: its questions in their order, and how many of them are answered. What was answered is with the server alone. */
export interface KeptRound {
  questionIds: readonly string[]
  answered: number
}

/** A round to go on with: all its questions, and what was answered to the first of them. */
export interface BegunRound {
  questions: AskedQuestion[]
  answered: Answered[]
}

/** Whose round of which set it is. */
export interface RoundPlace {
  accountId: string | undefined
  quizId: string
}

/** Keeps in this window how far a round is, so that it can be gone on with after the page was loaded anew; forgets one that is over. */
export function keepRound(place: RoundPlace, { questionIds, answered }: KeptRound): void {
  if (answered < questionIds.length) keepInWindow(keyOf(place), { questionIds, answered })
  else forgetRound(place)
}

export const forgetRound = (place: RoundPlace): void => keepInWindow(keyOf(place), undefined)

/** The round of a set that this account began in this window and did not end. */
export const roundBefore = (accountId: string | undefined, it: QuizView): BegunRound | undefined =>
  leftOf(it, keptInWindow<KeptRound>(keyOf({ accountId, quizId: it.id })))

/**
 * What is left of a round. Nothing where the reader has answered none of it, having made it forgotten. What has
 * no answer any more, because something else is right now, is asked again.
 */
export function leftOf(
  { questions, own }: Pick<QuizView, 'questions' | 'own'>,
  kept: KeptRound | undefined,
): BegunRound | undefined {
  const asked = (kept?.questionIds ?? []).flatMap((id) => questions.find((it) => it.id === id) ?? [])
  const done = new Set(kept?.questionIds.slice(0, kept.answered))
  const answered = asked.flatMap((question): Answered[] => {
    const it = own.find(({ questionId }) => questionId === question.id && done.has(questionId))
    if (!it) return []
    const { choices, text, isRight, solution } = it
    return [{ question, answer: { choices, text }, outcome: { isRight, solution } }]
  })
  const open = asked.filter((it) => !answered.some(({ question }) => question.id === it.id))
  if (answered.length === 0 || open.length === 0) return undefined
  return { questions: [...answered.map((it) => it.question), ...open], answered }
}

const keyOf = ({ accountId, quizId }: RoundPlace): string => `quiz.${accountId}.${quizId}`
