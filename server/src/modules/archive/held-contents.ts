import type { ContentKind } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { Refusal } from '../../platform/refusal.ts'
import { isNeeded } from './queries.ts'
import { archiveContents, archiveHeldContents } from './tables.ts'

/** A content that lies in the store, and what is known of it. */
export interface TakenContent {
  id: string
  sizeBytes: number
  mediaType: string
  extension: string
  kind: ContentKind
  pageCount: number | null
  isScanned: boolean
}

/** A file whose content lies in the store, of which a document is to be made. */
export interface FileToFile {
  content: TakenContent
  fileName: string
  /** Asked while nobody can take it away. */
  contentIsThere: (contentId: string) => Promise<boolean>
  /** Why it comes after the file was closed, where that has to be said. */
  reason?: string
}

type Rows = Pick<Context, 'db' | 'tenantId'>

/** Nobody takes a content out of the store between here and the end of the transaction. */
export const holdContent = (ctx: Pick<Context, 'db'>, contentId: string) =>
  ctx.db.execute(sql`select pg_advisory_xact_lock_shared(hashtextextended(${contentId}, 7))`)

/** Notes what is known of a content, which stays in the store until the transaction ends. Refuses one that has gone. */
export async function noteContent(ctx: Rows, { content, contentIsThere }: Omit<FileToFile, 'fileName'>): Promise<void> {
  await holdThere(ctx, content.id, contentIsThere)
  await ctx.db
    .insert(archiveContents)
    .values({ tenantId: ctx.tenantId, ...content })
    .onConflictDoNothing()
}

async function holdThere(ctx: Rows, contentId: string, contentIsThere: FileToFile['contentIsThere']): Promise<void> {
  await holdContent(ctx, contentId)
  await refuseGone(contentId, contentIsThere)
}

async function refuseGone(contentId: string, contentIsThere: FileToFile['contentIsThere']): Promise<void> {
  if (!(await contentIsThere(contentId))) throw new Refusal('conflict', '文件在保存时被清理，请重新提交。')
}

/** Keeps contents that are no papers at all, such as pictures of an article, until they are let go. Refuses one that has gone. */
export async function keepContents(
  ctx: Rows,
  heldBy: string,
  contentIds: readonly string[],
  contentIsThere: FileToFile['contentIsThere'],
): Promise<void> {
  const ids = [...new Set(contentIds)].sort()
  // Always in the same order, so that two who keep the same do not wait for one another.
  await ctx.db.execute(sql`select pg_advisory_xact_lock_shared(hashtextextended(id, 7))
    from unnest(${sql.param(ids)}::text[]) as held (id)`)
  for (const contentId of ids) await refuseGone(contentId, contentIsThere)
  await ctx.db.execute(sql`insert into archive_held_contents (tenant_id, held_by, content_id)
    select ${ctx.tenantId}, ${heldBy}, id from unnest(${sql.param(ids)}::text[]) as held (id) on conflict do nothing`)
}

/** Keeps a content for something that is no document, until it is let go. */
export async function holdFor(ctx: Rows, heldBy: string, it: Omit<FileToFile, 'fileName'>): Promise<void> {
  await noteContent(ctx, it)
  const row = { tenantId: ctx.tenantId, heldBy, contentId: it.content.id }
  await ctx.db.insert(archiveHeldContents).values(row).onConflictDoNothing()
}

/** Lets go what was held; of what nothing else needs, the text that was read goes at once, the content in one of the next nights. */
export async function letGo({ db, tenantId }: Rows, heldBy: string): Promise<void> {
  const gone = await db
    .delete(archiveHeldContents)
    .where(and(eq(archiveHeldContents.tenantId, tenantId), eq(archiveHeldContents.heldBy, heldBy)))
    .returning({ id: archiveHeldContents.contentId })
  await db.execute(sql`delete from archive_page_texts t where t.tenant_id = ${tenantId}
    and t.content_id = any(${sql.param(gone.map((it) => it.id))}::text[]) and not ${isNeeded(sql`t.content_id`)}`)
}
