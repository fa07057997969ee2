import { Refusal } from '../refusal.ts'
import { type Limits, refuseBeyond } from './limits.ts'
import { refuseDeclarations, scanWorksheet } from './worksheet-scan.ts'
import { readZipDirectory, unpack, unpackPieces, type ZipEntry } from './zip-directory.ts'

/** How a cell shows something else than it stores: a month for a first day, or 2019.10 for 2019.1. */
export type Disguise = 'month' | 'two-decimals'

export interface Inspection {
  /** The last line and column that hold anything, over all sheets. */
  lastRow: number
  lastColumn: number
  /** Per sheet, in the order of the workbook: disguised cells by `row * 16384 + column`. */
  disguises: readonly ReadonlyMap<number, Disguise>[]
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
  const inspection = { lastRow: 1, lastColumn: 1, disguises: [] as Map<number, Disguise>[] }
  for (const { name, path } of sheetsOf(small('xl/workbook.xml'), small('xl/_rels/workbook.xml.rels'))) {
    const entry = entries.get(path)
    const scan = entry && (await scanWorksheet(unpackPieces(bytes, entry), new Set(styles.keys())))
    if (scan) refuseBeyond(limits, name, scan.lastRow, scan.lastColumn)
    inspection.lastRow = Math.max(inspection.lastRow, scan?.lastRow ?? 0)
    inspection.lastColumn = Math.max(inspection.lastColumn, scan?.lastColumn ?? 0)
    const disguises = new Map<number, Disguise>()
    for (const [place, style] of scan?.styled ?? []) {
      const disguise = styles.get(style)
      if (disguise) disguises.set(place, disguise)
    }
    inspection.disguises.push(disguises)
  }
  return inspection
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

function sheetsOf(workbook: string, relations: string): { name: string; path: string }[] {
  const targets = new Map(
    tags(relations, 'Relationship').map((it) => [attribute(it, 'Id'), attribute(it, 'Target')] as const),
  )
  return tags(workbook, 'sheet').map((it) => {
    const target = targets.get(attribute(it, 'r:id') || attribute(it, '[\\w]+:id')) ?? ''
    return { name: attribute(it, 'name'), path: pathOf(target) }
  })
}

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

const tags = (xml: string, name: string): string[] => xml.match(new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>`, 'g')) ?? []

const attribute = (tag: string, name: string): string =>
  (
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
      .exec(tag)
      ?.slice(1)
      .find((it) => it !== undefined) ?? ''
  )
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
