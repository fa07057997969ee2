import type { PaperAnswer } from '@zhibu/server/modules/exams/attempt-schema'
import { Problem } from '../../problem.ts'

/** How it stands with the answers: with the server, on their way, waiting for a connection, taken over by another window, too late. */
export type KeepingState = 'saved' | 'saving' | 'waiting' | 'elsewhere' | 'over'

/** All answers of a paper, and how it stands with them. */
export interface Kept {
  answers: ReadonlyMap<string, PaperAnswer>
  state: KeepingState
  /** Why they are not with the server. */
  problem: unknown
}

/** Keeps the answers of a paper while it is written. */
export interface Keeping {
  read: () => Kept
  subscribe: (listener: () => void) => () => void
  /** Takes an answer; it is sent a little later, together with others. */
  take: (answer: PaperAnswer) => void
  /** Sends at once what was not sent. True where everything is with the server. */
  flush: () => Promise<boolean>
  stop: () => void
}

interface How {
  /** What the server has, and what this window has kept that it may not have. */
  known: readonly PaperAnswer[]
  unsent: readonly PaperAnswer[]
  send: (answers: PaperAnswer[]) => Promise<unknown>
  /** Keeps in this window what is not with the server. */
  remember: (unsent: readonly PaperAnswer[]) => void
  pauseMs?: number
  againMs?: number
}

/** Sends answers soon after they were given, again and again where there is no connection, and keeps them meanwhile. */
export function keepAnswers({ known, unsent, send, remember, pauseMs = 600, againMs = 3_000 }: How): Keeping {
  const waiting = new Map(unsent.map((it) => [it.questionId, it]))
  const listeners = new Set<() => void>()
  let kept: Kept = {
    answers: new Map([...known, ...unsent].map((it) => [it.questionId, it])),
    state: waiting.size > 0 ? 'saving' : 'saved',
    problem: null,
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending: Promise<boolean> | undefined
  let isStopped = false

  const tell = (part: Partial<Kept>) => {
    kept = { ...kept, ...part }
    for (const listener of listeners) listener()
  }
  const plan = (ms: number) => {
    clearTimeout(timer)
    if (!isStopped) timer = setTimeout(() => void flush(), ms)
  }

  async function sendWaiting(): Promise<boolean> {
    const batch = [...waiting.values()]
    if (batch.length === 0) return true
    tell({ state: 'saving' })
    try {
      await send(batch)
    } catch (problem) {
      const state = stateAfter(problem)
      tell({ state, problem })
      if (state === 'waiting') plan(againMs)
      return false
    }
    for (const it of batch) if (waiting.get(it.questionId) === it) waiting.delete(it.questionId)
    remember([...waiting.values()])
    if (waiting.size > 0) return sendWaiting()
    tell({ state: 'saved', problem: null })
    return true
  }

  function flush(): Promise<boolean> {
    clearTimeout(timer)
    sending ??= sendWaiting().finally(() => {
      sending = undefined
    })
    return sending
  }

  if (waiting.size > 0) plan(0)
  return {
    read: () => kept,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    take(answer) {
      waiting.set(answer.questionId, answer)
      remember([...waiting.values()])
      tell({
        answers: new Map(kept.answers).set(answer.questionId, answer),
        state: kept.state === 'saved' ? 'saving' : kept.state,
      })
      if (kept.state === 'saving') plan(pauseMs)
    },
    flush,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

function stateAfter(problem: unknown): KeepingState {
  const reason = problem instanceof Problem ? problem.details.reason : undefined
  if (reason === 'changed') return 'elsewhere'
  return reason === 'conflict' || reason === 'not-found' ? 'over' : 'waiting'
}
