import { and, asc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { openTo } from './opening.ts'
import { openArticle } from './queries.ts'
import type { NewRemark, RemarkView } from './schema.ts'
import { subjectOf } from './service.ts'
import { articleRemarks } from './tables.ts'

/** The remarks in the margin of an article, with the answers, the first one first. */
export async function listRemarks(ctx: Context, articleId: string): Promise<{ items: RemarkView[] }> {
  const { can } = await openArticle(ctx, articleId)
  const rows = await ctx.db
    .select()
    .from(articleRemarks)
    .where(and(eq(articleRemarks.tenantId, ctx.tenantId), eq(articleRemarks.articleId, articleId)))
    .orderBy(asc(articleRemarks.writtenAt), asc(articleRemarks.id))
  return {
    items: rows.map(({ id, quote, block, body, answersId, writtenAt, writtenByName, settledAt, settledByName }) => ({
      ...{ id, quote, block, body, answersId, writtenByName, settledByName },
      writtenAt: writtenAt.toISOString(),
      settledAt: settledAt?.toISOString() ?? null,
      can: { settle: can.remark && settledAt === null && answersId === null },
    })),
  }
}

/** Writes a remark in the margin, or an answer to one. */
export async function addRemark(ctx: Context, articleId: string, remark: NewRemark): Promise<string> {
  const { article } = await openTo(ctx, articleId, 'remark', '提意见')
  if (remark.answersId !== null) {
    const answered = await findRemark(ctx, articleId, remark.answersId)
    if (answered.answersId !== null) throw new Refusal('conflict', '只能回复一条意见，不能回复“回复”。')
  }

  const { tenantId, actor } = ctx
  const id = newId()
  await ctx.db.insert(articleRemarks).values({
    ...remark,
    ...{ tenantId, id, articleId, path: article.path },
    writtenByAccountId: actor.accountId,
    writtenByName: actor.name,
  })
  await record(ctx, 'publicity.remark-written', subjectOf(article), { title: article.title })
  return id
}

/** Marks a remark as settled. It stays to be read. */
export async function settleRemark(ctx: Context, articleId: string, remarkId: string): Promise<void> {
  const { article } = await openTo(ctx, articleId, 'remark', '处理意见')
  const remark = await findRemark(ctx, articleId, remarkId)
  if (remark.answersId !== null) throw new Refusal('conflict', '这是一条回复，请在它所回复的意见上标为已处理。')
  if (remark.settledAt !== null) throw new Refusal('conflict', '这条意见已经标为已处理。请刷新页面查看。')

  await ctx.db
    .update(articleRemarks)
    .set({ settledAt: new Date(), settledByName: ctx.actor.name })
    .where(ofRemark(ctx, articleId, remarkId))
  await record(ctx, 'publicity.remark-settled', subjectOf(article), { title: article.title })
}

async function findRemark(ctx: Context, articleId: string, remarkId: string) {
  const [row] = await ctx.db
    .select()
    .from(articleRemarks)
    .where(ofRemark(ctx, articleId, remarkId))
  return found(row, '条意见')
}

const ofRemark = ({ tenantId }: Context, articleId: string, remarkId: string) =>
  and(eq(articleRemarks.tenantId, tenantId), eq(articleRemarks.articleId, articleId), eq(articleRemarks.id, remarkId))
