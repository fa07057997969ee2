import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { search } from '@zhibu/server/modules/search/routes'
import { hc, parseResponse } from 'hono/client'
import { clientOptions } from '../../api.ts'

const searchClient = hc<typeof search>('/api/search', clientOptions)

type Query = Parameters<typeof searchClient.index.$get>[0]['query']

/** What is found in full text, page after page. */
export const hitsQuery = (query: Omit<Query, 'cursor'>) =>
  infiniteQueryOptions({
    queryKey: ['search', 'hits', query],
    queryFn: ({ pageParam: cursor, signal }) =>
      parseResponse(
        searchClient.index.$get({ query: { ...query, ...(cursor !== undefined && { cursor }) } }, { init: { signal } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  })

/** The newest few of them, for the search over everything. */
export const fewHitsQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', 'few', q],
    queryFn: ({ signal }) => parseResponse(searchClient.index.$get({ query: { q, limit: '5' } }, { init: { signal } })),
  })
