import { useEffect, useSyncExternalStore } from 'react'

/** How many forms on the page hold something that was typed and not sent; and how many of them would lose it by going to another page. */
const count = { touched: 0, lost: 0 }
const listeners = new Set<() => void>()

/** Whether something would be lost by closing the page or loading it anew. */
export const isUnsaved = (): boolean => count.touched > 0

const isLost = (): boolean => count.lost > 0

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether something would be lost by going to another page of the site; the shell asks then. */
export const useIsLost = (): boolean => useSyncExternalStore(subscribe, isLost)

/**
 * Asks before the page is left by its reader, while a form holds something that was typed and not sent. A form that keeps by itself
 * what was typed when another page of the site takes its place says so by `isLostOnLeaving`.
 */
export function useUnsaved(isTouched: boolean, isLostOnLeaving = isTouched): void {
  useEffect(() => {
    if (!isTouched) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    count.touched++
    return () => {
      window.removeEventListener('beforeunload', ask)
      count.touched--
    }
  }, [isTouched])
  useEffect(() => {
    if (!isLostOnLeaving) return
    const add = (step: number) => {
      count.lost += step
      for (const listener of listeners) listener()
    }
    add(1)
    return () => add(-1)
  }, [isLostOnLeaving])
}
