import { useEffect, useRef, useState } from 'react'
import { Problem } from './problem.ts'
import { useUnsaved } from './ui/unsaved.ts'
import type { Uploading } from './uploading.ts'

/** A file on its way in. */
export interface Sending {
  key: string
  file: File
  sentBytes: number
  /** Why it did not arrive; it can be sent again. */
  error: unknown
}

/**
 * Sends files one after another by `work`; what is lost on the way stays in the list and goes on from where it was once the network is
 * back, or when it is asked for.
 */
export function useSending(work: (file: File, uploading: Uploading) => Promise<void>) {
  const [items, setItems] = useState<Sending[]>([])
  const line = useRef(Promise.resolve())
  const stopping = useRef(new AbortController())
  useEffect(() => () => stopping.current.abort(), [])
  useUnsaved(items.length > 0)

  const change = (key: string, part: Partial<Sending>) =>
    setItems((all) => all.map((it) => (it.key === key ? { ...it, ...part } : it)))
  const forget = (key: string) => setItems((all) => all.filter((it) => it.key !== key))

  const send = async ({ key, file }: Sending) => {
    const { signal } = stopping.current
    if (signal.aborted) return
    try {
      await work(file, { signal, onProgress: (sentBytes) => change(key, { sentBytes }) })
      forget(key)
    } catch (error) {
      change(key, { error })
    }
  }
  const enqueue = (item: Sending) => {
    line.current = line.current.then(() => send(item))
  }

  const again = (item: Sending) => {
    change(item.key, { error: null })
    enqueue(item)
  }
  useEffect(() => {
    const goOn = () => items.filter((it) => it.error instanceof Problem && it.error.isPassing).forEach(again)
    window.addEventListener('online', goOn)
    return () => window.removeEventListener('online', goOn)
  })

  return {
    items,
    forget,
    add: (files: readonly File[]) => {
      const added = files.map((file) => ({ key: crypto.randomUUID(), file, sentBytes: 0, error: null }))
      setItems((all) => [...all, ...added])
      added.forEach(enqueue)
    },
    again,
  }
}
