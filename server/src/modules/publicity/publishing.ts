import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Database } from '../../platform/database.ts'
import { wholeUniversity } from '../../platform/database.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, Refusal, refuseField } from '../../platform/refusal.ts'
import { renderHtml } from '../../platform/rich-text/html.ts'
import { plainText } from '../../platform/rich-text/reading-schema.ts'
import { fold } from '../../platform/search/folding.ts'
import { wordsOf } from '../../platform/search/words.ts'
import { dayInChina } from '../../platform/today.ts'
import { actorOfAccount } from '../accounts/actor.ts'
import { findMedia, type StoredItem } from '../media/queries.ts'
import { coverOrder, formsIn, placeOnSite } from './pictures.ts'
import { openArticle, type StoredArticle } from './queries.ts'
import type { ArticleText, Publication } from './schema.ts'
import { changeArticle, mediaOf, notSubmitted, subjectOf } from './service.ts'
import { articles, siteArticles, siteMedia } from './tables.ts'
import { findVersion, keepVersion } from './versions.ts'

/**
 * Publishes what was approved, at once or at an instant to come. What is published already is corrected by it, and its readers are told
 * when and what. Runs over the whole university, for the number of the article.
 */
export async function publishArticle(ctx: Context, articleId: string, { at }: Publication, now: Date): Promise<void> {
  const { article, can } = await openArticle(ctx, articleId, { lock: true })
  authorize(can.publish, '发布这篇稿件')
  if (at === null) return putOnSite(ctx, article, now)

  const scheduledFor = new Date(at)
  if (scheduledFor <= now) refuseField('at', '定时发布的时间要晚于现在')
  if (scheduledFor.getTime() - now.getTime() > furthestMs) refuseField('at', '定时发布最多提前一年')
  const { accountId, name } = ctx.actor
  await changeArticle(ctx, articleId, { scheduledFor, scheduledByAccountId: accountId, scheduledByName: name })
  await record(ctx, 'publicity.scheduled', subjectOf(article), { title: article.title, scheduledFor: at })
}

const furthestMs = 366 * 24 * 3_600_000

/** Takes back that an article is published by itself; it stays approved. */
export async function cancelSchedule(ctx: Context, articleId: string): Promise<void> {
  const { article, can } = await openArticle(ctx, articleId, { lock: true })
  authorize(can.publish, '取消定时发布')
  if (article.scheduledFor === null) throw new Refusal('conflict', '这篇稿件没有定时发布，可能已经发布。请刷新页面查看。')
  await changeArticle(ctx, articleId, notScheduled)
  await record(ctx, 'publicity.schedule-cancelled', subjectOf(article), { title: article.title })
}

const notScheduled = { scheduledFor: null, scheduledByAccountId: null, scheduledByName: null }

/** Takes a published article from the site, with the reason. */
export async function withdrawArticle(ctx: Context, articleId: string, reason: string): Promise<void> {
  const { article, can } = await openArticle(ctx, articleId, { lock: true })
  authorize(can.withdraw, '撤下这篇稿件')
  await changeArticle(ctx, articleId, {
    ...{ ...notSubmitted, withdrawnAt: new Date(), withdrawalReason: reason, revision: article.revision + 1 },
  })
  await clearSite(ctx, articleId)
  await record(ctx, 'publicity.withdrawn', subjectOf(article), { title: article.title, reason })
}

/**
 * Publishes what is due now. Each in its own transaction: what was published once is not due again. The right of whoever has scheduled it
 * is asked anew; where it is gone, the article stays approved and somebody else decides.
 */
export async function publishScheduled(database: Database, encryption: FieldEncryption, now: Date): Promise<void> {
  for (const { tenantId, id } of await dueArticles(database, now))
    await database.transaction(wholeUniversity(tenantId), async (db) => {
      const [article] = await db
        .select()
        .from(articles)
        .where(and(eq(articles.tenantId, tenantId), eq(articles.id, id), lte(articles.scheduledFor, now)))
        .for('update')
      if (!article?.scheduledByAccountId) return
      const today = dayInChina(now)
      const actor = await actorOfAccount(db, { tenantId, accountId: article.scheduledByAccountId, today })
      const by = actor ?? undefined
      if (!by?.holds('publish', article.path)) {
        await changeArticle({ db, tenantId }, id, notScheduled)
        return
      }
      await putOnSite({ db, tenantId, actor: by, today, requestId: newId(), encryption }, article, now)
    })
}

async function dueArticles(database: Database, now: Date): Promise<{ tenantId: string; id: string }[]> {
  const { rows } = await database.app.execute<{ id: string }>(sql`select id from universities`)
  const due = []
  for (const { id: tenantId } of rows)
    due.push(
      ...(await database.reading(wholeUniversity(tenantId), (db) =>
        db
          .select({ tenantId: articles.tenantId, id: articles.id })
          .from(articles)
          .where(and(eq(articles.tenantId, tenantId), lte(articles.scheduledFor, now), isNull(articles.droppedAt)))
          .orderBy(articles.scheduledFor)
          .limit(100),
      )),
    )
  return due
}

async function putOnSite(ctx: Context, article: StoredArticle, now: Date): Promise<void> {
  const { submittedVersion, approvedAt } = article
  if (submittedVersion === null || approvedAt === null)
    throw new Refusal('conflict', '这篇稿件还没有通过审核，不能发布。请刷新页面查看。')
  const { text } = await findVersion(ctx, article.id, submittedVersion)
  const { tenantId, actor } = ctx
  const number = article.number ?? (await nextNumber(ctx))
  const publishedAt = article.publishedAt ?? now
  const before = await onSite(ctx, article.id)
  const told = article.publishedAt !== null && article.correctionNote !== null
  const corrections = [
    ...(before?.corrections ?? []),
    ...(told ? [{ at: now.toISOString(), note: article.correctionNote ?? '' }] : []),
  ]
  const media = await findMedia(ctx, mediaOf(text))
  const { organizationId, path, sectionId, isOpen } = article
  const row = {
    ...{ tenantId, articleId: article.id, number, organizationId, path, sectionId, isOpen, publishedAt, corrections },
    ...pageOf(text, media, publishedAt),
  }
  await clearSite(ctx, article.id)
  await ctx.db.insert(siteArticles).values(row)
  const shown = mediaOf(text).filter((id) => media.get(id)?.withdrawnAt === null)
  if (shown.length > 0)
    await ctx.db
      .insert(siteMedia)
      .values(shown.map((mediaId) => ({ tenantId, mediaId, articleId: article.id, path, isOpen })))

  const publishedVersion = await keepVersion(ctx, article, {
    text,
    occasion: 'published',
    by: { accountId: actor.accountId, name: actor.name },
  })
  await changeArticle(ctx, article.id, {
    ...{ ...notSubmitted, number, publishedAt, publishedVersion, correctionNote: null },
    revision: article.revision + 1,
  })
  const event = article.publishedAt === null ? 'publicity.published' : 'publicity.corrected'
  await record(ctx, event, subjectOf(article), { title: text.title, number })
}

/** What readers see of a text. */
function pageOf(text: ArticleText, media: ReadonlyMap<string, StoredItem>, publishedAt: Date) {
  const { title, summary, byline, body, cover } = text
  const html = renderHtml(body, { profile: 'article', mediaUrl: (wanted) => placeOnSite(wanted, media) })
  const folded = fold(`${title}\n${summary}\n${plainText(body)}`)
  const coverItem = cover ? media.get(cover.mediaId) : undefined
  return {
    ...{ title, summary: summary || beginningOf(plainText(body)), byline, html, folded },
    words: wordsOf(folded, publishedAt.getFullYear()),
    coverId: cover && coverItem?.withdrawnAt === null ? cover.mediaId : null,
    coverAlt: cover?.alt ?? '',
    coverForms: cover && coverItem ? formsIn(coverOrder(cover, coverItem)) : null,
  }
}

const beginningOf = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}

/** The next number in addresses: one behind another, none twice. */
async function nextNumber({ db, tenantId }: Context): Promise<number> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended('publicity-number' || ${tenantId}, 0))`)
  const { rows } = await db.execute<{ number: number }>(
    sql`select coalesce(max(number), 0) + 1 as number from articles where tenant_id = ${tenantId}`,
  )
  return rows[0]?.number ?? 1
}

async function onSite({ db, tenantId }: Context, articleId: string) {
  const [row] = await db
    .select({ corrections: siteArticles.corrections })
    .from(siteArticles)
    .where(and(eq(siteArticles.tenantId, tenantId), eq(siteArticles.articleId, articleId)))
  return row
}

async function clearSite({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, articleId: string): Promise<void> {
  await db.delete(siteMedia).where(and(eq(siteMedia.tenantId, tenantId), eq(siteMedia.articleId, articleId)))
  await db.delete(siteArticles).where(and(eq(siteArticles.tenantId, tenantId), eq(siteArticles.articleId, articleId)))
}
