import { and, asc, desc, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { found } from '../../platform/refusal.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { may, stateOf, stillAsked } from './policy.ts'
import type { ArticleRow, ArticlesQuery, ArticleView, ListedState } from './schema.ts'
import { settingsOf } from './settings.ts'
import { articleRemarks, articleReviews, articles, siteSections } from './tables.ts'

type Page<Row> = { items: Row[]; next?: string }

export type StoredArticle = typeof articles.$inferSelect
export type StoredReview = typeof articleReviews.$inferSelect

/** An article with the reviews of what is submitted. */
export interface OpenedArticle {
  article: StoredArticle
  /** Of the version that is submitted, the first one first. */
  given: StoredReview[]
  can: ReturnType<typeof may>
}

/** Where an article stands that the database shows the actor: to its author wherever it is. */
export async function placeOf(ctx: Context, articleId: string): Promise<OrgPath> {
  const [row] = await ctx.db.select({ path: articles.path }).from(articles).where(ofArticle(ctx, articleId))
  return found(row, '篇稿件').path
}

/** An article for whoever may see it: its author, and officers of publicity of its organisation or above. */
export async function openArticle(ctx: Context, articleId: string, { lock = false } = {}): Promise<OpenedArticle> {
  const writers = sql<string[]>`array(${writersOf(ctx)})::text[]`
  const query = ctx.db.select({ article: articles, writers }).from(articles).where(ofArticle(ctx, articleId)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  const { article, writers: those } = found(row, '篇稿件')
  const given = article.submittedVersion === null ? [] : await reviewsOf(ctx, articleId, article.submittedVersion)
  const can = may(ctx.actor, article, { given, writers: those })
  found(can.read ? article : undefined, '篇稿件')
  return { article, given, can }
}

/** Who has written at an article of the statement since it was published last, but for the text in work; kept versions tell. */
const writersOf = ({ tenantId }: Pick<Context, 'tenantId'>): SQL =>
  sql`select distinct v.saved_by_account_id from article_versions v where v.tenant_id = ${tenantId} and v.article_id = articles.id
    and v.version > coalesce(articles.published_version, 0) and v.occasion <> 'published'`

export const ofArticle = ({ tenantId }: Pick<Context, 'tenantId'>, articleId: string) =>
  and(eq(articles.tenantId, tenantId), eq(articles.id, articleId))

/** Whether an article was given up before anybody read it, so far as the database shows it. */
export async function isDropped(ctx: Pick<Context, 'db' | 'tenantId'>, articleId: string): Promise<boolean> {
  return (await ctx.db.$count(articles, and(ofArticle(ctx, articleId), isNotNull(articles.droppedAt)))) > 0
}

/** What those who answer for an article have to know of it, unless it was given up or withdrawn. */
export async function standingArticle({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, articleId: string) {
  const { id, path, title, authorAccountId, publishedAt, droppedAt, withdrawnAt } = articles
  const [row] = await db
    .select({ id, path, title, authorAccountId, publishedAt })
    .from(articles)
    .where(and(ofArticle({ tenantId }, articleId), isNull(droppedAt), isNull(withdrawnAt)))
  return row
}

/** Whether an article was given up, and whether the actor may read it. */
export async function standingOf(
  ctx: Pick<Context, 'db' | 'tenantId' | 'actor'>,
  articleId: string,
): Promise<{ isDropped: boolean; isReadable: boolean }> {
  const [row] = await ctx.db.select().from(articles).where(ofArticle(ctx, articleId))
  return {
    isDropped: row !== undefined && row.droppedAt !== null,
    isReadable: row !== undefined && may(ctx.actor, row, { given: [], writers: [] }).read,
  }
}

/** What reviewers have said of a version, the first one first. */
export function reviewsOf(ctx: Pick<Context, 'db' | 'tenantId'>, articleId: string, version?: number) {
  return ctx.db
    .select()
    .from(articleReviews)
    .where(
      and(
        eq(articleReviews.tenantId, ctx.tenantId),
        eq(articleReviews.articleId, articleId),
        version === undefined ? undefined : eq(articleReviews.version, version),
      ),
    )
    .orderBy(asc(articleReviews.reviewedAt), asc(articleReviews.id))
}

/** An article as its page shows it. */
export async function readArticle(
  ctx: Context,
  articleId: string,
  base: string,
): Promise<{ view: ArticleView; revision: number }> {
  const { article, given, can } = await openArticle(ctx, articleId)
  const reviews = await reviewsOf(ctx, articleId)
  const last = reviews.at(-1)
  const [around] = await ctx.db
    .select({ organization: organizations.name, section: siteSections.name, openRemarks: openRemarks(ctx, articleId) })
    .from(organizations)
    .innerJoin(siteSections, and(eq(siteSections.tenantId, ctx.tenantId), eq(siteSections.id, article.sectionId)))
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.id, article.organizationId)))
  const { settings } = await settingsOf(ctx)
  const { read: _, ...allowed } = can
  const view: ArticleView = {
    ...rowOf(article, around?.organization ?? '', around?.section ?? ''),
    returnedBy: stateOf(article) === 'writing' && last?.verdict === 'returned' ? last.reviewerName : null,
    text: article.text,
    submittedVersion: article.submittedVersion,
    publishedVersion: article.publishedVersion,
    approvedAt: iso(article.approvedAt),
    correctionNote: article.correctionNote,
    withdrawnAt: iso(article.withdrawnAt),
    withdrawalReason: article.withdrawalReason,
    reviewersNeeded: settings.reviewers,
    stillAsked:
      article.submittedVersion === null || article.approvedAt !== null ? null : stillAsked(article, given, settings),
    reviews: reviews.toReversed().map(({ version, verdict, opinion, reviewerName, reviewedAt }) => ({
      ...{ version, verdict, opinion, reviewerName },
      reviewedAt: reviewedAt.toISOString(),
    })),
    openRemarks: around?.openRemarks ?? 0,
    address: article.number === null ? null : addressOf(base, article.number),
    can: allowed,
  }
  return { view, revision: article.revision }
}

/** Where an article stands on the site. */
export const addressOf = (base: string, number: number): string => `${base}/site/articles/${number}`

const openRemarks = ({ tenantId }: Pick<Context, 'tenantId'>, articleId: string) =>
  sql<number>`(select count(*)::int from ${articleRemarks} where tenant_id = ${tenantId} and article_id = ${articleId}
    and settled_at is null and answers_id is null)`

/** A page of the articles that the actor may see, the one that was changed last first. */
export async function listArticles(ctx: Context, query: ArticlesQuery): Promise<Page<ArticleRow>> {
  const { state, forMe, mine, sectionId, organizationId, q, cursor, limit } = query
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.string(), z.uuid()]))
  const { actor, tenantId } = ctx
  const isOwn = eq(articles.authorAccountId, actor.accountId)
  const rows = await ctx.db
    .select({ article: listed, organization: organizations.name, section: siteSections.name })
    .from(articles)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, articles.tenantId), eq(organizations.id, articles.organizationId)),
    )
    .innerJoin(siteSections, and(eq(siteSections.tenantId, articles.tenantId), eq(siteSections.id, articles.sectionId)))
    .where(
      and(
        eq(articles.tenantId, tenantId),
        mine ? isOwn : or(within(articles.path, actor.rootsOf('publish')), isOwn),
        state && stateIs[state],
        forMe ? waitsFor(ctx) : undefined,
        sectionId ? eq(articles.sectionId, sectionId) : undefined,
        organizationId ? eq(articles.organizationId, organizationId) : undefined,
        q ? sql`${articles.title} ilike ${`%${q.replace(/[\\%_]/g, '\\$&')}%`}` : undefined,
        after &&
          sql`(date_trunc('milliseconds', ${articles.editedAt}), ${articles.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(sql`date_trunc('milliseconds', ${articles.editedAt})`), desc(articles.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1)?.article : undefined
  return {
    items: items.map((it) => rowOf(it.article, it.organization, it.section)),
    ...(last && { next: writeCursor([last.editedAt.toISOString(), last.id]) }),
  }
}

/**
 * Says of the articles of a list who has sent them back to be changed. A reader sees only that of their list; runs over the whole
 * university, as their author need not hold an office where they are reviewed.
 */
export async function withReturns(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  list: Page<ArticleRow>,
): Promise<Page<ArticleRow>> {
  const ids = list.items.filter((it) => it.state === 'writing').map((it) => it.id)
  const last = await db
    .selectDistinctOn([articleReviews.articleId])
    .from(articleReviews)
    .where(and(eq(articleReviews.tenantId, tenantId), isOneOf(articleReviews.articleId, ids)))
    .orderBy(articleReviews.articleId, desc(articleReviews.reviewedAt), desc(articleReviews.id))
  const by = new Map(last.filter((it) => it.verdict === 'returned').map((it) => [it.articleId, it.reviewerName]))
  return { ...list, items: list.items.map((it) => ({ ...it, returnedBy: by.get(it.id) ?? null })) }
}

/** All of an article but its text. */
const listed = {
  id: articles.id,
  organizationId: articles.organizationId,
  path: articles.path,
  sectionId: articles.sectionId,
  isOpen: articles.isOpen,
  authorAccountId: articles.authorAccountId,
  authorName: articles.authorName,
  title: articles.title,
  editedAt: articles.editedAt,
  editedByAccountId: articles.editedByAccountId,
  editedByName: articles.editedByName,
  submittedVersion: articles.submittedVersion,
  submittedAt: articles.submittedAt,
  approvedAt: articles.approvedAt,
  scheduledFor: articles.scheduledFor,
  publishedAt: articles.publishedAt,
  publishedRevision: articles.publishedRevision,
  revision: articles.revision,
  scheduleProblem: articles.scheduleProblem,
  withdrawnAt: articles.withdrawnAt,
  droppedAt: articles.droppedAt,
  number: articles.number,
}

/** `stateOf` as the database works it out. */
const stateIs: Record<ListedState, SQL> = {
  writing: sql`dropped_at is null and withdrawn_at is null and published_at is null and submitted_version is null`,
  inReview: sql`dropped_at is null and withdrawn_at is null and published_at is null and submitted_version is not null and approved_at is null`,
  approved: sql`dropped_at is null and withdrawn_at is null and published_at is null and approved_at is not null and scheduled_for is null`,
  scheduled: sql`dropped_at is null and withdrawn_at is null and published_at is null and scheduled_for is not null`,
  toPublish: sql`dropped_at is null and withdrawn_at is null and published_at is null and approved_at is not null`,
  published: sql`dropped_at is null and withdrawn_at is null and published_at is not null`,
  withdrawn: sql`dropped_at is null and withdrawn_at is not null`,
  dropped: sql`dropped_at is not null`,
}

/** What waits for a review that the actor may give; corrections of what is published, too. */
const waitsFor = ({ tenantId, actor }: Context): SQL =>
  sql`(${within(articles.path, actor.rootsOf('publish'))}) and dropped_at is null and withdrawn_at is null
    and submitted_version is not null and approved_at is null
    and author_account_id <> ${actor.accountId} and edited_by_account_id <> ${actor.accountId}
    and ${actor.accountId}::uuid not in (${writersOf({ tenantId })})
    and not exists (select from article_reviews r where r.tenant_id = ${tenantId} and r.article_id = ${articles.id}
      and r.version = ${articles.submittedVersion} and r.reviewer_account_id = ${actor.accountId})`

type Listed = Pick<StoredArticle, keyof typeof listed>

function rowOf(it: Listed, organization: string, section: string): ArticleRow {
  return {
    id: it.id,
    title: it.title,
    state: stateOf(it),
    isBeingCorrected: it.withdrawnAt === null && it.publishedRevision !== null && it.revision > it.publishedRevision,
    organization: { id: it.organizationId, name: organization },
    section: { id: it.sectionId, name: section },
    isOpen: it.isOpen,
    authorName: it.authorName,
    editedAt: it.editedAt.toISOString(),
    editedByName: it.editedByName,
    submittedAt: iso(it.submittedAt),
    returnedBy: null,
    scheduledFor: iso(it.scheduledFor),
    scheduleProblem: it.scheduleProblem,
    publishedAt: iso(it.publishedAt),
    number: it.number,
  }
}

export const iso = (at: Date | null): string | null => at?.toISOString() ?? null
