import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { getCompileCacheDir } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../refusal.ts'
import type { Reply } from '../threads.ts'
import { damagedDocument, tooMuchToShow } from './limits.ts'
import type { Answers, Asked, Questions } from './tasks.ts'

/** A process of its own in which foreign documents are read: what they do there they do to nobody else. */
export interface ReadingProcess {
  isAlive(): boolean
  /**
   * To be asked one question at a time. Throws as a refusal what is refused there, and also that a document takes too much
   * time or memory or has brought the process down.
   */
  ask<Task extends keyof Questions>(asked: Asked<Task>): Promise<Answers[Task]>
  close(): Promise<void>
}

/** What the process may use. */
export interface ProcessLimits {
  /** All its memory, in MiB. */
  memoryMiB: number
  /** How long it may take for an answer. */
  timeoutMs: number
}

/** An answer as the process sends it. After the last one it ends. */
export interface ProcessReply<Answer> {
  reply: Reply<Answer>
  isLast: boolean
}

/**
 * Starts the process. It writes only in `folder`, starts no program, and knows nothing of the settings of the server.
 * `onCrash` is told what brought it down. Throws an error that is no refusal where it cannot start.
 */
export async function startReading(
  folder: string,
  { memoryMiB, timeoutMs }: ProcessLimits,
  onCrash: (error: Error) => void,
): Promise<ReadingProcess> {
  const child = fork(fileURLToPath(new URL('./reading-main.ts', import.meta.url)), [String(memoryMiB)], {
    serialization: 'advanced',
    env: environment(),
    execArgv: [`--max-old-space-size=${Math.ceil(memoryMiB / 2)}`, ...confinedTo(folder)],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  // Whoever waits for it notices that it has gone.
  child.on('error', () => {})
  const lastWords = listen(child)
  const isAlive = () => child.exitCode === null && child.signalCode === null
  const close = async () => {
    if (!isAlive()) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  const crash = () => new Error(`The reading process has ended (${child.signalCode ?? child.exitCode}): ${lastWords()}`)

  if ((await nextMessage(child, 60_000)) === undefined) {
    await close()
    throw crash()
  }
  return {
    isAlive,
    close,
    async ask<Task extends keyof Questions>(asked: Asked<Task>): Promise<Answers[Task]> {
      child.send(asked, () => {})
      const said = await nextMessage<ProcessReply<Answers[Task]>>(child, timeoutMs)
      if (said === undefined) {
        const isTooMuch = isAlive() || child.signalCode === 'SIGKILL' || /memory/i.test(lastWords())
        await close()
        onCrash(crash())
        throw isTooMuch ? tooMuchToShow() : damagedDocument()
      }
      if (said.isLast) await close()
      if ('refused' in said.reply) throw new Refusal(said.reply.refused.reason, said.reply.refused.message)
      return said.reply.answer
    },
  }
}

/** What a process says next; undefined where it ends or says nothing for so long. */
async function nextMessage<Message>(child: ChildProcess, timeoutMs: number): Promise<Message | undefined> {
  const waiting = new AbortController()
  const { signal } = waiting
  const timer = setTimeout(() => waiting.abort(), timeoutMs)
  try {
    const [said]: (Message | undefined)[] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(() => []),
    ])
    return said
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
    waiting.abort()
  }
}

/** The end of what a process complains about. */
function listen(child: ChildProcess): () => string {
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    said = (said + piece).slice(-4_000)
  })
  return () => said.trim()
}

/** Nothing of the settings, in which there are passwords; where it finds what is compiled already. */
function environment(): NodeJS.ProcessEnv {
  const directory = getCompileCacheDir()
  const { SystemRoot } = process.env
  return {
    ...(directory === undefined ? {} : { NODE_COMPILE_CACHE: directory }),
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
  }
}

const confinedTo = (folder: string): string[] => [
  '--permission',
  '--allow-fs-read=*',
  `--allow-fs-write=${folder}`,
  '--allow-addons',
  '--allow-worker',
]
