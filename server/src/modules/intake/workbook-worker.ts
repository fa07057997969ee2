import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { Refusal } from '../../platform/refusal.ts'
import { defaultLimits, type Limits } from '../../platform/spreadsheet/limits.ts'
import { readWorkbook } from '../../platform/spreadsheet/workbook.ts'
import { readLines, type SkippedLine } from './person-lines.ts'
import { type RowReading, textsOf } from './reading.ts'
import { type Choice, type Recognition, recognise } from './recognition.ts'

/** A row as read, and the texts of its cells by column letter. */
export interface ReadLine {
  reading: RowReading
  texts: Record<string, string>
}

/** A file that is being read in a thread of its own. */
export interface RemoteWorkbook {
  recognition: Recognition
  /** The rows in order, some hundreds at a time; the thread waits until a batch has been taken. Ends the thread when done. */
  batches(): AsyncGenerator<ReadLine[]>
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
 * cells happen there. Throws the refusals of `readWorkbook`, and refuses a file that needs more memory or time than allowed.
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
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
    stdout: true,
    stderr: true,
  })
  // Between two questions nobody listens; the next question notices that the thread has gone.
  worker.on('error', () => {})
  const close = async () => {
    await worker.terminate()
  }
  const tooMuch = new Refusal('too-large', '文件内容过多，超出了一次能处理的范围，没有读取。请拆成几个文件后再导入。')
  const next = async (): Promise<Answer> => {
    const waiting = new AbortController()
    try {
      const [answer] = await Promise.race([
        once(worker, 'message', { signal: waiting.signal }),
        once(worker, 'exit', { signal: waiting.signal }).then(() => {
          throw tooMuch
        }),
        timeout(timeoutMs, waiting.signal).then(() => {
          throw tooMuch
        }),
      ])
      return answer
    } catch (error) {
      await close()
      throw error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch : error
    } finally {
      waiting.abort()
    }
  }

  const first = await next()
  if (first.kind === 'refused') {
    await close()
    throw new Refusal(first.reason, first.message)
  }
  if (first.kind !== 'recognised') throw new Error('The reading thread answered out of turn')
  const skipped: SkippedLine[] = []
  async function* batches(): AsyncGenerator<ReadLine[]> {
    try {
      for (;;) {
        worker.postMessage('next')
        const answer = await next()
        if (answer.kind === 'rows') yield linesOf(answer.json)
        else if (answer.kind === 'end') {
          skipped.push(...answer.skipped)
          return
        } else throw new Error('The reading thread answered out of turn')
      }
    } finally {
      await close()
    }
  }
  return { recognition: first.recognition, batches, skipped, close }
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
  | { kind: 'rows'; json: string }
  | { kind: 'end'; skipped: SkippedLine[] }
  | { kind: 'refused'; reason: Refusal['reason']; message: string }

const linesOf = (json: string): ReadLine[] => JSON.parse(json)

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
    const workbook = await readWorkbook(bytes, limits)
    const recognition = recognise(workbook, choice)
    answer({ kind: 'recognised', recognition })
    const { layout } = recognition
    const skipped: SkippedLine[] = []
    const lines = layout ? readLines(workbook, layout, skipped) : [][Symbol.iterator]()
    for await (const _ of askedFor(port)) {
      const batch: ReadLine[] = []
      while (batch.length < rowsPerBatch && layout) {
        const line = lines.next()
        if (line.done) break
        const { reading, cells } = line.value
        batch.push({ reading, texts: textsOf(layout.columns, cells) })
      }
      if (batch.length === 0) {
        answer({ kind: 'end', skipped })
        return
      }
      answer({ kind: 'rows', json: JSON.stringify(batch) })
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    answer({ kind: 'refused', reason: error.reason, message: error.message })
  }
}

async function* askedFor(port: NonNullable<typeof parentPort>): AsyncGenerator<void> {
  for (;;) {
    await once(port, 'message')
    yield
  }
}

if (!isMainThread && isTask(workerData)) await serve(workerData)

function isTask(data: unknown): data is Task {
  return typeof data === 'object' && data !== null && 'bytes' in data && 'rowsPerBatch' in data
}
