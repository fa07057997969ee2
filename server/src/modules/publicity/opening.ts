import type { Context } from '../../platform/context.ts'
import { authorize, Refusal } from '../../platform/refusal.ts'
import { type OpenedArticle, openArticle, type StoredArticle } from './queries.ts'
import type { ArticleCan } from './schema.ts'

/** What only officers of publicity do. */
const ofOfficers: readonly (keyof ArticleCan)[] = ['review', 'publish', 'withdraw']

/**
 * The article, locked, for whoever may do this with it. Whoever could, were it not for what has become of the article meanwhile, is told
 * in words what that is.
 */
export async function openTo(
  ctx: Context,
  articleId: string,
  action: keyof ArticleCan,
  named: string,
): Promise<OpenedArticle> {
  const opened = await openArticle(ctx, articleId, { lock: true })
  if (opened.can[action]) return opened
  const { article, given } = opened
  const { actor } = ctx
  const isOfficer = actor.administrator === null && actor.holds('publish', article.path)
  authorize(isOfficer || !ofOfficers.includes(action), `${named}这篇稿件`)
  if (action === 'review' && isWaiting(article)) {
    if (given.some((it) => it.reviewerAccountId === actor.accountId))
      throw new Refusal('conflict', '这一版您已经审核过，请等其他审核人的意见。')
    throw new Refusal('forbidden', '自己写的或修改过的稿件不能自己审核，请由其他负责宣传的同志审核。')
  }
  throw new Refusal('conflict', `这篇稿件${whatBecameOf(article)}，不能${named}。请刷新页面查看。`)
}

const isWaiting = ({ submittedVersion, approvedAt, withdrawnAt, droppedAt }: StoredArticle): boolean =>
  submittedVersion !== null && approvedAt === null && withdrawnAt === null && droppedAt === null

/** What has become of an article, as it goes on after “这篇稿件”. */
export function whatBecameOf(it: StoredArticle): string {
  if (it.droppedAt !== null) return '已放弃'
  if (it.withdrawnAt !== null) return '已撤下'
  if (it.scheduledFor !== null) return '已定时发布'
  if (it.approvedAt !== null) return '已通过审核'
  if (it.submittedVersion !== null) return '正在审核'
  return it.publishedAt === null ? '还在编写' : '已经发布'
}
