import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { subjectOf } from '../activities/stored.ts'
import { tellChange } from './changes.ts'
import { mostQuestions, refuseFlood } from './limits.ts'
import { markOf } from './marks.ts'
import type { NewQuestion } from './schema.ts'
import { holdLecture, type OpenLecture, ofLecture, openLecture, refuseClosed } from './stored.ts'
import { lectureQuestions, lectureSupports, lectures } from './tables.ts'

/**
 * Questions from the audience. Who asks without a name stands nowhere: the row has a mark instead, its id and its place tell no moment,
 * and the journal is silent.
 */

export type StoredQuestion = typeof lectureQuestions.$inferSelect

/** Asks a question, which waits for whoever holds the lecture where they want to look at it first. Returns its id. */
export async function ask(ctx: Context, activityId: string, { text, isNamed }: NewQuestion): Promise<string> {
  const it = await openLecture(ctx, activityId, { lock: true })
  refuseClosed(it, '提问')
  const { activity, lecture } = it
  if (!lecture) throw new Error('an open lecture has a row')
  if (lecture.questionCount >= mostQuestions)
    throw new Refusal('conflict', `这场讲座已有 ${mostQuestions} 条提问，不再接收。请当面或通过主办单位提出。`)
  refuseFlood('questions', `${activityId} ${personOf(ctx)}`)

  const { tenantId } = ctx
  const id = randomUUID()
  const seq = lecture.questionCount + 1
  await ctx.db.insert(lectureQuestions).values({
    ...{ tenantId, id, activityId, path: activity.path, seq, text, askerMark: markOf(ctx, 'question', id) },
    ...{ askerName: isNamed ? ctx.actor.name : null, releasedAt: lecture.isModerated ? null : new Date() },
  })
  await ctx.db.update(lectures).set({ questionCount: seq }).where(ofLecture(ctx, activityId))
  await tellChange(ctx, activityId, `question ${id}`)
  if (isNamed) await record(ctx, 'lectures.question-asked', subjectOf(activity), { title: activity.title })
  return id
}

/** Takes an own question back, until it is answered. */
export async function withdrawQuestion(ctx: Context, activityId: string, questionId: string): Promise<void> {
  await openLecture(ctx, activityId)
  const question = await lockQuestion(ctx, activityId, questionId)
  found(isOwn(ctx, question) ? question : undefined, '条提问')
  if (question.answeredAt !== null) throw new Refusal('conflict', '这条提问已经回答，不能再撤回。')

  await ctx.db.delete(lectureSupports).where(ofSupports(ctx, questionId))
  await ctx.db.delete(lectureQuestions).where(ofQuestion(ctx, activityId, questionId))
  await tellChange(ctx, activityId, `question ${questionId}`)
}

/** Shows a question that waits, or was declined, to all readers. */
export async function releaseQuestion(ctx: Context, activityId: string, questionId: string): Promise<void> {
  const lecture = await holdLecture(ctx, activityId, '公开提问')
  const question = await lockQuestion(ctx, activityId, questionId)
  if (question.releasedAt !== null && question.declinedAt === null)
    throw new Refusal('conflict', '这条提问已经公开。请刷新页面查看。')

  const set = { releasedAt: question.releasedAt ?? new Date(), declinedAt: null, declineReason: null }
  await change(ctx, lecture, questionId, 'lectures.question-released', set)
}

/** Does not show a question, or no longer, and says why: only whoever asked reads the reason. */
export async function declineQuestion(
  ctx: Context,
  activityId: string,
  questionId: string,
  reason: string,
): Promise<void> {
  const lecture = await holdLecture(ctx, activityId, '处理提问')
  const question = await lockQuestion(ctx, activityId, questionId)
  if (question.declinedAt !== null) throw new Refusal('conflict', '这条提问已经处理过。请刷新页面查看。')

  await change(
    ctx,
    lecture,
    questionId,
    'lectures.question-declined',
    { declinedAt: new Date(), declineReason: reason },
    { reason },
  )
}

/** Says that a question was answered, in writing or by word of mouth; said again, it takes the place of what was written before. */
export async function answerQuestion(
  ctx: Context,
  activityId: string,
  questionId: string,
  answer: string,
): Promise<void> {
  const lecture = await holdLecture(ctx, activityId, '回答提问')
  const question = await lockQuestion(ctx, activityId, questionId)
  if (question.declinedAt !== null) throw new Refusal('conflict', '这条提问没有公开，不能回答。请先公开。')

  const set = { answer, answeredAt: question.answeredAt ?? new Date(), releasedAt: question.releasedAt ?? new Date() }
  await change(ctx, lecture, questionId, 'lectures.question-answered', set)
}

/** Supports a question, or takes it back. Others see the number; the journal says nothing. */
export async function supportQuestion(
  ctx: Context,
  activityId: string,
  questionId: string,
  supports: boolean,
): Promise<void> {
  refuseClosed(await openLecture(ctx, activityId), '附议')
  const question = await lockQuestion(ctx, activityId, questionId)
  found(isShown(question) ? question : undefined, '条提问')
  authorize(!isOwn(ctx, question), '附议自己的提问')
  if (question.answeredAt !== null) throw new Refusal('conflict', '这条提问已经回答。请刷新页面查看。')
  refuseFlood('gestures', personOf(ctx))

  const { tenantId } = ctx
  const mark = markOf(ctx, 'support', questionId)
  const changed = supports
    ? await ctx.db
        .insert(lectureSupports)
        .values({ tenantId, mark, questionId })
        .onConflictDoNothing()
        .returning({ mark: lectureSupports.mark })
    : await ctx.db
        .delete(lectureSupports)
        .where(and(eq(lectureSupports.tenantId, tenantId), eq(lectureSupports.mark, mark)))
        .returning({ mark: lectureSupports.mark })
  if (changed.length === 0) return
  const by = supports ? 1 : -1
  await ctx.db
    .update(lectureQuestions)
    .set({ supportCount: sql`${lectureQuestions.supportCount} + ${by}` })
    .where(ofQuestion(ctx, activityId, questionId))
  await tellChange(ctx, activityId, `question ${questionId}`)
}

/** Whether all readers see it. */
export const isShown = ({ releasedAt, declinedAt }: StoredQuestion): boolean =>
  releasedAt !== null && declinedAt === null

/** Whether the actor has asked it. */
export const isOwn = (ctx: Context, { id, askerMark }: StoredQuestion): boolean =>
  askerMark === markOf(ctx, 'question', id)

async function lockQuestion(ctx: Context, activityId: string, questionId: string): Promise<StoredQuestion> {
  const query = ctx.db
    .select()
    .from(lectureQuestions)
    .where(ofQuestion(ctx, activityId, questionId))
  const [row] = await query.for('update')
  return found(row, '条提问')
}

async function change(
  ctx: Context,
  { activity }: OpenLecture,
  questionId: string,
  event: `lectures.${string}`,
  set: Partial<StoredQuestion>,
  details: object = {},
): Promise<void> {
  await ctx.db
    .update(lectureQuestions)
    .set(set)
    .where(ofQuestion(ctx, activity.id, questionId))
  await tellChange(ctx, activity.id, `question ${questionId}`)
  await record(ctx, event, subjectOf(activity), { title: activity.title, ...details })
}

const ofQuestion = ({ tenantId }: Context, activityId: string, questionId: string) =>
  and(
    eq(lectureQuestions.tenantId, tenantId),
    eq(lectureQuestions.activityId, activityId),
    eq(lectureQuestions.id, questionId),
  )

const ofSupports = ({ tenantId }: Context, questionId: string) =>
  and(eq(lectureSupports.tenantId, tenantId), eq(lectureSupports.questionId, questionId))
