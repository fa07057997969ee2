import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { mayHold } from '../activities/policy.ts'
import { organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import type { Reviewers } from './review-schema.ts'
import { callSubject, openToJudge } from './stored.ts'
import { callPhases, callReviewers, callReviews, calls } from './tables.ts'

/** Who reviews: whoever has the code asks, those who hold the call confirm. Everything here runs over the whole university. */

/** Asks to review the entries of a call by its code. Whoever sees the authors of a blind call reviews none of it. */
export async function askToReview(ctx: Context, code: string): Promise<string> {
  const [call] = await ctx.db
    .select()
    .from(calls)
    .where(and(eq(calls.tenantId, ctx.tenantId), eq(calls.reviewCode, code), isNotNull(calls.announcedAt)))
  if (!call || call.cancelledAt !== null || call.resultsAt !== null)
    throw new Refusal('not-found', '没有这个邀请码，或者评审已经结束。请向征集单位核对。')
  if (call.isBlind && mayHold(ctx.actor, call.path))
    throw new Refusal('conflict', '您能看到作者，不能参加这次盲评。请由看不到作者的同志评审。')

  const { tenantId } = ctx
  const { id: callId, path, title } = call
  const asked = await ctx.db
    .insert(callReviewers)
    .values({ tenantId, callId, personId: personOf(ctx), path })
    .onConflictDoNothing()
    .returning({ callId: callReviewers.callId })
  if (asked.length > 0)
    await record(ctx, 'calls.reviewer-asked', { ...callSubject(call), personId: personOf(ctx) }, { title })
  return callId
}

/** Who has asked to review and who does, with how much each has before them in the phase that is open. */
export async function listReviewers(ctx: Context, callId: string): Promise<Reviewers> {
  await openToJudge(ctx, callId)
  const rows = await ctx.db
    .select({
      personId: callReviewers.personId,
      name: persons.name,
      organization: organizations.name,
      confirmedAt: callReviewers.confirmedAt,
      confirmedBy: callReviewers.confirmedBy,
    })
    .from(callReviewers)
    .innerJoin(persons, and(eq(persons.tenantId, callReviewers.tenantId), eq(persons.id, callReviewers.personId)))
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, persons.tenantId), eq(organizations.id, persons.organizationId)),
    )
    .where(and(eq(callReviewers.tenantId, ctx.tenantId), eq(callReviewers.callId, callId)))
    .orderBy(asc(persons.pinyin), asc(persons.id))
  const loads = await loadsOf(ctx, callId)
  return {
    items: rows.map((it) => ({
      ...it,
      confirmedAt: it.confirmedAt?.toISOString() ?? null,
      ...(loads.get(it.personId) ?? { allotted: 0, open: 0 }),
    })),
  }
}

/** Confirms that somebody reviews. */
export async function confirmReviewer(ctx: Context, callId: string, personId: string): Promise<void> {
  const call = await openToJudge(ctx, callId, { lock: true })
  const reviewer = await lockReviewer(ctx, callId, personId)
  if (reviewer.confirmedAt !== null) return
  await ctx.db
    .update(callReviewers)
    .set({ confirmedAt: new Date(), confirmedBy: ctx.actor.name })
    .where(ofReviewer(ctx, callId, personId))
  await record(ctx, 'calls.reviewer-confirmed', { ...callSubject(call), personId }, { title: call.title })
}

/** Takes somebody from the reviewers; what they have not reviewed may be given to others. What they have said stays. */
export async function removeReviewer(ctx: Context, callId: string, personId: string): Promise<void> {
  const call = await openToJudge(ctx, callId, { lock: true })
  await lockReviewer(ctx, callId, personId)
  await ctx.db.delete(callReviewers).where(ofReviewer(ctx, callId, personId))
  await ctx.db
    .delete(callReviews)
    .where(
      and(
        eq(callReviews.tenantId, ctx.tenantId),
        eq(callReviews.callId, callId),
        eq(callReviews.personId, personId),
        isNull(callReviews.givenAt),
        isNull(callReviews.recusedAt),
      ),
    )
  await record(ctx, 'calls.reviewer-removed', { ...callSubject(call), personId }, { title: call.title })
}

async function lockReviewer(ctx: Context, callId: string, personId: string) {
  const [row] = await ctx.db
    .select()
    .from(callReviewers)
    .where(ofReviewer(ctx, callId, personId))
    .for('update')
  return found(row, '位评审')
}

/** Who reviews a call and where they belong. */
export function confirmedReviewers({ db, tenantId }: Context, callId: string) {
  return db
    .select({ personId: callReviewers.personId, home: persons.path })
    .from(callReviewers)
    .innerJoin(persons, and(eq(persons.tenantId, callReviewers.tenantId), eq(persons.id, callReviewers.personId)))
    .where(
      and(eq(callReviewers.tenantId, tenantId), eq(callReviewers.callId, callId), isNotNull(callReviewers.confirmedAt)),
    )
    .orderBy(asc(callReviewers.personId))
}

async function loadsOf({ db, tenantId }: Context, callId: string) {
  const rows = await db
    .select({
      personId: callReviews.personId,
      allotted: sql<number>`count(*)::int`,
      open: sql<number>`count(*) filter (where ${callReviews.givenAt} is null)::int`,
    })
    .from(callReviews)
    .innerJoin(
      callPhases,
      and(
        eq(callPhases.tenantId, callReviews.tenantId),
        eq(callPhases.callId, callReviews.callId),
        eq(callPhases.number, callReviews.phase),
        isNull(callPhases.endedAt),
      ),
    )
    .where(and(eq(callReviews.tenantId, tenantId), eq(callReviews.callId, callId), isNull(callReviews.recusedAt)))
    .groupBy(callReviews.personId)
  return new Map(rows.map(({ personId, ...load }) => [personId, load]))
}

const ofReviewer = ({ tenantId }: Context, callId: string, personId: string) =>
  and(eq(callReviewers.tenantId, tenantId), eq(callReviewers.callId, callId), eq(callReviewers.personId, personId))
