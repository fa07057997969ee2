import { and, eq, type SQL, sql } from 'drizzle-orm'
import { uploadDays } from '../../platform/content/incoming.ts'
import type { Context } from '../../platform/context.ts'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { record, system } from '../../platform/journal.ts'
import { letGo } from '../archive/held-contents.ts'
import { universities } from '../organization/tables.ts'
import { subjectOf } from './service.ts'
import { mediaItems, mediaTexts, mediaUses, mediaVariants } from './tables.ts'
import { incoming } from './uploads.ts'

/** What is used nowhere is kept so long, from when it came or was last used; and so long the content of what was withdrawn. */
const keptDays = 30

/** So many are taken away in one night; the others follow. */
const mostANight = 5_000

const dayMs = 86_400_000

/** Nightly: takes away what was brought in and is used nowhere, what of the withdrawn is still there, and what never came to an end. */
export async function tidyMedia(database: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptDays * dayMs)
  const begunBefore = new Date(now.getTime() - uploadDays * dayMs)
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities)) {
    const scope = wholeUniversity(tenantId)
    const inScope = <T>(work: (ctx: Rows) => Promise<T>) => database.transaction(scope, (db) => work({ db, tenantId }))
    await inScope((ctx) => incoming.forgetOld(ctx, begunBefore))
    for (const id of await inScope((ctx) => idsOf(ctx, isOver(before))))
      await inScope((ctx) => takeAway(ctx, id, before))
  }
}

type Rows = Pick<Context, 'db' | 'tenantId'>

/** Whether an item is used in something now, or was lately. */
const isUsed = (before: Date): SQL => sql`exists (select from ${mediaUses} u where u.tenant_id = ${mediaItems.tenantId}
  and u.media_id = ${mediaItems.id} and (u.ended_at is null or u.ended_at >= ${before}))`

const isUnused = (before: Date): SQL => sql`(${mediaItems.createdAt} < ${before} and not ${isUsed(before)})`

/** Unused, or withdrawn long ago and with forms that are still kept. */
const isOver = (before: Date): SQL => sql`(${isUnused(before)} or (${mediaItems.withdrawnAt} < ${before}
  and exists (select from archive_held_contents h where h.tenant_id = ${mediaItems.tenantId} and h.held_by = ${mediaItems.id})))`

async function idsOf({ db, tenantId }: Rows, which: SQL): Promise<string[]> {
  const rows = await db
    .select({ id: mediaItems.id })
    .from(mediaItems)
    .where(and(eq(mediaItems.tenantId, tenantId), which))
    .orderBy(mediaItems.id)
    .limit(mostANight)
  return rows.map((it) => it.id)
}

/** Looks again while nobody can begin to use it: see `holdItems`. The content goes from the store in one of the next nights. */
async function takeAway(ctx: Rows, mediaId: string, before: Date): Promise<void> {
  const { db, tenantId } = ctx
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${mediaId}, 8))`)
  const [item] = await db
    .select({
      id: mediaItems.id,
      path: mediaItems.path,
      fileName: mediaItems.fileName,
      isUnused: isUnused(before).mapWith(Boolean),
    })
    .from(mediaItems)
    .where(and(eq(mediaItems.tenantId, tenantId), eq(mediaItems.id, mediaId), isOver(before)))
  if (!item) return
  for (const table of [mediaVariants, mediaTexts])
    await db.delete(table).where(and(eq(table.tenantId, tenantId), eq(table.mediaId, mediaId)))
  await letGo(ctx, mediaId)
  if (item.isUnused) {
    await db.delete(mediaUses).where(and(eq(mediaUses.tenantId, tenantId), eq(mediaUses.mediaId, mediaId)))
    await db.delete(mediaItems).where(and(eq(mediaItems.tenantId, tenantId), eq(mediaItems.id, mediaId)))
  }
  const recorder = { db, tenantId, actor: system, requestId: newId() }
  await record(recorder, 'media.content-removed', subjectOf(item), { fileName: item.fileName })
}
