import { and, count, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { Refusal, refuseStale } from '../../platform/refusal.ts'
import { mostSets } from './limits.ts'
import { copyQuestions, questionsOf } from './questions.ts'
import type { NewQuiz, QuizText } from './schema.ts'
import { changeStored, lockQuiz, ofQuiz, openQuiz, placeFor, subjectOf } from './stored.ts'
import { quizAnswers, quizQuestions, quizzes } from './tables.ts'

/** Begins a set of an organisation, empty or with the questions of another one. Returns its id. */
export async function createQuiz(ctx: Context, { organizationId, title, summary, copyOf }: NewQuiz): Promise<string> {
  const path = await placeFor(ctx, organizationId, '编题集')
  const { tenantId, actor } = ctx
  const [known] = await ctx.db
    .select({ sets: count() })
    .from(quizzes)
    .where(and(eq(quizzes.tenantId, tenantId), eq(quizzes.organizationId, organizationId)))
  if ((known?.sets ?? 0) >= mostSets)
    throw new Refusal('conflict', `一个组织最多 ${mostSets} 个题集。请先删除不再使用的题集。`)

  const id = newId()
  const original = copyOf === undefined ? undefined : await openQuiz(ctx, copyOf)
  await ctx.db.insert(quizzes).values({ tenantId, id, organizationId, path, title, summary, createdBy: actor.name })
  if (original) await copyQuestions(ctx, original, { id, path })
  await record(ctx, 'quizzes.created', subjectOf({ id, path }), { title })
  return id
}

/** Changes title and summary as read at this revision. */
export async function changeQuiz(ctx: Context, quizId: string, text: QuizText, revision: number): Promise<void> {
  const quiz = await lockQuiz(ctx, quizId, '修改这个题集')
  refuseStale(quiz, revision, '这个题集')
  await changeStored(ctx, quizId, { ...text, revision: revision + 1 })
  await record(ctx, 'quizzes.changed', subjectOf(quiz), { title: text.title })
}

/** Shows a set to everybody who belongs to its organisation. Each question says where it can be looked up. */
export async function publishQuiz(ctx: Context, quizId: string): Promise<void> {
  const quiz = await lockQuiz(ctx, quizId, '发布这个题集')
  if (quiz.publishedAt !== null) throw new Refusal('conflict', '这个题集已经发布。请刷新页面查看。')
  const questions = await questionsOf(ctx, quizId)
  if (questions.length === 0) throw new Refusal('incomplete', '还不能发布：题集里还没有题目。请先添加题目，再发布。')
  const without = questions.flatMap((it, at) => (it.source === '' ? [at + 1] : []))
  if (without.length > 0)
    throw new Refusal('incomplete', `还不能发布：${numbered(without)}没有填写出处。请补上，再发布。`)

  await changeStored(ctx, quizId, {
    ...{ publishedAt: new Date(), publishedBy: ctx.actor.name },
    revision: quiz.revision + 1,
  })
  await record(ctx, 'quizzes.published', subjectOf(quiz), { title: quiz.title })
}

/** So many questions are named by their numbers. */
const mostNumbered = 20

const numbered = (numbers: readonly number[]): string =>
  `第 ${numbers.slice(0, mostNumbered).join('、')} 题${numbers.length > mostNumbered ? `等 ${numbers.length} 题` : ''}`

/** Shows it no longer; rooms that are open go on. */
export async function withdrawQuiz(ctx: Context, quizId: string): Promise<void> {
  const quiz = await lockQuiz(ctx, quizId, '撤回这个题集')
  if (quiz.publishedAt === null) throw new Refusal('conflict', '这个题集没有发布。请刷新页面查看。')
  await changeStored(ctx, quizId, { publishedAt: null, publishedBy: null, revision: quiz.revision + 1 })
  await record(ctx, 'quizzes.withdrawn', subjectOf(quiz), { title: quiz.title })
}

/** Deletes a set with its questions and what people have answered to them. What was played of it in rooms stays. */
export async function removeQuiz(ctx: Context, quizId: string): Promise<void> {
  const quiz = await lockQuiz(ctx, quizId, '删除这个题集')
  if (quiz.publishedAt !== null) throw new Refusal('conflict', '已经发布的题集不能删除。请先撤回，再删除。')
  const { tenantId } = ctx
  for (const table of [quizQuestions, quizAnswers])
    await ctx.db.delete(table).where(and(eq(table.tenantId, tenantId), eq(table.quizId, quizId)))
  await ctx.db.delete(quizzes).where(ofQuiz(ctx, quizId))
  await record(ctx, 'quizzes.removed', subjectOf(quiz), { title: quiz.title })
}
