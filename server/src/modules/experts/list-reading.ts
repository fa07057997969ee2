import { isDay } from '@zhibu/rules'
import type { z } from 'zod'
import type { NamedFile } from '../../platform/http.ts'
import { formulaMark, textOf } from '../../platform/spreadsheet/cell-value.ts'
import { writeSheets } from '../../platform/spreadsheet/export-table.ts'
import { defaultLimits, type Limits } from '../../platform/spreadsheet/limits.ts'
import type { CellLine } from '../../platform/spreadsheet/sheets.ts'
import { openWorkbook } from '../../platform/spreadsheet/workbook.ts'
import { inOneLine } from '../../platform/visible-text.ts'
import { type ListedExpert, type ListReading, listedExpert } from './list-schema.ts'
import { mostInList } from './names-schema.ts'

/** A list of experts is small; what unpacks to more is refused before it is unpacked. */
const limits: Limits = {
  ...defaultLimits,
  ...{ maxUnpackedBytes: 60 * 1024 * 1024, maxSharedBytes: 20 * 1024 * 1024, maxRows: 2_000, maxCells: 100_000 },
}

/** How far down a header is looked for, and from how many problems on a list is not read further. */
const deepestHeader = 30
const mostProblems = 100

type Field = keyof typeof headers
/** The columns of a list, each with its other names. The first one stands in the template. */
const headers = {
  name: ['姓名', '专家姓名', '专家', '主讲人'],
  institution: ['单位', '工作单位', '所在单位'],
  title: ['职务、职称', '职务', '职称', '职务/职称', '职称/职务'],
  topics: ['能讲的主题', '主题', '可讲主题', '讲授主题', '讲座题目', '研究方向', '专长'],
  about: ['简介', '个人简介', '备注'],
  phone: ['电话', '联系电话', '手机', '手机号', '手机号码', '联系方式'],
  email: ['邮箱', '电子邮箱', '电子邮件', 'EMAIL', 'E-MAIL'],
  consentOn: ['同意公开的日期', '同意的日期', '同意日期'],
  consentHow: ['怎样同意的', '同意的方式', '同意方式'],
} as const
const fields = Object.keys(headers) as Field[]
const columnOf = (field: Field): string => headers[field][0]

const exampleMark = '示例：'
const notes = [
  '一行一位专家，“姓名”和“单位”必填，其余可以不填。',
  '“能讲的主题”写几个词，用顿号隔开。',
  '没有问过本人的，“同意公开的日期”和“怎样同意的”不填，登记以后只有您的单位看得到。',
  '讲课不付酬，表里没有酬金一栏。',
  '以“示例：”开头的行不读取。',
]

/** The empty table. */
export async function listTemplate(): Promise<NamedFile> {
  const example: Record<Field, string> = {
    ...{
      name: `${exampleMark}江远行`,
      institution: '临海大学',
      title: '教授',
      topics: '党史、青年工作',
      about: '适合讲给新生',
    },
    ...{ phone: '13800000000', email: 'jiang@example.cn', consentOn: '2026-03-05', consentHow: '电话里说的' },
  }
  const bytes = await writeSheets([
    { name: '专家', rows: [fields.map(columnOf), fields.map((it) => example[it])], frozenRows: 1 },
    { name: '填写说明', rows: notes.map((it) => [it]) },
  ])
  return { name: '专家名单模板.xlsx', bytes }
}

/** What a list says by itself, before it is laid beside those who are known. */
export type OwnReading = Omit<ListReading, 'experts'> & { experts: { at: string; expert: ListedExpert }[] }

/**
 * Reads a list of experts from the first visible sheet whose header names 姓名 and 单位. What does not fit is told with its line and column; no day is
 * guessed. Throws a refusal where the file is no spreadsheet.
 */
export async function readList(bytes: Uint8Array): Promise<OwnReading> {
  const reading: OwnReading = { experts: [], problems: [], leftOut: [] }
  const { sheets } = await openWorkbook(bytes, limits)
  for (const sheet of sheets.filter((it) => !it.hidden)) {
    const headerAt = sheet.head.slice(0, deepestHeader).findIndex((line) => columnsOf(line) !== undefined)
    const columns = columnsOf(sheet.head[headerAt] ?? [])
    if (!columns) continue
    const read = new Set(columns.values())
    reading.leftOut = (sheet.head[headerAt] ?? [])
      .map((cell, at) => (read.has(at) ? '' : inOneLine(textOf(cell)).slice(0, 20)))
      .filter((it) => it !== '')
    const seen = new Map<string, string>()
    let at = -1
    for await (const line of sheet.lines()) {
      at++
      if (at > headerAt && !takeIn(reading, `第 ${at + 1} 行`, (field) => cellOf(line, columns, field), seen)) break
    }
    return reading
  }
  reading.problems.push({ at: '表头', message: '没有找到表头。表头应当有“姓名”和“单位”两列，可以下载模板填写' })
  return reading
}

const plainly = (text: string): string => inOneLine(text.normalize('NFKC')).replaceAll(' ', '').toUpperCase()

function columnsOf(line: CellLine): ReadonlyMap<Field, number> | undefined {
  const columns = new Map<Field, number>()
  for (const [at, cell] of line.entries()) {
    const header = plainly(textOf(cell)).replace(/\([^()]*\)|[*:]/g, '')
    const field = fields.find((it) => headers[it].some((name) => name === header))
    if (field !== undefined && !columns.has(field)) columns.set(field, at)
  }
  return columns.has('name') && columns.has('institution') ? columns : undefined
}

const cellOf = (line: CellLine, columns: ReadonlyMap<Field, number>, field: Field): string =>
  textOf(line[columns.get(field) ?? -1] ?? null).trim()

/** Takes in a line: an expert, or what has to be mended. False where no more is taken; that is then the last of the problems. */
function takeIn(reading: OwnReading, at: string, cell: (field: Field) => string, seen: Map<string, string>): boolean {
  const written = fields.map(cell)
  if (written.every((it) => it === '') || cell('name').startsWith(exampleMark)) return true
  if (reading.experts.length >= mostInList || reading.problems.length >= mostProblems) {
    const isFull = reading.experts.length >= mostInList
    const why = isFull ? `一次最多读取 ${mostInList} 位` : '要改的地方太多'
    reading.problems.push({ at, message: `${why}，从这里起没有读取` })
    return false
  }
  const refuse = (message: string): true => {
    reading.problems.push({ at, message })
    return true
  }
  const formula = fields.find((it) => cell(it) === formulaMark)
  if (formula !== undefined) return refuse(`“${columnOf(formula)}”是公式，没有算出的结果。请改为文字`)
  const [on, how] = [dayIn(cell('consentOn')), cell('consentHow')]
  if (on === null) return refuse(`“${columnOf('consentOn')}”不是日期，请写成 2026-03-05`)
  if ((on === '') !== (how === ''))
    return refuse(`“${columnOf('consentOn')}”和“${columnOf('consentHow')}”要都填写，或者都不填`)
  const topics = cell('topics')
    .split(/[、,，;；\s]+/)
    .filter((it) => it !== '')
  const { data, error } = listedExpert.safeParse({
    ...{ name: cell('name'), institution: cell('institution'), title: cell('title'), about: cell('about') },
    ...{ phone: cell('phone'), email: cell('email'), topics: [...new Set(topics)] },
    consent: on === '' ? null : { on, how },
  })
  if (!data) return refuse(messageOf(error.issues))
  const key = plainly(`${data.name}\n${data.institution}`)
  const before = seen.get(key)
  if (before !== undefined) return refuse(`和${before}是同名同单位，没有读取`)
  seen.set(key, at)
  reading.experts.push({ at, expert: data })
  return true
}

/** A day as people write it in full; empty where nothing stands there, null where it is no day. */
function dayIn(text: string): string | null {
  if (text === '') return ''
  const [, year = '', month = '', day = ''] = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(text) ?? []
  const on = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(on) ? on : null
}

/** What is wrong, with the column in which it stands. */
function messageOf(issues: readonly z.core.$ZodIssue[]): string {
  return [
    ...new Set(
      issues.map(({ path: [key, inner], message }) => {
        const field =
          key === 'consent' ? (inner === 'on' ? 'consentOn' : 'consentHow') : fields.find((it) => it === key)
        return field === undefined ? message : `“${columnOf(field)}”${message}`
      }),
    ),
  ].join('；')
}
