import { readXlsx } from 'hucre'
import { Refusal } from '../refusal.ts'
import { visible } from '../visible-text.ts'
import { columnLetter } from './cell-address.ts'
import { type CellValue, formulaMark } from './cell-value.ts'
import { defaultLimits, type Limits, refuseBeyond } from './limits.ts'
import { type Disguise, inspectPackage } from './package-inspection.ts'
import { readSeparated } from './separated-text.ts'
import type { Workbook } from './sheets.ts'

/**
 * Reads a spreadsheet: .xlsx, .xls, or text with separators (.csv, in UTF-8 or else GB 18030). What it is, is told by its
 * content. Throws a refusal that says why for anything else, for encrypted and damaged files, and beyond the limits.
 */
export async function readWorkbook(bytes: Uint8Array, limits: Limits = defaultLimits): Promise<Workbook> {
  const workbook = await readAsItIs(bytes, limits)
  for (const sheet of workbook.sheets) {
    sheet.name = visible(sheet.name)
    for (const line of sheet.rows) {
      for (const [at, cell] of line.entries()) if (typeof cell === 'string') line[at] = visible(cell)
    }
  }
  return workbook
}

async function readAsItIs(bytes: Uint8Array, limits: Limits): Promise<Workbook> {
  if (bytes.length === 0) throw new Refusal('unreadable', '文件是空的，请重新选择。')
  if (bytes.length > limits.maxFileBytes) {
    throw new Refusal('too-large', `文件超过 ${Math.round(limits.maxFileBytes / 1024 / 1024)} MB，请分成几个文件导入。`)
  }
  const kind = kindOf(bytes)
  if (kind === 'zip') return readPackage(bytes, limits)
  if (kind === 'ole') {
    // Large, and few files are of this kind.
    const { readLegacyWorkbook } = await import('./legacy-workbook.ts')
    return within(limits, await readLegacyWorkbook(bytes))
  }
  const sheet = { name: 'CSV', hidden: false, rows: readSeparated(bytes), merges: [] }
  return within(limits, { format: 'csv', dateSystem: '1900', sheets: [sheet] })
}

const damaged = '文件已损坏，或者不是规范的 Excel 工作簿。请在 Excel 或 WPS 中打开，另存为 .xlsx 后再试。'

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

async function readPackage(bytes: Uint8Array, limits: Limits): Promise<Workbook> {
  const inspected = await inspectPackage(bytes, limits)
  const area = `A1:${columnLetter(Math.max(0, inspected.lastColumn - 1))}${Math.max(1, inspected.lastRow)}`
  const read = await readXlsx(bytes, { range: area }).catch(() => {
    throw new Refusal('unreadable', damaged)
  })
  return {
    format: 'xlsx',
    dateSystem: read.dateSystem ?? '1900',
    sheets: read.sheets.map((sheet, at) => {
      reveal(sheet.rows, inspected.disguises[at] ?? new Map())
      for (const [place, cell] of sheet.cells ?? []) {
        if (cell.formula === undefined) continue
        const [row = 0, col = 0] = place.split(',').map(Number)
        const line = sheet.rows[row]
        if (line && !isPlain(cell.formula, line[col] ?? null)) line[col] = formulaMark
      }
      return {
        name: sheet.name,
        hidden: sheet.hidden === true || sheet.veryHidden === true,
        rows: sheet.rows,
        merges: sheet.merges ?? [],
      }
    }),
  }
}

/** Gives cells back what the program shows: a month that it stores as a first day, 2019.10 that it stores as 2019.1. */
function reveal(rows: CellValue[][], disguises: ReadonlyMap<number, Disguise>): void {
  for (const [place, disguise] of disguises) {
    const line = rows[Math.floor(place / 16_384)]
    const col = place % 16_384
    const value = line?.[col]
    if (line === undefined || value === undefined || value === null) continue
    if (disguise === 'month' && value instanceof Date && value.getUTCDate() === 1 && !Number.isNaN(value.getTime())) {
      line[col] = value.toISOString().slice(0, 7)
    }
    if (disguise === 'two-decimals' && typeof value === 'number' && value >= 1900 && value < 2100) {
      line[col] = value.toFixed(2)
    }
  }
}

/** Whether the stored value of a formula may be taken: it has one, and it does not depend on outside files or on the day of opening. */
function isPlain(formula: string, value: CellValue): boolean {
  if (value === null || value === '') return false
  return !/\[|\||https?:|\b(?:TODAY|NOW|RAND|RANDBETWEEN|WEBSERVICE|HYPERLINK|INDIRECT|CALL|REGISTER|DDE|RTD|EXEC)\b/i.test(
    formula,
  )
}

function within(limits: Limits, workbook: Workbook): Workbook {
  for (const { name, rows } of workbook.sheets) {
    const width = rows.reduce((most, it) => Math.max(most, it.length), 0)
    refuseBeyond(limits, name, rows.length, width)
  }
  return workbook
}
