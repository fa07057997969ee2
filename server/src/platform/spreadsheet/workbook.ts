import { streamXlsxRows } from 'hucre'
import { Refusal } from '../refusal.ts'
import { visible } from '../visible-text.ts'
import { type CellValue, formulaMark } from './cell-value.ts'
import { defaultLimits, type Limits, refuseBeyond } from './limits.ts'
import { type Disguise, type InspectedSheet, inspectPackage } from './package-inspection.ts'
import { readSeparated } from './separated-text.ts'
import { type CellLine, type HeldWorkbook, headLines, heldSheet, type Sheet, type Workbook } from './sheets.ts'
import { placeOf } from './worksheet-scan.ts'
import { damaged } from './zip-directory.ts'

/**
 * Opens a spreadsheet: .xlsx, .xls, or text with separators (.csv, in UTF-8 or else GB 18030). What it is, is told by its
 * content. Throws a refusal that says why for anything else, for encrypted and damaged files, and beyond the limits.
 */
export async function openWorkbook(bytes: Uint8Array, limits: Limits = defaultLimits): Promise<Workbook> {
  if (bytes.length === 0) throw new Refusal('unreadable', '文件是空的，请重新选择。')
  if (bytes.length > limits.maxFileBytes) {
    throw new Refusal('too-large', `文件超过 ${Math.round(limits.maxFileBytes / 1024 / 1024)} MB，请分成几个文件导入。`)
  }
  const kind = kindOf(bytes)
  if (kind === 'zip') return openPackage(bytes, limits)
  if (kind === 'ole') {
    // Large, and few files are of this kind.
    const { readLegacyWorkbook } = await import('./legacy-workbook.ts')
    return held(limits, 'xls', await readLegacyWorkbook(bytes))
  }
  const sheet = { name: 'CSV', hidden: false, rows: readSeparated(bytes), merges: [] }
  return held(limits, 'csv', { dateSystem: '1900', sheets: [sheet] })
}

const signatures: readonly { starts: readonly number[]; kind: 'zip' | 'ole' }[] = [
  { starts: [0x50, 0x4b, 0x03, 0x04], kind: 'zip' },
  { starts: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], kind: 'ole' },
]

const strangers: readonly { starts: RegExp; what: string }[] = [
  { starts: /^%PDF/, what: 'PDF 文件' },
  { starts: /^\{\\rtf/, what: 'RTF 文档' },
  { starts: /^(\x89PNG|\xff\xd8\xff|GIF8|BM)/, what: '图片' },
  { starts: /^(Rar!|7z\xbc\xaf)/, what: '压缩包' },
  { starts: /^(\xef\xbb\xbf)?\s*<(!doctype|html|table|meta|head)/i, what: '网页（有的系统导出的 .xls 其实是网页）' },
  { starts: /^(\xef\xbb\xbf)?\s*<\?xml/i, what: 'XML 文件' },
]

function kindOf(bytes: Uint8Array): 'zip' | 'ole' | 'text' {
  const known = signatures.find((it) => it.starts.every((byte, at) => bytes[at] === byte))
  if (known) return known.kind
  const start = Buffer.from(bytes.subarray(0, 512)).toString('latin1')
  const stranger = strangers.find((it) => it.starts.test(start))
  if (stranger) {
    throw new Refusal('unreadable', `这不是电子表格，而是${stranger.what}。请用 Excel 或 WPS 打开后另存为 .xlsx 再试。`)
  }
  return 'text'
}

async function openPackage(bytes: Uint8Array, limits: Limits): Promise<Workbook> {
  const { dateSystem, sheets } = await inspectPackage(bytes, limits)
  const largest = sheets.toSorted((a, b) => b.lineCount - a.lineCount)[0]
  const opened: Sheet[] = []
  for (const it of sheets) opened.push(await openSheet(bytes, it, it === largest))
  return { format: 'xlsx', dateSystem, sheets: opened }
}

/** `goesOn`: the lines below the upper ones are read on from there when they are asked for first, else the sheet is opened anew. */
async function openSheet(bytes: Uint8Array, sheet: InspectedSheet, goesOn: boolean): Promise<Sheet> {
  const { name, hidden, merges, lineCount, cellCount } = sheet
  const head: CellLine[] = []
  const reading = linesIn(bytes, sheet)
  let below: typeof reading | undefined = goesOn ? reading : undefined
  while (head.length < headLines) {
    const { value, done } = await reading.next()
    if (done) break
    head.push(value)
  }
  if (!goesOn) await reading.return()
  async function* lines() {
    const rest = below ?? linesIn(bytes, sheet)
    let above = below ? 0 : head.length
    below = undefined
    yield* head
    for await (const line of rest) if (above-- <= 0) yield line
  }
  return { name: visible(name), hidden, merges, lineCount, cellCount, head, lines }
}

async function* linesIn(bytes: Uint8Array, sheet: InspectedSheet): AsyncGenerator<CellLine, void, undefined> {
  if (sheet.lastRow === 0) return
  let at = 0
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet: sheet.at })) {
      if (index >= sheet.lastRow) return
      for (; at < index; at++) yield []
      yield shown(sheet, at++, values)
    }
  } catch (error) {
    throw error instanceof Refusal ? error : damaged()
  }
}

/** Gives cells back what the program shows, and takes no stored value of a formula that may be another one elsewhere. */
function shown({ lastColumn, disguises, formulas }: InspectedSheet, row: number, cells: CellValue[]): CellLine {
  if (cells.length > lastColumn) cells.length = lastColumn
  for (const [at, cell] of cells.entries()) if (typeof cell === 'string') cells[at] = shownText(cell, row)
  if (disguises.size > 0 || formulas.size > 0) {
    for (const [at, cell] of cells.entries()) {
      const place = placeOf(row, at)
      const isTaken = formulas.get(place)
      if (isTaken === false || (isTaken && (cell === null || cell === ''))) cells[at] = formulaMark
      else cells[at] = revealed(cell, disguises.get(place))
    }
  }
  return cells
}

/** No program writes more into a cell; the same one may stand in a thousand cells and be read as often. */
const mostInCell = 32_767

function shownText(cell: string, row: number): string {
  if (cell.length > mostInCell)
    throw new Refusal('too-large', `第 ${row + 1} 行有一个单元格超过 ${mostInCell} 个字，没有读取。请删短后再试。`)
  return visible(cell)
}

/** A month that the program stores as a first day, 2019.10 that it stores as 2019.1. */
function revealed(value: CellValue, disguise: Disguise | undefined): CellValue {
  if (disguise === 'month' && value instanceof Date && value.getUTCDate() === 1 && !Number.isNaN(value.getTime())) {
    return value.toISOString().slice(0, 7)
  }
  if (disguise === 'two-decimals' && typeof value === 'number' && value >= 1900 && value < 2100) return value.toFixed(2)
  return value
}

function held(limits: Limits, format: Workbook['format'], { dateSystem, sheets }: HeldWorkbook): Workbook {
  for (const { name, rows } of sheets) {
    const width = rows.reduce((most, it) => Math.max(most, it.length), 0)
    refuseBeyond(limits, name, rows.length, width)
    for (const line of rows) {
      for (const [at, cell] of line.entries()) if (typeof cell === 'string') line[at] = visible(cell)
    }
  }
  return { format, dateSystem, sheets: sheets.map((it) => heldSheet({ ...it, name: visible(it.name) })) }
}
