import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { found, Refusal, refuseStale } from '../../platform/refusal.ts'
import { tellCorrected, tellOfArticle } from './informing.ts'
import { isPublishable } from './policy.ts'
import type { NewCorrection } from './review-schema.ts'
import type { CallView, Correction } from './schema.ts'
import {
  changeCall,
  changeEntry,
  entrySubject,
  lockFor,
  membersOf,
  type StoredCall,
  submittedEntries,
} from './stored.ts'
import { callEntries } from './tables.ts'

/**
 * 更正结果: what was announced wrongly of an entry is put right with a reason. What stood there stays beside it, the authors are told, and
 * whoever reads the call sees that, when, by whom and why. Everything here runs over the whole university.
 */

/** Puts right what was announced of an entry, of a call as read at this revision. */
export async function correctResult(
  ctx: Context,
  { callId, entryId }: { callId: string; entryId: string },
  { decision, words, reason }: NewCorrection,
  { revision, base }: { revision: number; base: string },
): Promise<void> {
  const call = await lockFor(ctx, callId, 'correctResults', '更正结果')
  refuseStale(call, revision, '这次征集')
  const entry = found(
    (await submittedEntries(ctx, callId)).find((it) => it.id === entryId),
    '件作品',
  )
  const from = found(entry.decision ?? undefined, '个结果')
  if (from === decision && entry.decisionWords === words)
    throw new Refusal('conflict', '和公布的结果一样，没有要更正的。请改好以后再保存。')

  const correction: Correction = {
    ...{ at: new Date().toISOString(), by: ctx.actor.name, reason },
    ...{ from, fromWords: entry.decisionWords, to: decision, toWords: words },
  }
  const corrections = [...entry.corrections, correction]
  await changeEntry(ctx, entryId, { decision, decisionWords: words, corrections })
  await changeCall(ctx, callId, { revision: revision + 1 })
  await record(ctx, 'calls.result-corrected', entrySubject(entry), {
    ...{ title: call.title, resultBefore: from, resultAfter: decision, reason },
  })
  const fact = String(corrections.length)
  await tellCorrected(ctx, { call, entry, members: await membersOf(ctx, [entryId]) }, { fact, correction, base })
  if (from === 'accepted' && decision === 'declined')
    await tellOfArticle(ctx, { call, entry }, { fact: `declined:${fact}`, happened: '结果已经更正为未入选', base })
}

/** What was put right of the results of a call, for everybody who reads it: the words for the authors are theirs, and the work is named while it is public by their consent. */
export async function correctionsOf(ctx: Context, { id, resultsAt }: StoredCall): Promise<CallView['corrections']> {
  if (resultsAt === null) return []
  const entries = await ctx.db
    .select()
    .from(callEntries)
    .where(
      and(
        eq(callEntries.tenantId, ctx.tenantId),
        eq(callEntries.callId, id),
        sql`${callEntries.corrections} <> '[]'::jsonb`,
      ),
    )
  if (entries.length === 0) return []
  const ids = entries.map((it) => it.id)
  const members = Map.groupBy(await membersOf(ctx, ids), (it) => it.entryId)
  return entries
    .flatMap((entry) => {
      const isAccepted = entry.withdrawnAt === null && entry.decision === 'accepted'
      const isPublic = isAccepted && isPublishable(members.get(entry.id) ?? [])
      return entry.corrections
        .filter((it) => it.from !== it.to)
        .map(({ at, by, reason, from, to }) => ({ at, by, reason, from, to, title: isPublic ? entry.title : null }))
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1))
}
