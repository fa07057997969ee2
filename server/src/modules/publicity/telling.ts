import type { Context } from '../../platform/context.ts'
import { Refusal } from '../../platform/refusal.ts'
import { beginningOf } from '../../platform/storable.ts'
import type { Telling, TellingSource } from '../notices/begun-drafts.ts'
import { beginDraft } from '../notices/renewing.ts'
import { mostOfTitle } from '../notices/schema.ts'
import { whatBecameOf } from './opening.ts'
import { addressOf, ofArticle, openArticle, type StoredArticle } from './queries.ts'
import { articles } from './tables.ts'
import { findVersion } from './versions.ts'

/**
 * Drafts a notice of a published article, as readers see it, to everybody of its organisation, which somebody who sends notices there looks at
 * and sends. Asked again while it waits, it is the same. Returns its id.
 */
export async function draftNoticeOf(ctx: Context, articleId: string, base: string): Promise<string> {
  const { article } = await openArticle(ctx, articleId, { lock: true })
  const telling = await tellingOf(ctx, article, base)
  if (telling === undefined) throw new Refusal('conflict', `这篇稿件${whatBecameOf(article)}，发布后才能发通知告知。`)
  const { organizationId } = article
  return (await beginDraft(ctx, { of: 'article', id: articleId }, { organizationId, telling })).id
}

/** How a published article is told now; undefined for one that is not there to be read. */
export const articleTelling: TellingSource = async (ctx, id, { base, lock = false }) => {
  const query = ctx.db.select().from(articles).where(ofArticle(ctx, id)).$dynamic()
  const [article] = await (lock ? query.for('update') : query)
  return article && tellingOf(ctx, article, base)
}

async function tellingOf(ctx: Context, article: StoredArticle, base: string): Promise<Telling | undefined> {
  const { id, number, publishedVersion, withdrawnAt } = article
  if (number === null || publishedVersion === null || withdrawnAt !== null) return undefined
  const { title, summary } = (await findVersion(ctx, id, publishedVersion)).text
  const address = addressOf(base, number)
  return {
    title: beginningOf(title, mostOfTitle),
    body: [summary, `全文：${address}`].filter((it) => it !== '').join('\n\n'),
    ...{ happensOn: null, facts: [{ label: '全文网址', now: address, words: [[address]] }] },
  }
}
