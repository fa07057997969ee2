import type { SQL } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { ownKey } from './picture-names-schema.ts'
import type { Place } from './place.ts'
import type { Card, CardQuery } from './schema.ts'

/** What a card says beside whose it is and of when. */
export type Figures = Pick<Card, 'columns' | 'rows' | 'total' | 'definitions'>

/** One figure of a card. */
export interface Cell {
  row: string
  column: string
}

/** One card: how its figures are counted, in one statement, and how the rows behind one of them are found. */
export interface CardKind {
  figures(ctx: Context, place: Place, query: CardQuery): Promise<Figures>
  /**
   * The rows behind a figure: a statement with the columns id, kind, name, organization, on and sort, or undefined where there is no such figure. A card without
   * it has its rows on pages of their own.
   */
  behind?(ctx: Context, place: Place, query: CardQuery, at: Cell): Promise<SQL | undefined>
}

/** Puts counts of groups into the cells of a table. What nobody counted is 0; nothing at an organisation itself is no line beside those below it. */
export function table(
  columns: Figures['columns'],
  rows: readonly { key: string; label: string; organizationId?: string }[],
  groups: readonly { row: string; column: string; count: number }[],
): Pick<Figures, 'columns' | 'rows' | 'total'> {
  const counts = new Map<string, number>()
  const add = (key: string, count: number) => counts.set(key, (counts.get(key) ?? 0) + count)
  for (const { row, column, count } of groups) add(`${row} ${column}`, count)
  const filled = rows.map(({ key, label, organizationId = null }) => ({
    ...{ key, label, organizationId },
    values: columns.map((column) => counts.get(`${key} ${column.key}`) ?? 0),
  }))
  return {
    columns,
    rows: filled.filter((it) => it.key !== ownKey || rows.length === 1 || it.values.some((value) => value > 0)),
    total: columns.map((_, at) => filled.reduce((sum, it) => sum + (it.values[at] ?? 0), 0)),
  }
}

export const headingsOf = (names: Readonly<Record<string, string>>): Figures['columns'] =>
  Object.entries(names).map(([key, label]) => ({ key, label }))
