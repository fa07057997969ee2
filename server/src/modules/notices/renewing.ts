import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { Refusal, refuseStale } from '../../platform/refusal.ts'
import { beginningOf, heldDraft, keyOf, type Telling, type TellingSources, waitingDraft } from './begun-drafts.ts'
import { openNotice, type StoredNotice } from './queries.ts'
import type { Beginning } from './schema.ts'
import { draftNotice, openTo } from './service.ts'
import { notices } from './tables.ts'

/**
 * What is done with drafts that are begun from something: words that nobody has changed follow it by themselves, the others are written anew
 * when a person says so, and a draft of what is not held goes.
 */

/** Begins a draft to everybody of an organisation; where one waits that the actor may send, it is that. The caller holds what it is begun from. Returns its id. */
export async function beginDraft(
  ctx: Context,
  beginning: Beginning,
  { organizationId, telling }: { organizationId: string; telling: Telling },
): Promise<{ id: string; isNew: boolean }> {
  const waiting = await waitingDraft(ctx, beginning)
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
  if (draft === undefined) return
  const { id, path, title } = draft
  await ctx.db
    .update(notices)
    .set({ droppedAt: new Date(), dropReason: reason, sourceKey: null })
    .where(and(eq(notices.tenantId, ctx.tenantId), eq(notices.id, id)))
  await record(ctx, 'notices.dropped', { kind: 'notice', id, orgPath: path }, { title, reason })
}

/** Writes a draft anew, as read at this revision, as what it was begun from would be told now. Runs over the whole university. */
export async function renewDraft(
  ctx: Context,
  noticeId: string,
  { revision, sources, base }: { revision: number; sources: TellingSources; base: string },
): Promise<void> {
  const seen = await openNotice(ctx, noticeId)
  const beginning = beginningOf(seen.notice)
  if (beginning === null)
    throw new Refusal('conflict', '这份草稿不是从活动或征集起草的，没有可以更新的内容。请直接修改。')
  const telling = await sources[beginning.of](ctx, beginning.id, { base, lock: true })
  const { notice } = await openTo(ctx, noticeId, 'change', '更新这条通知')
  refuseStale(notice, revision, '这条通知')
  if (telling === undefined) throw new Refusal('conflict', '起草这份通知的活动或征集已经不在了，请直接修改。')
  const { title, body, happensOn } = telling
  await rewrite(ctx, notice, { title, body, happensOn })
}

async function rewrite(ctx: Context, draft: StoredNotice, set: Partial<StoredNotice>): Promise<void> {
  const { id, path, revision } = draft
  await ctx.db
    .update(notices)
    .set({ ...set, revision: revision + 1 })
    .where(and(eq(notices.tenantId, ctx.tenantId), eq(notices.id, id)))
  await record(ctx, 'notices.changed', { kind: 'notice', id, orgPath: path }, { title: set.title ?? draft.title })
}
