import type { Context as HonoContext } from 'hono'
import type { Context } from '../../platform/context.ts'
import type { Env } from '../../platform/http.ts'
import type { Crop } from '../../platform/rich-text/document-schema.ts'
import type { MediumPlace, WantedMedium } from '../../platform/rich-text/html.ts'
import { mediaIds, nodesOf } from '../../platform/rich-text/reading-schema.ts'
import { findMedia, type StoredItem } from '../media/queries.ts'
import type { CropOrder, MediaKind } from '../media/schema.ts'
import { cropNameOf } from '../media/service.ts'
import { cropPicture } from '../media/serving.ts'
import { type CoverShape, coverSizes } from './draft-limits-schema.ts'
import type { ArticleText } from './schema.ts'

/** The width in which a picture stands in a text. */
export const bodyWidth = 960

/** The pictures and films of a text, its cover among them. */
export const mediaIn = ({ body, cover }: ArticleText): string[] => [
  ...new Set([...mediaIds(body), ...(cover ? [cover.mediaId] : [])]),
]

/** A medium that stands where one of its kind cannot be shown, such as a film as a cover; the editor never makes that. */
export function misplaced(
  { body, cover }: ArticleText,
  media: ReadonlyMap<string, StoredItem>,
): StoredItem | undefined {
  const places: [mediaId: string, kind: MediaKind][] = cover ? [[cover.mediaId, 'picture']] : []
  for (const it of nodesOf(body)) {
    if (it.type === 'picture' || it.type === 'video') places.push([it.attrs.mediaId, it.type])
    if (it.type === 'video' && it.attrs.posterId) places.push([it.attrs.posterId, 'picture'])
  }
  const [mediaId] = places.find(([id, kind]) => (media.get(id)?.kind ?? kind) !== kind) ?? []
  return mediaId === undefined ? undefined : media.get(mediaId)
}

/** Where the site gives a medium of a text out; undefined where it is gone. */
export function placeOnSite(
  { mediaId, use, crop }: WantedMedium,
  media: ReadonlyMap<string, StoredItem>,
): MediumPlace | undefined {
  const item = media.get(mediaId)
  if (!item || item.withdrawnAt !== null) return undefined
  const at = (form: string) => `/site/media/${mediaId}/${form}`
  if (use !== 'picture') return { url: at('whole') }
  if (item.width === null || item.height === null) return undefined
  if (crop) {
    const order = bodyCropOrder(crop, item)
    return { url: at(`crop-${cropNameOf(order)}`), ...order.size }
  }
  const width = Math.min(item.width, bodyWidth)
  return { url: at(String(bodyWidth)), width, height: Math.round((item.height * width) / item.width) }
}

/** How a part of a picture is cut out for a text. */
export function bodyCropOrder(box: Crop, { width, height }: StoredItem): CropOrder {
  const [wide, high] = [(width ?? 0) * box.width, (height ?? 0) * box.height]
  const scale = Math.min(1, bodyWidth / wide)
  return { box, size: { width: side(wide * scale), height: side(high * scale) } }
}

const side = (pixels: number): number => Math.min(2_560, Math.max(16, Math.round(pixels)))

type Sides = Pick<StoredItem, 'width' | 'height'>

/** How a cover is cut out: as its author has settled, or its middle. */
export function coverOrder(cover: NonNullable<ArticleText['cover']>, item: Sides, form: CoverShape): CropOrder {
  const size = coverSizes[form]
  return { box: cover[form] ?? middleOf(item, size.width / size.height), size }
}

function middleOf({ width, height }: Sides, ratio: number): Crop {
  const own = (width ?? 1) / (height ?? 1)
  const [wide, high] = own > ratio ? [ratio / own, 1] : [1, own / ratio]
  return { x: (1 - wide) / 2, y: (1 - high) / 2, width: wide, height: high }
}

/** The names under which the covers were cut out. */
export const coverForms = (cover: NonNullable<ArticleText['cover']>, item: StoredItem) => ({
  wide: `crop-${cropNameOf(coverOrder(cover, item, 'wide'))}`,
  square: `crop-${cropNameOf(coverOrder(cover, item, 'square'))}`,
})

/** All parts of pictures that a text and its cover show. */
function ordersOf(text: ArticleText, media: ReadonlyMap<string, StoredItem>): { item: StoredItem; order: CropOrder }[] {
  const orders = []
  for (const it of nodesOf(text.body)) {
    const item = it.type === 'picture' ? media.get(it.attrs.mediaId) : undefined
    if (it.type === 'picture' && it.attrs.crop && item) orders.push({ item, order: bodyCropOrder(it.attrs.crop, item) })
  }
  const cover = text.cover ? media.get(text.cover.mediaId) : undefined
  if (text.cover && cover)
    for (const form of ['wide', 'square'] as const)
      orders.push({ item: cover, order: coverOrder(text.cover, cover, form) })
  return orders.filter(({ item }) => item.withdrawnAt === null && item.kind === 'picture')
}

/**
 * Cuts out what a text shows of pictures, before it is published and outside of that transaction; what was cut out once is not again.
 * `inside` runs what is read and written over the whole university.
 */
export async function preparePictures(
  c: Pick<HonoContext<Env>, 'var'>,
  text: ArticleText,
  inside: <Result>(useCase: (ctx: Context) => Promise<Result>) => Promise<Result>,
): Promise<void> {
  const media = await inside((ctx) => findMedia(ctx, mediaIn(text)))
  for (const { item, order } of ordersOf(text, media)) await cropPicture(c, item, order, inside)
}
