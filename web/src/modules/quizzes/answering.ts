import type { QuestionKind } from '@zhibu/server/modules/quizzes/names-schema'
import type { Answer, AskedQuestion, Outcome, QuizView, Solution } from '@zhibu/server/modules/quizzes/schema'

/** The letter of an option: A for the first. */
export const letterOf = (place: number): string => String.fromCharCode(65 + place)

/** Nothing chosen, nothing written. */
export const noAnswer: Answer = { choices: [], text: '' }

/** The option that a key chooses, by its number from 1 or its letter; undefined where there is none. */
export function placeOfKey(key: string, optionCount: number): number | undefined {
  const place = /^[1-8]$/.test(key) ? Number(key) - 1 : /^[a-h]$/i.test(key) ? key.toUpperCase().charCodeAt(0) - 65 : -1
  return place >= 0 && place < optionCount ? place : undefined
}

/** What is chosen once an option was pressed: in a 多选题 it is added or taken back, otherwise it takes the place of the one before. */
export function chosenWith(kind: QuestionKind, choices: readonly number[], place: number): number[] {
  if (kind !== 'multiple') return [place]
  return choices.includes(place) ? choices.filter((it) => it !== place) : [...choices, place].sort((a, b) => a - b)
}

/** Whether there is something to be sent. */
export const isAnswered = (kind: QuestionKind, { choices, text }: Answer): boolean =>
  kind === 'blank' ? text.trim() !== '' : choices.length > 0

/** What somebody has answered, in words: “A、C”. */
export const writeAnswer = ({ choices, text }: Answer): string =>
  choices.length > 0 ? choices.map(letterOf).join('、') : text

/** What is right, in words: “A、C”, or for a 填空题 what counts as right. */
export const writeSolution = ({ choices, accepted }: Solution): string =>
  choices.length > 0 ? choices.map(letterOf).join('、') : accepted.join('，或 ')

/** A question with what was answered, and what came of it. */
export interface Answered {
  question: AskedQuestion
  answer: Answer
  outcome: Outcome
}

/** How much of a set is taken. */
export interface RoundChoice {
  /** Those that were last answered wrongly, or were never answered. */
  only: 'wrong' | 'open' | undefined
  /** So many by chance. */
  draw: number | undefined
}

/** The questions of one round, in the order in which they are asked. `random` answers a number from 0 to below 1. */
export function questionsFor(
  { questions, own }: Pick<QuizView, 'questions' | 'own'>,
  { only, draw }: RoundChoice,
  random: () => number = Math.random,
): AskedQuestion[] {
  const answered = new Map(own.map((it) => [it.questionId, it.isRight]))
  const taken = questions.filter(
    ({ id }) => only === undefined || (only === 'wrong' ? answered.get(id) === false : !answered.has(id)),
  )
  if (draw === undefined) return taken
  return taken
    .map((question) => ({ question, place: random() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, draw)
    .map(({ question }) => question)
}
