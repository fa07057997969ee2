import { z } from 'zod'
import { codesOf, day, line, prose, reason } from '../../platform/wire.ts'
import { questionKinds, topic } from './bank-schema.ts'
import {
  type CandidateState,
  candidateStateNames,
  type ExamForm,
  type ExamState,
  type Explains,
  examFormNames,
  examStateNames,
  explainNames,
  mostAdded,
  mostAttempts,
  mostBanks,
  mostCandidates,
  mostDraws,
  mostInPaper,
  mostMinutes,
  mostMoreMinutes,
  type PaperWay,
  paperWayNames,
} from './names-schema.ts'

/** What crosses the wire about examinations (考试): how they are set, who takes them, what came of it. */

const count = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })
const instant = z.iso.datetime('请填写日期和时间')
const whole = (least: number, most: number) =>
  z
    .number(`请填写 ${least} 到 ${most} 的整数`)
    .int(`请填写 ${least} 到 ${most} 的整数`)
    .min(least, `请填写 ${least} 到 ${most} 的整数`)
    .max(most, `请填写 ${least} 到 ${most} 的整数`)

export const created = z.object({ id: z.uuid() })

/** What a question of each kind is worth. */
export const worth = z.object({
  single: whole(1, 100),
  multiple: whole(1, 100),
  judgement: whole(1, 100),
  blank: whole(1, 100),
})
export type Worth = z.infer<typeof worth>

/** So many questions of a kind, out of one topic or, where it is null, out of all. */
export const draw = z.object({ topic: topic.nullable(), kind: questionKinds, count: whole(1, mostInPaper) })
export type Draw = z.infer<typeof draw>

/** How papers are made: drawn for each attempt, or the same questions for all. */
export const paperPlan = z.object({
  way: codesOf<PaperWay>(paperWayNames),
  bankIds: z.array(z.uuid()).max(mostBanks, `不超过 ${mostBanks} 个题库`),
  draws: z.array(draw).max(mostDraws, `不超过 ${mostDraws} 行`),
  /** Their `lineId`s, so that a question that was mended is asked as it is now. */
  questionIds: z.array(z.uuid()).max(mostInPaper, `一份试卷不超过 ${mostInPaper} 题`),
  worth,
  /** Questions and options stand in another order for each. */
  isShuffled: z.boolean(),
})
export type PaperPlan = z.infer<typeof paperPlan>

const examFields = z.object({
  title: line.min(2, '请填写考试的名称').max(60, '不超过 60 个字'),
  /** What candidates are told before they begin. */
  summary: prose.max(1_000, '不超过 1000 个字'),
  form: codesOf<ExamForm>(examFormNames),
  opensAt: instant,
  closesAt: instant,
  /** Null where only the end of the examination counts. */
  minutes: whole(5, mostMinutes).nullable(),
  attempts: whole(1, mostAttempts),
  /** From so many on it is passed. */
  passAt: whole(1, 20_000),
  explains: codesOf<Explains>(explainNames),
  paper: paperPlan,
})

const inOrder = ({ opensAt, closesAt }: { opensAt: string; closesAt: string }, ctx: z.RefinementCtx) => {
  if (Date.parse(closesAt) <= Date.parse(opensAt))
    ctx.addIssue({ code: 'custom', path: ['closesAt'], message: '结束时间要晚于开始时间' })
}

export const examSettings = examFields.superRefine(inOrder)
export type ExamSettings = z.infer<typeof examSettings>
export const newExam = examFields.extend({ organizationId: z.uuid() }).superRefine(inOrder)
export type NewExam = z.infer<typeof newExam>

export const examCan = z.object({
  change: z.boolean(),
  publish: z.boolean(),
  withdraw: z.boolean(),
  remove: z.boolean(),
})
export type ExamCan = z.infer<typeof examCan>

const examFacts = z.object({
  id: z.uuid(),
  title: z.string(),
  organization: named,
  form: codesOf<ExamForm>(examFormNames),
  state: codesOf<ExamState>(examStateNames),
  opensAt: instant,
  closesAt: instant,
})

/** An examination among those that the actor runs. */
export const examRow = examFacts.extend({ candidateCount: count })
export type ExamRow = z.infer<typeof examRow>

export const examView = examRow.extend({
  ...examFields.pick({ summary: true, minutes: true, attempts: true, passAt: true, explains: true, paper: true }).shape,
  /** What a whole paper is worth. */
  total: count,
  questionCount: count,
  /** Somebody has begun, so that papers stay as they are. */
  hasBegun: z.boolean(),
  /** Whether the paper for the hall has been made. */
  hasPrint: z.boolean(),
  revision: count,
  can: examCan,
})
export type ExamView = z.infer<typeof examView>

/** What came of it for one person. */
export const outcome = z.object({ earned: count, total: count, isPassed: z.boolean(), satOn: day })
export type ExamOutcome = z.infer<typeof outcome>

const confirmed = outcome.extend({ confirmedBy: z.string(), confirmedOn: day })

/** An examination that the actor takes, with the times that hold for them. */
export const ownExamRow = examFacts.extend({
  minutes: count.nullable(),
  isOnPaper: z.boolean(),
  attemptsLeft: count,
  /** The attempt that was begun and is not handed in. */
  openAttemptId: z.uuid().nullable(),
  best: outcome.nullable(),
  isConfirmed: z.boolean(),
})
export type OwnExamRow = z.infer<typeof ownExamRow>

export const examList = z.object({
  own: z.array(ownExamRow),
  run: z.array(examRow),
  /** Where the actor may hold an examination and keep a bank. */
  organizations: z.array(named),
})
export type ExamList = z.infer<typeof examList>

export const ownExam = ownExamRow.extend({
  summary: z.string(),
  passAt: count,
  total: count,
  questionCount: count,
  explains: codesOf<Explains>(explainNames),
  attempts: z.array(
    z.object({
      id: z.uuid(),
      number: count,
      startedAt: instant,
      endsAt: instant,
      handedInAt: instant.nullable(),
      earned: count.nullable(),
      total: count,
    }),
  ),
  /** Why no attempt can be begun now; null where one can. */
  whyNot: z.string().nullable(),
})
export type OwnExam = z.infer<typeof ownExam>

export const newCandidates = z.object({
  personIds: z.array(z.uuid()).min(1, '请选择人员').max(mostAdded, `一次不超过 ${mostAdded} 人`),
})

/** 便利安排: what holds for one person instead of what holds for all. */
export const arrangement = z.object({
  moreMinutes: whole(1, mostMoreMinutes).nullable(),
  opensAt: instant.nullable(),
  closesAt: instant.nullable(),
  isOnPaper: z.boolean(),
})
export type Arrangement = z.infer<typeof arrangement>

export const newArrangement = arrangement.extend({ reason }).superRefine((it, ctx) => {
  if (it.opensAt !== null && it.closesAt !== null) inOrder({ opensAt: it.opensAt, closesAt: it.closesAt }, ctx)
  if (it.moreMinutes === null && it.opensAt === null && it.closesAt === null && !it.isOnPaper)
    ctx.addIssue({ code: 'custom', path: ['moreMinutes'], message: '请至少填写一项安排' })
})
export type NewArrangement = z.infer<typeof newArrangement>

/** The reason of an arrangement, which stands in no list. */
export const arrangementReason = z.object({ reason: z.string() })

/** A candidate with what came of it so far, for whoever runs the examination. In the order of organisations and names. */
export const candidateRow = z.object({
  person: z.object({ id: z.uuid(), name: z.string(), studentNumber: z.string().nullable() }),
  organization: z.string(),
  arrangement: arrangement.nullable(),
  state: codesOf<CandidateState>(candidateStateNames),
  attempts: count,
  best: outcome.nullable(),
  last: outcome.nullable(),
  confirmed: confirmed.nullable(),
  can: z.object({ remove: z.boolean(), arrange: z.boolean(), confirm: z.boolean() }),
})
export type CandidateRow = z.infer<typeof candidateRow>
export const candidateList = z.object({ items: z.array(candidateRow) })

export const personsToConfirm = z.object({ personIds: z.array(z.uuid()).min(1, '请选择人员').max(mostCandidates) })
export const withReason = z.object({ reason })

/** How a question fell, over the first attempts of all who were asked it. */
export const questionAnalysis = z.object({
  questionId: z.uuid(),
  topic: z.string(),
  kind: questionKinds,
  text: z.string(),
  asked: count,
  /** Null where fewer were asked than figures are told of. */
  figures: z
    .object({
      /** The share of those asked who were right. */
      difficulty: z.number(),
      /** How being right goes with the rest of the paper, from -1 to 1; null where all did the same. */
      discrimination: z.number().nullable(),
      blank: count,
      options: z.array(z.object({ text: z.string(), isRight: z.boolean(), chosen: count })),
      /** What the figures say of the question. */
      remarks: z.array(z.string()),
    })
    .nullable(),
})
export type QuestionAnalysis = z.infer<typeof questionAnalysis>
export const analysis = z.object({ attempts: count, questions: z.array(questionAnalysis) })
export type Analysis = z.infer<typeof analysis>

/** A line of a list of paper results, and whose it is. */
const readResult = z.object({
  at: z.string(),
  personId: z.uuid(),
  name: z.string(),
  organization: z.string(),
  earned: count,
  before: count.nullable(),
})
export const resultsReading = z.object({
  results: z.array(readResult),
  problems: z.array(z.object({ at: z.string(), message: z.string() })),
})
export type ResultsReading = z.infer<typeof resultsReading>

export const newResults = z.object({
  fileName: line.min(1).max(200),
  satOn: day,
  results: z
    .array(z.object({ personId: z.uuid(), earned: whole(0, 20_000) }))
    .min(1, '没有成绩')
    .max(mostCandidates),
})
export type NewResults = z.infer<typeof newResults>

export const resultsImport = z.object({
  id: z.uuid(),
  fileName: z.string(),
  satOn: day,
  importedAt: instant,
  importedBy: z.string(),
  results: count,
  undoneAt: instant.nullable(),
  can: z.object({ undo: z.boolean() }),
})
export type ResultsImport = z.infer<typeof resultsImport>
export const importList = z.object({ items: z.array(resultsImport) })

/** The paper for the hall; `isSolved`: with what is right, for whoever marks. */
export const printQuery = z.object({ isSolved: z.stringbool().default(false) })
