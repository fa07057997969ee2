import type { ContentStore } from '../../platform/content/content-store.ts'
import type { Context } from '../../platform/context.ts'
import { maskedNumbers } from '../../platform/identity-numbers.ts'
import type { PageReader, PageSource } from '../../platform/pages/page-reader.ts'
import type { PageType } from '../../platform/pages/tasks.ts'
import { Refusal } from '../../platform/refusal.ts'
import { readContent } from './readings.ts'
import type { DocumentSight, PictureQuery } from './schema.ts'

/** What it takes to show a document: who looks, and where its content lies. */
export type Opened = Awaited<ReturnType<typeof readContent>> & { watermark: string | null }

/** Opens a document for looking at it. A helper sees it under a watermark that says who looked, and on which day. */
export async function openForSight(ctx: Context, documentId: string): Promise<Opened> {
  const it = await readContent(ctx, documentId)
  return { ...it, watermark: it.can.download ? null : `${ctx.actor.name} ${ctx.today} 协助办理` }
}

/** What of a document can be looked at: its pages, its text as Word or as sheets; nothing of what no page can show. */
export async function sightOf(store: ContentStore, reader: PageReader, it: Opened): Promise<DocumentSight> {
  const { kind, mediaType, id } = it.content
  const nothing = { kind, pages: null, html: null, sheets: null, watermark: it.watermark }
  const type = pageTypeOf(mediaType)
  if (type !== undefined) return { ...nothing, pages: await reader.describe(sourceOf(store, id, type)) }
  const source = { key: id, contents: () => contentsOf(store, id) }
  const shown = it.watermark === null ? (text: string) => text : (text: string) => maskedNumbers(text)
  if (isWord(mediaType)) {
    const { html } = await reader.word(source)
    return { ...nothing, html: html.replace(/>[^<]+/g, shown) }
  }
  if (isSheet(mediaType)) {
    const sheets = await reader.sheets(source)
    return { ...nothing, sheets: sheets.map((one) => ({ ...one, rows: one.rows.map((cells) => cells.map(shown)) })) }
  }
  return nothing
}

/** A page as a JPEG, under the watermark where there is one. Pages count from 1. Nothing is drawn for whoever has gone on. */
export async function pictureOf(
  store: ContentStore,
  reader: PageReader,
  { content, watermark }: Opened,
  { page, width, turn }: PictureQuery & { page: number },
  signal: AbortSignal,
): Promise<Uint8Array> {
  const type = pageTypeOf(content.mediaType)
  if (type === undefined || page > (content.pageCount ?? 0))
    throw new Refusal('not-found', `这份材料没有第 ${page} 页。`)
  const wish = { page: page - 1, width, turn, ...(watermark === null ? {} : { watermark }) }
  return reader.picture(sourceOf(store, content.id, type), wish, signal)
}

/** The type of a content whose pages can be shown as pictures. */
export const pageTypeOf = (mediaType: string): PageType | undefined => pageTypes.find((it) => it === mediaType)

/** Whether a content is read as Word; the old .doc is not. */
export const isWord = (mediaType: string): boolean => mediaType.endsWith('wordprocessingml.document')

/** Whether a content is read as sheets. */
export const isSheet = (mediaType: string): boolean => /spreadsheetml\.sheet$|ms-excel$|^text\/csv$/.test(mediaType)

const pageTypes = ['application/pdf', 'image/jpeg', 'image/png', 'image/tiff', 'image/webp'] as const

/** A content of the store as the reader takes it. */
export const sourceOf = (store: ContentStore, id: string, type: PageType): PageSource => ({
  key: id,
  type,
  contents: () => contentsOf(store, id),
})

/** The bytes of a content, as they come. */
export async function* contentsOf(store: ContentStore, id: string): AsyncGenerator<Uint8Array> {
  yield* await store.read(id)
}
