import { and, desc, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Contents } from '../../platform/content/content.ts'
import type { Context } from '../../platform/context.ts'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue, type JobData } from '../../platform/jobs.ts'
import { record } from '../../platform/journal.ts'
import { type OfficialAccount, picturePlace } from '../../platform/messengers/official-account.ts'
import { Refusal } from '../../platform/refusal.ts'
import { authorizePush, kitTextOf } from './kit.ts'
import { kitPartsOf, loadPicture } from './kit-packet.ts'
import { whatBecameOf } from './opening.ts'
import { addressOf, openArticle } from './queries.ts'
import type { WechatDraftView } from './schema.ts'
import { subjectOf } from './service.ts'
import { articles, wechatDrafts } from './tables.ts'
import { findVersion } from './versions.ts'

/** What went into the draft box of the 公众号, the last one first. */
export async function draftsThere(ctx: Context, articleId: string): Promise<WechatDraftView[]> {
  const rows = await ctx.db
    .select()
    .from(wechatDrafts)
    .where(and(eq(wechatDrafts.tenantId, ctx.tenantId), eq(wechatDrafts.articleId, articleId)))
    .orderBy(desc(wechatDrafts.askedAt), desc(wechatDrafts.id))
  return rows.map(({ version, askedAt, askedByName, doneAt, failedAt, failure }) => ({
    ...{ version, askedByName, failure },
    askedAt: askedAt.toISOString(),
    state: doneAt ? 'there' : failedAt ? 'failed' : 'waiting',
  }))
}

/** Asks for an approved article to be put into the draft box; a job does it. A person looks at it there and publishes. */
export async function askForDraft(ctx: Context, articleId: string): Promise<void> {
  const opened = await openArticle(ctx, articleId, { lock: true })
  authorizePush(opened)
  const { version, text } = await kitTextOf(ctx, opened)
  if (version === null) throw new Refusal('conflict', '这篇稿件还没有通过审核，不能推送。')
  const { checks } = await kitPartsOf(ctx, text, opened.article.isOpen)
  const must = checks.find((it) => it.weight === 'must')
  if (must) throw new Refusal('conflict', `还不能推送：${must.text}`)
  const waiting = (await draftsThere(ctx, articleId)).some((it) => it.state === 'waiting')
  if (waiting) throw new Refusal('conflict', '这篇稿件正在推送，请稍后刷新查看结果。')

  const { tenantId, actor } = ctx
  const { path } = opened.article
  const id = newId()
  const by = { askedByAccountId: actor.accountId, askedByName: actor.name }
  await ctx.db.insert(wechatDrafts).values({ tenantId, id, articleId, path, version, ...by })
  await enqueue(ctx.db, 'publicity.push-draft', { tenantId, draftId: id })
  await record(ctx, 'publicity.draft-pushed', subjectOf(opened.article), { title: text.title, version })
}

const job = z.object({ tenantId: z.string(), draftId: z.string() })

/** What the job stands on. */
export interface DraftWorkshop {
  database: Database
  contents: Contents
  baseUrl: string
  account: OfficialAccount | null
}

/**
 * Puts an article into the draft box of the 公众号. Before the last request it is committed that it is on its way: a process that was
 * killed then is not followed by another, and what became of it is told as not known. Where something here fails, that is told, too, so that
 * it may be asked for again.
 */
export async function pushDraft(workshop: DraftWorkshop, data: JobData): Promise<void> {
  const { tenantId, draftId } = job.parse(data)
  const change: Change = (set) =>
    workshop.database.transaction(wholeUniversity(tenantId), async (db) => {
      await db.update(wechatDrafts).set(set).where(isOpen(tenantId, draftId))
    })
  try {
    await draftOf(workshop, { tenantId, draftId }, change)
  } catch (error) {
    const failure = '服务器出错，没有确认是否推送成功。请先到公众号后台查看草稿箱，再推送一次；仍然不行请联系管理员'
    await change({ failedAt: new Date(), failure })
    throw error
  }
}

type Change = (set: Partial<typeof wechatDrafts.$inferInsert>) => Promise<void>

async function draftOf(
  { database, contents, baseUrl, account }: DraftWorkshop,
  { tenantId, draftId }: z.infer<typeof job>,
  change: Change,
): Promise<void> {
  const inTenant = <T>(work: (ctx: Pick<Context, 'db' | 'tenantId'>) => Promise<T>) =>
    database.transaction(wholeUniversity(tenantId), (db) => work({ db, tenantId }))

  const wanted = await inTenant(async (ctx) => {
    const [row] = await ctx.db.select().from(wechatDrafts).where(isOpen(tenantId, draftId))
    if (!row) return undefined
    const [article] = await ctx.db
      .select()
      .from(articles)
      .where(and(eq(articles.tenantId, tenantId), eq(articles.id, row.articleId)))
    const { text } = await findVersion(ctx, row.articleId, row.version)
    return article && { row, article, parts: await kitPartsOf(ctx, text, article.isOpen) }
  })
  if (!wanted) return
  const fail = (failure: string) => change({ failedAt: new Date(), failure })
  const { row, article, parts } = wanted
  if (row.claimedAt !== null) return fail('推送时服务器中断，可能已在草稿箱中，请到公众号后台查看')
  if (account === null) return fail('管理员没有设置公众号')
  if (article.withdrawnAt !== null || article.droppedAt !== null) return fail(`稿件${whatBecameOf(article)}`)
  if (parts.covers === null) return fail('没有封面图')

  const { store } = contents
  const pictures = []
  for (const [at, it] of parts.pictures.entries()) pictures.push(await loadPicture(store, String(at + 1), it))
  const outcome = await account.draft(
    {
      title: parts.text.title,
      author: parts.text.byline.author,
      digest: parts.text.summary,
      content: parts.html(picturePlace),
      cover: await loadPicture(store, 'cover', parts.covers.wide),
      pictures,
      sourceUrl: article.isOpen && article.number !== null ? addressOf(baseUrl, article.number) : null,
    },
    () => change({ claimedAt: new Date() }),
  )
  if (outcome.kind === 'drafted') await change({ doneAt: new Date(), draftMediaId: outcome.mediaId })
  else await fail(outcome.kind === 'uncertain' ? `${outcome.why}，请到公众号后台的草稿箱查看` : outcome.why)
}

const isOpen = (tenantId: string, draftId: string) =>
  and(
    eq(wechatDrafts.tenantId, tenantId),
    eq(wechatDrafts.id, draftId),
    isNull(wechatDrafts.doneAt),
    isNull(wechatDrafts.failedAt),
  )
