import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { people } from '@zhibu/server/modules/people/routes'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, withEtag } from '../../api.ts'

/** The register at the server. */
export const peopleClient = hc<typeof people>('/api/people', clientOptions)

/** Everything about persons in the cache lies under this key. */
export const peopleKey = ['people'] as const

type ListQuery = NonNullable<Parameters<typeof peopleClient.index.$get>[0]>['query']

/** A page of the register. */
export const peopleQuery = (query: ListQuery) =>
  queryOptions({
    queryKey: [...peopleKey, 'list', query],
    queryFn: ({ signal }) => parseResponse(peopleClient.index.$get({ query }, { init: { signal } })),
  })

/** One person and the tag under which they were read. */
export const personQuery = (personId: string) =>
  queryOptions({
    queryKey: [...peopleKey, 'one', personId],
    queryFn: () => withEtag(peopleClient[':personId'].$get({ param: { personId } })),
  })

/** Who read the file of a person, page after page. */
export const readingsQuery = (personId: string) =>
  infiniteQueryOptions({
    queryKey: [...peopleKey, 'readings', personId],
    queryFn: ({ pageParam: cursor }) =>
      parseResponse(
        peopleClient[':personId'].readings.$get({
          param: { personId },
          query: { limit: '20', ...(cursor !== undefined && { cursor }) },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  })
