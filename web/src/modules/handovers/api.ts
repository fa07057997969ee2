import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { handovers } from '@zhibu/server/modules/handovers/routes'
import type { HandoverPreview } from '@zhibu/server/modules/handovers/schema'
import { hc, parseResponse } from 'hono/client'
import { clientOptions } from '../../api.ts'

/** Hand-overs at the server. */
export const handoversClient = hc<typeof handovers>('/api/handovers', clientOptions)

/** Everything about hand-overs in the cache lies under this key. */
export const handoversKey = ['handovers'] as const

/** Hand-overs of both sides, the last one first. */
export const handoversQuery = infiniteQueryOptions({
  queryKey: [...handoversKey, 'list'],
  queryFn: ({ pageParam: cursor }) =>
    parseResponse(handoversClient.index.$get({ query: { limit: '20', ...(cursor !== undefined && { cursor }) } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next,
})

/** What waits for the reader's side to be received. */
export const waitingQuery = queryOptions({
  queryKey: [...handoversKey, 'waiting'],
  queryFn: () => parseResponse(handoversClient.index.$get({ query: { waiting: 'true', limit: '20' } })),
})

/** One hand-over as it stands now. */
export const handoverQuery = (handoverId: string) =>
  queryOptions({
    queryKey: [...handoversKey, 'one', handoverId],
    queryFn: () => parseResponse(handoversClient[':handoverId'].$get({ param: { handoverId } })),
  })

/** The hand-overs of one person. */
export const personHandoversQuery = (personId: string) =>
  queryOptions({
    queryKey: [...handoversKey, 'person', personId],
    queryFn: () => parseResponse(handoversClient.persons[':personId'].$get({ param: { personId } })),
  })

/** What would be handed over, and what is to be mended first. */
export const previewHandover = (json: HandoverPreview) => parseResponse(handoversClient.previews.$post({ json }))
