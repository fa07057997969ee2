import type { Answer } from '../quizzes/schema.ts'
import { isRight } from '../quizzes/solving.ts'
import type { PaperQuestion } from './tables.ts'

/** The answers of an attempt, by question. */
export type Answers = ReadonlyMap<string, Answer>

/** What a whole paper is worth. */
export const totalOf = (paper: readonly PaperQuestion[]): number => paper.reduce((sum, it) => sum + it.worth, 0)

/** Whether a question of a paper was answered rightly; what was left open was not. */
export function isAnsweredRight(question: PaperQuestion, answers: Answers): boolean {
  const answer = answers.get(question.id)
  return answer !== undefined && isRight(question, answer)
}

/** What the answers are worth: each question as a whole or not at all. */
export const earnedOf = (paper: readonly PaperQuestion[], answers: Answers): number =>
  totalOf(paper.filter((it) => isAnsweredRight(it, answers)))
