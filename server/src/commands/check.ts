import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { citationOf, type Day, isDay, ruleBookLabels, severityLabels } from '@zhibu/rules'
import { readTable } from '../modules/intake/person-lines.ts'
import type { RowReading } from '../modules/intake/reading.ts'
import { type Recognition, recognise } from '../modules/intake/recognition.ts'
import type { CellProblem } from '../modules/intake/row-draft.ts'
import { isQuestioned, type RowFinding, type RowVerdict, verdictOf } from '../modules/intake/verdict.ts'
import { Refusal } from '../platform/refusal.ts'
import { openWorkbook } from '../platform/spreadsheet/workbook.ts'
import { dayInChina } from '../platform/today.ts'

const usage = `用法：zhibu check 文件 [--on 日期] [--json]
  读取 .xlsx、.xls 或 .csv 名册，逐行查出日期矛盾和填写错误，不需要服务器。
  --on 2026-11-20   以哪一天为准，默认今天
  --json            输出 JSON`

/**
 * `zhibu check FILE [--on DAY] [--json]`: reads a spreadsheet and says per row what its recorded facts contradict.
 * Answers 0 where no row has an error or a warning, 1 where some has, 2 where the file cannot be read.
 */
export async function check(
  args: string[],
  out: (line: string) => void,
  error: (line: string) => void = console.error,
): Promise<number> {
  let asked: Asked
  try {
    asked = asks(args)
  } catch (cause) {
    error(`${reasonOf(cause)}\n${usage}`)
    return 2
  }
  try {
    const checked = await checkFile(asked.file, asked.on)
    for await (const it of asked.json ? report(checked) : written(checked)) out(it)
    return checked.sums.questioned > 0 ? 1 : 0
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    error(`无法读取“${asked.file}”：${cause.message}`)
    if (asked.json) out(JSON.stringify({ error: cause.message }))
    return 2
  }
}

interface Asked {
  file: string
  on: Day
  json: boolean
}

interface Checked {
  file: string
  on: Day
  layout: NonNullable<Recognition['layout']>
  /** Judged while they are read and then let go: a hundred thousand rows with all that is due are much. */
  rows: AsyncIterable<RowVerdict>
  /** Complete once all rows were read. */
  problems: readonly CellProblem[]
  sums: Sums
  notes: readonly string[]
}

/** How many rows there were, how many have an error or a warning, and how many findings of each weight. */
type Sums = Record<'rows' | 'questioned' | RowFinding['severity'], number>

function asks(args: string[]): Asked {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { on: { type: 'string' }, json: { type: 'boolean', default: false } },
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0)
    throw new Refusal('malformed', file === undefined ? '请给出要检查的文件。' : '一次只能检查一个文件。')
  const on = values.on ?? dayInChina(new Date())
  if (!isDay(on)) throw new Refusal('malformed', `“${on}”不是日期，请按 2026-11-20 的样式填写。`)
  return { file, on, json: values.json }
}

const reasonOf = (error: unknown): string => (error instanceof Refusal ? error.message : '参数不正确。')

async function checkFile(file: string, on: Day): Promise<Checked> {
  const { layout, readings, notes } = await openRoster(file)
  const problems: CellProblem[] = []
  const sums: Sums = { rows: 0, questioned: 0, error: 0, warning: 0, info: 0 }
  return { file: path.basename(file), on, layout, rows: judged(readings, on, problems, sums), problems, sums, notes }
}

async function* judged(
  readings: AsyncIterable<RowReading>,
  on: Day,
  problems: CellProblem[],
  sums: Sums,
): AsyncGenerator<RowVerdict> {
  for await (const reading of readings) {
    const verdict = verdictOf(reading, on)
    problems.push(...reading.problems)
    sums.rows++
    if (isQuestioned(verdict)) sums.questioned++
    for (const { severity } of verdict.findings) sums[severity]++
    yield verdict
  }
}

interface Roster {
  layout: NonNullable<Recognition['layout']>
  readings: AsyncIterable<RowReading>
  /** What was left out. */
  notes: readonly string[]
}

/** The table of a file with its rows as they are read. Refuses what is no readable spreadsheet, and one without such a table. */
export async function openRoster(file: string): Promise<Roster> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const isFolder = error.code === 'EISDIR'
    throw new Refusal('not-found', isFolder ? '这是文件夹，请给出其中的一个文件。' : '文件不存在，或者没有读取的权限。')
  })
  const workbook = await openWorkbook(bytes)
  const { layout, sheets } = recognise(workbook)
  if (layout === undefined) throw new Refusal('unreadable', noTable(sheets))
  const hidden = sheets.filter((it) => it.hidden && it.recognisedColumnCount > 0).map((it) => it.name)
  const notes = hidden.length > 0 ? [`隐藏的工作表没有检查：${hidden.join('、')}`] : []
  return { layout, readings: readTable(workbook, layout), notes }
}

function noTable(sheets: Recognition['sheets']): string {
  const hidden = sheets.filter((it) => it.hidden && it.recognisedColumnCount > 0)
  if (hidden.length > 0)
    return `只有隐藏的工作表里有名册（${hidden.map((it) => it.name).join('、')}），请取消隐藏后再试。`
  return '没有找到名册的表头。表头要有“姓名”或“学号”一列，并且与人员各占一行。'
}

/** The JSON that `--json` promises, a row a line: a hundred thousand rows do not fit into one text. */
async function* report({ file, layout, rows, problems }: Checked): AsyncGenerator<string> {
  const { sheet, headerRow } = layout
  const columns = layout.columns.map(({ letter, header, field }) => ({ letter, header, field }))
  yield `${JSON.stringify({ file, sheet, headerRow, columns }).slice(0, -1)},"rows":[`
  let comma = ''
  for await (const row of rows) {
    yield `${comma}${JSON.stringify(row)}`
    comma = ','
  }
  const told = problems.map(({ row, column, code, message }) => ({ row, column, code, message }))
  yield `],"problems":${JSON.stringify(told)}}`
}

async function* written({ file, on, layout, rows, sums, notes }: Checked): AsyncGenerator<string> {
  for await (const it of rows) for (const finding of it.findings) yield line(it, finding)
  const unknown = layout.columns.filter((it) => it.field === null).map((it) => `${it.letter} 列“${it.header}”`)
  if (unknown.length > 0) yield `没有识别、未参与检查的列：${unknown.join('、')}`
  yield* notes
  yield `${file}（工作表“${layout.sheet}”，以 ${on} 为准）：共 ${sums.rows} 人，${sums.questioned} 人有问题；矛盾或错误 ${sums.error} 项，提醒 ${sums.warning} 项，提示 ${sums.info} 项。`
  yield '工作参考，不代替组织审核。'
}

function line(verdict: RowVerdict, { rule, severity, ruleBook, article, message }: RowFinding): string {
  const basis = ruleBook === null ? '' : article === null ? ruleBookLabels[ruleBook] : citationOf(article, ruleBook)
  const weight = ruleBook === null && severity === 'error' ? '错误' : severityLabels[severity]
  return [`第 ${verdict.row} 行`, verdict.name ?? '（无姓名）', rule, weight, basis, message]
    .filter((it) => it !== '')
    .join('  ')
}
