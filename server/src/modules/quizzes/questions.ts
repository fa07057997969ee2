import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { mostQuestions } from './names-schema.ts'
import { mayWrite } from './policy.ts'
import type { NewQuestion, QuestionRow } from './schema.ts'
import { changeStored, lockQuiz, openQuiz, type StoredQuiz, subjectOf } from './stored.ts'
import { quizAnswers, quizQuestions } from './tables.ts'

/** The questions of a set, in their order. */
export async function questionsOf(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  quizId: string,
): Promise<QuestionRow[]> {
  const { id, kind, text, options, accepted, explanation, source, revision } = quizQuestions
  return await db
    .select({ id, kind, text, options, accepted, explanation, source, revision })
    .from(quizQuestions)
    .where(and(eq(quizQuestions.tenantId, tenantId), eq(quizQuestions.quizId, quizId)))
    .orderBy(asc(quizQuestions.seq))
}

/** The same for whoever writes the set, with its title and the revision at which they stand in this order. */
export async function listQuestions(
  ctx: Context,
  quizId: string,
): Promise<{ title: string; revision: number; items: QuestionRow[] }> {
  const quiz = await openQuiz(ctx, quizId)
  authorize(mayWrite(ctx.actor, quiz.path), '查看这个题集的答案')
  return { title: quiz.title, revision: quiz.revision, items: await questionsOf(ctx, quizId) }
}

/** Adds questions behind those that are there: all of them or, where one cannot be taken, none. */
export async function addQuestions(ctx: Context, quizId: string, questions: readonly NewQuestion[]): Promise<void> {
  const quiz = await lockQuiz(ctx, quizId, '在这个题集中添加题目')
  for (const [at, it] of questions.entries()) refuseWithoutSource(quiz, it, `questions.${at}.source`)
  await insert(ctx, quiz, questions)
  await bump(ctx, quiz)
  await record(ctx, 'quizzes.questions-added', subjectOf(quiz), { title: quiz.title, questions: questions.length })
}

/** Takes over the questions of another set. */
export async function copyQuestions(
  ctx: Context,
  original: StoredQuiz,
  copy: Pick<StoredQuiz, 'id' | 'path'>,
): Promise<void> {
  const questions = await questionsOf(ctx, original.id)
  if (questions.length > 0) await insert(ctx, copy, questions)
}

async function insert(
  { db, tenantId }: Context,
  { id: quizId, path }: Pick<StoredQuiz, 'id' | 'path'>,
  questions: readonly NewQuestion[],
): Promise<void> {
  const { rows } = await db.execute<{ known: number; last: number }>(
    sql`select count(*)::int as known, coalesce(max(seq), 0) as last from quiz_questions where tenant_id = ${tenantId} and quiz_id = ${quizId}`,
  )
  const { known = 0, last = 0 } = rows[0] ?? {}
  if (known + questions.length > mostQuestions)
    throw new Refusal(
      'conflict',
      `一个题集最多 ${mostQuestions} 题，现有 ${known} 题，还能添加 ${mostQuestions - known} 题。请分成几个题集。`,
    )
  await db.insert(quizQuestions).values(
    questions.map(({ kind, text, options, accepted, explanation, source }, at) => ({
      ...{ tenantId, id: newId(), quizId, path, seq: last + 1 + at },
      ...{ kind, text, options, accepted, explanation, source },
    })),
  )
}

/** Changes a question as read at this revision. What was answered to the old one is let go of where something else is right now. */
export async function changeQuestion(
  ctx: Context,
  quizId: string,
  questionId: string,
  question: NewQuestion,
  revision: number,
): Promise<void> {
  const quiz = await lockQuiz(ctx, quizId, '修改这个题集的题目')
  const [row] = await ctx.db
    .select()
    .from(quizQuestions)
    .where(ofQuestion(ctx, quizId, questionId))
    .for('update')
  const before = found(row, '道题目')
  refuseStale(before, revision, '这道题目')
  refuseWithoutSource(quiz, question, 'source')
  const { kind, text, options, accepted, explanation, source } = question
  await ctx.db
    .update(quizQuestions)
    .set({ kind, text, options, accepted, explanation, source, revision: revision + 1 })
    .where(ofQuestion(ctx, quizId, questionId))
  if (asksOtherwise(before, question)) await forgetAnswersTo(ctx, questionId)
  await bump(ctx, quiz)
  await record(ctx, 'quizzes.question-changed', subjectOf(quiz), { title: quiz.title, quizQuestion: text })
}

/** Puts a question at another place, from 1, in the order of the set as it was read at this revision. */
export async function moveQuestion(
  ctx: Context,
  quizId: string,
  questionId: string,
  place: number,
  revision: number,
): Promise<void> {
  const quiz = await lockQuiz(ctx, quizId, '调整这个题集的题目顺序')
  refuseStale(quiz, revision, '这个题集')
  const before = await questionsOf(ctx, quizId)
  const question = found(
    before.find((it) => it.id === questionId),
    '道题目',
  )
  if (place > before.length) refuseField('place', `这个题集只有 ${before.length} 题，请填写 1 到 ${before.length}`)
  const ids = before.map((it) => it.id).filter((it) => it !== questionId)
  ids.splice(place - 1, 0, questionId)
  await ctx.db.execute(sql`update quiz_questions as q set seq = wanted.seq
    from unnest(${sql.param(ids)}::uuid[]) with ordinality as wanted (id, seq)
    where q.tenant_id = ${ctx.tenantId} and q.quiz_id = ${quizId} and q.id = wanted.id`)
  await bump(ctx, quiz)
  await record(ctx, 'quizzes.question-moved', subjectOf(quiz), {
    ...{ title: quiz.title, quizQuestion: question.text, questionPlace: place },
  })
}

/** Deletes a question with what people have answered to it. A set that is published keeps one at least. */
export async function removeQuestion(ctx: Context, quizId: string, questionId: string): Promise<void> {
  const quiz = await lockQuiz(ctx, quizId, '删除这个题集的题目')
  const questions = await questionsOf(ctx, quizId)
  const question = found(
    questions.find((it) => it.id === questionId),
    '道题目',
  )
  if (quiz.publishedAt !== null && questions.length === 1)
    throw new Refusal('conflict', '已经发布的题集至少要有一道题目。请先撤回题集，再删除这道题。')
  await ctx.db.delete(quizQuestions).where(ofQuestion(ctx, quizId, questionId))
  await forgetAnswersTo(ctx, questionId)
  await bump(ctx, quiz)
  await record(ctx, 'quizzes.question-removed', subjectOf(quiz), { title: quiz.title, quizQuestion: question.text })
}

/** Whoever has read the set before is told that it is another one now. */
const bump = (ctx: Context, { id, revision }: StoredQuiz): Promise<void> =>
  changeStored(ctx, id, { revision: revision + 1 })

/** Whether something else is right now. */
export const asksOtherwise = (before: NewQuestion, now: NewQuestion): boolean =>
  JSON.stringify([before.kind, before.options, before.accepted]) !==
  JSON.stringify([now.kind, now.options, now.accepted])

async function forgetAnswersTo({ db, tenantId }: Context, questionId: string): Promise<void> {
  await db.delete(quizAnswers).where(and(eq(quizAnswers.tenantId, tenantId), eq(quizAnswers.questionId, questionId)))
}

function refuseWithoutSource({ publishedAt }: StoredQuiz, { source }: NewQuestion, path: string): void {
  if (publishedAt !== null && source === '') refuseField(path, '已经发布的题集，每道题都要填写出处')
}

const ofQuestion = ({ tenantId }: Context, quizId: string, questionId: string): SQL =>
  and(eq(quizQuestions.tenantId, tenantId), eq(quizQuestions.quizId, quizId), eq(quizQuestions.id, questionId)) ??
  sql`false`
