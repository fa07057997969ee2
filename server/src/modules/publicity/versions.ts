import { and, desc, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { found } from '../../platform/refusal.ts'
import { compare } from '../../platform/rich-text/compare.ts'
import { openTo } from './opening.ts'
import { openArticle, type StoredArticle } from './queries.ts'
import type { ArticleText, Comparison, ComparisonQuery, VersionOccasion, VersionRow, VersionView } from './schema.ts'
import { articleVersions } from './tables.ts'

/** Who wrote the text that is kept. */
export interface Writer {
  accountId: string
  name: string
}

/** Whoever has changed the text in work last. */
export const writerOf = ({ editedByAccountId, editedByName }: StoredArticle): Writer => ({
  accountId: editedByAccountId,
  name: editedByName,
})

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

/** Keeps the text in work as a version to come back to. */
export async function keepText(ctx: Context, articleId: string): Promise<number> {
  const { article } = await openTo(ctx, articleId, 'write', '保存版本')
  const version = await keepVersion(ctx, article, { text: article.text, occasion: 'kept', by: writerOf(article) })
  await record(
    ctx,
    'publicity.version-kept',
    { kind: 'article', id: articleId, orgPath: article.path },
    { title: article.title, version },
  )
  return version
}

/** The versions of an article, the last one first. */
export async function listVersions(ctx: Context, articleId: string): Promise<{ items: VersionRow[] }> {
  await openArticle(ctx, articleId)
  const rows = await ctx.db
    .select(listed)
    .from(articleVersions)
    .where(and(eq(articleVersions.tenantId, ctx.tenantId), eq(articleVersions.articleId, articleId)))
    .orderBy(desc(articleVersions.version))
  return { items: rows.map(rowOf) }
}

export async function readVersion(ctx: Context, articleId: string, version: number): Promise<VersionView> {
  await openArticle(ctx, articleId)
  const row = await findVersion(ctx, articleId, version)
  return { ...rowOf({ ...row, title: row.text.title }), text: row.text }
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

/** What somebody has kept last. */
export async function lastVersionBy({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, articleId: string, by: string) {
  const [row] = await db
    .select({ version: articleVersions.version, text: articleVersions.text })
    .from(articleVersions)
    .where(
      and(
        eq(articleVersions.tenantId, tenantId),
        eq(articleVersions.articleId, articleId),
        eq(articleVersions.savedByAccountId, by),
      ),
    )
    .orderBy(desc(articleVersions.version))
    .limit(1)
  return row ?? null
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

/** All of a version but its text. */
const listed = {
  version: articleVersions.version,
  occasion: articleVersions.occasion,
  title: sql<string>`${articleVersions.text}->>'title'`,
  savedAt: articleVersions.savedAt,
  savedByName: articleVersions.savedByName,
}

type Listed = Pick<typeof articleVersions.$inferSelect, 'version' | 'occasion' | 'savedAt' | 'savedByName'>

const rowOf = ({ version, occasion, title, savedAt, savedByName }: Listed & { title: string }): VersionRow => ({
  ...{ version, occasion, title, savedByName },
  savedAt: savedAt.toISOString(),
})
