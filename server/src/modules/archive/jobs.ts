import { sql } from 'drizzle-orm'
import type { Contents } from '../../platform/content/content.ts'
import { uploadDays } from '../../platform/content/incoming.ts'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { enqueue, type JobData } from '../../platform/jobs.ts'
import { universities } from '../organization/tables.ts'
import { hasText, keepText, pagesRead, readPages, type TextReaders, type TextSeal } from './page-texts.ts'
import { documentsHolding, findContent, isNeeded } from './queries.ts'
import { documentsInPlace, documentsOfContent, indexDocuments } from './searching.ts'
import { incoming } from './uploads.ts'

/** A content that nothing needs is kept so long: somebody may be just about to file it. */
const nobodysHours = 24

const hourMs = 3_600_000

/** The job `archive.remove-destroyed`: takes the contents of an approved disposal out of the store, where no other document has them. */
export async function removeDestroyed(
  database: Database,
  { store }: Contents,
  { tenantId, disposalId }: JobData,
): Promise<void> {
  const { rows } = await database.asKeeper((db) =>
    db.execute<{ id: string }>(sql`select distinct d.content_id as id from archive_disposal_documents listed
      join archive_documents d on d.tenant_id = listed.tenant_id and d.id = listed.document_id
      where listed.tenant_id = ${tenantId} and listed.disposal_id = ${disposalId} and listed.destroyed_on is not null`),
  )
  for (const { id } of rows) {
    await removeUnlessNamed(database, store, id)
    await forgetTexts(database, String(tenantId), id)
  }
}

/** What was read on a content goes with it. */
async function forgetTexts(database: Database, tenantId: string, contentId: string): Promise<void> {
  const scope = wholeUniversity(tenantId)
  await database.transaction(scope, (db) =>
    db.execute(sql`delete from archive_page_texts where tenant_id = ${tenantId} and content_id = ${contentId}
      and not ${isNeeded(sql`${contentId}`)}`),
  )
}

/** So many pages are read in one job, which then makes room for others. */
const pagesAtATime = 25

/**
 * The job `archive.read-text`: reads what stands on the pages of a content, each kept as soon as it is read, so that it goes on
 * where it was when it is broken off. Where there is more it puts itself into the queue again.
 */
export async function readText(workshop: TextWorkshop, { tenantId, contentId }: JobData): Promise<void> {
  if (typeof tenantId !== 'string' || typeof contentId !== 'string') return
  const { database, encryption } = workshop
  const scope = wholeUniversity(tenantId)
  const inScope = <T>(work: (ctx: TextSeal) => Promise<T>) =>
    database.transaction(scope, (db) => work({ db, tenantId, encryption }))
  const { content, isRead } = await inScope(async (ctx) => ({
    content: await findContent(ctx, contentId),
    isRead: await pagesRead(ctx, contentId),
  }))
  if (!content) return
  const index = () => inScope(async (ctx) => indexDocuments(ctx, await documentsOfContent(ctx, contentId)))
  let count = 0
  for await (const text of readPages(workshop, content, isRead)) {
    await inScope((ctx) => keepText(ctx, contentId, text))
    count += 1
    if (count === pagesAtATime) {
      await index()
      await inScope(({ db }) => enqueue(db, 'archive.read-text', { tenantId, contentId }))
      return
    }
  }
  await index()
}

/** So many documents are brought up to date in one transaction. */
const documentsAtATime = 100

/**
 * The job `archive.index-place`: has the search say of the documents of a place what the filing list now says: who finds them, and
 * whether by their text.
 */
export async function indexPlace(
  { database, encryption }: Pick<TextWorkshop, 'database' | 'encryption'>,
  { tenantId, place }: JobData,
): Promise<void> {
  if (typeof tenantId !== 'string' || typeof place !== 'string') return
  let after: string | undefined
  do {
    after = await database.transaction(wholeUniversity(tenantId), async (db) => {
      const ctx = { db, tenantId, encryption }
      const ids = await documentsInPlace(ctx, place, { after, limit: documentsAtATime })
      await indexDocuments(ctx, ids)
      return ids.at(-1)
    })
  } while (after !== undefined)
}

/** So many contents are put into the queue in one night; the others follow. */
const unreadAtATime = 5_000

/** Where nothing recognises letters, scans stay unread; only what came in these days is looked at again. */
const unreadDays = 2

/**
 * Nightly: puts contents into the queue whose pages were not all read, because the reading was given up, or because nothing
 * recognised letters when they came.
 */
export async function readUnread({ database, recogniser }: TextWorkshop, now: Date): Promise<void> {
  const { isAvailable } = await recogniser.letters()
  const since = isAvailable ? new Date(0) : new Date(now.getTime() - unreadDays * 24 * hourMs)
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities)) {
    await database.transaction(wholeUniversity(tenantId), async (db) => {
      const { rows } = await db.execute<{ id: string; mediaType: string }>(sql`
        select c.id, c.media_type as "mediaType" from archive_contents c
        where c.tenant_id = ${tenantId} and c.stored_at >= ${since} and c.kind <> 'ofd'
          and (select count(*) from archive_page_texts t where t.tenant_id = ${tenantId} and t.content_id = c.id)
            < coalesce(c.page_count, 1)
          and exists (${documentsHolding(sql`c.id`)})
        order by c.stored_at desc limit ${unreadAtATime}`)
      for (const { id: contentId } of rows.filter(hasText))
        await enqueue(db, 'archive.read-text', { tenantId, contentId })
    })
  }
}

/** What the reading of texts stands on. */
export interface TextWorkshop extends TextReaders {
  database: Database
  encryption: FieldEncryption
}

/** Nightly: forgets uploads that nobody finished, and takes away contents that nothing came to need. */
export async function tidyArchive(database: Database, { store, uploads }: Contents, now: Date): Promise<void> {
  const before = new Date(now.getTime() - uploadDays * 24 * hourMs)
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities)) {
    await database.transaction(wholeUniversity(tenantId), (db) => incoming.forgetOld({ db, tenantId }, before))
  }
  await uploads.tidy(before)
  const nobodys = new Date(now.getTime() - nobodysHours * hourMs)
  await store.tidyDrafts(nobodys)
  let slice: string[] = []
  const tidySlice = async () => {
    for (const id of await unnamed(database, slice)) await removeUnlessNamed(database, store, id)
    slice = []
  }
  for await (const { id, storedAt } of store.list()) {
    if (storedAt < nobodys) slice.push(id)
    if (slice.length === sliceSize) await tidySlice()
  }
  await tidySlice()
}

/** How many contents are looked up at a time. */
const sliceSize = 1_000

/** Those of the contents that nothing needs. */
async function unnamed(database: Database, contentIds: readonly string[]): Promise<string[]> {
  const { rows } = await database.asKeeper((db) =>
    db.execute<{ id: string }>(sql`select stored.id from unnest(${sql.param([...contentIds])}::text[]) as stored (id)
      where not ${isNeeded(sql`stored.id`)}`),
  )
  return rows.map((it) => it.id)
}

/** While it is looked at, nobody files the content: see `holdContent`. */
async function removeUnlessNamed(database: Database, store: Contents['store'], contentId: string): Promise<void> {
  await database.asKeeper(async (db) => {
    await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${contentId}, 7))`)
    const { rows } = await db.execute(sql`select where ${isNeeded(sql`${contentId}`)}`)
    if (rows.length === 0) await store.remove(contentId)
  })
}
