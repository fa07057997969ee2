import { once } from 'node:events'
import { getCompileCacheDir } from 'node:module'
import { parentPort, type Transferable, Worker, workerData } from 'node:worker_threads'
import { Refusal } from './refusal.ts'

/** A thread that is asked one thing after another. */
export interface Thread<Question, Answer> {
  /**
   * Throws what is refused in the thread as a refusal here; the thread has ended then, as after `tooMuch`.
   * `given` are the parts of the question that are handed over to the thread.
   */
  ask(question: Question, given?: readonly Transferable[]): Promise<Answer>
  /** Ends the thread. */
  close(): Promise<void>
}

/** What a thread may use. */
export interface ThreadLimits {
  /** Memory for what it builds, in MiB. */
  memoryMiB: number
  /** How long it may take for an answer. */
  timeoutMs: number
  /** What is thrown where it needs more. */
  tooMuch: Refusal
}

/** Starts a thread that runs a module, which answers with `answerInThread`. */
export function startThread<Question, Answer>(
  module: string,
  { memoryMiB, timeoutMs, tooMuch }: ThreadLimits,
): Thread<Question, Answer> {
  const worker = new Worker(new URL(module), {
    workerData: module,
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
  return {
    close,
    async ask(question, given = []) {
      const waiting = new AbortController()
      try {
        worker.postMessage(question, given)
        const [reply]: (Reply<Answer> | undefined)[] = await Promise.race([
          once(worker, 'message', { signal: waiting.signal }),
          once(worker, 'exit', { signal: waiting.signal }).then(() => []),
          timeout(timeoutMs, waiting.signal).then(() => []),
        ])
        if (reply === undefined) throw tooMuch
        if ('refused' in reply) throw new Refusal(reply.refused.reason, reply.refused.message)
        return reply.answer
      } catch (error) {
        await close()
        throw error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch : error
      } finally {
        waiting.abort()
      }
    },
  }
}

/** Answers what a thread is asked, where the module runs in a thread that was started for it. */
export function answerInThread<Question, Answer>(
  module: string,
  answer: (question: Question) => Promise<Answer>,
): void {
  const port = parentPort
  if (workerData !== module || port === null) return
  port.on('message', async (question: Question) => port.postMessage(await replyTo(() => answer(question))))
}

/** What crosses between threads: an answer, or why there is none. */
export type Reply<Answer> = { answer: Answer } | { refused: Pick<Refusal, 'reason' | 'message'> }

/** An answer as it crosses between threads. What is no refusal is thrown. */
export async function replyTo<Answer>(answer: () => Promise<Answer>): Promise<Reply<Answer>> {
  try {
    return { answer: await answer() }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { refused: { reason: error.reason, message: error.message } }
  }
}

/** A thread compiles everything anew unless it is told where the server keeps what it has compiled. */
function environment(): NodeJS.ProcessEnv {
  const directory = getCompileCacheDir()
  return directory === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: directory }
}

function timeout(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })
}
