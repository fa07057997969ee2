import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { accounts } from '@zhibu/server/modules/accounts/routes'
import type { archive } from '@zhibu/server/modules/archive/routes'
import { hc, parseResponse } from 'hono/client'
import { clientOptions } from '../../api.ts'

/** Accounts, delegations and the journal at the server. */
export const accountsClient = hc<typeof accounts>('/api/accounts', clientOptions)

/** Everything about accounts in the cache lies under this key. */
export const accountsKey = ['accounts'] as const

/** What the pages before sign-in need: whether set up, which ways to sign in. */
export const entranceQuery = queryOptions({
  queryKey: [...accountsKey, 'entrance'],
  queryFn: () => parseResponse(accountsClient.entrance.$get()),
})

/** The persons of the demonstration as whom one may sign in. */
export const demoPeopleQuery = queryOptions({
  queryKey: [...accountsKey, 'demo-people'],
  queryFn: () => parseResponse(accountsClient.demo.people.$get()),
})

/** The reader's own sessions. */
export const ownSessionsQuery = queryOptions({
  queryKey: [...accountsKey, 'own-sessions'],
  queryFn: () => parseResponse(accountsClient.sessions.$get()),
})

/** The sessions of another account. */
export const sessionsQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...accountsKey, 'sessions', accountId],
    queryFn: () => parseResponse(accountsClient[':accountId'].sessions.$get({ param: { accountId } })),
  })

type AccountsQuery = NonNullable<Parameters<typeof accountsClient.index.$get>[0]>['query']

/** One page of the list of accounts. */
export const accountsPageQuery = (query: AccountsQuery) =>
  queryOptions({
    queryKey: [...accountsKey, 'page', query],
    queryFn: () => parseResponse(accountsClient.index.$get({ query })),
  })

/** Accounts, page after page. */
export const accountsQuery = (query: AccountsQuery) =>
  infiniteQueryOptions({
    queryKey: [...accountsKey, 'list', query],
    queryFn: ({ pageParam: cursor }) =>
      parseResponse(accountsClient.index.$get({ query: { ...query, ...(cursor !== undefined && { cursor }) } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  })

/** Delegations, page after page. */
export const delegationsQuery = (isRunningOnly: boolean) =>
  infiniteQueryOptions({
    queryKey: [...accountsKey, 'delegations', isRunningOnly],
    queryFn: ({ pageParam: cursor }) =>
      parseResponse(
        accountsClient.delegations.$get({
          query: { limit: '30', running: String(isRunningOnly), ...(cursor !== undefined && { cursor }) },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  })

/** Accounts to which a task can be handed, by name, number or pinyin initials. */
export const helpersQuery = (q: string) =>
  queryOptions({
    queryKey: [...accountsKey, 'helpers', q],
    queryFn: () => parseResponse(accountsClient.helpers.$get({ query: { q } })),
  })

type JournalQuery = NonNullable<Parameters<typeof accountsClient.journal.$get>[0]>['query']

/** A page of the journal. */
export const journalQuery = (query: JournalQuery) =>
  queryOptions({
    queryKey: [...accountsKey, 'journal', query],
    queryFn: () => parseResponse(accountsClient.journal.$get({ query })),
  })

const filingListClient = hc<typeof archive>('/api/archive', clientOptions)

/** The labels of the places that the university has added to the filing list, by their codes: events name them. */
export const ownPlacesQuery = queryOptions({
  queryKey: ['archive', 'own-places'],
  queryFn: async () => {
    const { adjustment } = await parseResponse(filingListClient['filing-list'].$get())
    return Object.fromEntries(adjustment.added.map(({ code, label }) => [code, label]))
  },
})
