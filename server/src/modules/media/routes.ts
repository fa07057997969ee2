import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import { incomingRoutes, letGo, refuseUnfinished } from '../../platform/content/incoming-routes.ts'
import type { Context } from '../../platform/context.ts'
import {
  answers,
  answersFile,
  asks,
  type Env,
  etagOf,
  inTransaction,
  inTransactionHolding,
  inTransactionOver,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { listMedia, openItem, readItem } from './queries.ts'
import {
  contentQuery,
  created,
  cropOrder,
  cropped,
  mediaDescription,
  mediaList,
  mediaQuery,
  mediaView,
  newItem,
  newUpload,
  textChange,
  textKinds,
  withdrawal,
} from './schema.ts'
import * as service from './service.ts'
import { answerMedia, answerText, cropPicture } from './serving.ts'
import { takeMedia } from './taking-in.ts'
import { readText, setText } from './texts.ts'
import { incoming } from './uploads.ts'

const ofItem = asks('param', z.object({ mediaId: z.uuid() }))

const ofText = asks('param', z.object({ mediaId: z.uuid(), kind: z.enum(textKinds) }))

/** Runs a use case where the actor publishes, whatever else their offices open. */
const inPublishing = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inTransactionHolding(c, 'publish', useCase)

/** Runs a use case over the place of an item that the actor may see. */
async function overItem<T>(c: HonoContext<Env>, mediaId: string, useCase: (ctx: Context) => Promise<T>): Promise<T> {
  const { path } = await inPublishing(c, (ctx) => openItem(ctx, mediaId))
  return inTransactionOver(c, [path], useCase)
}

/** 素材: what people put into articles, stories, posts and lectures. */
export const media = router()
  .route('/uploads', incomingRoutes(incoming, newUpload))
  .get('/items', answers('列出素材，最近的在前', mediaList), asks('query', mediaQuery), async (c) => {
    return c.json(await inPublishing(c, (ctx) => listMedia(ctx, c.req.valid('query'))))
  })
  .post('/items', answers('由上传的文件新增素材', created, 201), asks('json', newItem), async (c) => {
    const wanted = c.req.valid('json')
    const { upload, home } = await inTransaction(c, async (ctx) => ({
      home: await service.homeFor(ctx, wanted),
      upload: await incoming.open(ctx, wanted.uploadId),
    }))
    await refuseUnfinished(c, upload)
    const { contents, pageReader } = c.var
    const taken = await takeMedia(contents, pageReader, upload)
    const file = { fileName: upload.fileName, contentIsThere: contents.store.has }
    const id = await inTransactionOver(c, [home.path], (ctx) => service.addItem(ctx, wanted, home, taken, file))
    await letGo(c, upload.id)
    return c.json({ id }, 201)
  })
  .get('/items/:mediaId', answers('读取一个素材的登记', mediaView), ofItem, async (c) => {
    const view = await inPublishing(c, (ctx) => readItem(ctx, c.req.valid('param').mediaId))
    c.header('etag', etagOf(view.revision))
    return c.json(view)
  })
  .patch(
    '/items/:mediaId',
    answers('修改素材的说明、来源和出镜人同意情况'),
    ofItem,
    asks('json', mediaDescription),
    async (c) => {
      const revision = requireCurrent(c)
      const { mediaId } = c.req.valid('param')
      await overItem(c, mediaId, (ctx) => service.describeItem(ctx, mediaId, c.req.valid('json'), revision))
      return c.body(null, 204)
    },
  )
  .get(
    '/items/:mediaId/content',
    answersFile('素材的内容，可以只取一段（Range）；图片可以取较窄的或裁剪出来的', ['application/octet-stream']),
    ofItem,
    asks('query', contentQuery),
    async (c) => {
      const item = await inPublishing(c, (ctx) => openItem(ctx, c.req.valid('param').mediaId))
      return answerMedia(c, item, c.req.valid('query'))
    },
  )
  .post(
    '/items/:mediaId/crops',
    answers('从图片中裁剪一部分，缩放到给定的大小', cropped, 201),
    ofItem,
    asks('json', cropOrder),
    async (c) => {
      const item = await inPublishing(c, (ctx) => openItem(ctx, c.req.valid('param').mediaId))
      const made = await cropPicture(c, item, c.req.valid('json'), (useCase) => inPublishing(c, useCase))
      return c.json(made, 201)
    },
  )
  .get('/items/:mediaId/texts/:kind', answersFile('字幕或章节（WebVTT）', ['text/vtt']), ofText, async (c) => {
    const { mediaId, kind } = c.req.valid('param')
    const vtt = await inPublishing(c, async (ctx) => readText(ctx, await openItem(ctx, mediaId), kind))
    return answerText(c, vtt)
  })
  .put(
    '/items/:mediaId/texts/:kind',
    answers('填写视频或音频的字幕或章节（WebVTT 或 SRT），留空则去掉'),
    ofText,
    asks('json', textChange),
    async (c) => {
      const { mediaId, kind } = c.req.valid('param')
      await overItem(c, mediaId, (ctx) => setText(ctx, mediaId, kind, c.req.valid('json').text))
      return c.body(null, 204)
    },
  )
  .post(
    '/items/:mediaId/withdrawal',
    answers('撤下一个素材，写明原因'),
    ofItem,
    asks('json', withdrawal),
    async (c) => {
      const { mediaId } = c.req.valid('param')
      await overItem(c, mediaId, (ctx) => service.withdrawItem(ctx, mediaId, c.req.valid('json').reason))
      return c.body(null, 204)
    },
  )
