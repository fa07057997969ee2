import { read, SSF, set_cptable, type WorkSheet } from '@e965/xlsx'
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs'
import { Refusal } from '../refusal.ts'
import { answerInThread, startThread } from '../threads.ts'
import { type CellValue, formulaMark } from './cell-value.ts'
import { showsMonthOnly } from './package-inspection.ts'
import type { HeldLines, HeldWorkbook } from './sheets.ts'
import { damaged } from './zip-directory.ts'

/**
 * Reads a workbook of Excel 97–2003 (.xls, also as WPS writes it). Refuses encrypted files and other files in the same
 * container (old Word documents, encrypted .xlsx). The format is a web of lengths and offsets in which a damaged or hostile
 * file can lead a reader in circles: it is read in a thread of its own, which is stopped after `timeoutMs`.
 */
export async function readLegacyWorkbook(bytes: Uint8Array, timeoutMs = 60_000): Promise<HeldWorkbook> {
  refuseOtherContainers(bytes)
  const allowed = { memoryMiB: 1024, timeoutMs, tooMuch: damaged() }
  const thread = startThread<Uint8Array, HeldWorkbook>(import.meta.url, allowed)
  try {
    return await thread.ask(bytes)
  } catch (error) {
    throw error instanceof Refusal ? error : damaged()
  } finally {
    await thread.close()
  }
}

answerInThread(import.meta.url, async (legacyWorkbook: Uint8Array): Promise<HeldWorkbook> => {
  set_cptable(codePages)
  try {
    const book = read(legacyWorkbook, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellFormula: true,
      cellText: false,
      cellHTML: false,
    })
    const is1904 = book.Workbook?.WBProps?.date1904 === true
    return {
      dateSystem: is1904 ? '1904' : '1900',
      sheets: book.SheetNames.map((name, at) => ({
        name,
        hidden: (book.Workbook?.Sheets?.[at]?.Hidden ?? 0) !== 0,
        ...contentOf(book.Sheets[name] ?? {}, is1904),
      })),
    }
  } catch (error) {
    throw error instanceof Error && /password|encrypt/i.test(error.message) ? encrypted() : damaged()
  }
})

const encrypted = () => new Refusal('unreadable', '文件加了密码，无法读取。请在 Excel 或 WPS 中取消密码后再试。')

/** The names inside such a container are written in UTF-16, so they can be looked for without taking it apart. */
function refuseOtherContainers(bytes: Uint8Array): void {
  const container = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const has = (name: string) => container.includes(Buffer.from(`${name}\0`, 'utf16le'))
  if (has('EncryptedPackage')) throw encrypted()
  if (has('Workbook') || has('Book')) return
  const what = has('WordDocument') ? '这是 Word 文档，不是电子表格' : '文件里没有工作簿'
  throw new Refusal('unreadable', `${what}，无法读取。请在 Excel 或 WPS 中另存为 .xlsx 后再试。`)
}

function contentOf(sheet: WorkSheet, is1904: boolean): Pick<HeldLines, 'rows' | 'merges'> {
  const lines: unknown = sheet['!data']
  const rows = Array.isArray(lines) ? Array.from(lines, (line: unknown) => cellsOf(line, is1904)) : []
  const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({
    startRow: s.r,
    startCol: s.c,
    endRow: e.r,
    endCol: e.c,
  }))
  return { rows, merges }
}

interface LegacyCell {
  t?: string
  v?: unknown
  z?: unknown
  f?: unknown
  w?: unknown
}

const cellsOf = (line: unknown, is1904: boolean): CellValue[] =>
  Array.isArray(line) ? Array.from(line, (cell: LegacyCell | undefined) => cellOf(cell ?? {}, is1904)) : []

function cellOf({ t, v, z, f }: LegacyCell, is1904: boolean): CellValue {
  if (f !== undefined && (v === undefined || v === '' || t === 'e')) return formulaMark
  if (t === 'e') return '#N/A'
  if (typeof v === 'string' || typeof v === 'boolean') return v
  if (typeof v !== 'number') return null
  const format = typeof z === 'string' ? z : ''
  if (!SSF.is_date(format)) return format === '0.00' && v >= 1900 && v < 2100 ? v.toFixed(2) : v
  const parts = SSF.parse_date_code(v, { date1904: is1904 })
  if (!parts) return v
  const day = new Date(Date.UTC(parts.y, parts.m - 1, parts.d))
  return showsMonthOnly(format) && parts.d === 1 ? day.toISOString().slice(0, 7) : day
}
