import { z } from 'zod'
import { codesOf, line, prose } from '../../platform/wire.ts'
import {
  judgementOptions,
  mostAccepted,
  mostOptions,
  mostQuestions,
  type QuestionKind,
  questionKindNames,
} from './names-schema.ts'

/** What crosses the wire about quizzes (答题): sets of questions, and answering alone. */

const count = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })
const questionKinds = codesOf<QuestionKind>(questionKindNames)

export const created = z.object({ id: z.uuid() })

export const newQuiz = z.object({
  organizationId: z.uuid(),
  title: line.min(2, '请填写题集的名称').max(60, '不超过 60 个字'),
  summary: prose.max(300, '不超过 300 个字'),
  /** Begins with the questions of another set that the actor may read. */
  copyOf: z.uuid().exactOptional(),
})
export type NewQuiz = z.infer<typeof newQuiz>

export const quizText = newQuiz.pick({ title: true, summary: true })
export type QuizText = z.infer<typeof quizText>

export const option = z.object({
  text: line.min(1, '请填写选项，或者删去这一项').max(200, '不超过 200 个字'),
  isRight: z.boolean(),
})
export type Option = z.infer<typeof option>

/** A question as it is written: with options, or for a 填空题 with the answers that count as right. */
export const newQuestion = z
  .object({
    kind: questionKinds,
    text: prose.min(2, '请填写题目').max(500, '不超过 500 个字'),
    options: z.array(option).max(mostOptions, `不超过 ${mostOptions} 个选项`),
    accepted: z
      .array(line.min(1, '请填写答案，或者删去这一项').max(100, '不超过 100 个字'))
      .max(mostAccepted, `不超过 ${mostAccepted} 个答案`),
    explanation: prose.max(1_000, '不超过 1000 个字'),
    /** Where it can be looked up: a document and its article, a book and its page. */
    source: line.max(200, '不超过 200 个字'),
  })
  .superRefine(({ kind, options, accepted }, ctx) => {
    const refuse = (path: 'options' | 'accepted', message: string) =>
      ctx.addIssue({ code: 'custom', path: [path], message })
    const right = options.filter((it) => it.isRight).length
    if (kind === 'blank') {
      if (accepted.length === 0) refuse('accepted', '请至少填写一个正确答案')
      if (options.length > 0) refuse('options', '填空题没有选项，请删去选项，或者改为选择题')
      return
    }
    if (accepted.length > 0) refuse('accepted', '只有填空题填写答案文字，请删去，或者改为填空题')
    if (options.length < 2) refuse('options', '至少 2 个选项')
    else if (new Set(options.map((it) => it.text)).size !== options.length) refuse('options', '有两个选项相同')
    else if (kind === 'judgement' && options.map((it) => it.text).join('/') !== judgementOptions.join('/'))
      refuse('options', '判断题只有“正确”和“错误”两个选项')
    else if (kind === 'multiple' && right < 2) refuse('options', '多选题至少有 2 个正确选项；只有 1 个的，请改为单选题')
    else if (kind !== 'multiple' && right !== 1) refuse('options', '请标出 1 个正确选项')
  })
export type NewQuestion = z.infer<typeof newQuestion>

export const newQuestions = z.object({ questions: z.array(newQuestion).min(1, '没有题目').max(mostQuestions) })

/** Where a question is put in the order of its set, from 1. */
export const questionPlace = z.object({ place: z.number().int().min(1, '从 1 起').max(mostQuestions) })

/** A question as it is stored, for whoever writes the set. */
export const questionRow = z.object({
  id: z.uuid(),
  ...newQuestion.shape,
  revision: count,
})
export type QuestionRow = z.infer<typeof questionRow>

/** A question as it is asked: nothing in it tells what is right. */
export const askedQuestion = z.object({
  id: z.uuid(),
  kind: questionKinds,
  text: z.string(),
  options: z.array(z.string()),
})
export type AskedQuestion = z.infer<typeof askedQuestion>

/** The numbers of the chosen options, from 0; or the words in a 填空题. */
export const answer = z.object({
  choices: z
    .array(
      z
        .number()
        .int()
        .min(0)
        .max(mostOptions - 1),
    )
    .max(mostOptions),
  text: line.max(100, '不超过 100 个字'),
})
export type Answer = z.infer<typeof answer>

/** What is right, and why. */
export const solution = z.object({
  choices: z.array(count),
  accepted: z.array(z.string()),
  explanation: z.string(),
  source: z.string(),
})
export type Solution = z.infer<typeof solution>

export const newAnswer = answer.extend({ questionId: z.uuid() })
export type NewAnswer = z.infer<typeof newAnswer>
export const outcome = z.object({ isRight: z.boolean(), solution })
export type Outcome = z.infer<typeof outcome>

/** What the actor last answered to a question, with what is right. */
export const ownAnswer = answer.extend({ questionId: z.uuid(), isRight: z.boolean(), solution })
export type OwnAnswer = z.infer<typeof ownAnswer>

const quizCan = z.object({
  /** Change, publish and take back the set, and see what is right. */
  write: z.boolean(),
  /** Open a room, somewhere. */
  play: z.boolean(),
})

const quizFacts = z.object({
  id: z.uuid(),
  title: z.string(),
  summary: z.string(),
  organization: named,
  questionCount: count,
  isPublished: z.boolean(),
})

export const quizView = quizFacts.extend({
  questions: z.array(askedQuestion),
  /** Of the actor alone. */
  own: z.array(ownAnswer),
  revision: count,
  can: quizCan,
})
export type QuizView = z.infer<typeof quizView>

/** The questions with what is right, for whoever writes the set. */
export const questionList = z.object({ items: z.array(questionRow) })

export const quizRow = quizFacts
export type QuizRow = z.infer<typeof quizRow>

export const quizList = z.object({
  items: z.array(quizRow),
  /** Where the actor may begin a set or open a room. */
  organizations: z.array(named),
})
export type QuizList = z.infer<typeof quizList>

/** What kind of file it is. */
export const fileForm = z.object({ form: z.enum(['xlsx', 'gift']) })

/** A question of a file, with the line or row where it stands, and which one asks the same: of the set, or before it in the file. */
const readQuestion = z.object({
  at: z.string(),
  question: newQuestion,
  repeats: z.object({ in: z.enum(['set', 'file']), at: z.string(), isAnsweredOtherwise: z.boolean() }).nullable(),
})
export type ReadQuestion = z.infer<typeof readQuestion>

/** What a file of questions says: what can be taken, and what has to be mended. */
export const reading = z.object({
  questions: z.array(readQuestion),
  problems: z.array(z.object({ at: z.string(), message: z.string() })),
})
export type Reading = z.infer<typeof reading>
