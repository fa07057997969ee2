import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { found, refuseField } from '../../platform/refusal.ts'
import { refuseFlood } from './limits.ts'
import { markOf } from './marks.ts'
import { questionsOf } from './questions.ts'
import type { Answer, NewAnswer, NewQuestion, Outcome, OwnAnswer, QuestionRow } from './schema.ts'
import { isAnswer, isRight, solutionOf } from './solving.ts'
import { openQuiz } from './stored.ts'
import { quizAnswers } from './tables.ts'

/** Says whether an answer of the actor is right, and why. It is kept for the actor alone, in place of an earlier one. */
export async function answerAlone(
  ctx: Context,
  quizId: string,
  { questionId, ...answer }: NewAnswer,
): Promise<Outcome> {
  await openQuiz(ctx, quizId, 'share')
  const question = found(
    (await questionsOf(ctx, quizId)).find((it) => it.id === questionId),
    '道题目',
  )
  refuseNoAnswer(question, answer)
  refuseFlood('answers', personOf(ctx))
  return { isRight: await keepAnswer(ctx, quizId, question, answer), solution: solutionOf(question) }
}

/** Keeps an answer for the actor. Returns whether it is right. */
export async function keepAnswer(
  ctx: Context,
  quizId: string,
  question: NewQuestion & { id: string },
  answer: Answer,
): Promise<boolean> {
  const { db, tenantId } = ctx
  const kept = { answer, isRight: isRight(question, answer) }
  await db
    .insert(quizAnswers)
    .values({ ...kept, tenantId, mark: markOf(ctx, 'alone', quizId), questionId: question.id, quizId })
    .onConflictDoUpdate({ target: [quizAnswers.tenantId, quizAnswers.mark, quizAnswers.questionId], set: kept })
  return kept.isRight
}

/** What the actor last answered to these questions of a set. */
export async function ownAnswers(
  ctx: Context,
  quizId: string,
  questions: readonly QuestionRow[],
): Promise<OwnAnswer[]> {
  const { questionId, answer, isRight } = quizAnswers
  const rows = await ctx.db.select({ questionId, answer, isRight }).from(quizAnswers).where(ofActor(ctx, quizId))
  return questions.flatMap((question) => {
    const own = rows.find((it) => it.questionId === question.id)
    return own ? [{ questionId: question.id, ...own.answer, isRight: own.isRight, solution: solutionOf(question) }] : []
  })
}

/** Forgets what the actor has answered in a set. */
export async function forgetAnswers(ctx: Context, quizId: string): Promise<void> {
  await openQuiz(ctx, quizId)
  await ctx.db.delete(quizAnswers).where(ofActor(ctx, quizId))
}

/** Refuses what does not answer the question. */
export function refuseNoAnswer(question: NewQuestion, answer: Answer): void {
  if (isAnswer(question, answer)) return
  if (question.kind === 'blank') refuseField('text', '请填写答案')
  refuseField('choices', question.kind === 'multiple' ? '请选出所有正确的选项' : '请选择 1 个选项')
}

const ofActor = (ctx: Context, quizId: string): SQL =>
  and(eq(quizAnswers.tenantId, ctx.tenantId), eq(quizAnswers.mark, markOf(ctx, 'alone', quizId))) ?? sql`false`
