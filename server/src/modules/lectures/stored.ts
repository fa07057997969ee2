import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { openActivity, type StoredActivity } from '../activities/stored.ts'
import { lectureKinds } from './names-schema.ts'
import { may } from './policy.ts'
import type { LectureCan } from './schema.ts'
import { lectures } from './tables.ts'

export type StoredLecture = typeof lectures.$inferSelect

/** A lecture with what the actor may do with it. */
export interface OpenLecture {
  activity: StoredActivity
  lecture: StoredLecture | null
  can: LectureCan
}

/** A lecture for whoever may read its activity. Locked: nobody else opens, closes or asks until the transaction ends. */
export async function openLecture(ctx: Context, activityId: string, { lock = false } = {}): Promise<OpenLecture> {
  const activity = await openActivity(ctx, activityId)
  found(lectureKinds.some((it) => it === activity.kind) ? activity : undefined, '场讲座')
  const query = ctx.db.select().from(lectures).where(ofLecture(ctx, activityId)).$dynamic()
  const [lecture = null] = await (lock ? query.for('update') : query)
  return { activity, lecture, can: may(ctx.actor, activity, lecture, ctx.today) }
}

/** The same for what only whoever holds the lecture does. */
export async function holdLecture(
  ctx: Context,
  activityId: string,
  named: string,
  how: { lock?: boolean } = {},
): Promise<OpenLecture> {
  const it = await openLecture(ctx, activityId, how)
  authorize(it.can.hold, named)
  return it
}

/** Refuses what is done only while the live page is open. */
export function refuseClosed({ can }: Pick<OpenLecture, 'can'>, named: string): void {
  if (!can.ask) throw new Refusal('conflict', `现场页没有打开，不能${named}。请在讲座进行时再来。`)
}

/** One lecture, by the key of its table. */
export const ofLecture = ({ tenantId }: Pick<Context, 'tenantId'>, activityId: string): SQL =>
  and(eq(lectures.tenantId, tenantId), eq(lectures.activityId, activityId)) ?? sql`false`
