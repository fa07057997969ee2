import { Refusal } from '../refusal.ts'
import type { DateSystem } from './cell-value.ts'
import { type Limits, refuseBeyond } from './limits.ts'
import { refuseDeclarations, scanWorksheet, type WorksheetScan } from './worksheet-scan.ts'
import { attribute, tags } from './xml-tags.ts'
import { damaged, readZipDirectory, unpack, unpackPieces, type ZipEntry } from './zip-directory.ts'

/** How a cell shows something else than it stores: a month for a first day, or 2019.10 for 2019.1. */
export type Disguise = 'month' | 'two-decimals'

/** A sheet of a package as it was looked over. */
export interface InspectedSheet extends Omit<WorksheetScan, 'styled'> {
  name: string
  hidden: boolean
  /** Which sheet of the workbook it is, from 0. */
  at: number
  /** How cells show something else than they store, by `placeOf`. */
  disguises: ReadonlyMap<number, Disguise>
}

export interface Inspection {
  dateSystem: DateSystem
  sheets: readonly InspectedSheet[]
}

/** Looks over an .xlsx package before it is read. Refuses other packages, declarations of outside entities, and what exceeds the limits. */
export async function inspectPackage(bytes: Uint8Array, limits: Limits): Promise<Inspection> {
  const entries = readZipDirectory(bytes, {
    maxEntries: limits.maxEntries,
    maxBytes: limits.maxUnpackedBytes,
    maxRatio: limits.maxRatio,
  })
  refuseOtherPackages(entries)
  for (const entry of entries.values()) {
    if (/\.(xml|rels)$/.test(entry.name)) refuseDeclarations(await firstPiece(unpackPieces(bytes, entry)))
  }
  const small = (name: string): string => {
    const entry = entries.get(name)
    return entry === undefined ? '' : unpack(bytes, entry).toString('utf8')
  }

  const styles = disguisedStyles(small('xl/styles.xml'))
  const asked = new Set(styles.keys())
  const workbook = small('xl/workbook.xml')
  const sheets: InspectedSheet[] = []
  for (const { name, hidden, path } of sheetsOf(workbook, small('xl/_rels/workbook.xml.rels'))) {
    const entry = entries.get(path)
    if (entry === undefined) throw damaged()
    const { styled, ...scan } = await scanWorksheet(unpackPieces(bytes, entry), asked)
    refuseBeyond(limits, name, scan.lastRow, scan.lastColumn)
    const disguises = new Map<number, Disguise>()
    for (const [place, style] of styled) {
      const disguise = styles.get(style)
      if (disguise) disguises.set(place, disguise)
    }
    sheets.push({ ...scan, name, hidden, at: sheets.length, disguises })
  }
  const shared = entries.get('xl/sharedStrings.xml')?.bytes ?? 0
  if (shared * sheets.filter((it) => it.lastRow > 0).length > limits.maxSharedBytes) {
    throw new Refusal('too-large', '文字内容过多，没有读取。请只保留需要的工作表和列，另存为新的 .xlsx 后再试。')
  }
  return { dateSystem: is1904(workbook) ? '1904' : '1900', sheets }
}

/** Whether a number format shows year and month but no day. */
export function showsMonthOnly(format: string): boolean {
  const bare = format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '').toLowerCase()
  return /y/.test(bare) && /m/.test(bare) && !/[dhs]/.test(bare)
}

async function firstPiece(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  for await (const piece of pieces) return piece
  return Buffer.alloc(0)
}

function refuseOtherPackages(entries: ReadonlyMap<string, ZipEntry>): void {
  if (entries.has('xl/workbook.xml')) return
  const what = entries.has('word/document.xml')
    ? '这是 Word 文档，不是电子表格'
    : entries.has('ppt/presentation.xml')
      ? '这是演示文稿，不是电子表格'
      : entries.has('xl/workbook.bin')
        ? '这是二进制格式的工作簿（.xlsb）'
        : entries.has('content.xml')
          ? '这是 OpenDocument 格式的文件'
          : '压缩包里没有工作簿'
  throw new Refusal('unreadable', `${what}，无法读取。请在 Excel 或 WPS 中另存为 .xlsx 后再试。`)
}

function sheetsOf(workbook: string, relations: string): { name: string; hidden: boolean; path: string }[] {
  const targets = new Map(
    tags(relations, 'Relationship').map((it) => [attribute(it, 'Id'), attribute(it, 'Target')] as const),
  )
  return tags(workbook, 'sheet').map((it) => {
    const target = targets.get(attribute(it, 'r:id') || attribute(it, '[\\w]+:id')) ?? ''
    return { name: attribute(it, 'name'), hidden: /hidden/i.test(attribute(it, 'state')), path: pathOf(target) }
  })
}

const is1904 = (workbook: string): boolean =>
  tags(workbook, 'workbookPr').some((it) => /^(?:1|true)$/.test(attribute(it, 'date1904')))

const pathOf = (target: string): string =>
  target.startsWith('/') ? target.slice(1) : `xl/${target}`.replace(/\/\.\//g, '/').replace(/[^/]+\/\.\.\//g, '')

// The Chinese built-in formats that show only year and month (ECMA-376 18.8.30), and mmm-yy.
const monthFormats = new Set([17, 27, 36, 50, 52, 57])

/** The cell styles under which a cell shows something else than it stores. */
function disguisedStyles(styles: string): Map<number, Disguise> {
  const formats = new Map(
    tags(styles, 'numFmt').map((it) => [Number(attribute(it, 'numFmtId')), attribute(it, 'formatCode')]),
  )
  const cellFormats = /<(?:\w+:)?cellXfs\b[\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(styles)?.[0] ?? ''
  const found = new Map<number, Disguise>()
  for (const [at, tag] of tags(cellFormats, 'xf').entries()) {
    const id = Number(attribute(tag, 'numFmtId'))
    const format = formats.get(id)
    if (format === undefined ? monthFormats.has(id) : showsMonthOnly(format)) found.set(at, 'month')
    else if (id === 2 || format === '0.00' || format === '0.00_ ' || format === '0.00_);[Red]\\(0.00\\)') {
      found.set(at, 'two-decimals')
    }
  }
  return found
}
