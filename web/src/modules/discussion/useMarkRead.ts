import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'
import { parseResponse } from 'hono/client'
import { useEffect } from 'react'
import { countsQuery, discussionKey, topicsClient } from './api.ts'

/** So long posts stand before the eyes of their reader until they count as read. */
const glanceMs = 1_500

/** Tells the server, for the reader alone, up to where a topic was before them. */
export function useMarkRead(it: TopicView | undefined, lastSeen: number | undefined): void {
  const queries = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: ({ topicId, seq }: { topicId: string; seq: number }) =>
      parseResponse(topicsClient[':topicId'].reading.$post({ param: { topicId }, json: { seq } })),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: [...discussionKey, 'topics'] }),
        queries.invalidateQueries({ queryKey: countsQuery.queryKey }),
      ]),
  })
  const topicId = it && !it.isProtected && lastSeen !== undefined && lastSeen > it.readSeq ? it.id : undefined
  useEffect(() => {
    if (topicId === undefined || lastSeen === undefined) return
    const timer = setTimeout(() => {
      if (document.visibilityState === 'visible') mutate({ topicId, seq: lastSeen })
    }, glanceMs)
    return () => clearTimeout(timer)
  }, [topicId, lastSeen, mutate])
}
