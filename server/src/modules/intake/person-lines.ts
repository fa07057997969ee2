import { type CellValue, textOf } from '../../platform/spreadsheet/cell-value.ts'
import type { CellLine, Merge, Sheet, Workbook } from '../../platform/spreadsheet/sheets.ts'
import { duplicateFinder } from './duplicates.ts'
import { fieldOf } from './fields.ts'
import { type RowReading, readRow } from './reading.ts'
import type { Layout } from './recognition.ts'

/** A line under the header that is not a person's row. */
export interface SkippedLine {
  row: number
  reason: 'remark' | 'total' | 'header' | 'example' | 'group'
  text: string
}

/** The sheet in which a table stands. */
type TableSheet = Pick<Sheet, 'merges' | 'lines'>

/** A person's row of the table: its number and its cells, vertically merged ones filled in. */
export interface PersonLine {
  row: number
  cells: CellLine
  /** The branch named on a line of its own above, where the table has no column for it. */
  branch: string | undefined
}

/**
 * The persons' rows under the header, in order. Blank lines, repeated headers, examples, totals, signatures and remarks at
 * the end are told apart; they are collected in `skipped`, where it is given.
 */
async function* personLines(sheet: TableSheet, layout: Layout, skipped?: SkippedLine[]): AsyncGenerator<PersonLine> {
  const { columns, headerRow } = layout
  const identifying = columns.filter(
    (it) => it.field === 'name' || it.field === 'studentNumber' || it.field === 'idNumber',
  )
  const fill = mergedDown(sheet.merges, headerRow, new Set(identifying.map((it) => it.index)))
  const hasBranch = columns.some((it) => it.field === 'branch')
  let branch: string | undefined
  let at = -1
  for await (const line of sheet.lines()) {
    at++
    if (at < headerRow) continue
    const cells = fill(at, line)
    const filled = columns.filter((it) => isFilled(cells[it.index]))
    if (filled.length === 0 && !cells.some(isFilled)) continue
    const reason = reasonToSkip(layout, cells, filled, identifying)
    if (reason) {
      const text = lineText(cells)
      skipped?.push({ row: at + 1, reason, text })
      if (reason === 'group' && !hasBranch && /支部|总支/.test(text)) branch = text
      continue
    }
    yield { row: at + 1, cells, branch }
  }
}

/** All rows of the table, read, with what is wrong in them and between them. */
export async function* readTable(
  workbook: Workbook,
  layout: Layout,
  skipped?: SkippedLine[],
): AsyncGenerator<RowReading> {
  const sheet = workbook.sheets.find((it) => it.name === layout.sheet)
  if (!sheet) return
  for await (const { reading } of readLines(sheet, layout, skipped)) yield reading
}

/** All rows of the table, read, each with its cells. */
export async function* readLines(
  sheet: TableSheet,
  layout: Layout,
  skipped?: SkippedLine[],
): AsyncGenerator<{ reading: RowReading; cells: CellLine }> {
  const repeated = duplicateFinder(layout.columns)
  for await (const { row, cells, branch } of personLines(sheet, layout, skipped)) {
    const own = readRow(layout.columns, cells, row, layout.dateSystem)
    const problems = [...own.problems, ...repeated(own)]
    yield { reading: { ...own, branch: own.branch ?? branch, problems }, cells }
  }
}

const isFilled = (cell: CellValue | undefined): boolean =>
  typeof cell === 'string' ? beginsPlainly(cell) || /\S/.test(cell) : cell !== null && cell !== undefined

/** Whether a text begins with a digit, a Latin letter or a Chinese character: almost every text that says anything. */
function beginsPlainly(text: string): boolean {
  const first = text.charCodeAt(0)
  return (first > 0x20 && first < 0x7f) || (first > 0x4dff && first < 0xa000)
}

const lineText = (cells: readonly CellValue[]): string =>
  cells
    .filter(isFilled)
    .map((it) => textOf(it).trim())
    .join(' ')
    .slice(0, 200)

const remark =
  /^(?:(?:填表|填报|制表|审核|经办|负责|联系|书记|党支部书记|复核|统计|报送|审批|签字|签名)(?:人|单位|时间|日期|电话)?(?:签字|签名|（签字）|\(签字\))?|说明|注|备注|附注|填表说明|填写说明|联系电话|日期|单位|盖章|（?盖章）?|党总支|党委意见|年\s*月\s*日)\s*\d*\s*[:：（(]/
const note = /^(?:注|说明|备注|填表说明|填写说明|注意)(?:\s*\d+)?\s*[:：、.]|^[（(]?(?:盖章|公章)|^\s*年\s*月\s*日/
const total = /^(?:小计|合计|总计|共计|总人数|人数合计|累计)|^共\s*\d+\s*[人名]/
const example = /^[（(【[]?(?:示例|样例|例如?|填写示例|范例|举例)[)）】\]]?(?:[:：]|$|\s)/

function reasonToSkip(
  { columns }: Layout,
  cells: readonly CellValue[],
  filled: readonly Layout['columns'][number][],
  identifying: readonly Layout['columns'][number][],
): SkippedLine['reason'] | undefined {
  const first = textOf(cells.find(isFilled) ?? null).trim()
  if (total.test(first)) return 'total'
  if (example.test(first)) return 'example'
  const isNamed = identifying.some((it) => isFilled(cells[it.index]))
  // Almost every line: a person with more than a handful of cells.
  if (
    isNamed &&
    filled.length > 6 &&
    !identifying.some((it) => sameHeader(textOf(cells[it.index] ?? null), it.header))
  ) {
    return isNumbering(columns, cells) ? 'header' : undefined
  }

  const texts = cells.filter(isFilled).map((it) => textOf(it).trim())
  if (texts.length <= 4 && texts.some((it) => total.test(it))) return 'total'
  if (texts.length <= 6 && texts.some((it) => remark.test(it) || note.test(it))) return 'remark'
  const repeated = filled.filter((it) => sameHeader(textOf(cells[it.index] ?? null), it.header)).length
  if (repeated >= 2 && repeated * 2 >= filled.length) return 'header'
  if (isNumbering(columns, cells)) return 'header'
  if (new Set(texts).size === 1 && /.{2}(?:支部|总支|党委|学院|党小组|班|年级)$/.test(first)) return 'group'
  if (isNamed) return undefined
  // Without name and number it is a person's row only if it holds something that a person's row would.
  const telling = filled.filter((it) => it.field !== null && fieldOf(it.field)?.feeds.to !== 'nothing')
  if (new Set(texts).size === 1) return 'group'
  return new Set(texts).size === 2 || telling.length < 3 ? 'remark' : undefined
}

const sameHeader = (text: string, header: string): boolean => {
  if (text === '' || text.length > header.length + 20) return false
  const even = text.replace(/\s+/g, '')
  return even !== '' && (header.replace(/\s+/g, '') === even || header.replace(/\s+/g, '').endsWith(`·${even}`))
}

/** A line that only numbers the columns: 1 2 3 4 … */
const isNumbering = (columns: Layout['columns'], cells: readonly CellValue[]): boolean =>
  columns.length > 3 &&
  columns[0] !== undefined &&
  columns.every(
    (it, at) =>
      textOf(cells[it.index] ?? null)
        .replace(/[()（）]/g, '')
        .trim() === String(at + 1),
  )

/** Gives each line, asked for in order, with the values of ranges merged over several lines filled in, names and numbers of persons excepted. */
function mergedDown(
  merges: readonly Merge[],
  headerRow: number,
  except: ReadonlySet<number>,
): (at: number, line: CellLine) => CellLine {
  const tall = merges.filter((it) => it.endRow > it.startRow && it.startRow >= headerRow && !except.has(it.startCol))
  if (tall.length === 0) return (_, line) => line
  const beginning = Map.groupBy(tall, (it) => it.startRow)
  const reaching = new Map<number, { endRow: number; value: CellValue }>()
  return (at, line) => {
    const isBlank = !line.some(isFilled)
    const cells = [...line]
    for (const [col, { endRow, value }] of reaching) {
      if (at > endRow) reaching.delete(col)
      else if (!isBlank && !isFilled(cells[col])) cells[col] = value
    }
    for (const { startCol, endRow } of beginning.get(at) ?? []) {
      reaching.set(startCol, { endRow, value: line[startCol] ?? null })
    }
    return cells
  }
}
