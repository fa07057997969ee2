import type { NamedFile } from '../../platform/http.ts'
import { writeSheets } from '../../platform/spreadsheet/export-table.ts'
import { optionLetters } from './checking.ts'
import { questionKindNames } from './names-schema.ts'
import type { NewQuestion } from './schema.ts'
import { exampleMark, exampleQuestions, sheetNotes, topicNote } from './sheet-examples.ts'

/** The columns of a table of questions, in their order; an option stands under its letter. */
export const headers = {
  kind: '题型',
  text: '题目',
  ...Object.fromEntries([...optionLetters].map((it) => [it, `选项${it}`] as const)),
  answer: '答案',
  explanation: '解析',
  source: '出处',
}
export const columns = Object.keys(headers)

/** What stands over the column of topics, which only banks have. */
export const topicHeader = '章节'

/** A table of questions as .xlsx, with their topics where there are any. Reading it gives the same questions. */
export function writeQuestionSheet(questions: readonly NewQuestion[], topics?: readonly string[]): Promise<Uint8Array> {
  const rows = questions.map(rowOf)
  return written(topics ? rows.map((row, at) => [topics[at] ?? '', ...row]) : rows, [], topics !== undefined)
}

/** An empty table with examples of each kind, which are left out when they are read again, and notes on how cells are written. */
export async function questionTemplate({ name = '题目模板.xlsx', hasTopics = false } = {}): Promise<NamedFile> {
  const rows = hasTopics ? exampleRows.map((row) => ['', ...row]) : exampleRows
  const notes = hasTopics ? [...sheetNotes, topicNote] : sheetNotes
  return { name, bytes: await written(rows, [{ name: '填写说明', rows: notes.map((it) => [it]) }], hasTopics) }
}

function written(
  rows: readonly string[][],
  more: { name: string; rows: string[][] }[] = [],
  hasTopics = false,
): Promise<Uint8Array> {
  const header = [...(hasTopics ? [topicHeader] : []), ...Object.values(headers)]
  return writeSheets([{ name: '题目', rows: [header, ...rows], frozenRows: 1 }, ...more])
}

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

/** The examples of the template as its rows. */
export const exampleRows = exampleQuestions.map(rowOf).map(([kind, ...rest]) => [`${exampleMark}${kind}`, ...rest])

/** The answers of a 填空题 stand apart by ；, which a backslash makes an ordinary one. */
function escaped(text: string): string {
  return text.replace(/[\\；;]/g, '\\$&')
}
