import { openXlsx, saveXlsx } from 'hucre'
import { Refusal } from '../refusal.ts'
import { visible } from '../visible-text.ts'
import { columnIndex } from './cell-address.ts'
import type { CellValue } from './cell-value.ts'
import { writeLines } from './export-table.ts'
import type { CellLine } from './sheets.ts'
import { openWorkbook } from './workbook.ts'

/** What is to be said at a cell, or at a row where `column` is null. */
export interface CellMark {
  /** Number of the line as the program shows it. */
  row: number
  /** Letters of the column. */
  column: string | null
  severity: 'error' | 'warning' | 'info'
  message: string
}

/**
 * Gives the file back with its problems marked, for mending and uploading again. An .xlsx of usual size stays as it is,
 * with the cells of that sheet coloured and commented; from a .csv, an .xls or a very large workbook a new .xlsx is made of
 * the sheet, with a column 问题 at the end.
 */
export async function markProblems(
  original: Uint8Array,
  { sheet, headerRow }: { sheet: string; headerRow: number },
  problems: readonly CellMark[],
): Promise<Uint8Array> {
  const workbook = await openWorkbook(original)
  const read = workbook.sheets.find((it) => it.name === sheet)
  if (!read) throw new Refusal('not-found', `文件里没有工作表“${sheet}”。`)
  const cellCount = workbook.sheets.reduce((sum, it) => sum + it.cellCount, 0)
  if (workbook.format === 'xlsx' && cellCount <= mostCellsInPlace) return inPlace(original, sheet, problems)
  return withColumn(sheet, await Array.fromAsync(read.lines()), headerRow, problems)
}

// With its styles a workbook takes some ten times the memory.
const mostCellsInPlace = 300_000

const fills = { error: 'FFC7CE', warning: 'FFEB9C', info: 'DDEBF7' } as const

async function inPlace(original: Uint8Array, name: string, problems: readonly CellMark[]): Promise<Uint8Array> {
  const workbook = await openXlsx(original, { readStyles: true })
  const sheet = workbook.sheets.find((it) => visible(it.name) === name)
  if (!sheet) throw new Refusal('not-found', `文件里没有工作表“${name}”。`)
  sheet.cells ??= new Map()
  for (const [place, told] of byCell(problems)) {
    const [row = 0, col = 0] = place.split(',').map(Number)
    const cell = sheet.cells.get(place)
    const value = sheet.rows[row]?.[col] ?? null
    const fgColor = { rgb: fills[told.some((it) => it.severity === 'error') ? 'error' : (told[0]?.severity ?? 'info')] }
    sheet.cells.set(place, {
      value,
      type: value === null ? 'empty' : typeof value === 'number' ? 'number' : 'string',
      ...cell,
      style: { ...cell?.style, fill: { type: 'pattern', pattern: 'solid', fgColor } },
      comment: { author: '支部工作台', text: told.map((it) => it.message).join('\n') },
    })
  }
  return saveXlsx(workbook)
}

/** The problems by cell; those of a whole row go to its first cell. */
function byCell(problems: readonly CellMark[]): Map<string, CellMark[]> {
  const cells = new Map<string, CellMark[]>()
  for (const it of problems) {
    const place = `${it.row - 1},${it.column === null ? 0 : columnIndex(it.column)}`
    cells.set(place, [...(cells.get(place) ?? []), it])
  }
  return cells
}

function withColumn(
  sheet: string,
  lines: readonly CellLine[],
  headerRow: number,
  problems: readonly CellMark[],
): Promise<Uint8Array> {
  const width = lines.reduce((most, it) => Math.max(most, it.length), 0)
  const told = new Map<number, string[]>([[headerRow, ['问题']]])
  for (const { row, column, message } of problems) {
    told.set(row, [...(told.get(row) ?? []), column === null ? message : `${column} 列 ${message}`])
  }
  const marked = lines.map((line, at) => [
    ...Array.from({ length: width }, (_, col): CellValue => line[col] ?? null),
    told.get(at + 1)?.join('\n') ?? null,
  ])
  return writeLines(marked, sheet)
}
