import { textOf } from '../spreadsheet/cell-value.ts'
import { openWorkbook } from '../spreadsheet/workbook.ts'
import { limits } from './limits.ts'
import type { SheetRows } from './tasks.ts'

/** The upper rows of the sheets of a workbook (.xlsx, .xls, .csv) as texts; hidden sheets are left out. Refuses what `openWorkbook` does. */
export async function readSheets(bytes: Uint8Array): Promise<SheetRows[]> {
  const { sheets } = await openWorkbook(bytes)
  const shown: SheetRows[] = []
  let room = limits.maxSheetText
  for (const { name, lines } of sheets.filter((it) => !it.hidden).slice(0, limits.maxSheets)) {
    const rows: string[][] = []
    let isCut = false
    for await (const line of lines()) {
      isCut ||= rows.length === limits.maxRows || room <= 0 || line.length > limits.maxColumns
      if (rows.length === limits.maxRows || room <= 0) break
      const cells = line.slice(0, limits.maxColumns).map((cell) => textOf(cell).slice(0, limits.maxCellText))
      room -= cells.reduce((sum, it) => sum + it.length, 0)
      rows.push(cells)
    }
    while (rows.at(-1)?.every((cell) => cell === '')) rows.pop()
    shown.push({ name, rows, isCut })
  }
  return shown
}
