import { type CellValue, formulaMark, textOf } from '../../platform/spreadsheet/cell-value.ts'
import { defaultLimits, type Limits } from '../../platform/spreadsheet/limits.ts'
import type { CellLine, Sheet } from '../../platform/spreadsheet/sheets.ts'
import { openWorkbook } from '../../platform/spreadsheet/workbook.ts'
import { type FileReading, quoted, takeIn } from './checking.ts'
import { mostAccepted, questionKindNames } from './names-schema.ts'
import type { NewQuestion } from './schema.ts'
import { columns, exampleRows, headers, topicHeader } from './sheet.ts'
import { type Asked, answeredIn, optionsIn, plainly } from './sheet-answers.ts'
import { exampleMark } from './sheet-examples.ts'

/** A table of questions is small; what unpacks to more is refused before it is unpacked. */
const limits: Limits = {
  ...defaultLimits,
  ...{ maxUnpackedBytes: 60 * 1024 * 1024, maxSharedBytes: 20 * 1024 * 1024 },
  ...{ maxRows: 2_000, maxCells: 100_000 },
}

/**
 * Reads a table of questions from a spreadsheet: all visible sheets whose header names 题目 and 答案. Where 题型 is empty, it is told
 * by the options and the answer. What is no question is told with its row. Throws a refusal where the file is no spreadsheet.
 */
export async function readQuestionSheet(bytes: Uint8Array): Promise<FileReading> {
  const reading: FileReading = { questions: [], problems: [] }
  const { sheets } = await openWorkbook(bytes, limits)
  const tables = sheets.filter((it) => !it.hidden).flatMap((sheet) => tableIn(sheet) ?? [])
  if (tables.length === 0) {
    const message = `没有找到表头。表头应当有“${headers.text}”和“${headers.answer}”两列，可以下载模板填写`
    reading.problems.push({ at: '表头', message })
  }
  for (const { sheet, headerAt, fields } of tables) {
    const place = tables.length > 1 ? `工作表“${sheet.name}”第` : '第'
    let at = -1
    for await (const line of sheet.lines()) {
      at++
      if (at <= headerAt) continue
      const cells = cellsOf(line, fields)
      const question = questionIn(cells)
      if (question && !takeIn(reading, `${place} ${at + 1} 行`, question, topicIn(cells))) return reading
    }
  }
  return reading
}

/** What stands in which column: a key of `headers`. */
type Fields = ReadonlyMap<number, string>
interface Table {
  sheet: Sheet
  headerAt: number
  fields: Fields
}

/** How far down a header is looked for. */
const deepestHeader = 30

function tableIn(sheet: Sheet): Table | undefined {
  for (const [headerAt, line] of sheet.head.slice(0, deepestHeader).entries()) {
    const fields = fieldsOf(line)
    if (fields) return { sheet, headerAt, fields }
  }
  return undefined
}

/** The fields of a header; undefined where the line is none. */
function fieldsOf(line: CellLine): Fields | undefined {
  const fields = new Map<number, string>()
  for (const [at, cell] of line.entries()) {
    const field = fieldOf(textOf(cell))
    if (field !== undefined && ![...fields.values()].includes(field)) fields.set(at, field)
  }
  const named = [...fields.values()]
  return named.includes('text') && named.includes('answer') ? fields : undefined
}

const headerNames: readonly (readonly [field: string, names: readonly string[]])[] = [
  ['kind', [headers.kind, '题目类型', '试题类型', '类型']],
  ['text', [headers.text, '题干', '试题', '题目内容', '试题内容']],
  ['answer', [headers.answer, '正确答案', '标准答案', '参考答案']],
  ['explanation', [headers.explanation, '答案解析', '试题解析', '题目解析']],
  ['source', [headers.source, '来源', '依据']],
  ['topic', [topicHeader, '所属章节', '章', '主题', '专题', '知识点', '分类']],
]

/** So long a header or a 题型 is at most, and so much of a cell is looked at: more is allowed in no part of a question. */
const longestHeader = 40
const mostOfCell = 5_000

/** More letters are known than there may be options, so that none is lost without a word. */
function fieldOf(cell: string): string | undefined {
  if (cell.length > longestHeader) return undefined
  const header = plainly(cell).replace(/\([^()]*\)|[*:]/g, '')
  const letter = /^(?:选项([A-Z])|([A-H])(?:选项)?)$/.exec(header)
  return letter?.[1] ?? letter?.[2] ?? headerNames.find(([, names]) => names.includes(header))?.[0]
}

type Cells = ReadonlyMap<string, CellValue>

const cellsOf = (line: CellLine, fields: Fields): Cells =>
  new Map(
    [...fields].map(([at, field]) => {
      const cell = line[at] ?? null
      const most = field === 'kind' ? longestHeader : mostOfCell
      return [field, typeof cell === 'string' ? cell.slice(0, most) : cell]
    }),
  )

const topicIn = (cells: Cells): string => textOf(cells.get('topic') ?? null).trim()

/** The question of a row, or what has to be mended; undefined where the row is empty, a repeated header or an unchanged example. */
function questionIn(cells: Cells): NewQuestion | string | undefined {
  const say = (field: string) => textOf(cells.get(field) ?? null).trim()
  const written = [...cells].filter(([field]) => field !== 'topic').map(([, it]) => it)
  if (written.every((it) => textOf(it).trim() === '')) return undefined
  if (fieldOf(say('text')) === 'text' && fieldOf(say('answer')) === 'answer') return undefined
  if (exampleRows.some((row) => row.every((text, at) => say(columns[at] ?? '') === text))) return undefined
  for (const [field, cell] of cells) {
    if (cell === formulaMark) return `${nameOf(field)}是公式，没有算出的结果。请改为文字`
  }
  if (say('kind').startsWith(exampleMark)) {
    return `${headers.kind}写着“${exampleMark}”。改成自己的题目以后，请把“${exampleMark}”删去`
  }

  const said = plainly(say('kind'))
  const [kind] = kindNames.find(([, names]) => names.includes(said)) ?? []
  if (kind === undefined) {
    const names = Object.values(questionKindNames)
    return `没有${quoted(say('kind'))}这种${headers.kind}。请写${names.slice(0, -1).join('、')}或者${names.at(-1)}`
  }
  const texts = optionsIn(say)
  if (typeof texts === 'string') return texts
  const answer = say('answer')
  if (answer === '') return `${headers.answer}空着。选择题写正确选项的字母，判断题写正确或者错误，填空题写文字`
  if (answer.length > longestAnswer)
    return `${headers.answer}太长。填空题不超过 ${mostAccepted} 个答案，每个不超过 100 个字`
  const answered = answeredIn(kind, texts, answer)
  if (typeof answered === 'string') return answered
  return { ...answered, text: say('text'), explanation: say('explanation'), source: say('source') }
}

const nameOf = (field: string): string =>
  field === 'topic' ? topicHeader : (Object.entries(headers).find(([it]) => it === field)?.[1] ?? `选项${field}`)

/** How the kinds are written. Of a 选择题 the answer tells which it is, of a row without a kind its options, too. */
const kindNames: readonly (readonly [asked: Asked, names: readonly string[]])[] = [
  ['single', [questionKindNames.single, '单选', '单项选择题', '单项选择']],
  ['multiple', [questionKindNames.multiple, '多选', '多项选择题', '多项选择']],
  ['judgement', [questionKindNames.judgement, '判断', '是非题', '是非']],
  ['blank', [questionKindNames.blank, '填空']],
  ['choice', ['选择题', '选择']],
  ['any', ['']],
]

/** More than as many answers as there may be, each as long as it may be, with a backslash before every sign. */
const longestAnswer = 3_000
