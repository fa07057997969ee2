import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { digitization } from '@zhibu/server/modules/digitization/routes'
import { hc, parseResponse } from 'hono/client'
import { clientOptions } from '../../api.ts'

/** The sorting of paper at the server. */
export const digitizationClient = hc<typeof digitization>('/api/digitization', clientOptions)

/** Everything about stacks in the cache lies under this key. */
export const digitizationKey = ['digitization'] as const

/** The stacks of paper, the last one first. */
export const stacksQuery = infiniteQueryOptions({
  queryKey: [...digitizationKey, 'stacks'],
  queryFn: ({ pageParam: cursor }) =>
    parseResponse(digitizationClient.stacks.$get({ query: { limit: '30', ...(cursor !== undefined && { cursor }) } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next,
})

const whileReadMs = 2_000
const whileAddedMs = 5_000

/** A stack with all that lies in it; asked for again and again while its pages are read, or photographs come from a phone. */
export const stackQuery = (stackId: string) =>
  queryOptions({
    queryKey: [...digitizationKey, 'stack', stackId],
    queryFn: () => parseResponse(digitizationClient.stacks[':stackId'].$get({ param: { stackId } })),
    refetchInterval: ({ state: { data } }) =>
      data?.state === 'reading' ? whileReadMs : data?.state === 'adding' ? whileAddedMs : false,
  })

/** The places of the filing list. */
export const placesQuery = queryOptions({
  queryKey: [...digitizationKey, 'places'],
  queryFn: () => parseResponse(digitizationClient.covers.places.$get()),
  staleTime: 300_000,
})

/** Among whom one chooses for the covers of an organisation and all below it. */
export const coverChoicesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: [...digitizationKey, 'covers', organizationId],
    queryFn: () => parseResponse(digitizationClient.covers.choices.$get({ query: { organizationId } })),
  })

/** The address of the picture of a page, so many pixels wide, turned clockwise. */
export const pictureUrl = (stackId: string, page: number, width: number, turn: number): string =>
  `/api/digitization/stacks/${stackId}/pages/${page}?width=${width}&turn=${turn}`
