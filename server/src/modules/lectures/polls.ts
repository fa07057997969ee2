import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { found, Refusal, refuseField } from '../../platform/refusal.ts'
import { type StoredActivity, subjectOf } from '../activities/stored.ts'
import { tellChange } from './changes.ts'
import { mostPolls, refuseFlood } from './limits.ts'
import { markOf } from './marks.ts'
import { leastAnswers } from './names-schema.ts'
import type { NewPoll } from './schema.ts'
import { holdLecture, openLecture, refuseClosed } from './stored.ts'
import { lectureHands, lecturePolls } from './tables.ts'

/** Quick polls by show of hands. While hands are up each is a mark and a choice; when they are down only the counts are left. */

export type StoredPoll = typeof lecturePolls.$inferSelect

/** Asks for hands. One poll at a time. Returns its id. */
export async function openPoll(ctx: Context, activityId: string, wanted: NewPoll): Promise<string> {
  const it = await holdLecture(ctx, activityId, '发起举手表决', { lock: true })
  refuseClosed(it, '发起举手表决')
  const polls = await ctx.db.select().from(lecturePolls).where(ofLecture(ctx, activityId))
  if (polls.some((poll) => poll.closedAt === null))
    throw new Refusal('conflict', '上一次举手表决还没有结束。请先结束那一次，再发起新的。')
  if (polls.length >= mostPolls)
    throw new Refusal('conflict', `一场讲座最多发起 ${mostPolls} 次举手表决，现在已经发起了 ${polls.length} 次。`)

  const { tenantId } = ctx
  const id = newId()
  await ctx.db
    .insert(lecturePolls)
    .values({ ...wanted, tenantId, id, activityId, path: it.activity.path, openedAt: new Date() })
  await tellChange(ctx, activityId, `poll ${id}`)
  const { title } = it.activity
  await record(ctx, 'lectures.poll-opened', subjectOf(it.activity), { title, pollQuestion: wanted.question })
  return id
}

/** Counts the hands and lets go of them. */
export async function closePoll(ctx: Context, activityId: string, pollId: string): Promise<void> {
  const { activity } = await holdLecture(ctx, activityId, '结束举手表决')
  const poll = await lockPoll(ctx, activityId, pollId)
  if (poll.closedAt !== null) throw new Refusal('conflict', '这次举手表决已经结束。请刷新页面查看。')

  await count(ctx, poll)
  await record(ctx, 'lectures.poll-closed', subjectOf(activity), {
    title: activity.title,
    pollQuestion: poll.question,
  })
}

/** The same for whatever is open when the live page is closed. */
export async function closeOpenPolls(ctx: Context, { id }: StoredActivity): Promise<void> {
  const polls = await ctx.db
    .select()
    .from(lecturePolls)
    .where(and(ofLecture(ctx, id), isNull(lecturePolls.closedAt)))
    .for('update')
  for (const poll of polls) await count(ctx, poll)
}

/** Raises the own hand for an option, or for another one than before. */
export async function raiseHand(ctx: Context, activityId: string, pollId: string, choice: number): Promise<void> {
  refuseClosed(await openLecture(ctx, activityId), '举手')
  const poll = await lockPoll(ctx, activityId, pollId, 'share')
  if (poll.closedAt !== null) throw new Refusal('conflict', '这次举手表决已经结束。')
  if (choice >= poll.options.length) refuseField('choice', '没有这个选项，请刷新页面再选')
  refuseFlood('gestures', personOf(ctx))

  const { tenantId } = ctx
  await ctx.db
    .insert(lectureHands)
    .values({ tenantId, mark: markOf(ctx, 'hand', pollId), pollId, choice })
    .onConflictDoUpdate({ target: [lectureHands.tenantId, lectureHands.mark], set: { choice } })
  await tellChange(ctx, activityId, `poll ${pollId}`)
}

/** How many hands there are for which option, where there are enough to be told. */
async function count(ctx: Context, { id, activityId, options }: StoredPoll): Promise<void> {
  const { tenantId } = ctx
  const gone = await ctx.db
    .delete(lectureHands)
    .where(and(eq(lectureHands.tenantId, tenantId), eq(lectureHands.pollId, id)))
    .returning({ choice: lectureHands.choice })
  const counts = options.map((_, at) => gone.filter((it) => it.choice === at).length)
  await ctx.db
    .update(lecturePolls)
    .set({ closedAt: new Date(), counts: gone.length < leastAnswers ? null : counts })
    .where(and(eq(lecturePolls.tenantId, tenantId), eq(lecturePolls.id, id)))
  await tellChange(ctx, activityId, `poll ${id}`)
}

async function lockPoll(
  ctx: Context,
  activityId: string,
  pollId: string,
  strength: 'update' | 'share' = 'update',
): Promise<StoredPoll> {
  const query = ctx.db.select().from(lecturePolls)
  const [row] = await query.where(and(ofLecture(ctx, activityId), eq(lecturePolls.id, pollId))).for(strength)
  return found(row, '次举手表决')
}

const ofLecture = ({ tenantId }: Context, activityId: string) =>
  and(eq(lecturePolls.tenantId, tenantId), eq(lecturePolls.activityId, activityId)) ?? sql`false`
