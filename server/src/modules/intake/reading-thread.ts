import { once } from 'node:events'
import { getCompileCacheDir } from 'node:module'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { Refusal } from '../../platform/refusal.ts'
import { defaultLimits, type Limits } from '../../platform/spreadsheet/limits.ts'
import { openWorkbook } from '../../platform/spreadsheet/workbook.ts'
import type { Likeness } from '../people/matching.ts'
import { type Ground, type GroundFacts, groundFrom } from './ground.ts'
import { storedText } from './judgement.ts'
import { judgeNewcomer } from './newcomers.ts'
import { readLines, type SkippedLine } from './person-lines.ts'
import { cellsOf, keptOf, type RowReading, readRow } from './reading.ts'
import { type Choice, type Layout, type Recognition, recognise } from './recognition.ts'

/** A row as it was read in the thread, judged there as that of a stranger. */
export interface ReadLine {
  row: number
  /** By what the person may be known. */
  person: Likeness
  /** The branch as written. */
  branch?: string | undefined
  /** All that the row says, read from its cells once more: few rows are asked. */
  reading(): RowReading
  /** The cells as JSON of `KeptCells`. */
  cells: string
  /** What is kept of the row where nobody in the register is like the person, as JSON. */
  judged: string
}

/** A file that is being read in a thread of its own. */
export interface RemoteWorkbook {
  recognition: Recognition
  /** Recognises the table anew with fields by column letter as chosen, before the first row is taken; the file is not read again. */
  mapped(fields: NonNullable<Choice['fields']>): Promise<void>
  /**
   * The rows in order, some hundreds at a time, judged as those of strangers; the thread waits until a batch has been taken.
   * Ends the thread when done.
   */
  batches(ground: GroundFacts): AsyncGenerator<ReadLine[]>
  /** Lines that are no persons' rows; complete when the batches have ended. */
  skipped: readonly SkippedLine[]
  /** Ends the thread. Needed only where the batches are not read to their end. */
  close(): Promise<void>
}

/** What the thread may use. */
export interface WorkerOptions {
  limits?: Limits
  /** Memory of the thread for what it builds, in MiB. */
  memoryMiB?: number
  /** How long reading and recognising may take. */
  timeoutMs?: number
  rowsPerBatch?: number
}

/**
 * Reads a spreadsheet in a thread of its own, so that the server goes on answering: reading, recognition and the reading of
 * cells happen there. Throws the refusals of `openWorkbook`, and refuses a file that needs more memory or time than allowed.
 * `bytes` are copied to the thread.
 */
export async function readWorkbookInWorker(
  bytes: Uint8Array,
  choice: Choice = {},
  { limits = defaultLimits, memoryMiB = 2048, timeoutMs = 120_000, rowsPerBatch = 500 }: WorkerOptions = {},
): Promise<RemoteWorkbook> {
  const task: Task = { bytes, choice, limits, rowsPerBatch }
  const worker = new Worker(new URL(import.meta.url), {
    workerData: task,
    env: environment(),
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB, maxYoungGenerationSizeMb: 64 },
    stdout: true,
    stderr: true,
  })
  // Between two questions nobody listens; the next question notices that the thread has gone.
  worker.on('error', () => {})
  const close = async () => {
    await worker.terminate()
  }
  const tooMuch = new Refusal('too-large', '文件内容过多，超出了一次能处理的范围，没有读取。请拆成几个文件后再导入。')
  const next = async (): Promise<Exclude<Answer, { kind: 'refused' }>> => {
    const waiting = new AbortController()
    try {
      const [answer]: (Answer | undefined)[] = await Promise.race([
        once(worker, 'message', { signal: waiting.signal }),
        once(worker, 'exit', { signal: waiting.signal }).then(() => {
          throw tooMuch
        }),
        timeout(timeoutMs, waiting.signal).then(() => {
          throw tooMuch
        }),
      ])
      if (answer === undefined) throw tooMuch
      if (answer.kind === 'refused') throw new Refusal(answer.reason, answer.message)
      return answer
    } catch (error) {
      await close()
      throw error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch : error
    } finally {
      waiting.abort()
    }
  }

  const ask = (question: Question) => worker.postMessage(question)

  const first = await next()
  if (first.kind !== 'recognised') throw new Error('The reading thread answered out of turn')
  const skipped: SkippedLine[] = []
  const remote: RemoteWorkbook = { recognition: first.recognition, mapped, batches, skipped, close }
  async function mapped(fields: NonNullable<Choice['fields']>): Promise<void> {
    ask({ fields })
    const answer = await next()
    if (answer.kind !== 'recognised') throw new Error('The reading thread answered out of turn')
    remote.recognition = answer.recognition
  }
  async function* batches(ground: GroundFacts): AsyncGenerator<ReadLine[]> {
    let question: Question = { ground }
    try {
      for (;;) {
        ask(question)
        question = {}
        const answer = await next()
        if (answer.kind === 'rows') yield linesOf(answer, remote.recognition.layout)
        else if (answer.kind === 'end') {
          skipped.push(...answer.skipped)
          return
        } else throw new Error('The reading thread answered out of turn')
      }
    } finally {
      await close()
    }
  }
  return remote
}

/** A thread compiles everything anew unless it is told where the server keeps what it has compiled. */
function environment(): NodeJS.ProcessEnv {
  const directory = getCompileCacheDir()
  return directory === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: directory }
}

interface Task {
  bytes: Uint8Array
  choice: Choice
  limits: Limits
  rowsPerBatch: number
}

type Answer =
  | { kind: 'recognised'; recognition: Recognition }
  // As text: it crosses between threads in half the time that the objects would take.
  | { kind: 'rows'; rows: string; cells: string[]; judged: string[] }
  | { kind: 'end'; skipped: SkippedLine[] }
  | { kind: 'refused'; reason: Refusal['reason']; message: string }

/** `between`: what was found between this row and others of the file. */
type BriefLine = Pick<ReadLine, 'row' | 'person' | 'branch'> & { between?: RowReading['problems'] }

function linesOf({ rows, cells, judged }: Extract<Answer, { kind: 'rows' }>, layout: Layout | undefined): ReadLine[] {
  const brief: BriefLine[] = JSON.parse(rows)
  const { columns, dateSystem } = layout ?? { columns: [] }
  return brief.map(({ row, person, branch, between = [] }, at) => ({
    ...{ row, person, branch, cells: cells[at] ?? '{}', judged: judged[at] ?? '' },
    reading: () => {
      const own = readRow(columns, cellsOf(columns, JSON.parse(cells[at] ?? '{}')), row, dateSystem)
      return { ...own, branch, problems: [...own.problems, ...between] }
    },
  }))
}

function briefOf({ row, person, branch, problems }: RowReading): BriefLine {
  const { studentNumber, idNumber, name, bornOn } = person
  const between = problems.filter(({ code }) => code === 'duplicate-person')
  return { row, person: { studentNumber, idNumber, name, bornOn }, branch, ...(between.length > 0 && { between }) }
}

function timeout(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })
}

/** What the thread does: one answer for the recognition, then one for each batch that is asked for. */
async function serve({ bytes, choice, limits, rowsPerBatch }: Task): Promise<void> {
  const port = parentPort
  if (!port) return
  const answer = (it: Answer) => port.postMessage(it)
  try {
    const workbook = await openWorkbook(bytes, limits)
    let recognition = recognise(workbook, choice)
    answer({ kind: 'recognised', recognition })
    const skipped: SkippedLine[] = []
    let lines: ReturnType<typeof readLines> | undefined
    let ground: Ground | undefined
    for await (const asked of askedFor(port)) {
      if (asked.fields) {
        recognition = recognise(workbook, { ...choice, fields: asked.fields })
        answer({ kind: 'recognised', recognition })
        continue
      }
      const { layout } = recognition
      if (asked.ground) ground = groundFrom(asked.ground)
      const brief: BriefLine[] = []
      const [cells, judged]: [string[], string[]] = [[], []]
      if (layout) lines ??= readLines(workbook, layout, skipped)
      while (brief.length < rowsPerBatch && layout && lines && ground) {
        const line = await lines.next()
        if (line.done) break
        const { reading } = line.value
        brief.push(briefOf(reading))
        cells.push(JSON.stringify(keptOf(layout.columns, line.value.cells)))
        const judgement = judgeNewcomer(ground, reading, ground.names.read(reading.branch))
        judged.push(storedText({ reading, judgement, decided: null, edits: null }))
      }
      if (brief.length === 0) {
        answer({ kind: 'end', skipped })
        return
      }
      answer({ kind: 'rows', rows: JSON.stringify(brief), cells, judged })
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    answer({ kind: 'refused', reason: error.reason, message: error.message })
  }
}

/** What the thread is asked: to take the columns as these fields, else the next rows; before the first, against what they are judged. */
interface Question {
  fields?: NonNullable<Choice['fields']>
  ground?: GroundFacts
}

async function* askedFor(port: NonNullable<typeof parentPort>): AsyncGenerator<Question> {
  for (;;) {
    const [asked]: Question[] = await once(port, 'message')
    yield asked ?? {}
  }
}

if (!isMainThread && isTask(workerData)) await serve(workerData)

function isTask(data: unknown): data is Task {
  return typeof data === 'object' && data !== null && 'bytes' in data && 'rowsPerBatch' in data
}
