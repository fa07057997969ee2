import { z } from 'zod'
import { codesOf } from '../../platform/wire.ts'
import { answer, askedQuestion, solution } from '../quizzes/schema.ts'
import { type Explains, explainNames, type HandedInBy, handedInByNames, mostInPaper } from './names-schema.ts'

/** What crosses the wire while an examination is taken: nothing tells what is right before it was handed in. */

const count = z.number().int()
const instant = z.iso.datetime()

export const paperAnswer = answer.extend({ questionId: z.uuid() })
export type PaperAnswer = z.infer<typeof paperAnswer>

/** Answers that are kept, from the window that holds the paper. What is empty takes an answer back. */
export const savedAnswers = z.object({
  seat: z.uuid(),
  answers: z.array(paperAnswer).min(1).max(mostInPaper),
})
export type SavedAnswers = z.infer<typeof savedAnswers>

export const seat = z.object({ seat: z.uuid() })

export const attemptView = z.object({
  id: z.uuid(),
  examId: z.uuid(),
  title: z.string(),
  number: count,
  startedAt: instant,
  endsAt: instant,
  questions: z.array(askedQuestion.extend({ worth: count })),
  answers: z.array(paperAnswer),
  /** Null while it is being taken. */
  handedIn: z
    .object({
      at: instant,
      by: codesOf<HandedInBy>(handedInByNames),
      earned: count,
      total: count,
      isPassed: z.boolean(),
      explains: codesOf<Explains>(explainNames),
      /** Null as long as it is not shown. */
      solved: z.array(z.object({ questionId: z.uuid(), isRight: z.boolean(), solution })).nullable(),
    })
    .nullable(),
})
export type AttemptView = z.infer<typeof attemptView>
