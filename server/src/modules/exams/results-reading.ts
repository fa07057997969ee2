import { type CellValue, formulaMark, textOf } from '../../platform/spreadsheet/cell-value.ts'
import { defaultLimits, type Limits } from '../../platform/spreadsheet/limits.ts'
import type { CellLine } from '../../platform/spreadsheet/sheets.ts'
import { openWorkbook } from '../../platform/spreadsheet/workbook.ts'
import type { ResultsReading } from './schema.ts'

/** A candidate as lists name them. */
export interface ListedCandidate {
  personId: string
  name: string
  studentNumber: string | null
  organization: string
  /** What is there already. */
  before: number | null
}

/** A list of results is small; what unpacks to more is refused before it is unpacked. */
const limits: Limits = {
  ...defaultLimits,
  ...{ maxUnpackedBytes: 60 * 1024 * 1024, maxSharedBytes: 20 * 1024 * 1024, maxRows: 5_000, maxCells: 200_000 },
}

/** How far down a header is looked for, and from how many problems on a list is not read further. */
const deepestHeader = 30
const mostProblems = 200

type Field = 'number' | 'name' | 'organization' | 'earned'
const headers: Record<Field, readonly string[]> = {
  number: ['学号', '学号/工号', '学工号', '工号', '考号', '准考证号'],
  name: ['姓名', '考生姓名', '名字'],
  organization: ['所在组织', '所在党支部', '党支部', '支部', '单位', '组织'],
  earned: ['成绩', '得分', '分数', '总分', '考试成绩', '卷面成绩', '卷面分'],
}

/** What cells say where there is no result. */
const absent = ['缺考', '未考', '未参加', '请假', '免考', '缓考', '-', '—', '/', '无']

/**
 * Reads a list of results of the hall: whose each is, by the number, or by a name that only one candidate bears, and what was reached out of the
 * total. What does not fit is told with its cell; nothing is guessed. Lines without a result are left out.
 */
export async function readResults(
  bytes: Uint8Array,
  candidates: readonly ListedCandidate[],
  total: number,
): Promise<ResultsReading> {
  const { sheets } = await openWorkbook(bytes, limits)
  const reading: ResultsReading = { results: [], problems: [] }
  const ground: Ground = { listed: listedBy(candidates), total, read: new Set() }
  for (const sheet of sheets.filter((it) => !it.hidden)) {
    const headerAt = sheet.head.slice(0, deepestHeader).findIndex((line) => fieldsOf(line) !== undefined)
    const fields = fieldsOf(sheet.head[headerAt] ?? [])
    if (!fields) continue
    let at = -1
    for await (const line of sheet.lines()) {
      at++
      if (at <= headerAt) continue
      if (reading.problems.length >= mostProblems) {
        reading.problems.push({ at: `第 ${at + 1} 行`, message: '要改的地方太多，从这里起没有读取，请先改好前面各处' })
        return reading
      }
      readLine(reading, { at: `第 ${at + 1} 行`, line, fields, ...ground })
    }
    return reading
  }
  reading.problems.push({
    at: '表头',
    message: '没有找到表头。表头应当有“成绩”，还有“学号”或者“姓名”，可以下载成绩表填写',
  })
  return reading
}

type Fields = ReadonlyMap<Field, number>

function fieldsOf(line: CellLine): Fields | undefined {
  const fields = new Map<Field, number>()
  for (const [at, cell] of line.entries()) {
    const header = plainly(textOf(cell)).replace(/\([^()]*\)|[*:]/g, '')
    const field = (Object.keys(headers) as Field[]).find((it) => headers[it].includes(header))
    if (field !== undefined && !fields.has(field)) fields.set(field, at)
  }
  return fields.has('earned') && (fields.has('number') || fields.has('name')) ? fields : undefined
}

/** The candidates by their numbers and by their names, as they are compared. */
interface Listed {
  byNumber: ReadonlyMap<string, ListedCandidate>
  byName: ReadonlyMap<string, ListedCandidate[]>
}

function listedBy(candidates: readonly ListedCandidate[]): Listed {
  const numbered = candidates.flatMap((it) =>
    it.studentNumber === null ? [] : [[plainly(it.studentNumber), it] as const],
  )
  // Of two that are compared alike the first one counts.
  return { byNumber: new Map(numbered.reverse()), byName: Map.groupBy(candidates, (it) => plainly(it.name)) }
}

/** What lines are read by, and whose have been. */
interface Ground {
  listed: Listed
  total: number
  read: Set<string>
}

interface Line extends Ground {
  at: string
  line: CellLine
  fields: Fields
}

function readLine(reading: ResultsReading, it: Line): void {
  const cell = (field: Field): CellValue => it.line[it.fields.get(field) ?? -1] ?? null
  const say = (field: Field): string => textOf(cell(field)).trim()
  const written = say('earned')
  if (written === '' || absent.includes(written)) return
  const refuse = (field: Field, message: string) =>
    reading.problems.push({ at: `${it.at}“${headers[field][0]}”`, message })

  if (cell('earned') === formulaMark) return void refuse('earned', '是公式，没有算出的结果。请改为数字')
  const earned = wholeNumberIn(cell('earned'))
  if (earned === undefined)
    return void refuse('earned', `“${shortened(written)}”不是整数。请填写 0 到 ${it.total} 的整数`)
  if (earned > it.total) return void refuse('earned', `${earned} 超过满分 ${it.total}。请核对`)

  const whose = candidateOf(it.listed, {
    number: say('number'),
    name: say('name'),
    organization: say('organization'),
  })
  if (typeof whose === 'string') return void refuse(say('number') === '' ? 'name' : 'number', whose)
  if (it.read.has(whose.personId)) return void refuse('name', `${whose.name}在前面已经有一行。请只保留一行`)
  it.read.add(whose.personId)
  const { personId, name, organization, before } = whose
  reading.results.push({ at: it.at, personId, name, organization, earned, before })
}

function candidateOf(
  { byNumber, byName }: Listed,
  { number, name, organization }: { number: string; name: string; organization: string },
): ListedCandidate | string {
  if (number !== '') {
    const found = byNumber.get(plainly(number))
    if (!found) return `考生名单里没有学号“${shortened(number)}”。请先把人加进考生名单，或者改正学号`
    if (name !== '' && plainly(found.name) !== plainly(name))
      return `学号“${shortened(number)}”是${found.name}，这里写着“${shortened(name)}”。请核对`
    return found
  }
  if (name === '') return '学号和姓名都空着，不知道是谁的成绩'
  const namesakes = byName.get(plainly(name)) ?? []
  const fitting =
    namesakes.length > 1 && organization !== ''
      ? namesakes.filter((it) => plainly(it.organization) === plainly(organization))
      : namesakes
  const [only, ...more] = fitting
  if (!only) return `考生名单里没有“${shortened(name)}”。请先把人加进考生名单，或者改正姓名`
  return more.length > 0 ? `考生名单里有 ${fitting.length} 位“${only.name}”。请写上学号` : only
}

function wholeNumberIn(cell: CellValue): number | undefined {
  const text = plainly(textOf(cell)).replace(/分$/, '')
  return /^\d{1,5}(\.0+)?$/.test(text) ? Math.trunc(Number(text)) : undefined
}

const plainly = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()
const shortened = (text: string): string => (text.length > 20 ? `${text.slice(0, 20)}……` : text)
