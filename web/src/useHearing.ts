import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'

/** Reads anew what lies under a key, at some moment within so long; asked for again before it is read, it is read once. */
export type ReadAnew = (key: QueryKey, withinMs: number) => void

/** How long is waited before it is asked again, after the server did not take the page as a listener. */
const pausesMs = [3_000, 10_000, 30_000, 60_000] as const

/**
 * Hears what the server tells at an address as long as the page is seen. After a loss the browser connects again by itself, and after a
 * refusal, such as while the server starts, this page does; the server then begins with the word to read everything anew.
 */
export function useHearing<Change>(url: string, hear: (change: Change, readAnew: ReadAnew) => void): void {
  const queries = useQueryClient()
  const take = useEffectEvent(hear)
  useEffect(() => {
    const timers = new Map<string, ReturnType<typeof setTimeout>>()
    const later = (name: string, ms: number, act: () => void) => {
      if (timers.has(name)) return
      const timer = setTimeout(() => {
        timers.delete(name)
        act()
      }, ms)
      timers.set(name, timer)
    }
    const readAnew: ReadAnew = (queryKey, withinMs) =>
      later(queryKey.join(' '), 50 + Math.random() * withinMs, () => void queries.invalidateQueries({ queryKey }))

    let source: EventSource | undefined
    let refusals = 0
    const open = () => {
      const opened = new EventSource(url)
      opened.addEventListener('changed', (event: MessageEvent<string>) => {
        refusals = 0
        const change: Change = JSON.parse(event.data)
        take(change, readAnew)
      })
      opened.addEventListener('error', () => {
        if (opened.readyState !== EventSource.CLOSED) return
        const pauseMs = pausesMs[Math.min(refusals, pausesMs.length - 1)] ?? 0
        refusals++
        later('connect', pauseMs * (1 + Math.random()), look)
      })
      source = opened
    }
    const look = () => {
      if (document.visibilityState === 'hidden') {
        source?.close()
        source = undefined
      } else if (!source || source.readyState === EventSource.CLOSED) open()
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      for (const timer of timers.values()) clearTimeout(timer)
      source?.close()
    }
  }, [queries, url])
}
