import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { readCursor, writeCursor } from './cursor.ts'
import type { Db } from './database.ts'
import { preparedRows } from './prepared.ts'
import type { Page } from './wire.ts'

/** A column by which a list is ordered, and what a cursor may hold for it. */
export interface Sorted {
  by: SQL
  fits: z.ZodType<string | number>
}

/** A list over one table `s`. The last column of its order tells its rows apart. */
export interface SortedList {
  table: SQL
  columns: SQL
  order: readonly Sorted[]
  /** The rows of the list, for an index over the places in the tree. Absent where they lie everywhere. */
  among?: SQL | undefined
  /** The same rows, written so that no such index is used. */
  along: SQL
}

/** Which page is asked for. */
export interface PageAsked {
  cursor?: string | undefined
  limit: number
  descending?: boolean
}

/** A row of the page with its place in the order. */
interface Keyed {
  k0: string | number
  k1?: string | number
  k2?: string | number
  k3?: string | number
}

/** Rows that are counted at most, and put in order for a page at most. */
export const countLimit = 10_000

/**
 * A page of a list in at most two trips to the database. Where the rows are few they are all looked up by their places and
 * put in order; where they are more, the order is walked until the page is full: the database cannot know beforehand, because
 * it plans a form of the list once for all readers. `dressed` adds what a page shows; `total` comes with the first page,
 * and is absent where more rows match than anybody reads.
 */
export async function pageOfList<Row, Item>(
  db: Db,
  list: SortedList,
  asked: PageAsked,
  dressed: (page: SQL) => SQL,
  itemsOf: (rows: readonly Row[]) => Promise<Item[]> | Item[],
): Promise<Page<Item>> {
  const { among, order } = list
  const rowsOf = (page: SQL) =>
    preparedRows<Row & Keyed>(db, sql`${dressed(page)} order by ${keysOf(order, asked, 'page.')}`)
  const [total, few] = await Promise.all([
    countOfList(db, list),
    rowsOf(among ? putInOrder(list, among, asked) : walked(list, asked)),
  ])
  const rows = total === undefined && among ? await rowsOf(walked(list, asked)) : few
  const last = rows.length > asked.limit ? rows.at(asked.limit - 1) : undefined
  return {
    items: await itemsOf(rows.slice(0, asked.limit)),
    ...(last && { next: writeCursor([last.k0, last.k1, last.k2, last.k3].filter((it) => it !== undefined)) }),
    ...(asked.cursor === undefined && total !== undefined && { total }),
  }
}

/** How many rows match; undefined where they are more than anybody reads. */
async function countOfList(db: Db, list: Pick<SortedList, 'table' | 'among' | 'along'>): Promise<number | undefined> {
  const [row] = await preparedRows<{ count: number }>(db, counted(list))
  return row && row.count <= countLimit ? row.count : undefined
}

function counted({ table, among, along }: Pick<SortedList, 'table' | 'among' | 'along'>): SQL {
  return sql`select count(*)::int as count from (select from ${table} where ${among ?? along} limit ${countLimit + 1}) s`
}

function putInOrder({ table, columns, order }: SortedList, among: SQL, asked: PageAsked): SQL {
  return sql`select * from (select ${columns}, ${named(order)} from ${table}
      where ${among} ${after(order, asked)} limit ${countLimit + 1}) s
    order by ${keysOf(order, asked)} limit ${asked.limit + 1}`
}

function walked({ table, columns, order, along }: SortedList, asked: PageAsked): SQL {
  return sql`select ${columns}, ${named(order)} from ${table}
    where ${along} ${after(order, asked)}
    order by ${joined(order.map((it) => sql`${it.by} ${direction(asked)}`))} limit ${asked.limit + 1}`
}

/** The rows behind the last one of the page before. */
function after(order: readonly Sorted[], { cursor, descending }: PageAsked): SQL {
  if (cursor === undefined) return sql``
  const keys = z.array(z.union([z.string(), z.number()])).length(order.length)
  const isKey = (key: readonly unknown[]) => order.every((it, at) => it.fits.safeParse(key[at]).success)
  const values = readCursor(cursor, keys.refine(isKey)).map((it) => sql`${it}`)
  return sql`and (${joined(order.map((it) => it.by))}) ${sql.raw(descending ? '<' : '>')} (${joined(values)})`
}

const named = (order: readonly Sorted[]): SQL => joined(order.map((it, at) => sql`${it.by} as k${sql.raw(String(at))}`))

const keysOf = (order: readonly Sorted[], asked: PageAsked, of = ''): SQL =>
  joined(order.map((_, at) => sql`${sql.raw(`${of}k${at}`)} ${direction(asked)}`))

const direction = ({ descending }: PageAsked): SQL => sql.raw(descending ? 'desc' : 'asc')

const joined = (parts: SQL[]): SQL => sql.join(parts, sql`, `)
