import type { ContentStore } from '../../platform/content/content-store.ts'
import type { Context } from '../../platform/context.ts'
import { maskedNumbers, maskedPieces } from '../../platform/identity-numbers.ts'
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
  const isMasked = it.watermark !== null
  if (isWord(mediaType)) {
    const { html } = await reader.word(source)
    return { ...nothing, html: isMasked ? maskedHtml(html) : html }
  }
  if (isSheet(mediaType)) {
    const sheets = await reader.sheets(source)
    return { ...nothing, sheets: isMasked ? sheets.map((one) => ({ ...one, rows: one.rows.map(maskedRow) })) : sheets }
  }
  return nothing
}

/**
 * The text of a Word document with the identity numbers in it as masks, also where a number is written in several runs or cells. The
 * tags stay, and of a picture the words in place of it are masked, too.
 */
export function maskedHtml(html: string): string {
  const parts = html.split(/(<[^>]*>)/)
  let tags = ''
  const texts = parts.flatMap((text, at) => {
    if (at % 2 === 1) tags += text
    if (at % 2 === 1 || text === '') return []
    const joint = jointOf(tags)
    tags = ''
    return [{ text, joint, at }]
  })
  const shown = new Map(maskedPieces(texts).map((text, place) => [texts[place]?.at, text]))
  return parts
    .map((part, at) =>
      at % 2 === 1 ? part.replace(/ alt="[^"]*"/, (alt) => maskedNumbers(alt)) : (shown.get(at) ?? part),
    )
    .join('')
}

/** What stands between two texts as far as a number may go on: nothing between runs, a space between cells and lines, else an end. */
function jointOf(tags: string): string {
  if (/<\/?(?:tr|table)\b/.test(tags)) return '\n\n'
  if (/<\/?(?:td|th|br)\b/.test(tags)) return ' '
  return /<\/?(?:p|h[1-6]|li|ul|ol)\b/.test(tags) ? '\n\n' : ''
}

const maskedRow = (cells: readonly string[]): string[] => maskedPieces(cells.map((text) => ({ text, joint: ' ' })))

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
