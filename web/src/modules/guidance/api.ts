import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { guidance } from '@zhibu/server/modules/guidance/routes'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, withEtag } from '../../api.ts'

/** One-to-one guidance at the server. */
const guidanceClient = hc<typeof guidance>('/api/guidance', clientOptions)
export const bookingsClient = guidanceClient.bookings
export const bookingClient = bookingsClient[':bookingId']
export const timesClient = guidanceClient.times
export const mentorsClient = guidanceClient.mentors

/** Everything about guidance in the cache lies under this key. */
export const guidanceKey = ['guidance'] as const

/** Whom the reader may book and when, and where they guide themselves. */
export const offersQuery = queryOptions({
  queryKey: [...guidanceKey, 'offers'],
  queryFn: () => parseResponse(guidanceClient.index.$get()),
})

/** The times that the reader offers as a mentor. */
export const ownTimesQuery = queryOptions({
  queryKey: [...guidanceKey, 'own-times'],
  queryFn: () => parseResponse(timesClient.$get()),
})

/** The next steps of the reader that are not done. */
export const ownStepsQuery = queryOptions({
  queryKey: [...guidanceKey, 'own-steps'],
  queryFn: () => parseResponse(guidanceClient.steps.$get()),
})

/** The bookings of the reader on either side, page by page. */
export const bookingListQuery = (only: 'coming' | 'past') =>
  infiniteQueryOptions({
    queryKey: [...guidanceKey, 'bookings', only],
    queryFn: ({ pageParam }) =>
      parseResponse(
        bookingsClient.$get({ query: { only, limit: '30', ...(pageParam !== undefined && { cursor: pageParam }) } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: { next?: string | undefined }) => page.next,
  })

/** One booking and the tag under which it was read. */
export const bookingQuery = (bookingId: string) =>
  queryOptions({
    queryKey: [...guidanceKey, 'booking', bookingId],
    queryFn: () => withEtag(bookingClient.$get({ param: { bookingId } })),
  })

/** The versions of its record. */
export const versionsQuery = (bookingId: string) =>
  queryOptions({
    queryKey: [...guidanceKey, 'versions', bookingId],
    queryFn: () => parseResponse(bookingClient.record.versions.$get({ param: { bookingId } })),
  })

/** What the reader keeps for themselves about it. */
export const remarkQuery = (bookingId: string) =>
  queryOptions({
    queryKey: [...guidanceKey, 'remark', bookingId],
    queryFn: () => parseResponse(bookingClient.remark.$get({ param: { bookingId } })),
  })

/** Who guides where the reader runs trainings, and the sums. */
export const appointmentsQuery = queryOptions({
  queryKey: [...guidanceKey, 'appointments'],
  queryFn: () => parseResponse(mentorsClient.$get()),
})
