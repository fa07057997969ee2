import { z } from 'zod'
import { codesOf, line, prose } from '../../platform/wire.ts'
import { type QuestionKind, questionKindNames } from '../quizzes/names-schema.ts'
import { newQuestion, reading } from '../quizzes/schema.ts'
import { mostAtOnce } from './names-schema.ts'

/** What crosses the wire about question banks (题库). */

const count = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })

export const questionKinds = codesOf<QuestionKind>(questionKindNames)

export const bankText = z.object({
  title: line.min(2, '请填写题库的名称').max(60, '不超过 60 个字'),
  summary: prose.max(300, '不超过 300 个字'),
})
export type BankText = z.infer<typeof bankText>

export const newBank = bankText.extend({ organizationId: z.uuid() })
export type NewBank = z.infer<typeof newBank>

/** A chapter or subject; empty where a question belongs to none. */
export const topic = line.max(60, '不超过 60 个字')

/** A question as those of a quiz, with its topic beside it. */
export const bankQuestion = z.object({ topic, question: newQuestion })
export type BankQuestion = z.infer<typeof bankQuestion>

export const newBankQuestions = z.object({
  questions: z.array(bankQuestion).min(1, '没有题目').max(mostAtOnce, `一次不超过 ${mostAtOnce} 题`),
})

/** A question as it is stored: `id` is another one after each change, `lineId` stays. */
export const bankQuestionRow = bankQuestion.extend({ id: z.uuid(), lineId: z.uuid() })
export type BankQuestionRow = z.infer<typeof bankQuestionRow>

/** How many questions of a topic and kind there are to draw from. */
export const supply = z.object({ topic: z.string(), kind: questionKinds, count })
export type Supply = z.infer<typeof supply>

export const bankRow = z.object({
  id: z.uuid(),
  title: z.string(),
  summary: z.string(),
  organization: named,
  questionCount: count,
  supply: z.array(supply),
})
export type BankRow = z.infer<typeof bankRow>

export const bankList = z.object({
  items: z.array(bankRow),
  /** Where the actor may begin a bank or an examination. */
  organizations: z.array(named),
})
export type BankList = z.infer<typeof bankList>

export const bankView = bankRow.extend({ questions: z.array(bankQuestionRow), revision: count })
export type BankView = z.infer<typeof bankView>

/** What a file of questions says, as for a quiz, with the topics that stand there. */
export const bankReading = reading.extend({
  questions: z.array(reading.shape.questions.element.extend({ topic })),
})
export type BankReading = z.infer<typeof bankReading>
