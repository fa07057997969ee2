import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { exchanges } from '@zhibu/server/modules/exchanges/routes'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, withEtag } from '../../api.ts'

/** Exchange meetings and the library of practices at the server. */
export const exchangesClient = hc<typeof exchanges>('/api/exchanges', clientOptions)
export const meetingClient = exchangesClient[':exchangeId']
export const caseClient = meetingClient.cases[':caseId']
export const cardClient = exchangesClient.cards[':cardId']
export const adoptionClient = exchangesClient.cards.adoptions[':adoptionId']
export const guestClient = exchangesClient.guest

/** Everything about exchanges in the cache lies under this key; what a guest reads lies under another. */
export const exchangesKey = ['exchanges'] as const
export const guestKey = ['exchange-guest'] as const

/** The meetings that the reader may see. */
export const meetingListQuery = queryOptions({
  queryKey: [...exchangesKey, 'list'],
  queryFn: () => parseResponse(exchangesClient.index.$get()),
})

/** One meeting and the tag under which it was read. */
export const meetingQuery = (exchangeId: string) =>
  queryOptions({
    queryKey: [...exchangesKey, 'one', exchangeId],
    queryFn: () => withEtag(meetingClient.$get({ param: { exchangeId } })),
  })

/** Who is invited from elsewhere. */
export const guestsQuery = (exchangeId: string) =>
  queryOptions({
    queryKey: [...exchangesKey, 'guests', exchangeId],
    queryFn: () => parseResponse(meetingClient.guests.$get({ param: { exchangeId } })),
  })

/** One case and the tag under which it was read. */
export const caseQuery = (exchangeId: string, caseId: string) =>
  queryOptions({
    queryKey: [...exchangesKey, 'case', caseId],
    queryFn: () => withEtag(caseClient.$get({ param: { exchangeId, caseId } })),
  })

/** The library, a page at a time. */
export const cardsQuery = (q: string | undefined, topic: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...exchangesKey, 'cards', q, topic],
    queryFn: ({ pageParam: cursor }) =>
      parseResponse(
        exchangesClient.cards.$get({ query: { ...(q && { q }), ...(topic && { topic }), ...(cursor && { cursor }) } }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })

/** One card and the tag under which it was read. */
export const cardQuery = (cardId: string) =>
  queryOptions({
    queryKey: [...exchangesKey, 'card', cardId],
    queryFn: () => withEtag(cardClient.$get({ param: { cardId } })),
  })

/** All versions of a card. */
export const versionsQuery = (cardId: string) =>
  queryOptions({
    queryKey: [...exchangesKey, 'versions', cardId],
    queryFn: () => parseResponse(cardClient.versions.$get({ param: { cardId } })),
  })

/** The meeting of the guest who has come in. */
export const guestQuery = queryOptions({
  queryKey: [...guestKey, 'meeting'],
  queryFn: () => parseResponse(guestClient.$get()),
  retry: false,
})

/** A case as the guest reads it. */
export const guestCaseQuery = (caseId: string) =>
  queryOptions({
    queryKey: [...guestKey, 'case', caseId],
    queryFn: () => withEtag(guestClient.cases[':caseId'].$get({ param: { caseId } })),
  })
