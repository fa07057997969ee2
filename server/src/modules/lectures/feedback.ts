import { randomUUID } from 'node:crypto'
import { and, asc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { Refusal } from '../../platform/refusal.ts'
import { markOf } from './marks.ts'
import { feedbackDays, leastFeedback } from './names-schema.ts'
import type { FeedbackView, NewFeedback } from './schema.ts'
import { holdLecture, openLecture } from './stored.ts'
import { lectureFeedback, lectureFeedbackGiven } from './tables.ts'

/** What people say after a lecture, in words, once each and without a name. The journal is silent of it. */

/** Says something about a lecture that is over. */
export async function giveFeedback(ctx: Context, activityId: string, words: NewFeedback): Promise<void> {
  const { activity, can } = await openLecture(ctx, activityId)
  if (!can.giveFeedback) throw new Refusal('conflict', `现在不能填写反馈：讲座结束后 ${feedbackDays} 天内可以填写。`)
  const { tenantId, db } = ctx
  const given = await db
    .insert(lectureFeedbackGiven)
    .values({ tenantId, mark: markOf(ctx, 'feedback', activityId) })
    .onConflictDoNothing()
    .returning({ mark: lectureFeedbackGiven.mark })
  if (given.length === 0) throw new Refusal('conflict', '您已经填写过这场讲座的反馈，每人一份，不能再改。')

  await db.insert(lectureFeedback).values({ ...words, tenantId, id: randomUUID(), activityId, path: activity.path })
}

/** What was said, for whoever holds the lecture, in no order and only where there is enough of it. */
export async function readFeedback(ctx: Context, activityId: string): Promise<FeedbackView> {
  await holdLecture(ctx, activityId, '查看反馈')
  const { gained, suggested, id } = lectureFeedback
  const items = await ctx.db
    .select({ gained, suggested })
    .from(lectureFeedback)
    .where(and(eq(lectureFeedback.tenantId, ctx.tenantId), eq(lectureFeedback.activityId, activityId)))
    .orderBy(asc(id))
  return { items: items.length < leastFeedback ? null : items }
}

/** Whether the actor has said something already. */
export async function hasGivenFeedback(ctx: Context, activityId: string): Promise<boolean> {
  const { tenantId, mark } = lectureFeedbackGiven
  const own = and(eq(tenantId, ctx.tenantId), eq(mark, markOf(ctx, 'feedback', activityId)))
  return (await ctx.db.$count(lectureFeedbackGiven, own)) > 0
}
