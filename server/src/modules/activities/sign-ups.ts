import { and, asc, count, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { whyClosed, whyOver } from './closing.ts'
import { keyOf, type Moment, type SignedUp, tellPlaces, tellRemoved } from './informing.ts'
import { may } from './policy.ts'
import type { ActivityView, OwnPlace, SignUpRule, SignUps } from './schema.ts'
import { lockFor, openActivity, type StoredActivity, subjectOf } from './stored.ts'
import { activitySignUps } from './tables.ts'

/**
 * Who wants to come. The first so many have a place, whoever came later waits; if somebody leaves, the next one has it. Nobody sees the
 * others but whoever holds the activity. Everything here runs over the whole university, after it was settled who may.
 */

/** How sign-up stands, and where the actor stands in it. */
export async function signUpOf(
  ctx: Context,
  activity: StoredActivity,
  rule: SignUpRule,
  now: Date,
): Promise<ActivityView['signUp']> {
  const { all, own } = await placesOf(ctx, activity.id)
  const { capacity } = rule
  const clock = { today: ctx.today, now }
  const taken = capacity === null ? all : Math.min(capacity, all)
  return {
    ...rule,
    ...{
      taken,
      waiting: all - taken,
      isOpen: whyClosed(activity, rule, clock) === null,
      isOver: whyOver(activity, clock) !== null,
    },
    own: own === 0 ? null : placeOf(own, capacity),
  }
}

/** Where somebody stands who came as one of so many. */
function placeOf(own: number, capacity: number | null): OwnPlace {
  const waits = capacity !== null && own > capacity
  return { place: waits ? 'waiting' : 'taken', queue: waits ? own - capacity : 0 }
}

/** Where the actor stands in the activities for which they have signed up and that are not over, by their ids. */
export async function ownPlacesOf(ctx: Context): Promise<Map<string, OwnPlace>> {
  const { rows } = await ctx.db.execute<{ id: string; own: number; capacity: number | null }>(sql`
    select a.id, (a.sign_up->>'capacity')::int as capacity, (select count(*) from activity_sign_ups c
      where c.tenant_id = s.tenant_id and c.activity_id = s.activity_id and c.seq <= s.seq)::int as own
    from activity_sign_ups s join activities a on a.tenant_id = s.tenant_id and a.id = s.activity_id
    where s.tenant_id = ${ctx.tenantId} and s.person_id = ${personOf(ctx)}
      and a.sign_up is not null and coalesce(a.until_on, a.from_on) >= ${ctx.today}`)
  return new Map(rows.map((it) => [it.id, placeOf(it.own, it.capacity)]))
}

/** Signs the actor up behind all who came before. */
export async function signUp(ctx: Context, activityId: string, now: Date): Promise<void> {
  const activity = await openActivity(ctx, activityId, { lock: true })
  const rule = ruleOf(activity)
  const closed = whyClosed(activity, rule, { today: ctx.today, now })
  if (closed !== null) throw new Refusal('conflict', closed)

  const { tenantId } = ctx
  const [row] = await ctx.db
    .insert(activitySignUps)
    .values({
      ...{ tenantId, activityId, personId: personOf(ctx), path: activity.path },
      seq: sql`(select coalesce(max(seq), 0) + 1 from activity_sign_ups where tenant_id = ${tenantId} and activity_id = ${activityId})`,
    })
    .onConflictDoNothing({ target: [activitySignUps.tenantId, activitySignUps.activityId, activitySignUps.personId] })
    .returning({ seq: activitySignUps.seq })
  if (!row) return
  await record(
    ctx,
    'activities.signed-up',
    { ...subjectOf(activity), personId: personOf(ctx) },
    { title: activity.title },
  )
}

/** Takes the own sign-up back, until the activity has ended; the next who waits has the place, and is told. */
export async function leave(ctx: Context, activityId: string, { now, base }: Moment): Promise<void> {
  const activity = await openActivity(ctx, activityId, { lock: true })
  ruleOf(activity)
  const over = whyOver(activity, { today: ctx.today, now })
  if (over !== null) throw new Refusal('conflict', `${over}，不用再取消报名。`)
  const personId = personOf(ctx)
  const gone = await takeOff(ctx, activityId, personId)
  if (!gone) return

  const { title } = activity
  await record(ctx, 'activities.sign-up-withdrawn', { ...subjectOf(activity), personId }, { title })
  await tellNext(ctx, activity, { gone, base })
}

/** Takes somebody off the list until the activity has ended, for whoever holds it, with the reason that they are told; the next who waits has the place. */
export async function removeSignUp(
  ctx: Context,
  activityId: string,
  personId: string,
  { reason, now, base }: Moment & { reason: string },
): Promise<void> {
  const activity = await lockFor(ctx, activityId, 'removeSignUps', '取消别人的报名')
  const over = whyOver(activity, { today: ctx.today, now })
  if (over !== null) throw new Refusal('conflict', `${over}，不能再取消别人的报名。`)
  const gone = found(await takeOff(ctx, activityId, personId), '个报名')

  const { title } = activity
  await record(ctx, 'activities.sign-up-removed', { ...subjectOf(activity), personId }, { title, reason })
  await tellRemoved(ctx, activity, { one: gone, reason, base })
  await tellNext(ctx, activity, { gone, base })
}

async function takeOff({ db, tenantId }: Context, activityId: string, personId: string): Promise<SignedUp | undefined> {
  const { seq, signedUpAt } = activitySignUps
  const [gone] = await db
    .delete(activitySignUps)
    .where(and(isOf({ tenantId }, activityId), eq(activitySignUps.personId, personId)))
    .returning({ personId: activitySignUps.personId, seq, signedUpAt })
  return gone
}

/** Tells who has the last place now, where they came after who is gone: before, they were the first who waited. */
async function tellNext(
  ctx: Context,
  activity: StoredActivity,
  { gone, base }: { gone: SignedUp; base: string },
): Promise<void> {
  const capacity = activity.signUp?.capacity ?? null
  if (capacity === null) return
  const { personId, seq, signedUpAt } = activitySignUps
  const [last] = await ctx.db
    .select({ personId, seq, signedUpAt })
    .from(activitySignUps)
    .where(isOf(ctx, activity.id))
    .orderBy(asc(seq))
    .offset(capacity - 1)
    .limit(1)
  if (last && last.seq > gone.seq) await tellPlaces(ctx, activity, { to: [last], fact: `left ${keyOf(gone)}`, base })
}

/** The sign-ups for one activity. */
const isOf = ({ tenantId }: Pick<Context, 'tenantId'>, activityId: string) =>
  and(eq(activitySignUps.tenantId, tenantId), eq(activitySignUps.activityId, activityId))

/** Who has signed up, in the order of their coming, for whoever holds the activity. */
export async function listSignUps(ctx: Context, activityId: string): Promise<SignUps> {
  const activity = await openActivity(ctx, activityId)
  authorize(may(ctx.actor, activity, ctx.today).seeSignUps, '查看报名名单')
  const rows = await ctx.db
    .select({
      person: { id: persons.id, name: persons.name },
      organization: organizations.name,
      signedUpAt: activitySignUps.signedUpAt,
    })
    .from(activitySignUps)
    .innerJoin(persons, and(eq(persons.tenantId, activitySignUps.tenantId), eq(persons.id, activitySignUps.personId)))
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, persons.tenantId), eq(organizations.id, persons.organizationId)),
    )
    .where(isOf(ctx, activityId))
    .orderBy(asc(activitySignUps.seq))
  const capacity = activity.signUp?.capacity ?? null
  return {
    items: rows.map((it, at) => ({
      ...it,
      place: capacity !== null && at >= capacity ? 'waiting' : 'taken',
      signedUpAt: it.signedUpAt.toISOString(),
    })),
  }
}

/** How many have signed up, and as which of them the actor came; 0 where they have not. */
async function placesOf(ctx: Context, activityId: string): Promise<{ all: number; own: number }> {
  const { seq, personId } = activitySignUps
  const ofActivity = isOf(ctx, activityId)
  const own = ctx.db
    .select({ seq })
    .from(activitySignUps)
    .where(and(ofActivity, eq(personId, personOf(ctx))))
  const [row] = await ctx.db
    .select({ all: count(), own: count(sql`case when ${seq} <= (${own}) then 1 end`) })
    .from(activitySignUps)
    .where(ofActivity)
  return row ?? { all: 0, own: 0 }
}

function ruleOf({ signUp }: StoredActivity): SignUpRule {
  if (signUp === null) throw new Refusal('conflict', '这项活动不用报名。')
  return signUp
}
