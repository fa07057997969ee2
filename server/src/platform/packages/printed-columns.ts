import type { PaperBlock } from '../papers/official-paper.ts'
import { visible } from '../visible-text.ts'

/** A column of a printed table. */
export interface PrintedColumn<Row> {
  head: string
  /** In relation to the others. */
  width: number
  cell: (row: Row) => string | number | null
}

/** A table with a head, which is repeated on each page. */
export const printedTable = <Row>(columns: readonly PrintedColumn<Row>[], rows: readonly Row[]): PaperBlock => ({
  kind: 'table',
  widths: columns.map((it) => it.width),
  head: columns.map((it) => it.head),
  rows: rows.map((row) => columns.map((it) => breakable(String(it.cell(row) ?? '')))),
})

/** Names and values, two of each in a row. */
export const printedFields = (rows: readonly (readonly string[])[]): PaperBlock => ({
  kind: 'table',
  widths: [1, 3, 1, 3],
  head: [],
  rows: rows.map((row) => row.map(breakable)),
})

/** A long name without blanks would run out of its cell: it may be broken anywhere. */
const breakable = (text: string): string => visible(text).replace(/[!-~]{16}(?=[!-~])/g, '$&\u200b')
