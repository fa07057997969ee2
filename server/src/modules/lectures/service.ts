import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { Refusal } from '../../platform/refusal.ts'
import { activityStateNames } from '../activities/names-schema.ts'
import { stateOf } from '../activities/policy.ts'
import { subjectOf } from '../activities/stored.ts'
import { tellChange } from './changes.ts'
import { closeOpenPolls } from './polls.ts'
import { holdLecture, ofLecture } from './stored.ts'
import { lectures } from './tables.ts'

/** Opens the live page, for the first time or again. From then on readers ask. */
export async function openLive(ctx: Context, activityId: string, isModerated: boolean): Promise<void> {
  const { activity, can } = await holdLecture(ctx, activityId, '打开现场页', { lock: true })
  if (can.close) throw new Refusal('conflict', '现场页已经打开。请刷新页面查看。')
  if (!can.open) {
    const state = activityStateNames[stateOf(activity, ctx.today)]
    throw new Refusal('conflict', `这项活动${state}，不能打开现场页。还在筹备的，请先发布活动。`)
  }

  const { tenantId, actor } = ctx
  const opened = { isModerated, openedAt: new Date(), openedBy: actor.name, closedAt: null, closedBy: null }
  await ctx.db
    .insert(lectures)
    .values({ tenantId, activityId, path: activity.path, ...opened })
    .onConflictDoUpdate({ target: [lectures.tenantId, lectures.activityId], set: opened })
  await tellChange(ctx, activityId, 'session')
  await record(ctx, 'lectures.opened', subjectOf(activity), { title: activity.title })
}

/** Closes it: no more questions and hands. What was asked stays, and may still be answered in writing. */
export async function closeLive(ctx: Context, activityId: string): Promise<void> {
  const { activity, can } = await holdLecture(ctx, activityId, '结束现场页', { lock: true })
  if (!can.close) throw new Refusal('conflict', '现场页没有打开，或者已经结束。请刷新页面查看。')

  await closeOpenPolls(ctx, activity)
  await ctx.db
    .update(lectures)
    .set({ closedAt: new Date(), closedBy: ctx.actor.name })
    .where(ofLecture(ctx, activityId))
  await tellChange(ctx, activityId, 'session')
  await record(ctx, 'lectures.closed', subjectOf(activity), { title: activity.title })
}

/** Says whether questions wait to be looked at from now on; those that wait go on waiting. */
export async function setModeration(ctx: Context, activityId: string, isModerated: boolean): Promise<void> {
  const { activity, can } = await holdLecture(ctx, activityId, '改变提问的方式', { lock: true })
  if (!can.close) throw new Refusal('conflict', '现场页没有打开。打开时可以选择提问要不要先看过。')

  await ctx.db.update(lectures).set({ isModerated }).where(ofLecture(ctx, activityId))
  await tellChange(ctx, activityId, 'session')
  await record(ctx, 'lectures.moderation-set', subjectOf(activity), { title: activity.title, isModerated })
}
