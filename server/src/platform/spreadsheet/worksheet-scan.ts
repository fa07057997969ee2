import { Refusal } from '../refusal.ts'

/** What a worksheet holds, learned from its XML before anything is built in memory. */
export interface WorksheetScan {
  /** Number of the last line and of the last column in which a cell holds something; 0 where none does. */
  lastRow: number
  lastColumn: number
  cellCount: number
  /** Cells whose style is one of those asked for: the style by `row * 16384 + column`, both counted from 0. */
  styled: Map<number, number>
}

/** Columns in the widest sheet a program can write; the factor of the keys of `styled`. */
const columnsOfSheet = 16_384
const rowsOfSheet = 1_048_576

/**
 * Walks over the XML of a worksheet piece by piece and looks only at the cells' addresses and styles.
 * Refuses document type declarations (they can name outside files) and addresses that no sheet has.
 */
export async function scanWorksheet(
  pieces: AsyncIterable<Buffer>,
  styles: ReadonlySet<number>,
): Promise<WorksheetScan> {
  const scan: WorksheetScan = { lastRow: 0, lastColumn: 0, cellCount: 0, styled: new Map() }
  const place: Place = { row: -1, column: 0, prefixLength: undefined }
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    const whole = Math.max(bytes.lastIndexOf(lessThan), 0)
    const isComplete = bytes.indexOf(greaterThan, whole) >= 0
    const until = isComplete ? bytes.length : whole
    scanTags(bytes.subarray(0, until), scan, place, styles)
    rest = bytes.subarray(until)
    if (rest.length > longestTag) throw malformed()
  }
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
const longestTag = 65_536

const malformed = () =>
  new Refusal('unreadable', '工作表的内容已损坏，无法读取。请在 Excel 或 WPS 中另存为 .xlsx 后再试。')

interface Place {
  row: number
  column: number
  /** Length of the namespace prefix with its colon: 2 for <x:c>. Learned from the outermost tag. */
  prefixLength: number | undefined
}

// One loop over the bytes: there are some twenty million tags in a sheet of four million cells.
function scanTags(bytes: Buffer, scan: WorksheetScan, place: Place, styles: ReadonlySet<number>): void {
  const length = bytes.length
  for (let at = 0; at < length; at++) {
    if (bytes[at] !== lessThan) continue
    const first = bytes[at + 1]
    if (first === slash || first === questionMark) continue
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
      place.row = number > 0 ? number - 1 : place.row + 1
      place.column = 0
    }
  }
}

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
  if (bytes[end - 1] === slash) return
  if (inRow >= rowsOfSheet || inColumn >= columnsOfSheet) throw malformed()
  scan.cellCount++
  if (inRow >= scan.lastRow) scan.lastRow = inRow + 1
  if (inColumn >= scan.lastColumn) scan.lastColumn = inColumn + 1
  if (styles.has(style)) scan.styled.set(inRow * columnsOfSheet + inColumn, style)
}

const letterC = 0x63
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
