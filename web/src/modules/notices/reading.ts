import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { NoticeView } from '@zhibu/server/modules/notices/schema'
import { parseResponse } from 'hono/client'
import { useEffect } from 'react'
import { noticesClient, noticesKey } from './api.ts'

/** So long a notice stands before the eyes of its reader until it counts as read. */
const glanceMs = 800

/** Marks the reader's copy as read once it was really before them: not while the page lies behind another. */
export function useReading(it: NoticeView | undefined): void {
  const queries = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: (noticeId: string) => parseResponse(noticesClient[':noticeId'].reading.$post({ param: { noticeId } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: noticesKey }),
  })
  const unreadId = it?.own && it.own.readAt === null && it.sentAt !== null ? it.id : undefined
  useEffect(() => {
    if (unreadId === undefined) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(timer)
      if (document.visibilityState === 'visible') timer = setTimeout(() => mutate(unreadId), glanceMs)
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [unreadId, mutate])
}
