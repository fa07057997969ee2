import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/refusal.ts'
import { piecesOf } from '../../platform/search/folding.ts'
import type { Page } from '../../platform/wire.ts'
import type { StoredItem } from '../media/queries.ts'
import { organizations } from '../organization/tables.ts'
import { kindOf } from './entries.ts'
import { isPublishable, mayTell, showsPictures } from './policy.ts'
import { isReadable } from './queries.ts'
import type { ShelfQuery, ShelfRow, ShelfView } from './schema.ts'
import { type MediaOfEntries, mediaInOrder, mediaOf, nothing, type Showing, shownFields, workName } from './shown.ts'
import { type Member, membersOf, ofEntry, type StoredCall, type StoredEntry } from './stored.ts'
import { callEntries, callEntryMembers, calls } from './tables.ts'

/**
 * 作品架: the works that were accepted, whose authors all consent to their publication, for everybody who reads their call. Runs over the
 * whole university; which calls the reader may see stands in every question.
 */

/** True for entries that stand on the shelf. The same as `isPublishable` says of the members. */
export const isOnShelf: SQL = sql`(${calls.resultsAt} is not null and ${calls.cancelledAt} is null
  and ${callEntries.decision} = 'accepted' and ${callEntries.withdrawnAt} is null
  and not exists (select from ${callEntryMembers} m where m.tenant_id = ${callEntries.tenantId}
    and m.entry_id = ${callEntries.id} and m.publication_at is null))`

/** A page of the shelf, the latest calls first, in the order of the numbers. */
export async function listShelf(ctx: Context, { q, callId, cursor, limit }: ShelfQuery): Promise<Page<ShelfRow>> {
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.uuid()]))
  const rows = await ctx.db
    .select({ entry: callEntries, call: calls })
    .from(callEntries)
    .innerJoin(calls, ofItsCall)
    .where(
      and(
        eq(callEntries.tenantId, ctx.tenantId),
        isReadable(ctx),
        isOnShelf,
        callId === undefined ? undefined : eq(callEntries.callId, callId),
        ...piecesOf(q ?? '').map((piece) => sql`position(${piece} in ${callEntries.folded}) > 0`),
        after && lt(callEntries.id, after[0]),
      ),
    )
    .orderBy(desc(callEntries.id))
    .limit(limit + 1)
  const shown = rows.slice(0, limit)
  const entries = shown.map((it) => it.entry)
  const members = Map.groupBy(
    await membersOf(
      ctx,
      entries.map((it) => it.id),
    ),
    (it) => it.entryId,
  )
  const media = await mediaOf(ctx, entries)
  const last = rows.length > limit ? shown.at(-1)?.entry : undefined
  return {
    items: shown.map(({ entry, call }) => rowOf(call, entry, members.get(entry.id) ?? [], media)),
    ...(last && { next: writeCursor([last.id]) }),
  }
}

const ofItsCall = and(eq(calls.tenantId, callEntries.tenantId), eq(calls.id, callEntries.callId))

function rowOf(call: StoredCall, entry: StoredEntry, members: readonly Member[], media: MediaOfEntries): ShelfRow {
  const inOrder = mediaInOrder(call, entry, media, shelfShowing(entry, members))
  const texts = call.fields.flatMap((it) => entry.answers[it.key]?.text ?? []).filter((it) => it !== '')
  return {
    ...{ id: entry.id, title: entry.title, kindName: kindOf(call, entry.kindKey)?.name ?? '' },
    call: { id: call.id, name: call.title },
    authors: authorsOf(members),
    excerpt: texts.sort((a, b) => b.length - a.length)[0]?.slice(0, 120) ?? '',
    cover: inOrder.find((it) => it.shown.kind === 'picture')?.shown ?? null,
  }
}

/** A work on the shelf. */
export async function readWork(ctx: Context, entryId: string): Promise<ShelfView> {
  const { call, entry, members, organization } = await openWork(ctx, entryId)
  const media = await mediaOf(ctx, [entry])
  const { excerpt: _, cover: __, ...row } = rowOf(call, entry, members, media)
  return {
    ...row,
    organization,
    fields: shownFields(call, entry, media, shelfShowing(entry, members)),
    publishedAt: call.resultsAt?.toISOString() ?? '',
    articleId: entry.articleId,
    can: { beginArticle: entry.articleId === null && mayTell(ctx.actor, call.path) },
  }
}

/** A picture, sound, film or file of a work on the shelf, as far as it is shown there. */
export async function openWorkMedium(ctx: Context, entryId: string, mediaId: string): Promise<StoredItem> {
  const { call, entry, members } = await openWork(ctx, entryId)
  const shown = mediaInOrder(call, entry, await mediaOf(ctx, [entry]), shelfShowing(entry, members))
  return found(shown.find((it) => it.shown.mediaId === mediaId)?.item, '个文件')
}

/** A work that stands on the shelf, for whoever may read its call. */
export async function openWork(ctx: Context, entryId: string) {
  const [row] = await ctx.db
    .select({ entry: callEntries, call: calls, organization: { id: organizations.id, name: organizations.name } })
    .from(callEntries)
    .innerJoin(calls, ofItsCall)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, calls.tenantId), eq(organizations.id, calls.organizationId)),
    )
    .where(and(ofEntry(ctx, entryId), isReadable(ctx), isOnShelf))
  const { call, entry, organization } = found(row, '件作品')
  const members = await membersOf(ctx, [entryId])
  found(isPublishable(members) || undefined, '件作品')
  return { call, entry, organization, members }
}

/** Files have no names of their own on the shelf, where they could tell whom nobody named. */
export const shelfShowing = (entry: StoredEntry, members: readonly Member[]): Showing => ({
  without: nothing,
  hidesPictures: !showsPictures(members),
  namedAfter: workName(entry),
})

/** Who consented to be named. */
export const authorsOf = (members: readonly Member[]): string[] =>
  members.filter((it) => it.nameAt !== null).map((it) => it.name)
