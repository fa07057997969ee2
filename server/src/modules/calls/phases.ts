import { createHash } from 'node:crypto'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import { type Allotment, allot } from './allotment.ts'
import type { NewPhase } from './review-schema.ts'
import { confirmedReviewers } from './reviewers.ts'
import {
  callSubject,
  changeCall,
  changeEntry,
  lockFor,
  membersOf,
  openToJudge,
  type StoredCall,
  type StoredEntry,
  submittedEntries,
} from './stored.ts'
import { callPhases, callReviews } from './tables.ts'

/** 评审 goes in phases, one after the other; in each, entries are given to reviewers. Everything here runs over the whole university. */

export type StoredPhase = typeof callPhases.$inferSelect

/** The phases of a call in their order. */
export function phasesOf({ db, tenantId }: Context, callId: string): Promise<StoredPhase[]> {
  return db
    .select()
    .from(callPhases)
    .where(and(eq(callPhases.tenantId, tenantId), eq(callPhases.callId, callId)))
    .orderBy(asc(callPhases.number))
}

/** Whether reviews of a phase may be given and changed. */
export const isOpenPhase = ({ endedAt, untilOn }: Pick<StoredPhase, 'endedAt' | 'untilOn'>, today: string): boolean =>
  endedAt === null && today <= untilOn

/** Begins a phase of the review with these entries, or all, and gives them to the reviewers. Says which have too few. */
export async function openPhase(ctx: Context, callId: string, wanted: NewPhase): Promise<void> {
  const call = await lockFor(ctx, callId, 'openPhase', '开始评审')
  if (call.criteria.length === 0)
    throw new Refusal('incomplete', '还没有评审标准。请先在“修改征集”中填写标准和各档的说明，再开始评审。')
  if (wanted.untilOn < ctx.today) refuseField('untilOn', '评审截止的日期不能早于今天')
  const all = await numbered(ctx, call)
  const { entryIds } = wanted
  const chosen = entryIds === null ? all : all.filter((it) => entryIds.includes(it.id))
  if (chosen.length === 0) throw new Refusal('conflict', '没有可以评审的作品。')
  if (entryIds !== null && chosen.length < new Set(entryIds).size)
    refuseField('entryIds', '有作品没有提交，或者已经撤回。请刷新页面后重新选择')

  const { tenantId } = ctx
  const { path } = call
  const number = (await phasesOf(ctx, callId)).length + 1
  const ids = chosen.map((it) => it.id)
  const { name, untilOn, perEntry } = wanted
  await ctx.db.insert(callPhases).values({ tenantId, callId, number, path, name, untilOn, perEntry, entryIds: ids })
  await giveOut(ctx, call, { number, perEntry, entryIds: ids })
  await changeCall(ctx, callId, {
    reviewBegunAt: call.reviewBegunAt ?? new Date(),
    reviewEndedAt: null,
    revision: call.revision + 1,
  })
  await record(ctx, 'calls.phase-opened', callSubject(call), { title: call.title, phase: name, until: untilOn })
}

/** Gives what has too few reviewers to others, after somebody has recused themselves or was confirmed. */
export async function allotAgain(ctx: Context, callId: string): Promise<void> {
  const call = await openToJudge(ctx, callId, { lock: true })
  const phase = await openPhaseOf(ctx, callId)
  await giveOut(ctx, call, phase)
  await record(ctx, 'calls.entries-allotted', callSubject(call), { title: call.title, phase: phase.name })
}

/** Ends the phase that is open; what was said stays as it is from here on. */
export async function endPhase(ctx: Context, callId: string): Promise<void> {
  const call = await openToJudge(ctx, callId, { lock: true })
  const phase = await openPhaseOf(ctx, callId)
  await ctx.db
    .update(callPhases)
    .set({ endedAt: new Date() })
    .where(
      and(eq(callPhases.tenantId, ctx.tenantId), eq(callPhases.callId, callId), eq(callPhases.number, phase.number)),
    )
  await changeCall(ctx, callId, { reviewEndedAt: new Date(), revision: call.revision + 1 })
  await record(ctx, 'calls.phase-ended', callSubject(call), { title: call.title, phase: phase.name })
}

async function openPhaseOf(ctx: Context, callId: string): Promise<StoredPhase> {
  const [phase] = await ctx.db
    .select()
    .from(callPhases)
    .where(and(eq(callPhases.tenantId, ctx.tenantId), eq(callPhases.callId, callId), isNull(callPhases.endedAt)))
  if (!phase) throw new Refusal('conflict', '现在没有进行中的评审。请刷新页面查看。')
  return phase
}

/** The submitted entries with their numbers, which they get once: in an order that tells nothing of when they came in. */
export async function numbered(ctx: Context, call: StoredCall): Promise<StoredEntry[]> {
  const all = await submittedEntries(ctx, call.id)
  const orderOf = (it: StoredEntry) => createHash('sha256').update(`${it.id}${it.teamCode}`).digest('hex')
  const without = all.filter((it) => it.number === null).sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  let next = Math.max(0, ...all.map((it) => it.number ?? 0))
  for (const it of without) {
    it.number = ++next
    await changeEntry(ctx, it.id, { number: next })
  }
  return all.sort((a, b) => (a.number ?? 0) - (b.number ?? 0))
}

/** Who has been given what in the phases of a call. */
export function reviewsOf({ db, tenantId }: Context, callId: string, phase?: number) {
  return db
    .select()
    .from(callReviews)
    .where(
      and(
        eq(callReviews.tenantId, tenantId),
        eq(callReviews.callId, callId),
        phase === undefined ? undefined : eq(callReviews.phase, phase),
      ),
    )
    .orderBy(asc(callReviews.phase), asc(callReviews.entryId), asc(sql`md5(${callReviews.personId}::text)`))
}

/** What the allotment would still give, and to what it would find nobody. */
export async function allotmentOf(
  ctx: Context,
  callId: string,
  { number, perEntry, entryIds }: Pick<StoredPhase, 'number' | 'perEntry' | 'entryIds'>,
): Promise<Allotment> {
  const reviewers = await confirmedReviewers(ctx, callId)
  const reviews = await reviewsOf(ctx, callId)
  const members = Map.groupBy(await membersOf(ctx, entryIds), (it) => it.entryId)
  const ofEntry = Map.groupBy(reviews, (it) => it.entryId)
  const there = new Set((await submittedEntries(ctx, callId)).map((it) => it.id))
  const entries = entryIds
    .filter((id) => there.has(id))
    .map((id) => {
      const own = ofEntry.get(id) ?? []
      return {
        id,
        personIds: (members.get(id) ?? []).map((it) => it.personId),
        homes: (members.get(id) ?? []).map((it) => it.home),
        recusedIds: own.filter((it) => it.recusedAt !== null).map((it) => it.personId),
        allottedIds: own.filter((it) => it.phase === number && it.recusedAt === null).map((it) => it.personId),
      }
    })
  return allot(
    entries,
    reviewers.map((it) => ({ id: it.personId, home: it.home })),
    perEntry,
  )
}

async function giveOut(
  ctx: Context,
  call: StoredCall,
  phase: Pick<StoredPhase, 'number' | 'perEntry' | 'entryIds'>,
): Promise<void> {
  const { given } = await allotmentOf(ctx, call.id, phase)
  if (given.length === 0) return
  const { tenantId } = ctx
  const { id: callId, path } = call
  await ctx.db.insert(callReviews).values(
    given.map((it) => ({
      tenantId,
      callId,
      phase: phase.number,
      entryId: it.entryId,
      personId: it.reviewerId,
      path,
      levels: {},
    })),
  )
}
