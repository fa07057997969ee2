import { fold } from '../../platform/search/folding.ts'
import type { Answer, AskedQuestion, NewQuestion, Solution } from './schema.ts'

/** A question as it is asked, without what is right. */
export const askedOf = ({ id, kind, text, options }: NewQuestion & { id: string }): AskedQuestion => ({
  ...{ id, kind, text },
  options: options.map((it) => it.text),
})

/** What is right, and why. */
export const solutionOf = (question: NewQuestion): Solution => ({
  choices: rightChoices(question),
  accepted: question.accepted,
  explanation: question.explanation,
  source: question.source,
})

/** Whether an answer is right: all right options and no other; in a 填空题 one of the accepted answers, whatever its case, width and blanks. */
export function isRight(question: NewQuestion, { choices, text }: Answer): boolean {
  if (question.kind === 'blank') return question.accepted.some((it) => alike(it) === alike(text))
  const right = rightChoices(question)
  return new Set(choices).size === right.length && right.every((it) => choices.includes(it))
}

/** Whether it answers the question at all. */
export function isAnswer(question: NewQuestion, { choices, text }: Answer): boolean {
  if (question.kind === 'blank') return text !== ''
  const known = choices.every((it) => it < question.options.length)
  return known && (question.kind === 'multiple' ? choices.length > 0 : choices.length === 1)
}

const rightChoices = ({ options }: NewQuestion): number[] => options.flatMap((it, at) => (it.isRight ? [at] : []))

/** A text as it is compared: whatever its case, width and blanks. */
export const alike = (text: string): string => fold(text).replaceAll(/\s/g, '')
