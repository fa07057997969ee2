import { and, desc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { compare } from '../../platform/rich-text/compare.ts'
import { openArticle, type StoredArticle } from './queries.ts'
import type { ArticleText, Comparison, ComparisonQuery, VersionOccasion, VersionRow, VersionView } from './schema.ts'
import { articleVersions } from './tables.ts'

/** Who wrote the text that is kept. */
export interface Writer {
  accountId: string
  name: string
}

/** Keeps a text as the next version of an article whose row is locked; answers its number. */
export async function keepVersion(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  { id: articleId, path }: Pick<StoredArticle, 'id' | 'path'>,
  { text, occasion, by }: { text: ArticleText; occasion: VersionOccasion; by: Writer },
): Promise<number> {
  const [last] = await db
    .select({ version: articleVersions.version })
    .from(articleVersions)
    .where(and(eq(articleVersions.tenantId, tenantId), eq(articleVersions.articleId, articleId)))
    .orderBy(desc(articleVersions.version))
    .limit(1)
  const version = (last?.version ?? 0) + 1
  await db.insert(articleVersions).values({
    ...{ tenantId, articleId, version, path, text, occasion },
    savedByAccountId: by.accountId,
    savedByName: by.name,
  })
  return version
}

/**
 * Keeps what somebody has written as a version beside the text in work: as a mark that they set, or because another one has saved
 * meanwhile and nothing shall be lost.
 */
export async function keepText(ctx: Context, articleId: string, text: ArticleText): Promise<number> {
  const { article, can } = await openArticle(ctx, articleId, { lock: true })
  authorize(can.write, '保存这篇稿件的版本')
  const version = await keepVersion(ctx, article, { text, occasion: 'kept', by: ctx.actor })
  await record(ctx, 'publicity.version-kept', { kind: 'article', id: articleId, orgPath: article.path }, { version })
  return version
}

/** The versions of an article, the last one first. */
export async function listVersions(ctx: Context, articleId: string): Promise<{ items: VersionRow[] }> {
  await openArticle(ctx, articleId)
  const rows = await ctx.db
    .select()
    .from(articleVersions)
    .where(and(eq(articleVersions.tenantId, ctx.tenantId), eq(articleVersions.articleId, articleId)))
    .orderBy(desc(articleVersions.version))
  return { items: rows.map(rowOf) }
}

export async function readVersion(ctx: Context, articleId: string, version: number): Promise<VersionView> {
  await openArticle(ctx, articleId)
  const row = await findVersion(ctx, articleId, version)
  return { ...rowOf(row), text: row.text }
}

/** A version beside another one, or beside the text in work: block by block, and within a block word by word. */
export async function compareVersions(
  ctx: Context,
  articleId: string,
  { from, to }: ComparisonQuery,
): Promise<Comparison> {
  const { article } = await openArticle(ctx, articleId)
  const older = (await findVersion(ctx, articleId, from)).text
  const newer = to === undefined ? article.text : (await findVersion(ctx, articleId, to)).text
  return { older: headOf(older), newer: headOf(newer), body: compare(older.body, newer.body) }
}

/** A version of an article; refuses one that never was. */
export async function findVersion(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  articleId: string,
  version: number,
) {
  const [row] = await db
    .select()
    .from(articleVersions)
    .where(
      and(
        eq(articleVersions.tenantId, tenantId),
        eq(articleVersions.articleId, articleId),
        eq(articleVersions.version, version),
      ),
    )
  return found(row, '个版本')
}

const headOf = ({ title, summary, byline }: ArticleText) => ({ title, summary, byline })

function rowOf({ version, occasion, text, savedAt, savedByName }: typeof articleVersions.$inferSelect): VersionRow {
  return { version, occasion, title: text.title, savedAt: savedAt.toISOString(), savedByName }
}
