import { type CellValue, type DateSystem, textOf } from './cell-value.ts'

/** A rectangle of merged cells, lines and columns counted from 0, both ends included. */
export interface Merge {
  startRow: number
  startCol: number
  endRow: number
  endCol: number
}

/** A sheet of a spreadsheet. A line may be shorter than others; a month written with a day by the program is the text "2004-10". */
export interface Sheet {
  name: string
  hidden: boolean
  merges: readonly Merge[]
  /** About how many lines hold anything, and how many cells do. */
  lineCount: number
  cellCount: number
  /** The upper lines, from which the table is recognised. */
  head: readonly CellLine[]
  /** All lines from the first on, read from the file as they are taken. Throws a refusal where the file is damaged. */
  lines(): AsyncIterable<CellLine>
}

/** The cells of a line from the first column on. */
export type CellLine = readonly CellValue[]

/** A spreadsheet that has been opened: its sheets are known, their lines are still to be read. */
export interface Workbook {
  format: 'xlsx' | 'xls' | 'csv'
  dateSystem: DateSystem
  sheets: readonly Sheet[]
}

/** How many upper lines of a sheet are at hand: a header is looked for in them, and what stands below it. */
export const headLines = 1_200

/** A sheet all of whose lines are in memory. */
export interface HeldLines extends Pick<Sheet, 'name' | 'hidden' | 'merges'> {
  rows: CellValue[][]
}

/** A spreadsheet of a kind that is read whole. */
export interface HeldWorkbook {
  dateSystem: DateSystem
  sheets: readonly HeldLines[]
}

/** A sheet as others are, from lines in memory. */
export function heldSheet({ rows, ...named }: HeldLines): Sheet {
  return {
    ...named,
    lineCount: rows.filter((line) => line.some((cell) => textOf(cell).trim() !== '')).length,
    cellCount: rows.reduce((sum, line) => sum + line.length, 0),
    head: rows.slice(0, headLines),
    async *lines() {
      yield* rows
    },
  }
}
