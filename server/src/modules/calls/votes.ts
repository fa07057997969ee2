import { and, asc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { found, Refusal, refuseField } from '../../platform/refusal.ts'
import { carryDraft } from '../notices/renewing.ts'
import { codeLengths, newCode } from './codes.ts'
import { kindOf } from './entries.ts'
import { nextNoticeOf, tellingOf } from './notice-text.ts'
import { may, voteStateOf } from './policy.ts'
import type { VoteRule, VoteView } from './review-schema.ts'
import { isOnShelf } from './shelf.ts'
import { callSubject, changeCall, lockFor, openCall, type StoredCall } from './stored.ts'
import { type Ballot, callEntries, calls, callVoteBoxes, callVoters } from './tables.ts'

/**
 * 投票 on the works of a call: whoever reads it approves of as many as the rule allows, once. That somebody took part is one row, what was
 * chosen another with all ballots in it, and nothing joins them: no order, no time, no number of a transaction. Counts are told after the
 * end, in the order of the works, and only of enough voters.
 */

/** So many must have voted before anything is told of what they chose. */
export const fewestVoters = 5

/** Settles a vote that has not begun, or takes it away; the draft of the notice of the results follows. Runs over the whole university. */
export async function settleVote(ctx: Context, callId: string, rule: VoteRule | null, base: string): Promise<void> {
  const call = await lockFor(ctx, callId, 'settleVote', '设置投票')
  if (rule && rule.fromOn < ctx.today) refuseField('rule.fromOn', '开始的日期不能早于今天')
  await changeCall(ctx, callId, { vote: rule, revision: call.revision + 1 })
  await record(ctx, 'calls.vote-settled', callSubject(call), {
    title: call.title,
    ...(rule && { from: rule.fromOn, until: rule.untilOn }),
  })
  const [before, after] = [tellingOf(call, base), tellingOf({ ...call, vote: rule }, base)]
  await carryDraft(ctx, nextNoticeOf(call), { before, after })
}

/** Casts the one ballot of the actor. Returns its receipt, which is written nowhere beside their name. */
export async function castBallot(ctx: Context, callId: string, entryIds: readonly string[]): Promise<string> {
  const call = await openCall(ctx, callId)
  if (!may(ctx.actor, call, ctx.today).vote) throw new Refusal('conflict', '现在不能投票：投票没有开始，或者已经结束。')
  const chosen = [...new Set(entryIds)].sort()
  const most = call.vote?.most ?? 0
  if (chosen.length > most) refuseField('entryIds', `最多选 ${most} 件，您选了 ${chosen.length} 件`)
  const works = new Set((await worksOf(ctx, call)).map((it) => it.id))
  if (chosen.some((it) => !works.has(it))) refuseField('entryIds', '有作品已经不在投票的范围内。请刷新页面后重新选择')

  const { tenantId, db } = ctx
  const taken = await db
    .insert(callVoters)
    .values({ tenantId, callId, personId: personOf(ctx) })
    .onConflictDoNothing()
    .returning({ callId: callVoters.callId })
  if (taken.length === 0) throw new Refusal('conflict', '您已经投过票，每人只投一次，不能再改。')
  const receipt = newCode(codeLengths.receipt)
  await db.insert(callVoteBoxes).values({ tenantId, callId, ballots: [] }).onConflictDoNothing()
  const [box] = await db.select().from(callVoteBoxes).where(ofBox(ctx, callId)).for('update')
  const ballots = [...found(box, '个票箱').ballots, { receipt, entryIds: chosen }].sort(byReceipt)
  await db.update(callVoteBoxes).set({ ballots }).where(ofBox(ctx, callId))
  await record(ctx, 'calls.vote-cast', { ...callSubject(call), personId: personOf(ctx) }, { title: call.title })
  return receipt
}

/** The vote of a call: what may be chosen, whether the actor has voted, and after the end what came of it. */
export async function readVote(ctx: Context, callId: string): Promise<VoteView> {
  const call = await openCall(ctx, callId)
  const state = voteStateOf(call, ctx.today)
  const { rule, at } = found(state && call.vote ? { rule: call.vote, at: state } : undefined, '次投票')
  const works = await worksOf(ctx, call)
  const [voter] = await ctx.db
    .select({ callId: callVoters.callId })
    .from(callVoters)
    .where(
      and(eq(callVoters.tenantId, ctx.tenantId), eq(callVoters.callId, callId), eq(callVoters.personId, personOf(ctx))),
    )
  const hasVoted = voter !== undefined
  return {
    ...{ callId, title: call.title, rule, state: at, hasVoted, fewestVoters },
    canVote: may(ctx.actor, call, ctx.today).vote && !hasVoted,
    works: works.map((it) => ({
      ...{ id: it.id, number: it.number ?? 0, title: it.title, kindName: kindOf(call, it.kindKey)?.name ?? '' },
    })),
    outcome: at === 'over' ? await outcomeOf(ctx, callId, works) : null,
  }
}

async function outcomeOf(ctx: Context, callId: string, works: readonly { id: string }[]): Promise<VoteView['outcome']> {
  const [box] = await ctx.db.select().from(callVoteBoxes).where(ofBox(ctx, callId))
  const ballots = box?.ballots ?? []
  if (ballots.length < fewestVoters) return null
  return {
    voters: ballots.length,
    approvals: works.map(({ id }) => ({
      entryId: id,
      count: ballots.filter((it) => it.entryIds.includes(id)).length,
    })),
    ballots,
  }
}

/** The works that may be chosen, in the order of their numbers. */
function worksOf({ db, tenantId }: Context, { id }: StoredCall) {
  return db
    .select({
      id: callEntries.id,
      number: callEntries.number,
      title: callEntries.title,
      kindKey: callEntries.kindKey,
    })
    .from(callEntries)
    .innerJoin(calls, and(eq(calls.tenantId, callEntries.tenantId), eq(calls.id, callEntries.callId)))
    .where(and(eq(callEntries.tenantId, tenantId), eq(callEntries.callId, id), isOnShelf))
    .orderBy(asc(callEntries.number))
}

const byReceipt = (a: Ballot, b: Ballot): number => (a.receipt < b.receipt ? -1 : 1)

const ofBox = ({ tenantId }: Context, callId: string) =>
  and(eq(callVoteBoxes.tenantId, tenantId), eq(callVoteBoxes.callId, callId))
