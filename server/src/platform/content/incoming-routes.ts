import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import { answers, asks, type Env, inTransaction, router } from '../http.ts'
import { Refusal } from '../refusal.ts'
import type { AnnouncedFile, Incoming } from './incoming.ts'
import { uploadPart, uploadState } from './incoming-schema.ts'

const ofUpload = asks('param', z.object({ uploadId: z.uuid() }))

/** The body of a part, as it comes. */
function partOf(c: HonoContext<Env>): AsyncIterable<Uint8Array> {
  if (!c.req.raw.body) throw new Refusal('malformed', '这一部分没有内容，请重新上传。')
  return c.req.raw.body
}

/** Files that come in parts, so that a broken connection costs one part: begun, asked after, added to, given up. */
export const incomingRoutes = <Announced extends z.ZodType<AnnouncedFile>>(incoming: Incoming, announced: Announced) =>
  router()
    .post('/', answers('开始上传一个文件', uploadState, 201), asks('json', announced), async (c) => {
      const { begin } = c.var.contents.uploads
      const it = await inTransaction(c, (ctx) => incoming.begin(ctx, c.req.valid('json'), begin))
      return c.json({ id: it.id, offset: 0, sizeBytes: it.sizeBytes }, 201)
    })
    .get('/:uploadId', answers('上传到了哪里', uploadState), ofUpload, async (c) => {
      const it = await inTransaction(c, (ctx) => incoming.open(ctx, c.req.valid('param').uploadId))
      return c.json({ id: it.id, offset: await c.var.contents.uploads.offsetOf(it.id), sizeBytes: it.sizeBytes })
    })
    .patch(
      '/:uploadId',
      answers('上传文件的一部分：正文是从 offset 起的内容', uploadState),
      ofUpload,
      asks('query', uploadPart),
      async (c) => {
        const it = await inTransaction(c, (ctx) => incoming.open(ctx, c.req.valid('param').uploadId))
        const { offset } = c.req.valid('query')
        const reached = await c.var.contents.uploads.append(it.id, offset, partOf(c), { maxBytes: it.sizeBytes })
        return c.json({ id: it.id, offset: reached, sizeBytes: it.sizeBytes })
      },
    )
    .delete('/:uploadId', answers('取消上传'), ofUpload, async (c) => {
      const { uploadId } = c.req.valid('param')
      await inTransaction(c, (ctx) => incoming.forget(ctx, uploadId))
      await c.var.contents.uploads.discard(uploadId)
      return c.body(null, 204)
    })

/** Refuses an upload that has not come whole. */
export async function refuseUnfinished(
  c: Pick<HonoContext<Env>, 'var'>,
  { id, fileName, sizeBytes }: AnnouncedFile & { id: string },
): Promise<void> {
  const offset = await c.var.contents.uploads.offsetOf(id)
  if (offset !== sizeBytes)
    throw new Refusal('conflict', `“${fileName}”还没有传完（${offset} / ${sizeBytes} 字节）。请继续上传。`)
}

/** Takes the bytes of an upload away of which something was made; what cannot be taken away now goes by itself later. */
export const letGo = (c: HonoContext<Env>, uploadId: string): Promise<void> =>
  c.var.contents.uploads.discard(uploadId).catch((err: unknown) => c.var.log.warn({ err }, 'an upload was left behind'))
