import type { NamedFile } from '../../platform/http.ts'
import { type CellValue, formulaMark, textOf } from '../../platform/spreadsheet/cell-value.ts'
import { writeSheets } from '../../platform/spreadsheet/export-table.ts'
import { defaultLimits, type Limits } from '../../platform/spreadsheet/limits.ts'
import type { CellLine, Sheet } from '../../platform/spreadsheet/sheets.ts'
import { openWorkbook } from '../../platform/spreadsheet/workbook.ts'
import { inOneLine } from '../../platform/visible-text.ts'
import { optionLetters, quoted, takeIn } from './checking.ts'
import { judgementOptions, mostAccepted, type QuestionKind, questionKindNames } from './names-schema.ts'
import type { NewQuestion, Option, Reading } from './schema.ts'
import { exampleMark, exampleQuestions, sheetNotes } from './sheet-examples.ts'

/** The columns of a table of questions, in their order; an option stands under its letter. */
const headers = {
  kind: '题型',
  text: '题目',
  ...Object.fromEntries([...optionLetters].map((it) => [it, `选项${it}`] as const)),
  answer: '答案',
  explanation: '解析',
  source: '出处',
}
const columns = Object.keys(headers)

/** A table of questions as .xlsx. Reading it gives the same questions. */
export function writeQuestionSheet(questions: readonly NewQuestion[]): Promise<Uint8Array> {
  return written(questions.map(rowOf))
}

/** An empty table with examples of each kind, which are left out when they are read again, and notes on how cells are written. */
export async function questionTemplate(): Promise<NamedFile> {
  const bytes = await written(exampleRows, [{ name: '填写说明', rows: sheetNotes.map((it) => [it]) }])
  return { name: '题目模板.xlsx', bytes }
}

const written = (rows: readonly string[][], more: { name: string; rows: string[][] }[] = []): Promise<Uint8Array> =>
  writeSheets([{ name: '题目', rows: [Object.values(headers), ...rows], frozenRows: 1 }, ...more])

function rowOf({ kind, text, options, accepted, explanation, source }: NewQuestion): string[] {
  const isJudgement = kind === 'judgement'
  const lettered = options.map((it, at) => ({ ...it, letter: optionLetters.charAt(at) }))
  const rightOnes = lettered.filter((it) => it.isRight).map((it) => (isJudgement ? it.text : it.letter))
  const cells = new Map<string, string>([
    ...(isJudgement ? [] : lettered.map((it) => [it.letter, it.text] as const)),
    ...Object.entries({ kind: questionKindNames[kind], text, explanation, source }),
    ['answer', kind === 'blank' ? accepted.map(escaped).join('；') : rightOnes.join('')],
  ])
  return columns.map((it) => cells.get(it) ?? '')
}

const exampleRows = exampleQuestions.map(rowOf).map(([kind, ...rest]) => [`${exampleMark}${kind}`, ...rest])

/** A table of questions is small; whatever is larger is refused before it is unpacked. */
const limits: Limits = {
  ...defaultLimits,
  ...{ maxFileBytes: 8 * 1024 * 1024, maxUnpackedBytes: 60 * 1024 * 1024, maxSharedBytes: 20 * 1024 * 1024 },
  ...{ maxRows: 2_000, maxCells: 100_000 },
}

/**
 * Reads a table of questions from a spreadsheet: all visible sheets whose header names 题目 and 答案. Where 题型 is empty, it is told
 * by the options and the answer. What is no question is told with its row. Throws a refusal where the file is no spreadsheet.
 */
export async function readQuestionSheet(bytes: Uint8Array): Promise<Reading> {
  const reading: Reading = { questions: [], problems: [] }
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
      const question = questionIn(cellsOf(line, fields))
      if (question && !takeIn(reading, `${place} ${at + 1} 行`, question)) return reading
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

/** The question of a row, or what has to be mended; undefined where the row is empty, a repeated header or an unchanged example. */
function questionIn(cells: Cells): NewQuestion | string | undefined {
  const say = (field: string) => textOf(cells.get(field) ?? null).trim()
  if ([...cells.values()].every((it) => textOf(it).trim() === '')) return undefined
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

/** More than as many answers as there may be, each as long as it may be, with a backslash before every sign. */
const longestAnswer = 3_000

const nameOf = (field: string): string => Object.entries(headers).find(([it]) => it === field)?.[1] ?? `选项${field}`

type Asked = QuestionKind | 'choice' | 'any'

/** How the kinds are written. Of a 选择题 the answer tells which it is, of a row without a kind its options, too. */
const kindNames: readonly (readonly [asked: Asked, names: readonly string[]])[] = [
  ['single', [questionKindNames.single, '单选', '单项选择题', '单项选择']],
  ['multiple', [questionKindNames.multiple, '多选', '多项选择题', '多项选择']],
  ['judgement', [questionKindNames.judgement, '判断', '是非题', '是非']],
  ['blank', [questionKindNames.blank, '填空']],
  ['choice', ['选择题', '选择']],
  ['any', ['']],
]

/** The texts of the options, up to the last that is filled. */
function optionsIn(say: (field: string) => string): string[] | string {
  const all = [...allLetters].map(say)
  const texts = all.slice(0, all.findLastIndex((it) => it !== '') + 1)
  const gap = texts.indexOf('')
  if (gap < 0) return texts
  const next = allLetters[texts.findIndex((it, at) => at > gap && it !== '')]
  return `选项${allLetters[gap]}空着，选项${next}却写了。请依次填写选项`
}

const allLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

type Answered = Pick<NewQuestion, 'kind' | 'options' | 'accepted'>

function answeredIn(asked: Asked, texts: readonly string[], answer: string): Answered | string {
  const wrong = texts.map((text): Option => ({ text, isRight: false }))
  const isJudged = texts.length === 0 ? truthOf(answer) !== undefined : areTrueAndFalse(texts)
  if (asked === 'judgement' || (asked === 'any' && isJudged)) return judgedIn(texts, answer)
  if (asked === 'blank' || (asked === 'any' && texts.length === 0)) {
    const accepted = splitAnswers(answer).filter((it) => it !== '')
    return { kind: 'blank', options: wrong, accepted }
  }
  const letters = lettersIn(answer)
  if (letters === undefined) return `${headers.answer}${quoted(answer)}看不懂。选择题请写正确选项的字母，如 A 或者 AC`
  const missing = letters.find((it) => allLetters.indexOf(it) >= texts.length)
  if (missing) return `${headers.answer}是 ${missing}，却没有选项${missing}。请补上选项，或者改正${headers.answer}`
  const options = wrong.map((it, at) => ({ ...it, isRight: letters.includes(allLetters[at] ?? '') }))
  const told = letters.length > 1 ? 'multiple' : 'single'
  return { kind: asked === 'single' || asked === 'multiple' ? asked : told, options, accepted: [] }
}

/** A 判断题 needs no options; where they are written, the answer may be the letter of one. */
function judgedIn(texts: readonly string[], answer: string): Answered | string {
  if (texts.length > 0 && !areTrueAndFalse(texts)) {
    return '判断题只有“正确”和“错误”。请删去选项，或者改为单选题'
  }
  const said = texts.map(truthOf)
  const [letter, ...more] = lettersIn(answer) ?? []
  const byLetter = letter !== undefined && more.length === 0 ? said[allLetters.indexOf(letter)] : undefined
  const isTrue = byLetter ?? truthOf(answer)
  if (isTrue === undefined) return `${headers.answer}${quoted(answer)}看不懂。判断题请写正确或者错误`
  const options = judgementOptions.map((text, at) => ({ text, isRight: (at === 0) === isTrue }))
  return { kind: 'judgement', options, accepted: [] }
}

function areTrueAndFalse(texts: readonly string[]): boolean {
  const said = texts.map(truthOf)
  return said.length === 2 && said.includes(true) && said.includes(false)
}

function truthOf(text: string): boolean | undefined {
  const plain = plainly(text)
  if (['正确', '对', '是', 'T', 'TRUE', '√', '✓'].includes(plain)) return true
  return ['错误', '错', '否', '不正确', '不对', 'F', 'FALSE', '×', '✗', 'X'].includes(plain) ? false : undefined
}

/** The letters of an answer, A、C as well as ac; undefined where something else stands there. */
function lettersIn(answer: string): string[] | undefined {
  const letters = plainly(answer).replace(/[,、;/.。]/g, '')
  return /^[A-Z]+$/.test(letters) ? [...new Set(letters)] : undefined
}

/** What is written alike in full and half width, in large and small letters, with and without blanks. */
const plainly = (text: string): string => inOneLine(text.normalize('NFKC')).replaceAll(' ', '').toUpperCase()

/** The answers of a 填空题 stand apart by ； or ;, which a backslash makes an ordinary one. */
const splitAnswers = (text: string): string[] =>
  [...text.matchAll(/(?:\\[\\；;]|[^；;])+/g)].map(([it]) => it.replace(/\\([\\；;])/g, '$1').trim())

function escaped(text: string): string {
  return text.replace(/[\\；;]/g, '\\$&')
}
