import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context, Right } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { activityStateNames } from './names-schema.ts'
import { may, stateOf } from './policy.ts'
import type { ActivityCan } from './schema.ts'
import { activities } from './tables.ts'

export type StoredActivity = typeof activities.$inferSelect

/** An activity for whoever may read it, locked where it is to be changed. */
export async function openActivity(ctx: Context, activityId: string, { lock = false } = {}): Promise<StoredActivity> {
  const query = ctx.db.select().from(activities).where(ofActivity(ctx, activityId)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  return found(row && may(ctx.actor, row, ctx.today).read ? row : undefined, '项活动')
}

/** What only whoever holds an activity does with it, some of it by another right besides, locked. Who could, were it not for what has become of it, is told what that is. */
export async function lockFor(
  ctx: Context,
  activityId: string,
  action: keyof ActivityCan,
  named: string,
  right?: Right,
): Promise<StoredActivity> {
  const activity = await openActivity(ctx, activityId, { lock: true })
  const can = may(ctx.actor, activity, ctx.today)
  if (can[action]) return activity
  authorize(can.seeSignUps && (right === undefined || ctx.actor.holds(right, activity.path)), `${named}这项活动`)
  throw new Refusal(
    'conflict',
    `这项活动${activityStateNames[stateOf(activity, ctx.today)]}，不能${named}。请刷新页面查看。`,
  )
}

/** One activity, by the key of its table. */
export const ofActivity = ({ tenantId }: Pick<Context, 'tenantId'>, activityId: string): SQL =>
  and(eq(activities.tenantId, tenantId), eq(activities.id, activityId)) ?? sql`false`

/** Writes down what has become of an activity. */
export async function changeStored(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  activityId: string,
  set: Partial<StoredActivity>,
): Promise<void> {
  await ctx.db.update(activities).set(set).where(ofActivity(ctx, activityId))
}

export const subjectOf = ({ id, path }: Pick<StoredActivity, 'id' | 'path'>): Subject => ({
  kind: 'activity',
  id,
  orgPath: path,
})
