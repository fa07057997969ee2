import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { ContentStore } from '../../platform/content/content-store.ts'
import type { Context } from '../../platform/context.ts'
import type { PageReader } from '../../platform/pages/page-reader.ts'
import type { TextLine } from '../../platform/pages/tasks.ts'
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
}

/** What reads texts. */
export interface TextReaders {
  store: ContentStore
  pageReader: PageReader
  recogniser: Recogniser
}

/** So wide is the picture of a page on which letters are looked for: an A4 sheet at 150 dots an inch. */
const recognisedWidth = 1240

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

/** The texts of the pages that have been read, in their order. */
export async function textsOf({ db, tenantId, encryption }: TextSeal, contentId: string): Promise<PageText[]> {
  const rows = await db
    .select()
    .from(archivePageTexts)
    .where(and(eq(archivePageTexts.tenantId, tenantId), eq(archivePageTexts.contentId, contentId)))
    .orderBy(asc(archivePageTexts.page))
  return rows.map(({ page, source, lines, failure }) => ({
    page,
    source,
    failure,
    lines: z.array(pageLine).parse(JSON.parse(encryption.openBytes(lines, placeOf(contentId, page)).toString())),
  }))
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
    .where(
      and(
        eq(archivePageTexts.tenantId, tenantId),
        sql`${contentId} = any(${sql.param(contentIds)}::text[])`,
        lte(page, mostPages),
      ),
    )
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

/** Keeps the text of a page. What was kept of it before stays. */
export async function keepText({ db, tenantId, encryption }: TextSeal, contentId: string, it: PageText): Promise<void> {
  const { page, source, failure } = it
  const lines = encryption.sealBytes(Buffer.from(JSON.stringify(it.lines)), placeOf(contentId, page))
  await db.insert(archivePageTexts).values({ tenantId, contentId, page, source, lines, failure }).onConflictDoNothing()
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
  const { lines = [], ...lying } = await recogniser.read(picture)
  const placed = lines.map(({ text, confidence, box }) => ({
    text,
    box: boxAround(cornersOnPage(box, lying)),
    isSure: confidence >= sureFrom,
  }))
  return { page, source: lines.length > 0 ? 'recognised' : 'none', lines: placed, failure: null }
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
    if (!(error instanceof Refusal) || error.reason === 'too-many') throw error
    return { page, source: 'none', lines: [], failure: error.message }
  }
}

const placeOf = (contentId: string, page: number): string => `archive_page_texts.lines:${contentId}:${page}`
