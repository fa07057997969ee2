import { on } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import { Refusal } from '../../platform/refusal.ts'
import { tooMuchToRead } from '../../platform/spreadsheet/limits.ts'
import type { CellLine, Merge } from '../../platform/spreadsheet/sheets.ts'
import { answerInThread, type Reply } from '../../platform/threads.ts'
import type { Likeness } from '../people/matching.ts'
import { type Ground, type GroundFacts, groundFrom } from './ground.ts'
import { storedText } from './judgement.ts'
import { judgeNewcomer } from './newcomers.ts'
import { readLines, type SkippedLine } from './person-lines.ts'
import { keptOf, type RowReading } from './reading.ts'
import type { Layout } from './recognition.ts'

/** What the judging thread is asked first; then it is asked for rows. */
export type JudgingQuestion = { kind: 'begin'; task: JudgingTask } | { kind: 'rows' }

interface JudgingTask {
  layout: Layout
  merges: readonly Merge[]
  ground: GroundFacts
  /** Where the reading thread gives the lines of the table. */
  lines: MessagePort
  rowsPerBatch: number
}

/** Rows in their order, none after the last. As texts: they cross between threads in half the time that the objects would take. */
export interface JudgedBatch {
  /** JSON of `BriefRow`s. */
  rows: string
  cells: string[]
  judged: string[]
  /** Complete after the last row. */
  skipped: readonly SkippedLine[]
}

/** By what a row is matched. */
export interface BriefRow {
  row: number
  person: Likeness
  branch?: string | undefined
  /** What was found between this row and others of the file. */
  between?: RowReading['problems']
}

/** This module, to be run in a thread. */
export const judgingThread = import.meta.url

let begun:
  | { task: JudgingTask; ground: Ground; lines: ReturnType<typeof readLines>; skipped: SkippedLine[] }
  | undefined

answerInThread(judgingThread, async (question: JudgingQuestion): Promise<JudgedBatch> => {
  if (question.kind === 'begin') {
    const { task } = question
    const skipped: SkippedLine[] = []
    const lines = readLines({ merges: task.merges, lines: () => linesFrom(task.lines) }, task.layout, skipped)
    begun = { task, ground: groundFrom(task.ground), lines, skipped }
  }
  if (begun === undefined) throw new Error('The judging of rows has not begun')
  const { ground, lines, skipped, task } = begun
  const rows: BriefRow[] = []
  const [cells, judged]: [string[], string[]] = [[], []]
  while (rows.length < task.rowsPerBatch) {
    const { value, done } = await lines.next()
    if (done) break
    const { reading } = value
    rows.push(briefOf(reading))
    cells.push(JSON.stringify(keptOf(task.layout.columns, value.cells)))
    const judgement = judgeNewcomer(ground, reading, ground.names.read(reading.branch))
    judged.push(storedText({ reading, judgement, decided: null, edits: null }))
  }
  return { rows: JSON.stringify(rows), cells, judged, skipped: rows.length === 0 ? skipped : [] }
})

/** The lines that another thread gives; the next ones are asked for while the last are being worked on. */
async function* linesFrom(port: MessagePort): AsyncGenerator<CellLine> {
  const replies: AsyncIterable<Reply<CellLine[]>[]> = on(port, 'message', { close: ['close'] })
  port.postMessage(null)
  for await (const [reply] of replies) {
    if (reply === undefined) continue
    if ('refused' in reply) throw new Refusal(reply.refused.reason, reply.refused.message)
    if (reply.answer.length === 0) return
    port.postMessage(null)
    yield* reply.answer
  }
  // The thread that gives them has ended, for want of memory.
  throw tooMuchToRead()
}

function briefOf({ row, person, branch, problems }: RowReading): BriefRow {
  const { studentNumber, idNumber, name, bornOn } = person
  const between = problems.filter(({ code }) => code === 'duplicate-person')
  return { row, person: { studentNumber, idNumber, name, bornOn }, branch, ...(between.length > 0 && { between }) }
}
