import { Refusal } from '../refusal.ts'
import { columnIndex } from './cell-address.ts'
import type { Merge } from './sheets.ts'

/** What a worksheet holds, learned from its XML before anything is built in memory. */
export interface WorksheetScan {
  /** Number of the last line and of the last column in which a cell holds something; 0 where none does. */
  lastRow: number
  lastColumn: number
  /** How many lines hold something, and how many cells do. */
  lineCount: number
  cellCount: number
  /** Cells whose style is one of those asked for: the style by `placeOf`. */
  styled: Map<number, number>
  /** Cells with a formula by `placeOf`: whether its stored value may be taken. */
  formulas: Map<number, boolean>
  merges: Merge[]
}

/** A cell of a sheet as one number; line and column are counted from 0. */
export const placeOf = (row: number, column: number): number => row * columnsOfSheet + column

/** Columns in the widest sheet a program can write. */
const columnsOfSheet = 16_384
const rowsOfSheet = 1_048_576

/**
 * Walks over the XML of a worksheet piece by piece and looks only at the cells' addresses, styles and formulas, and at what is
 * merged. Refuses document type declarations (they can name outside files), addresses that no sheet has, and lines or cells
 * out of their order: what is read line by line afterwards must be what was looked over here.
 */
export async function scanWorksheet(
  pieces: AsyncIterable<Buffer>,
  styles: ReadonlySet<number>,
): Promise<WorksheetScan> {
  const scan: WorksheetScan = {
    ...{ lastRow: 0, lastColumn: 0, lineCount: 0, cellCount: 0 },
    ...{ styled: new Map(), formulas: new Map(), merges: [] },
  }
  const place: Place = { row: -1, column: 0, cell: 0, prefixLength: undefined, shared: new Map(), isEnded: false }
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    // The last tag is left for later: it may go on in the next piece, or the text behind it may.
    const until = Math.max(bytes.lastIndexOf(lessThan), 0)
    scanTags(bytes.subarray(0, until), scan, place, styles)
    rest = bytes.subarray(until)
    if (rest.length > longestTag) throw malformed()
  }
  if (scan.cellCount > 0 && !place.isEnded) throw malformed()
  return scan
}

/** Refuses XML with a document type declaration. Looks at the beginning, where alone it may stand. */
export function refuseDeclarations(xml: Buffer): void {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml.toString('latin1', 0, 65_536))) {
    throw new Refusal(
      'unreadable',
      '文件内含有外部实体声明，不是 Excel 正常生成的内容，没有打开。请另存为新的 .xlsx 后再试。',
    )
  }
}

const lessThan = 60
const greaterThan = 62
const slash = 47
/** With the text behind it, in bytes: a cell holds up to 32,767 characters. */
const longestTag = 1_048_576

const malformed = () =>
  new Refusal('unreadable', '工作表的内容已损坏，无法读取。请在 Excel 或 WPS 中另存为 .xlsx 后再试。')

interface Place {
  row: number
  column: number
  /** The cell that was opened last, by `placeOf`. */
  cell: number
  /** Whether the stored values of a formula that is shared by several cells may be taken, by the number of the formula. */
  shared: Map<string, boolean>
  /** Length of the namespace prefix with its colon: 2 for <x:c>. Learned from the outermost tag. */
  prefixLength: number | undefined
  /** Whether the end of the lines has been seen. */
  isEnded: boolean
}

// One loop over the bytes: there are some twenty million tags in a sheet of four million cells.
function scanTags(bytes: Buffer, scan: WorksheetScan, place: Place, styles: ReadonlySet<number>): void {
  const length = bytes.length
  for (let at = 0; at < length; at++) {
    if (bytes[at] !== lessThan) continue
    const first = bytes[at + 1]
    if (first === questionMark) continue
    if (first === slash) {
      const name = at + 2 + (place.prefixLength ?? 0)
      if (bytes[name] === letterS && bytes.toString('latin1', name, name + 9) === 'sheetData') place.isEnded = true
      continue
    }
    if (first === exclamationMark) {
      refuseDeclarations(bytes.subarray(at, at + 20))
      continue
    }
    place.prefixLength ??= prefixLengthAt(bytes, at + 1)
    const name = at + 1 + place.prefixLength
    if (bytes[name] === letterC && isEnd(bytes[name + 1])) {
      const end = bytes.indexOf(greaterThan, name)
      if (end > 0) countCell(bytes, name, end, scan, place, styles)
    } else if (
      bytes[name] === letterR &&
      bytes[name + 1] === letterO &&
      bytes[name + 2] === letterW &&
      isEnd(bytes[name + 3])
    ) {
      const { number } = readAttributes(bytes, name, bytes.indexOf(greaterThan, name))
      const row = number > 0 ? number - 1 : place.row + 1
      if (row <= place.row) throw malformed()
      place.row = row
      place.column = 0
    } else if (bytes[name] === letterF && isEnd(bytes[name + 1])) {
      noteFormula(bytes, name, scan, place)
    } else if (bytes[name] === letterM && bytes.toString('latin1', name, name + 9) === 'mergeCell') {
      noteMerge(bytes, name, scan)
    }
  }
}

function noteFormula(bytes: Buffer, from: number, scan: WorksheetScan, { cell, shared }: Place): void {
  const end = bytes.indexOf(greaterThan, from)
  if (end < 0) return
  const tag = bytes.toString('latin1', from, end)
  const number = /\ssi\s*=\s*["'](\d+)/.exec(tag)?.[1]
  const isEmpty = tag.endsWith('/')
  const until = bytes.indexOf(lessThan, end)
  const text = isEmpty ? '' : bytes.toString('utf8', end + 1, until < 0 ? bytes.length : until)
  const isTaken = text === '' ? shared.get(number ?? '') === true : !dependsOnMore(text)
  if (number !== undefined && text !== '') shared.set(number, isTaken)
  scan.formulas.set(cell, isTaken)
}

function noteMerge(bytes: Buffer, from: number, scan: WorksheetScan): void {
  const tag = bytes.toString('latin1', from, bytes.indexOf(greaterThan, from))
  const [, left = '', top, right = '', bottom] = /\sref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']/.exec(tag) ?? []
  if (top === undefined) return
  const [startCol, endCol] = [columnIndex(left), columnIndex(right)]
  scan.merges.push({ startRow: Number(top) - 1, startCol, endRow: Number(bottom) - 1, endCol })
}

/** Whether the value of a formula depends on outside files or on the day of opening. */
const dependsOnMore = (formula: string): boolean =>
  /\[|\||https?:|&#|\b(?:TODAY|NOW|RAND|RANDBETWEEN|WEBSERVICE|HYPERLINK|INDIRECT|CALL|REGISTER|DDE|RTD|EXEC)\b/i.test(
    formula,
  )

function countCell(
  bytes: Buffer,
  from: number,
  end: number,
  scan: WorksheetScan,
  place: Place,
  styles: ReadonlySet<number>,
): void {
  const { row, column, style } = readAttributes(bytes, from, end)
  const inRow = row > 0 ? row - 1 : place.row
  const inColumn = column > 0 ? column - 1 : place.column
  place.column = inColumn + 1
  place.cell = placeOf(inRow, inColumn)
  if (bytes[end - 1] === slash) return
  if (inRow >= rowsOfSheet || inColumn >= columnsOfSheet || inRow !== place.row) throw malformed()
  scan.cellCount++
  if (inRow >= scan.lastRow) {
    scan.lastRow = inRow + 1
    scan.lineCount++
  }
  if (inColumn >= scan.lastColumn) scan.lastColumn = inColumn + 1
  if (styles.has(style)) scan.styled.set(place.cell, style)
}

const letterC = 0x63
const letterF = 0x66
const letterM = 0x6d
const letterS = 0x73
const letterO = 0x6f
const letterR = 0x72
const letterW = 0x77
const exclamationMark = 0x21
const questionMark = 0x3f

const isEnd = (byte = 0): boolean =>
  byte === 0x20 || byte === greaterThan || byte === slash || byte === 0x0a || byte === 0x09 || byte === 0x0d

function prefixLengthAt(bytes: Buffer, from: number): number {
  const name = bytes.toString('latin1', from, from + 40)
  return /^\w+:/.exec(name)?.[0].length ?? 0
}

const found = { row: 0, column: 0, number: 0, style: -1 }

/** The attributes r (an address, or the number of a line) and s (a style) of the tag. */
function readAttributes(bytes: Buffer, from: number, end: number): typeof found {
  found.row = 0
  found.column = 0
  found.number = 0
  found.style = -1
  for (let at = from; at < end - 3; at++) {
    const before = bytes[at]
    if (before !== 0x20 && before !== 0x0a && before !== 0x09) continue
    const quote = bytes[at + 3]
    if (bytes[at + 2] !== 0x3d || (quote !== 0x22 && quote !== 0x27)) continue
    if (bytes[at + 1] === 0x72) readAddress(bytes, at + 4, end)
    else if (bytes[at + 1] === 0x73) found.style = readNumber(bytes, at + 4, end)
  }
  return found
}

function readAddress(bytes: Buffer, from: number, end: number): void {
  let at = from
  let column = 0
  for (; at < end; at++) {
    const letter = (bytes[at] ?? 0) & 0xdf
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  const number = readNumber(bytes, at, end)
  if (column === 0) found.number = number
  else {
    found.column = column
    found.row = number
  }
}

function readNumber(bytes: Buffer, from: number, end: number): number {
  let value = 0
  for (let at = from; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  return value
}
