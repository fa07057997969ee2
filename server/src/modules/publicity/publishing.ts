import { and, eq, lte, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { type Database, type Db, wholeUniversity } from '../../platform/database.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { newId } from '../../platform/ids.ts'
import { record, system } from '../../platform/journal.ts'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import { renderHtml } from '../../platform/rich-text/html.ts'
import { plainText } from '../../platform/rich-text/reading-schema.ts'
import { dayInChina } from '../../platform/today.ts'
import { actorOfAccount } from '../accounts/actor.ts'
import { findMedia, type StoredItem } from '../media/queries.ts'
import { dropDraft } from '../notices/renewing.ts'
import { universities } from '../organization/tables.ts'
import { openTo } from './opening.ts'
import { coverForms, mediaIn, misplaced, placeOnSite } from './pictures.ts'
import type { StoredArticle } from './queries.ts'
import type { ArticleText, Publication } from './schema.ts'
import { changeArticle, notSubmitted, subjectOf } from './service.ts'
import { searchable } from './site-search.ts'
import { articles, siteArticles, siteMedia } from './tables.ts'
import { findVersion, keepVersion } from './versions.ts'

/**
 * Publishes what was approved, at once or at an instant to come. What is published already is corrected by it, and its readers are told
 * when and what. Runs over the whole university, for the number of the article.
 */
export async function publishArticle(
  ctx: Context,
  articleId: string,
  { version, at }: Publication,
  now: Date,
): Promise<void> {
  const { article } = await openTo(ctx, articleId, 'publish', '发布')
  if (article.submittedVersion !== version)
    throw new Refusal('changed', '稿件在您打开之后撤回修改过，又重新通过了审核。请刷新页面，看过新的内容再发布。')
  if (at === null) return putOnSite(ctx, article, now)

  const scheduledFor = new Date(at)
  if (scheduledFor <= now) refuseField('at', '定时发布的时间要晚于现在')
  if (scheduledFor.getTime() - now.getTime() > furthestMs) refuseField('at', '定时发布最多提前一年')
  const { accountId, name } = ctx.actor
  await changeArticle(ctx, articleId, {
    scheduledFor,
    scheduledByAccountId: accountId,
    scheduledByName: name,
    scheduleProblem: null,
  })
  await record(ctx, 'publicity.scheduled', subjectOf(article), { title: article.title, scheduledFor: at })
}

const furthestMs = 366 * 24 * 3_600_000

/** Takes back that an article is published by itself; it stays approved. */
export async function cancelSchedule(ctx: Context, articleId: string): Promise<void> {
  const { article } = await openTo(ctx, articleId, 'publish', '取消定时发布')
  if (article.scheduledFor === null)
    throw new Refusal('conflict', '这篇稿件没有定时发布，可能已经发布。请刷新页面查看。')
  await changeArticle(ctx, articleId, notScheduled)
  await record(ctx, 'publicity.schedule-cancelled', subjectOf(article), { title: article.title })
}

const notScheduled = { scheduledFor: null, scheduledByAccountId: null, scheduledByName: null }

/** Takes a published article from the site, with the reason. */
export async function withdrawArticle(ctx: Context, articleId: string, reason: string): Promise<void> {
  const { article } = await openTo(ctx, articleId, 'withdraw', '撤下')
  // Visitors are told that it is gone only where they could read it, whatever its correction was going to change.
  const isOpen = (await onSite(ctx, articleId))?.isOpen ?? false
  await changeArticle(ctx, articleId, {
    ...{ ...notSubmitted, isOpen, withdrawnAt: new Date(), withdrawalReason: reason, revision: article.revision + 1 },
  })
  await clearSite(ctx, articleId)
  await dropDraft(ctx, { of: 'article', id: articleId }, '稿件已经撤下')
  await record(ctx, 'publicity.withdrawn', subjectOf(article), { title: article.title, reason })
}

/** What an officer is about to publish: the text that was submitted. */
export async function readSubmitted(ctx: Context, articleId: string): Promise<ArticleText> {
  const { article } = await openTo(ctx, articleId, 'publish', '发布')
  return (await findVersion(ctx, articleId, article.submittedVersion ?? 0)).text
}

/**
 * The job `publicity.publish-scheduled`: publishes what is due. Each article in a transaction of its own, so that what was published when
 * the server ended is not due again, and one that fails keeps no other one back. Whether whoever has scheduled it may still publish is asked
 * anew; where they may not, or a picture was withdrawn, it stays approved, and its page says why.
 */
export async function publishScheduled(database: Database, encryption: FieldEncryption, now: Date): Promise<void> {
  const failures: unknown[] = []
  for (const due of await dueArticles(database, now))
    await publishOrDrop(database, encryption, due, now).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, `not published: ${failures.map(String).join('; ')}`)
}

async function publishOrDrop(
  database: Database,
  encryption: FieldEncryption,
  { tenantId, id }: { tenantId: string; id: string },
  now: Date,
): Promise<void> {
  const ground = { tenantId, today: dayInChina(now), requestId: newId(), encryption }
  const run = (useCase: (db: Db) => Promise<void>) => database.transaction(wholeUniversity(tenantId), useCase)
  try {
    await run((db) => publishDue({ db, ...ground }, id, now))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await run((db) => dropSchedule({ db, ...ground }, id, error.message, now))
  }
}

type Ground = Omit<Context, 'actor'>

async function publishDue(ground: Ground, articleId: string, now: Date): Promise<void> {
  const { db, tenantId, today } = ground
  const article = await lockDue(ground, articleId, now)
  if (!article?.scheduledByAccountId) return
  const actor = await actorOfAccount(db, { tenantId, accountId: article.scheduledByAccountId, today })
  if (!actor?.holds('publish', article.path))
    throw new Refusal(
      'forbidden',
      `${article.scheduledByName ?? ''}现在不负责这里的宣传工作，请由现任同志决定是否发布。`,
    )
  await putOnSite({ ...ground, actor }, article, now)
}

async function dropSchedule(ground: Ground, articleId: string, problem: string, now: Date): Promise<void> {
  const article = await lockDue(ground, articleId, now)
  if (!article) return
  await changeArticle(ground, articleId, { ...notScheduled, scheduleProblem: problem })
  await record({ ...ground, actor: system }, 'publicity.schedule-dropped', subjectOf(article), {
    title: article.title,
    problem,
  })
}

async function lockDue({ db, tenantId }: Ground, id: string, now: Date): Promise<StoredArticle | undefined> {
  const [article] = await db
    .select()
    .from(articles)
    .where(and(eq(articles.tenantId, tenantId), eq(articles.id, id), lte(articles.scheduledFor, now)))
    .for('update')
  return article
}

async function dueArticles(database: Database, now: Date): Promise<{ tenantId: string; id: string }[]> {
  const due = []
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities))
    due.push(
      ...(await database.reading(wholeUniversity(tenantId), (db) =>
        db
          .select({ tenantId: articles.tenantId, id: articles.id })
          .from(articles)
          .where(and(eq(articles.tenantId, tenantId), lte(articles.scheduledFor, now)))
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
  const media = await findMedia(ctx, mediaIn(text))
  refuseGone(text, media)
  const { organizationId, path, sectionId, isOpen } = article
  const row = {
    ...{ tenantId, articleId: article.id, number, organizationId, path, sectionId, isOpen, publishedAt, corrections },
    ...pageOf(text, media),
  }
  await clearSite(ctx, article.id)
  await ctx.db.insert(siteArticles).values(row)
  if (media.size > 0)
    await ctx.db
      .insert(siteMedia)
      .values(mediaIn(text).map((mediaId) => ({ tenantId, mediaId, articleId: article.id, path, isOpen })))

  const publishedVersion = await keepVersion(ctx, article, {
    text,
    occasion: 'published',
    by: { accountId: actor.accountId, name: actor.name },
  })
  await changeArticle(ctx, article.id, {
    ...{ ...notSubmitted, number, publishedAt, publishedVersion, correctionNote: null },
    revision: article.revision + 1,
    publishedRevision: article.revision + 1,
  })
  const event = article.publishedAt === null ? 'publicity.published' : 'publicity.corrected'
  await record(ctx, event, subjectOf(article), { title: text.title, number })
}

/** A picture that was withdrawn after its article was approved, or that cannot be shown, is not left out silently. */
function refuseGone(text: ArticleText, media: ReadonlyMap<string, StoredItem>): void {
  const wrong = misplaced(text, media)
  if (wrong)
    throw new Refusal('conflict', `稿件里的“${wrong.fileName}”放错了位置，显示不出来。请撤回送审，换掉它再提交。`)
  const gone = mediaIn(text).find((id) => media.get(id)?.withdrawnAt !== null)
  if (gone === undefined) return
  const name = media.get(gone)?.fileName
  throw new Refusal('conflict', `稿件里的${name ? `“${name}”` : '一张图片'}已经撤下。请撤回送审，换掉它再提交。`)
}

/** What readers see of a text. */
function pageOf(text: ArticleText, media: ReadonlyMap<string, StoredItem>) {
  const { title, summary, byline, body, cover } = text
  const html = renderHtml(body, { profile: 'article', mediaUrl: (wanted) => placeOnSite(wanted, media) })
  const coverItem = cover ? media.get(cover.mediaId) : undefined
  return {
    ...{ title, summary: summary || beginningOf(plainText(body)), byline, html },
    ...searchable(title, summary, plainText(body)),
    coverId: cover?.mediaId ?? null,
    coverAlt: cover?.alt ?? '',
    coverForms: cover && coverItem ? coverForms(cover, coverItem) : null,
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
    .select({ corrections: siteArticles.corrections, isOpen: siteArticles.isOpen })
    .from(siteArticles)
    .where(and(eq(siteArticles.tenantId, tenantId), eq(siteArticles.articleId, articleId)))
  return row
}

async function clearSite({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, articleId: string): Promise<void> {
  await db.delete(siteMedia).where(and(eq(siteMedia.tenantId, tenantId), eq(siteMedia.articleId, articleId)))
  await db.delete(siteArticles).where(and(eq(siteArticles.tenantId, tenantId), eq(siteArticles.articleId, articleId)))
}
