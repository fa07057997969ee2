import { and, asc, between, eq, lte, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { ContentStore } from '../../platform/content/content-store.ts'
import type { Context } from '../../platform/context.ts'
import { maskedPieces } from '../../platform/identity-numbers.ts'
import type { PageReader } from '../../platform/pages/page-reader.ts'
import type { TextLine, Turn } from '../../platform/pages/tasks.ts'
import type { ReadPage } from '../../platform/recognition/page-reading.ts'
import type { Lie } from '../../platform/recognition/picture.ts'
import { type Corner, cornersOnPage, sureFrom } from '../../platform/recognition/places.ts'
import type { Recogniser } from '../../platform/recognition/recogniser.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type PageLine, type PageTextSource, pageLine } from './schema.ts'
import { contentsOf, isSheet, isWord, pageTypeOf, sourceOf } from './sight.ts'
import { archivePageTexts } from './tables.ts'

/** The text of a page. */
export interface PageText {
  page: number
  source: PageTextSource
  lines: PageLine[]
  failure: string | null
  /** How the recognised page lies; absent where the text is not recognised, or was before this was kept. */
  lie?: Lie
}

/** What reads texts. */
export interface TextReaders {
  store: ContentStore
  pageReader: PageReader
  recogniser: Recogniser
}

/** So wide is the picture of a page on which letters are looked for: an A4 sheet at 150 dots an inch. */
export const recognisedWidth = 1240

/** What opens and seals texts. */
export type TextSeal = Pick<Context, 'db' | 'tenantId' | 'encryption'>

/** Which pages of a content have been read. */
export async function pagesRead(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  contentId: string,
): Promise<Set<number>> {
  const rows = await db
    .select({ page: archivePageTexts.page })
    .from(archivePageTexts)
    .where(and(eq(archivePageTexts.tenantId, tenantId), eq(archivePageTexts.contentId, contentId)))
  return new Set(rows.map((it) => it.page))
}

/** The texts of the pages that have been read, in their order; of all pages, or from one to another. */
export async function textsOf(
  ctx: TextSeal,
  contentId: string,
  pages?: { from: number; to: number },
): Promise<PageText[]> {
  const among = pages && between(archivePageTexts.page, pages.from, pages.to)
  return (await textsOfMany(ctx, [contentId], among)).get(contentId) ?? []
}

/** The same of many contents, in one statement; of what was not read there is nothing. */
async function textsOfMany(
  ctx: TextSeal,
  contentIds: readonly string[],
  among?: SQL,
): Promise<Map<string, PageText[]>> {
  const rows = await ctx.db
    .select()
    .from(archivePageTexts)
    .where(and(eq(archivePageTexts.tenantId, ctx.tenantId), isAmong(contentIds), among))
    .orderBy(asc(archivePageTexts.page))
  const texts = new Map<string, PageText[]>()
  for (const row of rows) {
    const text = opened(ctx, row)
    const before = texts.get(row.contentId)
    if (before) before.push(text)
    else texts.set(row.contentId, [text])
  }
  return texts
}

/** So many pages are opened at a time: of a hostile file each may be large. */
const openedAtATime = 50

/** The texts of the pages of many contents, some opened at a time, so that they need not lie in memory all together. */
export async function* textsInTurn(
  ctx: TextSeal,
  contentIds: readonly string[],
): AsyncGenerator<PageText & { contentId: string }> {
  const { tenantId, contentId, page } = archivePageTexts
  let after = sql`true`
  for (;;) {
    const rows = await ctx.db
      .select()
      .from(archivePageTexts)
      .where(and(eq(tenantId, ctx.tenantId), isAmong(contentIds), after))
      .orderBy(asc(contentId), asc(page))
      .limit(openedAtATime)
    for (const row of rows) yield { contentId: row.contentId, ...opened(ctx, row) }
    const last = rows.at(-1)
    if (last === undefined || rows.length < openedAtATime) return
    after = sql`(${contentId}, ${page}) > (${last.contentId}, ${last.page})`
  }
}

function opened({ encryption }: TextSeal, row: typeof archivePageTexts.$inferSelect): PageText {
  const { contentId, page, source, failure, turnedBy, skewedBy } = row
  const lines = encryption.openBytes(row.lines, placeOf(contentId, page)).toString()
  const lie = turnedBy === null || skewedBy === null ? {} : { lie: { turnedBy, skewedBy } }
  return { page, source, failure, ...lie, lines: z.array(pageLine).parse(JSON.parse(lines)) }
}

const isAmong = (contentIds: readonly string[]) =>
  sql`${archivePageTexts.contentId} = any(${sql.param([...contentIds])}::text[])`

/** A page of a new content, and the page of another one from which it was made. */
export interface CarriedPage {
  contentId: string
  page: number
  /** By how much it was turned clockwise on the way. */
  turn: Turn
}

/** Takes over what was read on pages of which a new content was made, in their order, so that nothing is read twice. */
export async function carryTexts(ctx: TextSeal, from: readonly CarriedPage[], into: string): Promise<void> {
  const texts = await textsOfMany(ctx, [...new Set(from.map((it) => it.contentId))])
  for (const [at, { contentId, page, turn }] of from.entries()) {
    const text = texts.get(contentId)?.find((it) => it.page === page)
    const turned = (it: PageLine) => ({ ...it, box: it.box && turnedBox(it.box, turn) })
    if (text === undefined) continue
    const lie = text.lie && { lie: { ...text.lie, turnedBy: turnedLess(text.lie.turnedBy, turn) } }
    await keepText(ctx, into, { ...text, ...lie, page: at + 1, lines: text.lines.map(turned) })
  }
}

const turnedLess = (by: Turn, turn: Turn): Turn => ([0, 90, 180, 270] as const)[((by - turn + 360) % 360) / 90] ?? 0

/** Where a place of a page lies after the page was turned clockwise. */
function turnedBox({ x, y, width, height }: NonNullable<PageLine['box']>, turn: Turn): PageLine['box'] {
  if (turn === 90) return { x: 1 - y - height, y: x, width: height, height: width }
  if (turn === 180) return { x: 1 - x - width, y: 1 - y - height, width, height }
  if (turn === 270) return { x: y, y: 1 - x - width, width: height, height: width }
  return { x, y, width, height }
}

/** What was read for certain on the first pages of many contents, line by line, in one statement. */
export async function sureLinesOf(
  { db, tenantId, encryption }: TextSeal,
  contentIds: readonly string[],
  { mostPages }: { mostPages: number },
): Promise<Map<string, string[]>> {
  const { contentId, page, lines } = archivePageTexts
  const rows = await db
    .select({ contentId, page, lines })
    .from(archivePageTexts)
    .where(and(eq(archivePageTexts.tenantId, tenantId), isAmong(contentIds), lte(page, mostPages)))
    .orderBy(contentId, page)
  const texts = new Map<string, string[]>()
  for (const row of rows) {
    const opened = encryption.openBytes(row.lines, placeOf(row.contentId, row.page)).toString()
    const sure = z
      .array(pageLine)
      .parse(JSON.parse(opened))
      .flatMap((it) => (it.isSure ? [it.text] : []))
    texts.set(row.contentId, [...(texts.get(row.contentId) ?? []), ...sure])
  }
  return texts
}

/** The texts as they are given to who looks under a watermark: identity numbers are masked, as everywhere a helper reads. */
export const withMaskedNumbers = (pages: readonly PageText[]): PageText[] =>
  pages.map((it) => {
    const shown = maskedPieces(it.lines.map(({ text }) => ({ text, joint: '\n' })))
    return { ...it, lines: it.lines.map((line, at) => ({ ...line, text: shown[at] ?? '' })) }
  })

/** Keeps the text of a page. What was kept of it before stays. */
export async function keepText({ db, tenantId, encryption }: TextSeal, contentId: string, it: PageText): Promise<void> {
  const { page, source, failure } = it
  const lines = encryption.sealBytes(Buffer.from(JSON.stringify(it.lines)), placeOf(contentId, page))
  await db
    .insert(archivePageTexts)
    .values({ tenantId, contentId, page, source, lines, failure, ...it.lie })
    .onConflictDoNothing()
}

/**
 * Reads the pages of a content that are not read yet, one after another: the text that the file brings along, or what stands on
 * the picture of the page. Where nothing recognises letters on this server, pages without a text of their own are left for later.
 */
export async function* readPages(
  { store, pageReader, recogniser }: TextReaders,
  { id, mediaType, pageCount }: { id: string; mediaType: string; pageCount: number | null },
  isRead: ReadonlySet<number>,
): AsyncGenerator<PageText> {
  const type = pageTypeOf(mediaType)
  if (type === undefined) {
    if (!isRead.has(1)) yield await refusedAsFailure(1, () => textOfOffice(store, pageReader, id, mediaType))
    return
  }
  const source = sourceOf(store, id, type)
  const letters = await recogniser.letters()
  const brought = type === 'application/pdf' ? pageReader.text(source) : withoutText(pageCount ?? 0)
  let page = 0
  for await (const lines of brought) {
    page += 1
    if (isRead.has(page)) continue
    const wanted = { source, page }
    if (lines.length > 0)
      yield { page, source: 'file', lines: lines.map((it) => ({ ...it, isSure: true })), failure: null }
    else if (letters.isAvailable) yield await refusedAsFailure(page, () => recognised(pageReader, recogniser, wanted))
  }
}

async function* withoutText(pageCount: number): AsyncGenerator<TextLine[]> {
  for (let page = 0; page < pageCount; page++) yield []
}

/** Whether a content has a text that can be read at all. */
export const hasText = ({ mediaType }: { mediaType: string }): boolean =>
  pageTypeOf(mediaType) !== undefined || isWord(mediaType) || isSheet(mediaType)

async function recognised(
  pageReader: PageReader,
  recogniser: Recogniser,
  { source, page }: { source: ReturnType<typeof sourceOf>; page: number },
): Promise<PageText> {
  const picture = await pageReader.picture(source, { page: page - 1, width: recognisedWidth })
  return recognisedText(page, await recogniser.read(picture))
}

/** What was recognised on the picture of a page, each line where it stands on the page as it came. */
export function recognisedText(page: number, { lines = [], ...lying }: Omit<ReadPage, 'straight' | 'codes'>): PageText {
  const placed = lines.map(({ text, confidence, box }) => ({
    text,
    box: boxAround(cornersOnPage(box, lying)),
    isSure: confidence >= sureFrom,
  }))
  const { turnedBy, skewedBy } = lying
  const read = lines.length > 0 ? 'recognised' : 'none'
  return { page, source: read, lines: placed, failure: null, lie: { turnedBy, skewedBy } }
}

function boxAround(corners: readonly Corner[]): NonNullable<PageLine['box']> {
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

async function textOfOffice(
  store: ContentStore,
  pageReader: PageReader,
  id: string,
  mediaType: string,
): Promise<PageText> {
  const source = { key: id, contents: () => contentsOf(store, id) }
  const texts = isWord(mediaType)
    ? (await pageReader.word(source)).text.split('\n')
    : isSheet(mediaType)
      ? (await pageReader.sheets(source)).flatMap(({ rows }) =>
          rows.map((cells) => cells.filter((it) => it !== '').join(' ')),
        )
      : []
  const lines = texts.filter((it) => it.trim() !== '').map((text) => ({ text, box: null, isSure: true }))
  return { page: 1, source: lines.length > 0 ? 'file' : 'none', lines, failure: null }
}

/** What cannot be read is kept as such, so that it is not tried again and again. */
async function refusedAsFailure(page: number, read: () => Promise<PageText>): Promise<PageText> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof Refusal) || error.isPassing) throw error
    return { page, source: 'none', lines: [], failure: error.message }
  }
}

const placeOf = (contentId: string, page: number): string => `archive_page_texts.lines:${contentId}:${page}`
