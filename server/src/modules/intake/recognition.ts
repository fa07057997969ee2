import { createHash } from 'node:crypto'
import { columnLetter } from '../../platform/spreadsheet/cell-address.ts'
import { type DateSystem, textOf } from '../../platform/spreadsheet/cell-value.ts'
import type { Sheet, Workbook } from '../../platform/spreadsheet/sheets.ts'
import { fieldsOf, type HeaderWords, isGenericHeader, isKnownHeader, isPartTitle } from './headers.ts'
import { type PrivateNumber, privateNumberIn } from './private-numbers.ts'

/** A column of a recognised table. */
export interface Column {
  /** A, B … AQ. */
  letter: string
  /** 0 for A. */
  index: number
  /** The header as written, in one line; with its group before it where it says nothing alone (支委会审查·时间). */
  header: string
  /** The code of the field, or null where the column is not recognised and may be mapped by hand. */
  field: string | null
  /** What stands in a column that is not recognised, where it is numbers that no detail may hold. */
  holds?: PrivateNumber
}

/** Where the table stands in a sheet and what its columns are. */
export interface Layout {
  sheet: string
  /** The number of the last header line, as the program shows it (1 is the first line). */
  headerRow: number
  columns: readonly Column[]
  /** How the numbers of days are meant; 1900 where nothing is said. */
  dateSystem?: DateSystem
  /** Digest of the header texts in order: the same layout next time has the same one. */
  fingerprint: string
}

/** A sheet of the workbook as it is offered. */
export interface SheetOffer {
  name: string
  hidden: boolean
  /** About how many lines hold anything. */
  lineCount: number
  /** How many columns were recognised; 0 where no table was found. */
  recognisedColumnCount: number
}

export interface Recognition {
  sheets: readonly SheetOffer[]
  /** The table to be read, if one was found; hidden sheets are offered, not taken. */
  layout: Layout | undefined
}

/** What the user, or an earlier import of the same layout, says differently from the recognition. */
export interface Choice {
  sheet?: string
  /** Number of the last header line. */
  headerRow?: number
  /** Field codes, or null for “do not take”, by column letter. */
  fields?: Readonly<Record<string, string | null>>
}

/** Finds the table in a workbook: the visible sheet with most recognised columns, or the sheet chosen. */
export function recognise(workbook: Workbook, choice: Choice = {}): Recognition {
  const found = workbook.sheets.map((sheet) => ({
    sheet,
    layout: layoutOf(sheet, choice.sheet === sheet.name || choice.sheet === undefined ? choice.headerRow : undefined),
  }))
  const offers = found.map(({ sheet, layout }) => ({
    name: sheet.name,
    hidden: sheet.hidden,
    lineCount: sheet.lineCount,
    recognisedColumnCount: layout === undefined ? 0 : recognisedCount(layout),
  }))
  const taken =
    choice.sheet === undefined
      ? found
          .filter(({ sheet, layout }) => !sheet.hidden && layout !== undefined)
          .sort((a, b) => recognisedCount(b.layout) - recognisedCount(a.layout))[0]
      : found.find(({ sheet }) => sheet.name === choice.sheet)
  const layout = taken?.layout && withNumbersTold(taken.sheet, mapped(taken.layout, choice.fields))
  return { sheets: offers, layout: layout && { ...layout, dateSystem: workbook.dateSystem } }
}

/** How far down a header is looked for. */
const deepestHeader = 100
/** How many lines above a header may belong to it. */
const linesAbove = 2

const recognisedCount = (layout: Layout | undefined): number =>
  layout?.columns.filter((it) => it.field !== null).length ?? 0

/** `headerRow` given by hand is taken as it is. */
function layoutOf(sheet: Sheet, headerRow?: number): Layout | undefined {
  const lines = headerLines(sheet)
  const at = headerRow === undefined ? findHeader(lines) : headerRow - 1
  if (at === undefined || lines.texts[at] === undefined) return undefined
  const columns = columnsAt(lines, at)
  const fingerprint = createHash('sha256').update(JSON.stringify(columns.map((it) => [it.letter, it.header])))
  return { sheet: sheet.name, headerRow: at + 1, columns, fingerprint: fingerprint.digest('hex').slice(0, 32) }
}

const mapped = (layout: Layout, fields: Choice['fields'] = {}): Layout => ({
  ...layout,
  columns: layout.columns.map((it) => {
    const chosen = fields[it.letter]
    return chosen === undefined ? it : { ...it, field: chosen }
  }),
})

/** How many rows tell what stands in a column. */
const rowsLookedAt = 1_000

/** Says of columns that are not recognised whether identity or phone numbers stand in most of their cells. */
function withNumbersTold(sheet: Sheet, layout: Layout): Layout {
  const rows = sheet.head.slice(layout.headerRow, layout.headerRow + rowsLookedAt)
  const columns = layout.columns.map((column): Column => {
    if (column.field !== null) return column
    const texts = rows.map((row) => textOf(row[column.index] ?? null)).filter((it) => it !== '')
    const found = texts.flatMap((text) => privateNumberIn(text)?.kind ?? [])
    const [kind] = found
    return kind !== undefined && found.length * 2 >= texts.length ? { ...column, holds: kind } : column
  })
  return { ...layout, columns }
}

/** The upper lines of a sheet as texts, every cell of a merged range with the text of the range. */
interface HeaderLines {
  texts: readonly (readonly string[])[]
  /** For each cell of a merged range, the first line of the range. */
  mergedFrom: ReadonlyMap<string, number>
  width: number
}

function headerLines(sheet: Sheet): HeaderLines {
  const lines = sheet.head.slice(0, deepestHeader + 3)
  const width = lines.reduce((most, it) => Math.max(most, it.length), 0)
  const texts = lines.map((line) => Array.from({ length: width }, (_, at) => oneLine(textOf(line[at] ?? null))))
  const mergedFrom = new Map<string, number>()
  for (const { startRow, endRow, startCol, endCol } of sheet.merges) {
    const text = texts[startRow]?.[startCol]
    if (text === undefined) continue
    for (let row = startRow; row <= Math.min(endRow, texts.length - 1); row++) {
      for (let col = startCol; col <= Math.min(endCol, width - 1); col++) {
        const line = texts[row]
        if (line) line[col] = text
        mergedFrom.set(`${row},${col}`, startRow)
      }
    }
  }
  return { texts, mergedFrom, width }
}

/** A line break inside a header is only layout: 入党志⏎愿书 is one word. */
const oneLine = (text: string): string =>
  text
    .replace(/\s*[\r\n]+\s*/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** The line whose columns are recognised best, moved down over the further lines of the same header. */
function findHeader(lines: HeaderLines): number | undefined {
  let best: { at: number; count: number } | undefined
  const last = Math.min(lines.texts.length, deepestHeader)
  for (let at = 0; at < last; at++) {
    const count = headerScore(lines, at)
    if (count > (best?.count ?? 0)) best = { at, count }
  }
  if (best === undefined) return undefined
  let { at } = best
  while (at + 1 < lines.texts.length && continuesHeader(lines, at)) at++
  return at
}

/** How many columns of the line are recognised; 0 where the line cannot be the header of a table of persons. */
function headerScore(lines: HeaderLines, at: number): number {
  const texts = lines.texts[at] ?? []
  if (new Set(texts.filter((it) => it !== '')).size < 2) return 0
  if (texts.filter((it) => it !== '' && isKnownHeader({ text: it, above: [] })).length < 2) return 0
  const codes = new Set(columnsAt(lines, at).map((it) => it.field))
  codes.delete(null)
  const names = codes.has('name') || codes.has('studentNumber') || codes.has('idNumber')
  return names && codes.size >= 2 ? codes.size : 0
}

/** Whether the next line still belongs to the header: merged with it, or saying only 时间, 人员 and the like under groups. */
function continuesHeader(lines: HeaderLines, at: number): boolean {
  const here = lines.texts[at] ?? []
  const next = lines.texts[at + 1] ?? []
  let merged = 0
  let own = 0
  for (let col = 0; col < lines.width; col++) {
    const text = next[col] ?? ''
    if (text === '') continue
    if (text === here[col] && (lines.mergedFrom.get(`${at + 1},${col}`) ?? at + 1) <= at) merged++
    else if (isGenericHeader(text) || isKnownHeader({ text, above: [] })) own++
    else return false
  }
  const filled = here.filter((it) => it !== '').length
  return merged + own > 0 && (merged > 0 || own < filled)
}

function columnsAt(lines: HeaderLines, at: number): Column[] {
  const words: (HeaderWords & { index: number })[] = []
  for (let index = 0; index < lines.width; index++) {
    const text = leafOf(lines, at, index)
    if (text !== '') words.push({ index, text, above: aboveOf(lines, at, index).filter((it) => it !== text) })
  }
  const fields = fieldsOf(words)
  return words.map(({ index, text, above }, place) => ({
    letter: columnLetter(index),
    index,
    header: fullHeader(text, above),
    field: fields[place]?.code ?? null,
  }))
}

/** A header that says nothing alone gets the group above it; the title of a part of the table adds nothing. */
function fullHeader(text: string, above: readonly string[]): string {
  const group = isGenericHeader(text) ? above.find((it) => !isPartTitle(it)) : undefined
  return group === undefined ? text : `${group}·${text}`
}

/** The header of the column in that line; where the cell is empty, the one above it in a header of two lines without merges. */
function leafOf(lines: HeaderLines, at: number, col: number): string {
  const own = lines.texts[at]?.[col] ?? ''
  if (own !== '') return own
  const above = at > 0 ? (lines.texts[at - 1] ?? []) : []
  return isTitle(above) ? '' : (above[col] ?? '')
}

/** What stands over the cell, nearest first. A group written once over several cells without a merge reaches to the right. */
function aboveOf(lines: HeaderLines, at: number, col: number): string[] {
  const found: string[] = []
  for (let row = at - 1; row >= Math.max(0, at - linesAbove); row--) {
    const line = lines.texts[row] ?? []
    if (isTitle(line)) break
    const own = line[col] ?? ''
    const text =
      own === '' && isGenericHeader(lines.texts[at]?.[col] ?? '') ? groupToTheLeft(line, lines, at, col) : own
    if (text !== '' && !found.includes(text)) found.push(text)
  }
  return found
}

function groupToTheLeft(line: readonly string[], lines: HeaderLines, at: number, col: number): string {
  for (let left = col - 1; left >= 0; left--) {
    if (!isGenericHeader(lines.texts[at]?.[left] ?? '')) return ''
    const text = line[left] ?? ''
    if (text !== '') return text
  }
  return ''
}

/** A line with a single text, such as the title or a note. */
const isTitle = (line: readonly string[]): boolean => new Set(line.filter((it) => it !== '')).size <= 1
