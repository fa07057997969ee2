import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { Refusal, refuseStale } from '../../platform/refusal.ts'
import { begunFrom, heldDraft, keyOf, type Telling, type TellingSources, waitingDraft } from './begun-drafts.ts'
import { openNotice } from './queries.ts'
import type { Beginning } from './schema.ts'
import { draftNotice, giveUp, openTo, rewrite } from './service.ts'
import { notices } from './tables.ts'

/**
 * What is done with drafts that are begun from something: words that nobody has changed follow it by themselves, the others are written anew
 * when a person says so, and a draft of what is not held goes.
 */

/** Begins a draft to everybody of an organisation; where one waits that the actor may send, it is that. `lastId` was begun from it last. The caller holds what it is begun from. Returns its id. */
export async function beginDraft(
  ctx: Context,
  beginning: Beginning,
  { organizationId, telling, lastId = null }: { organizationId: string; telling: Telling; lastId?: string | null },
): Promise<{ id: string; isNew: boolean }> {
  const waiting =
    (await waitingDraft(ctx, beginning)) ?? (lastId && (await takenUp(ctx, beginning, organizationId, lastId)))
  if (waiting) return { id: waiting.id, isNew: false }
  const { title, body, happensOn } = telling
  const id = await draftNotice(
    ctx,
    {
      ...{ organizationId, kind: 'information', title, body, dueOn: null, happensOn, hurriedReason: null },
      audience: {
        groups: [{ organizationIds: [organizationId], offices: [], stages: [] }],
        personIds: [],
        exceptIds: [],
      },
    },
    keyOf(beginning),
  )
  return { id, isNew: true }
}

/** The notice that was begun from something before, where it still waits in the name of the same organisation and has no key: it gets it, and follows from now on. */
async function takenUp(
  { db, tenantId }: Context,
  beginning: Beginning,
  organizationId: string,
  noticeId: string,
): Promise<{ id: string } | undefined> {
  const { id, source, sourceKey, sentAt, droppedAt } = notices
  const isOf = and(eq(notices.tenantId, tenantId), eq(id, noticeId), eq(notices.organizationId, organizationId))
  const [draft] = await db
    .update(notices)
    .set({ sourceKey: keyOf(beginning) })
    .where(and(isOf, isNull(source), isNull(sourceKey), isNull(sentAt), isNull(droppedAt)))
    .returning({ id })
  return draft
}

/** Lets a draft that waits follow what it was begun from: its title, its text and its day, each where nobody has written another. Runs over the whole university. */
export async function carryDraft(
  ctx: Context,
  beginning: Beginning,
  { before, after }: { before: Telling; after: Telling },
): Promise<void> {
  const changed = (['title', 'body', 'happensOn'] as const).filter((it) => before[it] !== after[it])
  const draft = changed.length === 0 ? undefined : await heldDraft(ctx, beginning)
  if (draft === undefined) return
  const followed = changed.filter((it) => draft[it] === before[it])
  if (followed.length > 0) await rewrite(ctx, draft, Object.fromEntries(followed.map((it) => [it, after[it]])))
}

/** Drops a draft that waits of something that is told no more. Runs over the whole university. */
export async function dropDraft(ctx: Context, beginning: Beginning, reason: string): Promise<void> {
  const draft = await heldDraft(ctx, beginning)
  if (draft !== undefined) await giveUp(ctx, draft, reason)
}

/** Writes a draft anew, as read at this revision, as what it was begun from would be told now. Runs over the whole university. */
export async function renewDraft(
  ctx: Context,
  noticeId: string,
  { revision, sources, base }: { revision: number; sources: TellingSources; base: string },
): Promise<void> {
  const seen = await openNotice(ctx, noticeId)
  const beginning = begunFrom(seen.notice)
  if (beginning === null) {
    await openTo(ctx, noticeId, 'change', '更新这条通知')
    throw new Refusal('conflict', '这份草稿不是从稿件、活动或征集起草的，没有可以更新的内容。请直接修改。')
  }
  const telling = await sources[beginning.of](ctx, beginning.id, { base, lock: true })
  const { notice } = await openTo(ctx, noticeId, 'change', '更新这条通知')
  refuseStale(notice, revision, '这条通知')
  if (telling === undefined) throw new Refusal('conflict', '起草这份通知的稿件、活动或征集已经不在了，请直接修改。')
  const { title, body, happensOn } = telling
  await rewrite(ctx, notice, { title, body, ...(happensOn !== null && { happensOn }) })
}
