import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { getCompileCacheDir } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../refusal.ts'
import type { ReadingMessage, ReadingTask, ReadPage } from './page-reading.ts'

/** Reads pages in a process of its own, one at a time; the process is there only while there is work. */
export interface Recogniser {
  /** Whether letters can be read on this machine; where not, why, in Chinese. Codes are read in any case. */
  letters(): Promise<{ isAvailable: true } | { isAvailable: false; reason: string }>
  /**
   * Reads one page, a picture of any usual kind. Refuses what is no picture, broken or too large, and what needs more time or memory
   * than a page may. Any other error says nothing about the page: it may be read again.
   */
  read(picture: Uint8Array): Promise<ReadPage>
  /** Ends the process, also in the middle of a page. */
  close(): void
}

/** What the reading of pages may take. */
export interface ReadingLimits {
  memoryMiB: number
  pageTimeoutMs: number
  /** After so long without a page the process ends. */
  idleMs: number
}

const usualLimits: ReadingLimits = { memoryMiB: 2048, pageTimeoutMs: 300_000, idleMs: 30_000 }
const startTimeoutMs = 60_000

/** Makes ready to read pages; nothing runs before something is asked. `library` is the recogniser: a package, or the path of a file. */
export function openRecogniser(limits: Partial<ReadingLimits> = {}, library = '@gutenye/ocr-node'): Recogniser {
  const { memoryMiB, pageTimeoutMs, idleMs } = { ...usualLimits, ...limits }
  let running: ChildProcess | undefined
  let missing: string | undefined
  let idle: NodeJS.Timeout | undefined
  let before: Promise<unknown> = Promise.resolve()
  let isClosed = false

  const end = () => {
    running?.kill('SIGKILL')
    running = undefined
  }

  /** The process, started where there is none; a second time without the recogniser where that brings it down. */
  const started = async (): Promise<ChildProcess> => {
    if (running?.connected) return running
    for (const task of [{ library, memoryMiB }, { memoryMiB }]) {
      if (isClosed) throw new Error('the page reader was closed')
      running = start(task)
      const heard = await nextOf(running, startTimeoutMs)
      if (typeof heard === 'object' && 'ready' in heard) {
        missing = task.library === undefined ? brokenRecogniser : heard.ready.missing
        return running
      }
      end()
    }
    throw new Error('the process that reads pages does not start')
  }

  const inTurn = <Result>(work: (it: ChildProcess) => Promise<Result>): Promise<Result> => {
    const result = before.then(async () => {
      clearTimeout(idle)
      try {
        const child = await started()
        child.ref()
        child.channel?.ref()
        return await work(child)
      } finally {
        running?.unref()
        running?.channel?.unref()
        idle = setTimeout(end, idleMs).unref()
      }
    })
    before = result.catch(() => {})
    return result
  }

  return {
    letters: () =>
      inTurn(async () => (missing === undefined ? { isAvailable: true } : { isAvailable: false, reason: missing })),
    read: (picture) =>
      inTurn(async (child) => {
        child.send(picture)
        const heard = await nextOf(child, pageTimeoutMs)
        if (isClosed) throw new Error('the page reader was closed')
        if (typeof heard === 'string' || 'ready' in heard || heard.isFull) end()
        if (heard === 'late') throw tooMuch(`读取这一页用了 ${Math.round(pageTimeoutMs / 1000)} 秒还没有完成`)
        if (heard === 'ended') throw tooMuch('读取这一页时超出了内存限制或者程序中断')
        if ('ready' in heard) throw new Error('the process that reads pages began anew')
        if ('refused' in heard.reply) throw new Refusal(heard.reply.refused.reason, heard.reply.refused.message)
        return heard.reply.answer
      }),
    close: () => {
      isClosed = true
      clearTimeout(idle)
      end()
    },
  }
}

const brokenRecogniser =
  '文字识别组件（@gutenye/ocr-node）一启动就中断，可能不支持这台服务器的处理器，扫描件暂时不能按内容检索。请管理员查看运行环境。'

const tooMuch = (what: string) =>
  new Refusal('unreadable', `${what}，已停止，这一页没有识别。原件已保存；可降低分辨率重新扫描，或者人工登记。`)

/** The variables that programs and libraries need; the secrets of the server are not among them. */
const passedOn = ['PATH', 'HOME', 'LD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR']

function start(task: ReadingTask): ChildProcess {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.includes(name)))
  const cache = getCompileCacheDir()
  const child = fork(fileURLToPath(new URL('./page-reading.ts', import.meta.url)), [JSON.stringify(task)], {
    // Most of the memory is taken by libraries; what the language takes is limited here, the whole by the watchdog.
    execArgv: [`--max-old-space-size=${Math.ceil(task.memoryMiB / 2)}`],
    env: cache === undefined ? env : { ...env, NODE_COMPILE_CACHE: cache },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  // Whoever listens next notices that it has ended.
  child.on('error', () => {})
  return child
}

/** What the process says next; 'ended' where it has gone, 'late' where it says nothing in this time. */
async function nextOf(child: ChildProcess, timeoutMs: number): Promise<ReadingMessage | 'ended' | 'late'> {
  const waiting = new AbortController()
  const { signal } = waiting
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([it]: ReadingMessage[]) => it ?? 'ended'),
      once(child, 'exit', { signal }).then(() => 'ended' as const),
      sleep(timeoutMs, 'late' as const, { signal }),
    ])
  } catch {
    return 'ended'
  } finally {
    waiting.abort()
  }
}
