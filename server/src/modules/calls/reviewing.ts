import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { found, Refusal, refuseField } from '../../platform/refusal.ts'
import type { StoredItem } from '../media/queries.ts'
import { kindOf } from './entries.ts'
import type { ReviewState } from './names-schema.ts'
import { isOpenPhase, type StoredPhase } from './phases.ts'
import type { Review, ReviewedCall, ReviewedCalls, ReviewedEntry } from './review-schema.ts'
import type { Criterion } from './schema.ts'
import { mediaInOrder, mediaOf, reviewShowing, reviewTitle, shownFields } from './shown.ts'
import { callSubject, membersOf, ofCall, type StoredCall } from './stored.ts'
import { callEntries, callPhases, callReviewers, callReviews, calls } from './tables.ts'

/**
 * What a reviewer sees and says. Entries are asked for by their numbers, so that nothing in an address tells more than a reviewer may
 * know. Everything here runs over the whole university, after it was asked what was given to the actor.
 */

type StoredReview = typeof callReviews.$inferSelect

/** Where a review stands. */
export function reviewStateOf(it: Pick<StoredReview, 'recusedAt' | 'givenAt' | 'abstainReason'>): ReviewState {
  if (it.recusedAt !== null) return 'recused'
  if (it.givenAt === null) return 'open'
  return it.abstainReason === '' ? 'given' : 'abstained'
}

/** The calls that the actor reviews, or has asked to review. */
export async function listReviewed(ctx: Context): Promise<ReviewedCalls> {
  const { db, tenantId, today } = ctx
  const rows = await db
    .select({ call: calls, confirmedAt: callReviewers.confirmedAt, phase: callPhases })
    .from(callReviewers)
    .innerJoin(calls, and(eq(calls.tenantId, callReviewers.tenantId), eq(calls.id, callReviewers.callId)))
    .leftJoin(
      callPhases,
      and(eq(callPhases.tenantId, calls.tenantId), eq(callPhases.callId, calls.id), isNull(callPhases.endedAt)),
    )
    .where(
      and(
        eq(callReviewers.tenantId, tenantId),
        eq(callReviewers.personId, personOf(ctx)),
        isNull(calls.cancelledAt),
        isNull(calls.resultsAt),
      ),
    )
    .orderBy(asc(calls.untilOn), asc(calls.id))
  const reviews = await ownReviews(ctx)
  return {
    items: rows.map(({ call, confirmedAt, phase }) => ({
      ...{ callId: call.id, title: call.title, isConfirmed: confirmedAt !== null },
      untilOn: phase && isOpenPhase(phase, today) ? phase.untilOn : null,
      open: reviews.filter(
        ({ review: it }) => it.callId === call.id && it.phase === phase?.number && reviewStateOf(it) === 'open',
      ).length,
    })),
  }
}

/** What was given to the actor in the last phase of a call, by numbers. */
export async function readReviewed(ctx: Context, callId: string): Promise<ReviewedCall> {
  const call = await openReviewed(ctx, callId)
  const phase = await lastPhase(ctx, callId)
  const own = phase ? await ownReviews(ctx, callId, phase.number) : []
  return {
    ...{ callId, title: call.title, criteria: call.criteria },
    phase: phase
      ? {
          ...{ number: phase.number, name: phase.name, untilOn: phase.untilOn },
          isOpen: isOpenPhase(phase, ctx.today),
        }
      : null,
    entries: own.map(({ review, entry }) => ({
      ...{ number: entry.number ?? 0, title: reviewTitle(entry), kindName: kindOf(call, entry.kindKey)?.name ?? '' },
      state: reviewStateOf(review),
    })),
  }
}

/** One entry as its reviewer sees it. */
export async function readAllotted(ctx: Context, callId: string, number: number): Promise<ReviewedEntry> {
  const { call, phase, review, entry } = await openAllotted(ctx, callId, number)
  const media = await mediaOf(ctx, [entry])
  return {
    ...{ number, title: reviewTitle(entry), kindName: kindOf(call, entry.kindKey)?.name ?? '' },
    ...{ callTitle: call.title, criteria: call.criteria, state: reviewStateOf(review) },
    authors: call.isBlind ? [] : (await membersOf(ctx, [entry.id])).map((it) => `${it.name}（${it.organization}）`),
    fields: shownFields(call, entry, media, reviewShowing(call, entry)),
    own: { levels: review.levels, abstainReason: review.abstainReason, remark: review.remark },
    canReview: isOpenPhase(phase, ctx.today) && review.recusedAt === null,
  }
}

/** A picture, sound, film or file by its place in the entry, under the name that it has for reviewers. */
export async function openAllottedMedium(
  ctx: Context,
  callId: string,
  number: number,
  place: number,
): Promise<StoredItem> {
  const { call, entry } = await openAllotted(ctx, callId, number)
  const shown = mediaInOrder(call, entry, await mediaOf(ctx, [entry]), reviewShowing(call, entry))
  return found(shown.find((it) => it.shown.mediaId === String(place))?.item, '个文件')
}

/** Says what the actor thinks of an entry: a level of each criterion, or why they say nothing. Changed until the phase ends. */
export async function giveReview(ctx: Context, callId: string, number: number, wanted: Review): Promise<void> {
  const it = await openAllotted(ctx, callId, number, { lock: true })
  refuseClosed(ctx, it)
  const levels = levelsOf(it.call.criteria, wanted)

  const { abstainReason, remark } = wanted
  await ctx.db
    .update(callReviews)
    .set({ levels, abstainReason, remark, givenAt: new Date() })
    .where(ofReview(ctx, it.review))
  await record(ctx, 'calls.reviewed', { ...callSubject(it.call), personId: personOf(ctx) }, { title: it.call.title })
}

/** Leaves an entry to others, because the reviewer has recognised it or is not impartial. */
export async function recuse(ctx: Context, callId: string, number: number, reason: string): Promise<void> {
  const it = await openAllotted(ctx, callId, number, { lock: true })
  refuseClosed(ctx, it)
  await ctx.db
    .update(callReviews)
    .set({ levels: {}, abstainReason: '', remark: '', givenAt: null, recusedAt: new Date(), recusalReason: reason })
    .where(ofReview(ctx, it.review))
  await record(
    ctx,
    'calls.reviewer-recused',
    { ...callSubject(it.call), personId: personOf(ctx) },
    { title: it.call.title },
  )
}

function refuseClosed({ today }: Context, { phase, review }: { phase: StoredPhase; review: StoredReview }): void {
  if (!isOpenPhase(phase, today)) throw new Refusal('conflict', '这一轮评审已经结束，不能再改。')
  if (review.recusedAt !== null) throw new Refusal('conflict', '您已经回避这件作品，不能再评。')
}

/** Only what the criteria ask for. Who abstains chooses no level; who does not chooses one of each. */
function levelsOf(criteria: readonly Criterion[], { levels, abstainReason }: Review): Record<string, number> {
  if (abstainReason !== '') return {}
  return Object.fromEntries(
    criteria.map(({ key, name, levels: all }) => {
      const chosen = levels[key]
      if (chosen === undefined) return refuseField(`levels.${key}`, `请为“${name}”选一档；不便评价的，请写明弃权的原因`)
      if (chosen >= all.length) return refuseField(`levels.${key}`, `“${name}”没有这一档，请重新选择`)
      return [key, chosen]
    }),
  )
}

/** A call for whoever reviews it, wherever they belong. */
async function openReviewed(ctx: Context, callId: string): Promise<StoredCall> {
  const [row] = await ctx.db
    .select({ call: calls, confirmedAt: callReviewers.confirmedAt })
    .from(calls)
    .innerJoin(
      callReviewers,
      and(
        eq(callReviewers.tenantId, calls.tenantId),
        eq(callReviewers.callId, calls.id),
        eq(callReviewers.personId, personOf(ctx)),
      ),
    )
    .where(ofCall(ctx, callId))
  const { call, confirmedAt } = found(row, '次征集')
  if (confirmedAt === null) throw new Refusal('conflict', '您的评审申请还没有确认。请联系征集单位。')
  return found(call.cancelledAt === null ? call : undefined, '次征集')
}

async function lastPhase(
  { db, tenantId }: Context,
  callId: string,
  { lock = false } = {},
): Promise<StoredPhase | undefined> {
  const query = db
    .select()
    .from(callPhases)
    .where(and(eq(callPhases.tenantId, tenantId), eq(callPhases.callId, callId)))
    .orderBy(desc(callPhases.number))
    .limit(1)
    .$dynamic()
  const [phase] = await (lock ? query.for('share') : query)
  return phase
}

async function openAllotted(ctx: Context, callId: string, number: number, { lock = false } = {}) {
  const call = await openReviewed(ctx, callId)
  const phase = found(await lastPhase(ctx, callId, { lock }), '件作品')
  const own = await ownReviews(ctx, callId, phase.number)
  const it = found(
    own.find(({ entry }) => entry.number === number),
    '件作品',
  )
  if (!lock) return { call, phase, ...it }
  const [review] = await ctx.db.select().from(callReviews).where(ofReview(ctx, it.review)).for('update')
  return { call, phase, entry: it.entry, review: found(review, '件作品') }
}

/** What was given to the actor, with the entries that are still there. */
function ownReviews(ctx: Context, callId?: string, phase?: number) {
  return ctx.db
    .select({ review: callReviews, entry: callEntries })
    .from(callReviews)
    .innerJoin(
      callEntries,
      and(
        eq(callEntries.tenantId, callReviews.tenantId),
        eq(callEntries.id, callReviews.entryId),
        sql`${callEntries.withdrawnAt} is null`,
      ),
    )
    .where(
      and(
        eq(callReviews.tenantId, ctx.tenantId),
        eq(callReviews.personId, personOf(ctx)),
        callId === undefined ? undefined : eq(callReviews.callId, callId),
        phase === undefined ? undefined : eq(callReviews.phase, phase),
      ),
    )
    .orderBy(asc(callEntries.number))
}

const ofReview = ({ tenantId }: Context, { callId, phase, entryId, personId }: StoredReview) =>
  and(
    eq(callReviews.tenantId, tenantId),
    eq(callReviews.callId, callId),
    eq(callReviews.phase, phase),
    eq(callReviews.entryId, entryId),
    eq(callReviews.personId, personId),
  )
