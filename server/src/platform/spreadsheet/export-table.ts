import { isDay } from '@zhibu/rules'
import { writeXlsx, writeXlsxStream } from 'hucre'
import type { CellValue } from './cell-value.ts'

/** A column of a list that is written out. */
export interface ExportColumn {
  header: string
  /** Whether days stand in it: they become real dates, in the width and the format of days. */
  holdsDays?: boolean
}

/** Rows at hand, or rows that are still being read. */
type Rows = Iterable<readonly CellValue[]> | AsyncIterable<readonly CellValue[]>

/**
 * Writes a list as .xlsx: one header line, then a line a row. Days ("2019-09-20" in a
 * column of days) become real dates, all else stays text, so that identity and student numbers keep every digit.
 */
export async function writeTable(columns: readonly ExportColumn[], rows: Rows, sheet = '名册'): Promise<Uint8Array> {
  const stream = writeXlsxStream(linesOf(columns, rows), {
    name: sheet,
    freezePane: { rows: 1 },
    columns: columns.map((it, at) => ({
      key: `c${at}`,
      header: it.header,
      width: widthOf(it),
      ...(it.holdsDays ? { numFmt: 'yyyy-mm-dd' } : {}),
    })),
  })
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** A column of a list together with what it says of a row. */
export interface ListColumn<Row> extends ExportColumn {
  cell: (row: Row) => CellValue | undefined
}

/** Writes a list as .xlsx while it is read, and tells how many rows it has. */
export async function writeList<Row>(
  columns: readonly ListColumn<Row>[],
  rows: AsyncIterable<Row> | Iterable<Row>,
  sheet: string,
): Promise<{ bytes: Uint8Array; count: number }> {
  let count = 0
  async function* lines() {
    for await (const row of rows) {
      count += 1
      yield columns.map(({ cell }) => cell(row) ?? null)
    }
  }
  return { bytes: await writeTable(columns, lines(), sheet), count }
}

/** Writes lines as they are, without a header of their own. */
export async function writeLines(lines: Iterable<readonly CellValue[]>, sheet = '名册'): Promise<Uint8Array> {
  const stream = writeXlsxStream(copied(lines), { name: sheet })
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** A sheet of texts. */
export interface TextSheet {
  name: string
  rows: readonly (readonly (string | null)[])[]
  /** How many lines stay in sight. */
  frozenRows?: number
}

/** Writes small sheets of texts beside one another, every cell as text. */
export async function writeSheets(sheets: readonly TextSheet[]): Promise<Uint8Array> {
  const written = await writeXlsx({
    sheets: sheets.map(({ name, rows, frozenRows }) => ({
      name,
      rows: rows.map((row) => [...row]),
      columns: (rows[0] ?? []).map((header) => ({ width: Math.max(12, (header ?? '').length * 2 + 2), numFmt: '@' })),
      ...(frozenRows === undefined ? {} : { freezePane: { rows: frozenRows } }),
    })),
  })
  return new Uint8Array(written)
}

function* copied(lines: Iterable<readonly CellValue[]>): Generator<CellValue[]> {
  for (const line of lines) yield line.map((it) => (typeof it === 'string' ? fitting(it) : it))
}

async function* linesOf(columns: readonly ExportColumn[], rows: Rows): AsyncGenerator<CellValue[], void> {
  for await (const row of rows) yield columns.map((it, at) => written(row[at] ?? null, it))
}

function written(cell: CellValue, column: ExportColumn): CellValue {
  if (typeof cell !== 'string') return cell
  return column.holdsDays && isDay(cell) ? new Date(`${cell}T00:00:00Z`) : fitting(cell)
}

/** A text as a cell may hold it: Excel takes a file for damaged that has a longer one, or what is no character. */
function fitting(text: string): string {
  const plain = text.replace(/[\ufffe\uffff]/g, '')
  if (plain.length <= longestText) return plain
  return `${plain.slice(0, longestText - cut.length).replace(/[\ud800-\udbff]$/, '')}${cut}`
}

const longestText = 32_767
const cut = '……（内容过长，未全部写出，请在系统中查看）'

const widthOf = (column: ExportColumn): number =>
  Math.min(40, Math.max(column.holdsDays ? 12 : 8, column.header.length * 2 + 2))
