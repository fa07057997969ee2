import type { QueryClient } from '@tanstack/react-query'
import type { InboxCounts } from '@zhibu/server/modules/notices/schema'
import { countsQuery, inboxKey } from './api.ts'

let listeners = 0
let source: EventSource | undefined

/**
 * Hears from the server when the counts change, as long as somebody of this page listens and the page is seen: a browser keeps few
 * connections to one server, and pages behind others would use them up. Returns how to stop.
 */
export function listenToNotices(queries: QueryClient): () => void {
  const look = () => {
    if (listeners > 0 && document.visibilityState === 'visible') open(queries)
    else close()
  }
  listeners++
  look()
  document.addEventListener('visibilitychange', look)
  return () => {
    listeners--
    document.removeEventListener('visibilitychange', look)
    look()
  }
}

/** The browser itself connects anew after a loss; after a refusal it does not, and the counts are then read when the page is seen again. */
function open(queries: QueryClient): void {
  if (source && source.readyState !== EventSource.CLOSED) return
  source = new EventSource('/api/notices/live')
  source.addEventListener('changed', (event: MessageEvent<string>) => {
    const counts: InboxCounts = JSON.parse(event.data)
    const before = queries.getQueryData(countsQuery.queryKey)
    queries.setQueryData(countsQuery.queryKey, counts)
    if (before && (before.unread !== counts.unread || before.open !== counts.open))
      void queries.invalidateQueries({ queryKey: inboxKey })
  })
}

function close(): void {
  source?.close()
  source = undefined
}
