import type { Context as HonoContext } from 'hono'
import type { Context } from '../../platform/context.ts'
import { type Env, sendFile } from '../../platform/http.ts'
import { Refusal, signedOut } from '../../platform/refusal.ts'
import { sourceOf } from '../archive/sight.ts'
import { findForm, type StoredItem } from './queries.ts'
import type { ContentQuery, CropOrder, Cropped } from './schema.ts'
import { addCrop, cropFormOf, cropNameOf, refuseMoreCrops, refuseWithdrawn } from './service.ts'
import { pictureTypeOf, storedForm } from './taking-in.ts'

/** How long a form may be kept by who has seen it. It never changes; whether it may be seen may. */
const caching = { private: 'private, max-age=600', public: 'public, max-age=604800, immutable' } as const

/**
 * Sends an item, or a form of it, to somebody who may see what it is used in, which was settled before. In parts where that is asked for; nothing in it
 * runs, whatever it is, and a file to take away is only taken away. `public`: without signing in, and kept on the way.
 */
export async function answerMedia(
  c: HonoContext<Env>,
  item: StoredItem,
  wish: ContentQuery = {},
  cached: keyof typeof caching = 'private',
): Promise<Response> {
  refuseWithdrawn(item)
  const form = await formOf(c, item, wish)
  const { contentId, mediaType, sizeBytes } = form ?? item
  const { store } = c.var.contents
  const headers = {
    'cache-control': caching[cached],
    'content-security-policy': `default-src 'none'; sandbox`,
    'x-content-type-options': 'nosniff',
    ...(item.kind === 'attachment' ? {} : { 'content-disposition': 'inline' }),
  }
  if (c.req.header('if-none-match') === `"${contentId}"`)
    return c.body(null, 304, { ...headers, etag: `"${contentId}"` })
  return sendFile(c, {
    name: nameOf(item),
    ...{ mediaType, sizeBytes, headers, tag: contentId },
    read: (range) => store.read(contentId, range),
  })
}

/** Sends captions or chapters to somebody who may see their item, which was settled before. */
export const answerText = (c: HonoContext<Env>, vtt: string): Response =>
  c.body(vtt, 200, { 'content-type': 'text/vtt; charset=utf-8', 'cache-control': 'private, no-cache' })

/** Forms belong to an item that may be seen, and lie at no place of their own. */
async function formOf({ var: { database, tenantId } }: HonoContext<Env>, { id }: StoredItem, wish: ContentQuery) {
  if (wish.width === undefined && wish.crop === undefined) return null
  if (!tenantId) throw signedOut()
  const scope = { tenantId, accountId: null, personId: null, ranges: [], helper: false }
  return database.reading(scope, (db) => findForm({ db, tenantId }, id, wish))
}

const nameOf = ({ fileName, extension }: StoredItem): string =>
  `${fileName.replace(/\.[a-z\d]{1,5}$/i, '') || '素材'}.${extension}`

/**
 * Cuts a part out of a picture and keeps it, so that the same is not cut out twice. `item` is one that the actor may use; `inside` runs what
 * is written in a transaction of the caller.
 */
export async function cropPicture(
  c: Pick<HonoContext<Env>, 'var'>,
  item: StoredItem,
  order: CropOrder,
  inside: <Result>(useCase: (ctx: Context) => Promise<Result>) => Promise<Result>,
): Promise<Cropped> {
  refuseWithdrawn(item)
  if (item.kind !== 'picture') throw new Refusal('conflict', `“${item.fileName}”不是图片，不能裁剪。`)
  const crop = cropNameOf(order)
  const known = await inside(async (ctx) => {
    const form = await findForm(ctx, item.id, { crop }).catch(nothingFound)
    if (form === null) await refuseMoreCrops(ctx, item)
    return form
  })
  if (known) return { crop, width: known.width, height: known.height }
  const { contents, pageReader } = c.var
  const type = pictureTypeOf(item.mediaType)
  const source = { ...sourceOf(contents.store, item.contentId, type), type }
  const made = await storedForm(contents.store, cropFormOf(order), await pageReader.cropped(source, order))
  await inside((ctx) => addCrop(ctx, item, made, contents.store.has))
  return { crop, width: made.width, height: made.height }
}

function nothingFound(error: unknown): null {
  if (error instanceof Refusal && error.reason === 'not-found') return null
  throw error
}
