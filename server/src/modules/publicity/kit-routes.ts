import type { Context as HonoContext } from 'hono'
import type { Context } from '../../platform/context.ts'
import { answers, answersFile, downloadStream, type Env, inWholeUniversity, router } from '../../platform/http.ts'
import { kitTextOf, readKit } from './kit.ts'
import { kitPartsOf, packetOf } from './kit-packet.ts'
import { ofArticle, overArticle } from './over-article.ts'
import { preparePictures } from './pictures.ts'
import { openArticle } from './queries.ts'
import { kitView } from './schema.ts'
import { askForDraft } from './wechat-drafts.ts'

/** 公众号排版: an article for a 公众号, to copy, to take away, or to be put into its draft box. */
export const kitRoutes = router()
  .get('/', answers('稿件的公众号排版、两种封面和需要核对的地方', kitView), ofArticle, async (c) => {
    const { articleId } = c.req.valid('param')
    await prepared(c, articleId)
    const isConfigured = c.var.outgoing.officialAccount !== null
    return c.json(await overArticle(c, articleId, (ctx) => readKit(ctx, articleId, { isConfigured })))
  })
  .get('/packet.zip', answersFile('公众号排版的文件包', ['application/zip']), ofArticle, async (c) => {
    const { articleId } = c.req.valid('param')
    await prepared(c, articleId)
    const parts = await overArticle(c, articleId, async (ctx) => {
      const opened = await openArticle(ctx, articleId)
      const { text } = await kitTextOf(ctx, opened)
      return { text, isOpen: opened.article.isOpen }
    })
    const kit = await inWholeUniversity(c, (ctx) => kitPartsOf(ctx, parts.text, parts.isOpen))
    const name = `${parts.text.title || '稿件'}-公众号.zip`
    return downloadStream(c, name, 'application/zip', packetOf(kit, c.var.contents.store))
  })
  .post('/drafts', answers('把稿件推送到公众号的草稿箱，由人在那里发布'), ofArticle, async (c) => {
    const { articleId } = c.req.valid('param')
    await prepared(c, articleId)
    await inWholeUniversity(c, (ctx: Context) => askForDraft(ctx, articleId))
    return c.body(null, 204)
  })

/** Cuts out what the kit shows of pictures, for whoever may see the article. */
async function prepared(c: HonoContext<Env>, articleId: string): Promise<void> {
  const { text } = await overArticle(c, articleId, async (ctx) => kitTextOf(ctx, await openArticle(ctx, articleId)))
  await preparePictures(c, text, (useCase) => inWholeUniversity(c, useCase))
}
