import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { noticesWith } from '@zhibu/server/modules/notices/routes'
import type {
  Audience,
  CalendarFeeds,
  InboxCounts,
  NewCalendarFeed,
  NoticeView,
  ReceiptsQuery,
} from '@zhibu/server/modules/notices/schema'
import { hc, type InferResponseType, parseResponse } from 'hono/client'
import { clientOptions, request, withEtag } from '../../api.ts'

/** Notices at the server; under it the own preferences and what the university has settled. */
export const noticesClient = hc<ReturnType<typeof noticesWith>>('/api/notices', clientOptions)
export const { preferences: preferencesClient, settings: settingsClient } = noticesClient

/** Whom an audience reaches, and what became of a notice, a page of it each. */
export type AudiencePage = InferResponseType<typeof noticesClient.audience.$post, 200>
export type ReceiptsPage = InferResponseType<(typeof noticesClient)[':noticeId']['receipts']['$get'], 200>

/** Everything about notices in the cache lies under this key. */
export const noticesKey = ['notices'] as const

/** The lists of what the reader got. */
export const inboxKey = [...noticesKey, 'inbox'] as const

const first = undefined as string | undefined
const next = (page: { next?: string | undefined }) => page.next
const from = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor })

/** How much is unread and how much asks for something. */
export const countsQuery = queryOptions({
  queryKey: [...noticesKey, 'counts'],
  queryFn: (): Promise<InboxCounts> => parseResponse(noticesClient.counts.$get()),
})

/** What the reader got, the last one first; `isOpen`: only what is unread or asks for something. */
export const inboxQuery = (isOpen: boolean) =>
  infiniteQueryOptions({
    queryKey: [...inboxKey, isOpen],
    queryFn: ({ pageParam }) =>
      parseResponse(
        noticesClient.index.$get({ query: { limit: '30', ...(isOpen && { open: 'true' }), ...from(pageParam) } }),
      ),
    initialPageParam: first,
    getNextPageParam: next,
  })

/** What was sent, waits or was dropped, in the organisations in which the reader sends. */
export const sentQuery = (state: 'waiting' | 'sent' | 'dropped') =>
  infiniteQueryOptions({
    queryKey: [...noticesKey, 'sent', state],
    queryFn: ({ pageParam }) =>
      parseResponse(noticesClient.sent.$get({ query: { limit: '30', state, ...from(pageParam) } })),
    initialPageParam: first,
    getNextPageParam: next,
  })

/** One notice and the tag under which it was read. */
export const noticeQuery = (noticeId: string) =>
  queryOptions({
    queryKey: [...noticesKey, 'one', noticeId],
    queryFn: () => withEtag(noticesClient[':noticeId'].$get({ param: { noticeId } })),
    refetchInterval: ({ state }) => (isBeingDelivered(state.data?.value) ? deliveryLookMs : false),
  })

/** So often it is looked whether all copies of a notice are written, while its page is open. */
const deliveryLookMs = 2_000

const isBeingDelivered = (it: NoticeView | undefined) =>
  it !== undefined && it.sentAt !== null && !it.isDelivered && it.recalledAt === null && it.can.seeReceipts

/** Whom an audience reaches, page after page. */
export const audienceQuery = (organizationId: string, audience: Audience) =>
  infiniteQueryOptions({
    queryKey: [...noticesKey, 'audience', organizationId, audience],
    queryFn: ({ pageParam }) => askAudience(organizationId, audience, pageParam, 30),
    initialPageParam: first,
    getNextPageParam: next,
  })

/** A page of those whom an audience reaches. */
export const askAudience = (
  organizationId: string,
  audience: Audience,
  cursor: string | undefined,
  limit: number,
): Promise<AudiencePage> =>
  parseResponse(noticesClient.audience.$post({ json: { organizationId, audience, limit, ...from(cursor) } }))

/** What became of a notice, for its sender. */
export const receiptsQuery = (noticeId: string, only: ReceiptsQuery['only']) =>
  infiniteQueryOptions({
    queryKey: [...noticesKey, 'receipts', noticeId, only],
    queryFn: ({ pageParam }) =>
      parseResponse(
        noticesClient[':noticeId'].receipts.$get({
          param: { noticeId },
          query: { only, limit: '30', ...from(pageParam) },
        }),
      ),
    initialPageParam: first,
    getNextPageParam: next,
  })

/** How the reader wants to be reached. */
export const preferencesQuery = queryOptions({
  queryKey: [...noticesKey, 'preferences'],
  queryFn: () => parseResponse(preferencesClient.$get()),
})

/** What the university has settled about notices. */
export const settingsQuery = queryOptions({
  queryKey: [...noticesKey, 'settings'],
  queryFn: () => withEtag(settingsClient.$get()),
})

const calendars = '/api/notices/calendars'
const json = (body: unknown) => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

/** The calendar addresses of the reader that hold. */
export const calendarsQuery = queryOptions({
  queryKey: [...noticesKey, 'calendars'],
  queryFn: async (): Promise<CalendarFeeds> => (await request(calendars)).json(),
})

/** Makes a calendar address; it is told this once. */
export const makeCalendar = async (feed: NewCalendarFeed): Promise<{ id: string; url: string }> =>
  (await request(calendars, { method: 'POST', ...json(feed) })).json()

/** Revokes a calendar address. */
export const revokeCalendar = (feedId: string): Promise<Response> =>
  request(`${calendars}/${feedId}`, { method: 'DELETE' })
