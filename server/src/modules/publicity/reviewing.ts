import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import { openTo } from './opening.ts'
import { isApproved } from './policy.ts'
import type { NewReview } from './schema.ts'
import { changeArticle, subjectOf } from './service.ts'
import { settingsOf } from './settings.ts'
import { articleReviews, articles } from './tables.ts'

/**
 * Says of a submitted version that it may be published, or sends it back to be changed. With the last approval that is needed it may be
 * published; sent back, it is open to its writers again.
 */
export async function reviewArticle(ctx: Context, articleId: string, review: NewReview): Promise<void> {
  const { article, given } = await openTo(ctx, articleId, 'review', '审核')
  if (article.submittedVersion !== review.version)
    throw new Refusal('changed', '稿件在您打开之后又提交过，请刷新页面，看过新的版本再审核。')
  if (review.verdict === 'returned' && review.opinion.length < 2) refuseField('opinion', '请写明要修改什么')

  const { tenantId, actor } = ctx
  const row = {
    ...review,
    ...{ tenantId, id: newId(), articleId, path: article.path },
    reviewerPath: officeAbove(ctx, article.path),
    reviewerAccountId: actor.accountId,
    reviewerName: actor.name,
  }
  await ctx.db.insert(articleReviews).values(row)
  if (review.verdict === 'returned') await changeArticle(ctx, articleId, { submittedVersion: null, submittedAt: null })
  else {
    const { settings } = await settingsOf(ctx)
    if (isApproved(article, [...given, row], settings)) await changeArticle(ctx, articleId, { approvedAt: new Date() })
  }
  const { version, verdict } = review
  await record(ctx, 'publicity.reviewed', subjectOf(article), { title: article.title, version, verdict })
}

/** Approves what waits and has enough approvals by what is settled now, such as after fewer are asked for. */
export async function approveWaiting(ctx: Context): Promise<void> {
  const { db, tenantId } = ctx
  const waiting = await db
    .select({ article: articles, review: articleReviews })
    .from(articles)
    .innerJoin(
      articleReviews,
      and(
        eq(articleReviews.tenantId, articles.tenantId),
        eq(articleReviews.articleId, articles.id),
        eq(articleReviews.version, articles.submittedVersion),
      ),
    )
    .where(
      and(
        eq(articles.tenantId, tenantId),
        isNull(articles.approvedAt),
        isNull(articles.droppedAt),
        isNull(articles.withdrawnAt),
      ),
    )
    .for('update', { of: articles })
  const { settings } = await settingsOf(ctx)
  for (const [id, rows] of Map.groupBy(waiting, (it) => it.article.id)) {
    const given = rows.map((it) => it.review)
    if (rows.every(({ article }) => isApproved(article, given, settings)))
      await changeArticle(ctx, id, { approvedAt: new Date() })
  }
}

/** The highest place at which the office stands that lets the actor review. */
const officeAbove = ({ actor }: Context, path: OrgPath): OrgPath =>
  actor.rootsOf('publish').find((root) => isWithin(path, root)) ?? path
