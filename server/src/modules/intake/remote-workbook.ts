import { MessageChannel } from 'node:worker_threads'
import { defaultLimits, type Limits, tooMuchToRead } from '../../platform/spreadsheet/limits.ts'
import { startThread } from '../../platform/threads.ts'
import type { GroundFacts } from './ground.ts'
import { type BriefRow, type JudgedBatch, type JudgingQuestion, judgingThread } from './judging-thread.ts'
import type { SkippedLine } from './person-lines.ts'
import { cellsOf, type RowReading, readRow } from './reading.ts'
import { type ReadingQuestion, type Recognised, readingThread } from './reading-thread.ts'
import type { Choice, Layout, Recognition } from './recognition.ts'

/** A row as it was read, judged as that of a stranger. */
export interface ReadLine extends Pick<BriefRow, 'row' | 'person' | 'branch'> {
  /** All that the row says, read from its cells once more: few rows are asked. */
  reading(): RowReading
  /** The cells as JSON of `KeptCells`. */
  cells: string
  /** What is kept of the row where nobody in the register is like the person, as JSON. */
  judged: string
}

/** A file that is read in a thread of its own, and its rows judged in another. */
export interface RemoteWorkbook {
  recognition: Recognition
  /** Recognises the table anew with fields by column letter as chosen, before the first row is taken; the file is not opened again. */
  mapped(fields: NonNullable<Choice['fields']>): Promise<void>
  /**
   * The rows in order, some hundreds at a time, judged as those of strangers; the next are judged when a batch has been taken.
   * Ends the threads when done.
   */
  batches(ground: GroundFacts): AsyncGenerator<ReadLine[]>
  /** Lines that are no persons' rows; complete when the batches have ended. */
  skipped: readonly SkippedLine[]
  /** Ends the threads. Needed only where the batches are not read to their end. */
  close(): Promise<void>
}

/** What the threads may use. */
export interface RemoteOptions {
  limits?: Limits
  /** Memory of a thread for what it builds, in MiB. */
  memoryMiB?: number
  /** How long an answer may take. */
  timeoutMs?: number
  rowsPerBatch?: number
}

/**
 * Reads a spreadsheet in threads of its own, so that the server goes on answering: one reads the file and recognises the
 * table, another reads its rows and judges them, each as fast as a processor is free. Throws the refusals of `openWorkbook`,
 * and refuses a file that needs more memory or time than allowed. `bytes` are copied.
 */
export async function openInThreads(
  bytes: Uint8Array,
  choice: Choice = {},
  { limits = defaultLimits, memoryMiB = 2048, timeoutMs = 120_000, rowsPerBatch = 500 }: RemoteOptions = {},
): Promise<RemoteWorkbook> {
  const allowed = { memoryMiB, timeoutMs, tooMuch: tooMuchToRead() }
  const reading = startThread<ReadingQuestion, Recognised>(readingThread, allowed)
  const judging = startThread<JudgingQuestion, JudgedBatch>(judgingThread, allowed)
  const close = async () => {
    await Promise.all([reading.close(), judging.close()])
  }
  const closing = async <Answer>(asked: Promise<Answer>): Promise<Answer> => {
    try {
      return await asked
    } catch (error) {
      await close()
      throw error
    }
  }

  let { recognition, merges } = await closing(reading.ask({ kind: 'open', bytes, choice, limits }))
  const skipped: SkippedLine[] = []
  const remote: RemoteWorkbook = { recognition, mapped, batches, skipped, close }
  async function mapped(fields: NonNullable<Choice['fields']>): Promise<void> {
    ;({ recognition, merges } = await closing(reading.ask({ kind: 'map', fields })))
    remote.recognition = recognition
  }
  async function* batches(ground: GroundFacts): AsyncGenerator<ReadLine[]> {
    const { layout } = recognition
    try {
      if (layout === undefined) return
      const { port1, port2 } = new MessageChannel()
      await reading.ask({ kind: 'give', lines: port1 }, [port1])
      const task = { layout, merges, ground, lines: port2, rowsPerBatch }
      let batch = await judging.ask({ kind: 'begin', task }, [port2])
      for (; batch.cells.length > 0; batch = await judging.ask({ kind: 'rows' })) yield linesOf(batch, layout)
      skipped.push(...batch.skipped)
    } finally {
      await close()
    }
  }
  return remote
}

function linesOf({ rows, cells, judged }: JudgedBatch, { columns, dateSystem }: Layout): ReadLine[] {
  const brief: BriefRow[] = JSON.parse(rows)
  return brief.map(({ row, person, branch, between = [] }, at) => ({
    ...{ row, person, branch, cells: cells[at] ?? '{}', judged: judged[at] ?? '' },
    reading: () => {
      const own = readRow(columns, cellsOf(columns, JSON.parse(cells[at] ?? '{}')), row, dateSystem)
      return { ...own, branch, problems: [...own.problems, ...between] }
    },
  }))
}
