import { and, desc, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { mayHold, mayRead } from '../activities/policy.ts'
import { openActivity } from '../activities/stored.ts'
import { activities } from '../activities/tables.ts'
import { lectureKinds } from '../lectures/names-schema.ts'
import { organizations } from '../organization/tables.ts'
import { isSelf, may } from './policy.ts'
import type { Linkable, PastLecture } from './schema.ts'
import { lockExpert, openExpert, type StoredExpert, subjectOf } from './stored.ts'
import { expertInvitations, expertLectures, experts } from './tables.ts'

/** 讲过的课: activities that say whose lecture they were. Runs over the whole university. */

/** So many lectures are shown of one expert, and offered to be linked. */
const mostShown = 100

/**
 * The lectures that an expert has held, the last one first: what was announced or recorded, was not cancelled, and whose day has come. For whoever
 * may read the expert, which was settled before.
 */
export async function pastLecturesOf(ctx: Context, expertId: string): Promise<PastLecture[]> {
  const { id, title, path, fromOn, announcedAt, recordedAt } = activities
  const { evaluation, evaluatedBy } = expertInvitations
  const rows = await ctx.db
    .select({
      it: { id, title, path, fromOn, announcedAt, recordedAt },
      organization: organizations.name,
      evaluation,
      evaluatedBy,
    })
    .from(expertLectures)
    .innerJoin(
      activities,
      and(eq(activities.tenantId, expertLectures.tenantId), eq(activities.id, expertLectures.activityId)),
    )
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, activities.tenantId), eq(organizations.id, activities.organizationId)),
    )
    .leftJoin(
      expertInvitations,
      and(
        eq(expertInvitations.tenantId, activities.tenantId),
        eq(expertInvitations.activityId, activities.id),
        eq(expertInvitations.expertId, expertLectures.expertId),
      ),
    )
    .where(
      and(
        eq(expertLectures.tenantId, ctx.tenantId),
        eq(expertLectures.expertId, expertId),
        lte(fromOn, ctx.today),
        isNull(activities.cancelledAt),
        sql`(${announcedAt} is not null or ${recordedAt} is not null)`,
      ),
    )
    .orderBy(desc(fromOn), desc(id))
    .limit(mostShown)
  return rows.flatMap(({ it, organization, evaluation, evaluatedBy }) =>
    it.fromOn === null
      ? []
      : [
          {
            ...{ activityId: it.id, title: it.title, organization, on: it.fromOn },
            evaluation: evaluation && { ...evaluation, by: evaluatedBy ?? '' },
            ...{ canOpen: mayRead(ctx.actor, it), canSeeFeedback: mayHold(ctx.actor, it.path) },
            canUnlink: evaluation === null && mayHold(ctx.actor, it.path),
          },
        ],
  )
}

/** Lectures of the actor's organisations that were held and are not said to be those of this expert, the last one first. */
export async function listLinkable(ctx: Context, expertId: string): Promise<Linkable> {
  authorize(may(ctx.actor, await openExpert(ctx, expertId)).link, '登记讲过的课')
  const { id, title, speaker, fromOn } = activities
  const rows = await ctx.db
    .select({ id, title, speaker, on: fromOn })
    .from(activities)
    .where(
      and(
        eq(activities.tenantId, ctx.tenantId),
        within(activities.path, ctx.actor.rootsOf('hold-activities')),
        sql`${activities.kind} = any(${sql.param(lectureKinds)}::text[])`,
        ...[lte(fromOn, ctx.today), isNull(activities.cancelledAt)],
        sql`(${activities.announcedAt} is not null or ${activities.recordedAt} is not null)`,
        sql`not exists (select 1 from ${expertLectures} as known where known.tenant_id = ${activities.tenantId}
          and known.activity_id = ${activities.id} and known.expert_id = ${expertId}::uuid)`,
      ),
    )
    .orderBy(desc(fromOn), desc(id))
    .limit(mostShown)
  return { items: rows.flatMap((it) => (it.on === null ? [] : [{ ...it, on: it.on }])) }
}

/** Says that a lecture that was held is one of this expert, for whoever holds it. */
export async function linkLecture(ctx: Context, expertId: string, activityId: string): Promise<void> {
  const expert = await lockExpert(ctx, expertId, 'link', '登记讲过的课')
  const activity = await openActivity(ctx, activityId)
  authorize(mayHold(ctx.actor, activity.path), '登记这场讲座')
  found(lectureKinds.some((it) => it === activity.kind) ? activity : undefined, '场讲座')
  if (activity.fromOn === null || activity.fromOn > ctx.today || activity.cancelledAt !== null)
    throw new Refusal('conflict', '这场讲座还没有办，或者已经取消，不能登记。')
  const written = await ctx.db
    .insert(expertLectures)
    .values({ tenantId: ctx.tenantId, expertId, activityId, path: activity.path, linkedBy: ctx.actor.name })
    .onConflictDoNothing()
    .returning({ id: expertLectures.activityId })
  if (written.length === 0) return
  await record(ctx, 'experts.lecture-linked', subjectOf(expert), { title: activity.title })
}

/** Says that a lecture was not one of this expert after all. One that came from an invitation stays. */
export async function unlinkLecture(ctx: Context, expertId: string, activityId: string): Promise<void> {
  const expert = await lockExpert(ctx, expertId, 'link', '登记讲过的课')
  const activity = await openActivity(ctx, activityId)
  authorize(mayHold(ctx.actor, activity.path), '登记这场讲座')
  const { tenantId, db } = ctx
  const came = and(eq(expertInvitations.tenantId, tenantId), eq(expertInvitations.activityId, activityId))
  if ((await db.$count(expertInvitations, came)) > 0)
    throw new Refusal('conflict', '这场讲座是按邀请办的，不能从讲过的课中去掉。')
  const gone = await db
    .delete(expertLectures)
    .where(
      and(
        eq(expertLectures.tenantId, tenantId),
        eq(expertLectures.expertId, expertId),
        eq(expertLectures.activityId, activityId),
      ),
    )
    .returning({ id: expertLectures.activityId })
  found(gone[0], '场讲过的课')
  await record(ctx, 'experts.lecture-unlinked', subjectOf(expert), { title: activity.title })
}

/** What of a lecturer is known to whoever names them elsewhere. */
export type NamedExpert = Pick<StoredExpert, 'id' | 'name' | 'institution' | 'title'>

/** The experts with these ids whom the actor may read, for whoever names them as lecturers. */
export async function expertsNamed(ctx: Context, ids: readonly string[]): Promise<Map<string, NamedExpert>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.db
    .select()
    .from(experts)
    .where(and(eq(experts.tenantId, ctx.tenantId), isOneOf(experts.id, ids)))
  return new Map(
    rows
      .filter((it) => may(ctx.actor, it).read && (it.withdrawnAt === null || isSelf(ctx.actor, it)))
      .map(({ id, name, institution, title }) => [id, { id, name, institution, title }]),
  )
}
