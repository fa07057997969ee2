import type { CellValue, DateSystem } from './cell-value.ts'

/** A rectangle of merged cells, lines and columns counted from 0, both ends included. */
export interface Merge {
  startRow: number
  startCol: number
  endRow: number
  endCol: number
}

/** A sheet of a spreadsheet as it was read. */
export interface Sheet {
  name: string
  hidden: boolean
  /** Lines of cells. A line may be shorter than others; a month written with a day by the program is the text "2004-10". */
  rows: CellValue[][]
  merges: readonly Merge[]
}

/** What `readWorkbook` makes of a spreadsheet. */
export interface Workbook {
  format: 'xlsx' | 'xls' | 'csv'
  dateSystem: DateSystem
  sheets: readonly Sheet[]
}
