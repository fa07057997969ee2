import { checkIdentityNumber } from '@zhibu/rules'
import { type SQL, sql } from 'drizzle-orm'
import { boolean, date, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { orgPath, tenantId } from '../columns.ts'
import type { Context } from '../context.ts'
import { maskedNumbers } from '../identity-numbers.ts'
import { manyRows } from '../many-rows.ts'
import type { OrgPath } from '../org-path.ts'
import { fold } from './folding.ts'
import { marksOfRow } from './marks.ts'
import { wordsOf } from './words.ts'

/**
 * What can be searched, in pieces: a page of a document, an act. The application writes and removes them, and may read of them
 * whose they are, but the texts only through `search_found`.
 */
export const searchEntries = pgTable(
  'search_entries',
  {
    tenantId: tenantId(),
    kind: text('kind').notNull(),
    id: uuid('id').notNull(),
    /** The page of a document; 0 for what has no pages. */
    page: integer('page').notNull(),
    /** A page with more text than a sheet holds stands in several pieces. */
    piece: integer('piece').notNull(),
    path: orgPath('path').notNull(),
    /** The person concerned. */
    personId: uuid('person_id'),
    /** The kind of the act or the filing place: by it a helper may see the entry or not. */
    code: text('code').notNull(),
    isClosedToPerson: boolean('is_closed_to_person').notNull(),
    /** The order of what is found, the newest first; `noDay` where no day is known. */
    datedOn: date('dated_on').notNull(),
    title: text('title').notNull(),
    /** The name of the person or organisation that it is about. */
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    /** Title, subject and text as they are compared, a line each. */
    folded: text('folded').notNull(),
    /** Under which words it stands in the index (`wordsOf` of the text and the year). */
    words: integer('words').array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.kind, table.id, table.page, table.piece] }),
    index('search_entries_in_order').on(table.tenantId, table.datedOn, table.id),
    index('search_entries_by_person').on(table.tenantId, table.personId, table.kind),
    /** What waits to be sorted in is read by every search, so that little of it may wait. */
    index('search_entries_by_words')
      .using('gin', table.words, sql.raw(marksOfRow()))
      .with({ gin_pending_list_limit: 256 }),
  ],
)

/** Stands for the day of what has none: behind everything else. */
export const noDay = '0001-01-01'

/** A text to be found, and who may find it. */
export interface SearchEntry {
  /** `document`, `act`: one word for each module that has entries. */
  kind: string
  id: string
  /** From 1; 0 for what has no pages. A page may be given once. */
  page: number
  path: OrgPath
  personId: string | null
  /** The kind of the act or the code of the filing place. A helper finds what a delegation names by it. */
  code: string
  /** True where the person concerned may not find it. */
  isClosedToPerson: boolean
  /** Null where the day is not known. */
  on: string | null
  title: string
  /** The name of the person or organisation that it is about. */
  subject: string
  body: string
}

type Writing = Pick<Context, 'db' | 'tenantId'>

/**
 * Lets texts be found from the end of the transaction on. Each of them must be new, or forgotten in the same transaction. The
 * Identity numbers in it are masked. The caller holds a lock on the person or organisation, so that no entry is written at a place from which they have just moved.
 */
export async function indexEntries({ db, tenantId }: Writing, entries: readonly SearchEntry[]): Promise<void> {
  const rows = entries.flatMap(({ on, title, subject, body, ...entry }) =>
    piecesOfText(masked(shown(body))).map((text, piece) => {
      const folded = [title, subject, text].map(fold).join('\n')
      const texts = { title: shown(title), subject: shown(subject), body: text, folded }
      const datedOn = on ?? noDay
      return { ...entry, tenantId, piece, datedOn, ...texts, words: wordsOf(folded, Number(datedOn.slice(0, 4))) }
    }),
  )
  await entryRows.insert(db, rows)
}

const entryRows = manyRows(searchEntries)

/** Takes texts out of what can be found: all of these acts or documents. */
export async function forgetEntries({ db, tenantId }: Writing, kind: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db.execute(sql`delete from search_entries
    where tenant_id = ${tenantId} and kind = ${kind} and id = any(${sql.param(ids)}::uuid[])`)
}

/** Takes out everything of a kind that concerns these persons. */
export async function forgetPersons(
  { db, tenantId }: Writing,
  kind: string,
  personIds: readonly string[],
): Promise<void> {
  await db.execute(sql`delete from search_entries
    where tenant_id = ${tenantId} and kind = ${kind} and person_id = any(${sql.param(personIds)}::uuid[])`)
}

/** Moves what concerns persons to where they are now: `places` is a select of `id` and `path`. */
export async function moveEntries({ db, tenantId }: Writing, places: SQL): Promise<void> {
  await db.execute(sql`update search_entries as moved set path = place.path from (${places}) as place
    where moved.tenant_id = ${tenantId} and moved.person_id = place.id and moved.path <> place.path`)
}

/** An identity number is not stored in the clear, wherever it stands. */
const masked = (text: string): string => maskedNumbers(text, (it) => checkIdentityNumber(it).problems.length === 0)

/** A text as it is shown: blanks of all kinds are one, and nothing stands in it that the database cannot keep. */
const shown = (text: string): string =>
  text.toWellFormed().replaceAll('\0', '').normalize('NFC').replace(/\s+/gu, ' ').trim()

/** So many code units stand in one row; no sheet of paper holds as many. */
const pieceLength = 4_000
/** What two pieces share, so that no query is divided by their edge. */
const shared = 400

function piecesOfText(text: string): string[] {
  const pieces = [text.slice(0, pieceLength)]
  for (let from = pieceLength - shared; from + shared < text.length; from += pieceLength - shared)
    pieces.push(text.slice(from, from + pieceLength))
  return pieces.map((it) => it.toWellFormed())
}
