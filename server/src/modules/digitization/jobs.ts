import { and, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue, type JobData } from '../../platform/jobs.ts'
import type { TextLine, Turn } from '../../platform/pages/tasks.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dayInChina } from '../../platform/today.ts'
import { letGo } from '../archive/held-contents.ts'
import type { TextWorkshop } from '../archive/jobs.ts'
import { keepText, type PageText, recognisedText, recognisedWidth, type TextSeal } from '../archive/page-texts.ts'
import { isDestroyed } from '../archive/queries.ts'
import { pageTypeOf, sourceOf } from '../archive/sight.ts'
import { universities } from '../organization/tables.ts'
import { readCoverCode } from './cover-schema.ts'
import { markPapers } from './cover-text.ts'
import { pagesRead } from './parts.ts'
import { proposalsFor } from './proposals.ts'
import { keptDays, ofFile } from './queries.ts'
import { type PageRead, sortStack } from './sorting.ts'
import { digitizationFiles, digitizationPages, digitizationParts, digitizationStacks } from './tables.ts'

/** So many pages are read in one job, which then makes room for others. */
const pagesAtATime = 25

/** Reading of which nothing is heard for so long has been broken off: a page takes five minutes at most. */
const standsStillMinutes = 6

/**
 * The job `digitization.read-stack`: reads the pages of a stack that are not read yet, one after another, each kept as soon as it is
 * read, so that it goes on where it was when it is broken off. Where there is more it puts itself into the queue again; when all are
 * read the stack is split into its parts.
 */
export async function readStack(workshop: TextWorkshop, { tenantId, stackId }: JobData): Promise<void> {
  if (typeof tenantId !== 'string' || typeof stackId !== 'string') return
  const { database, encryption, recogniser } = workshop
  const inScope = <T>(work: (ctx: TextSeal) => Promise<T>) =>
    database.transaction(wholeUniversity(tenantId), (db) => work({ db, tenantId, encryption }))
  const unread = await inScope((ctx) => unreadPages(ctx, stackId))
  if (unread.length === 0) return inScope((ctx) => splitUp(ctx, stackId))

  const letters = await recogniser.letters()
  const missing = letters.isAvailable ? null : letters.reason
  const texts = textsBroughtBy(workshop)
  for (const page of unread) {
    const read = await readPage(workshop, page, await texts(page))
    await inScope((ctx) => keepPage(ctx, stackId, page, { ...read, missing }))
  }
  await inScope(({ db }) => enqueue(db, 'digitization.read-stack', { tenantId, stackId }))
}

interface UnreadPage {
  number: number
  contentId: string
  page: number
  mediaType: string
}

async function unreadPages({ db, tenantId }: TextSeal, stackId: string): Promise<UnreadPage[]> {
  const { number, contentId, page } = digitizationPages
  return db
    .select({ number, contentId, page, mediaType: digitizationFiles.mediaType })
    .from(digitizationPages)
    .innerJoin(digitizationFiles, ofFile)
    .where(
      and(
        eq(digitizationPages.tenantId, tenantId),
        eq(digitizationPages.stackId, stackId),
        isNull(digitizationPages.readAt),
      ),
    )
    .orderBy(number)
    .limit(pagesAtATime)
}

/** The texts that PDFs bring along, asked for page after page: a file is gone through once. */
function textsBroughtBy({ store, pageReader }: TextWorkshop) {
  let open: { contentId: string; next: number; texts: AsyncGenerator<TextLine[]> } | undefined
  return async ({ contentId, page, mediaType }: UnreadPage): Promise<TextLine[]> => {
    if (mediaType !== 'application/pdf') return []
    if (open?.contentId !== contentId || open.next > page) {
      await open?.texts.return(undefined)
      open = { contentId, next: 1, texts: pageReader.text(sourceOf(store, contentId, 'application/pdf')) }
    }
    try {
      for (;;) {
        const { value, done } = await open.texts.next()
        if (done) return []
        open.next += 1
        if (open.next > page) return value
      }
    } catch (error) {
      if (!isAboutPage(error)) throw error
      return []
    }
  }
}

/** What a page is known by, once it was read. */
interface PageFound {
  /** Null where nothing here reads what stands on it: it may be read later. */
  text: PageText | null
  codes: string[]
  isBlank: boolean
  turnedBy: Turn
  failure: string | null
}

async function readPage(
  { store, pageReader, recogniser }: TextWorkshop,
  { contentId, page, mediaType }: UnreadPage,
  brought: readonly TextLine[],
): Promise<PageFound> {
  const textOfFile: PageText | null =
    brought.length > 0
      ? { page, source: 'file', lines: brought.map((it) => ({ ...it, isSure: true })), failure: null }
      : null
  try {
    const type = pageTypeOf(mediaType)
    if (type === undefined) throw new Refusal('unreadable', '这一页不能显示为图片，没有识别。')
    const wish = { page: page - 1, width: recognisedWidth }
    const {
      codes,
      straight: _,
      ...read
    } = await recogniser.read(await pageReader.picture(sourceOf(store, contentId, type), wish))
    return {
      text: textOfFile ?? (read.lines === undefined && !read.isBlank ? null : recognisedText(page, read)),
      // Other codes may say anything: a number that nobody may read here, or what no database keeps.
      codes: [...new Set(codes.map((it) => it.text))].filter((it) => readCoverCode(it) !== undefined),
      isBlank: read.isBlank,
      turnedBy: textOfFile === null ? read.turnedBy : 0,
      failure: null,
    }
  } catch (error) {
    if (!isAboutPage(error)) throw error
    const failure = error.message
    const text = textOfFile ?? { page, source: 'none', lines: [], failure }
    return { text, codes: [], isBlank: false, turnedBy: 0, failure }
  }
}

/** Whether an error says something about the page; other errors may be gone when it is read again. */
const isAboutPage = (error: unknown): error is Refusal => error instanceof Refusal && !error.isPassing

async function keepPage(
  ctx: TextSeal,
  stackId: string,
  { number, contentId }: UnreadPage,
  { text, codes, isBlank, turnedBy, failure, missing }: PageFound & { missing: string | null },
): Promise<void> {
  const { db, tenantId } = ctx
  const [isThere] = await db
    .update(digitizationStacks)
    .set({ readAt: new Date(), missing })
    .where(and(eq(digitizationStacks.tenantId, tenantId), eq(digitizationStacks.id, stackId)))
    .returning({ id: digitizationStacks.id })
  // It may have been deleted meanwhile.
  if (!isThere) return
  if (text) await keepText(ctx, contentId, text)
  await db
    .update(digitizationPages)
    .set({ codes, isBlank, turnedBy, failure, readAt: new Date() })
    .where(
      and(
        eq(digitizationPages.tenantId, tenantId),
        eq(digitizationPages.stackId, stackId),
        eq(digitizationPages.number, number),
        isNull(digitizationPages.readAt),
      ),
    )
}

/** Makes the parts of a stack of which all was read, once. */
async function splitUp(ctx: TextSeal, stackId: string): Promise<void> {
  const { db, tenantId } = ctx
  const isThis = and(eq(digitizationStacks.tenantId, tenantId), eq(digitizationStacks.id, stackId))
  const [stack] = await db.select().from(digitizationStacks).where(isThis).for('update')
  if (!stack || stack.addedAt === null || stack.splitAt !== null) return
  const pages = await markPapers(ctx, await pagesRead(ctx, stackId))
  const sorted = sortStack(pages)
  const today = dayInChina(new Date())
  const proposals = await proposalsFor({ ...ctx, today }, stack, sorted)
  const rows = proposals.map((proposal, at) => {
    const { pages = [], leftOut = [] } = sorted[at] ?? {}
    const [inside, outside] = [pages, leftOut].map((some) => some.map((it) => it.number))
    const position = Math.min(...(inside ?? []), ...(outside ?? []))
    const { id, path } = stack
    return {
      ...proposal,
      tenantId,
      id: newId(),
      stackId: id,
      path,
      position,
      pages: inside ?? [],
      leftOut: outside ?? [],
    }
  })
  for (let at = 0; at < rows.length; at += rowsAtATime)
    await db.insert(digitizationParts).values(rows.slice(at, at + rowsAtATime))
  await forgetCodes(ctx, stackId, pages)
  await db.update(digitizationStacks).set({ splitAt: new Date() }).where(isThis)
}

const rowsAtATime = 500

/** Left out by somebody, a paper with the code of a cover on it stays a paper, which may be closed to whom it concerns. */
async function forgetCodes({ db, tenantId }: TextSeal, stackId: string, pages: readonly PageRead[]): Promise<void> {
  const papers = pages.flatMap((it) => (it.isPaper ? [it.number] : []))
  if (papers.length === 0) return
  await db
    .update(digitizationPages)
    .set({ codes: [] })
    .where(
      and(
        eq(digitizationPages.tenantId, tenantId),
        eq(digitizationPages.stackId, stackId),
        inArray(digitizationPages.number, papers),
      ),
    )
}

/** Every minute: goes on with reading that stands still because the server ended in the middle of it. */
export async function resumeReading(database: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - standsStillMinutes * 60_000)
  const { tenantId, id, addedAt, splitAt, readAt } = digitizationStacks
  for (const university of await database.app.select({ id: universities.id }).from(universities))
    await database.transaction(wholeUniversity(university.id), async (db) => {
      const still = await db
        .update(digitizationStacks)
        .set({ readAt: now })
        .where(and(eq(tenantId, university.id), isNotNull(addedAt), isNull(splitAt), lt(readAt, before)))
        .returning({ stackId: id })
      for (const { stackId } of still)
        await enqueue(db, 'digitization.read-stack', { tenantId: university.id, stackId })
    })
}

/** Nightly: lets go the pictures of stacks that were closed long ago, and of closed ones of which a paper has been destroyed. */
export async function clearClosed(database: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptDays * 86_400_000)
  const { tenantId, id, closedAt, clearedAt } = digitizationStacks
  for (const university of await database.app.select({ id: universities.id }).from(universities))
    await database.transaction(wholeUniversity(university.id), async (db) => {
      const cleared = await db
        .update(digitizationStacks)
        .set({ clearedAt: now })
        .where(
          and(
            eq(tenantId, university.id),
            or(lt(closedAt, before), and(isNotNull(closedAt), holdsDestroyed)),
            isNull(clearedAt),
          ),
        )
        .returning({ stackId: id })
      for (const { stackId } of cleared) await letGo({ db, tenantId: university.id }, stackId)
    })
}

/** Whether a paper of the stack was destroyed after it had been filed: its pages must not outlive it. */
const holdsDestroyed = sql`exists (select from ${digitizationParts}
  where ${digitizationParts.tenantId} = ${digitizationStacks.tenantId} and ${digitizationParts.stackId} = ${digitizationStacks.id}
    and ${isDestroyed(digitizationParts.tenantId, digitizationParts.documentId)})`
