import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { activities } from '@zhibu/server/modules/activities/routes'
import type { calls } from '@zhibu/server/modules/calls/routes'
import type { CallsQuery } from '@zhibu/server/modules/calls/schema'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, withEtag } from '../../api.ts'

/** Calls, entries, reviews and the shelf at the server. */
export const callsClient = hc<typeof calls>('/api/calls', clientOptions)
export const { entries: entriesClient, reviewing: reviewingClient, shelf: shelfClient } = callsClient

/** Everything about calls in the cache lies under this key. */
export const callsKey = ['calls'] as const

const first = undefined as string | undefined
const next = (page: { next?: string | undefined }) => page.next
const from = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor })
const words = (q: string | undefined) => (q ? { q } : {})

/** For which organisations the reader may call. */
export const placesQuery = queryOptions({
  queryKey: [...callsKey, 'places'],
  queryFn: () => parseResponse(hc<typeof activities>('/api/activities', clientOptions).places.$get()),
})

/** Calls that the reader may see. */
export const callListQuery = (only: CallsQuery['only'], q?: string) =>
  infiniteQueryOptions({
    queryKey: [...callsKey, 'list', only, q],
    queryFn: ({ pageParam }) =>
      parseResponse(callsClient.index.$get({ query: { only, limit: '30', ...words(q), ...from(pageParam) } })),
    initialPageParam: first,
    getNextPageParam: next,
  })

/** One call and the tag under which it was read. */
export const callQuery = (callId: string) =>
  queryOptions({
    queryKey: [...callsKey, 'one', callId],
    queryFn: () => withEtag(callsClient[':callId'].$get({ param: { callId } })),
  })

/** What was sent in to a call and what reviewers say, for those who hold it. */
export const judgingQuery = (callId: string) =>
  queryOptions({
    queryKey: [...callsKey, 'judging', callId],
    queryFn: () => parseResponse(callsClient[':callId'].entries.$get({ param: { callId } })),
  })

/** Who reviews. */
export const reviewersQuery = (callId: string) =>
  queryOptions({
    queryKey: [...callsKey, 'reviewers', callId],
    queryFn: () => parseResponse(callsClient[':callId'].reviewers.$get({ param: { callId } })),
  })

/** The vote of a call. */
export const voteQuery = (callId: string) =>
  queryOptions({
    queryKey: [...callsKey, 'vote', callId],
    queryFn: () => parseResponse(callsClient[':callId'].vote.$get({ param: { callId } })),
  })

/** One entry and the tag under which it was read. */
export const entryQuery = (entryId: string) =>
  queryOptions({
    queryKey: [...callsKey, 'entry', entryId],
    queryFn: () => withEtag(entriesClient[':entryId'].$get({ param: { entryId } })),
  })

/** What the reader reviews. */
export const reviewedQuery = queryOptions({
  queryKey: [...callsKey, 'reviewing'],
  queryFn: () => parseResponse(reviewingClient.$get()),
})
export const reviewedCallQuery = (callId: string) =>
  queryOptions({
    queryKey: [...callsKey, 'reviewing', callId],
    queryFn: () => parseResponse(reviewingClient[':callId'].$get({ param: { callId } })),
  })
export const reviewedEntryQuery = (callId: string, number: string) =>
  queryOptions({
    queryKey: [...callsKey, 'reviewing', callId, number],
    queryFn: () => parseResponse(reviewingClient[':callId'].entries[':number'].$get({ param: { callId, number } })),
  })

/** Works on the shelf, of one call or all. */
export const shelfQuery = (callId?: string, q?: string) =>
  infiniteQueryOptions({
    queryKey: [...callsKey, 'shelf', callId, q],
    queryFn: ({ pageParam }) =>
      parseResponse(
        shelfClient.$get({
          query: { limit: '24', ...(callId !== undefined && { callId }), ...words(q), ...from(pageParam) },
        }),
      ),
    initialPageParam: first,
    getNextPageParam: next,
  })
export const workQuery = (entryId: string) =>
  queryOptions({
    queryKey: [...callsKey, 'work', entryId],
    queryFn: () => parseResponse(shelfClient[':entryId'].$get({ param: { entryId } })),
  })

/** Where the media of a work lie for whoever reads it here. */
export const mediaAt = {
  entry: (entryId: string) => `/api/calls/entries/${entryId}/media`,
  review: (callId: string, number: string) => `/api/calls/reviewing/${callId}/entries/${number}/media`,
  shelf: (entryId: string) => `/api/calls/shelf/${entryId}/media`,
} as const
