import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Month } from '@zhibu/rules'
import type { CardKey, Trait } from '@zhibu/server/modules/reports/names-schema'
import type { PictureList } from '@zhibu/server/modules/reports/picture-names-schema'
import type { reportsWith } from '@zhibu/server/modules/reports/routes'
import { hc, parseResponse } from 'hono/client'
import { clientOptions } from '../../api.ts'

/** Sums at the server. */
const client = hc<ReturnType<typeof reportsWith>>('/api/reports', clientOptions)
const reports = client[':organizationId']

/** What narrows a card besides its organisation. */
export interface CardAsked {
  by?: Trait | undefined
  year?: number | undefined
}

const asQuery = ({ by, year }: CardAsked) => ({ ...(by && { by }), ...(year !== undefined && { year: String(year) }) })

/** One card of an organisation. */
export const cardQuery = (organizationId: string, card: CardKey, asked: CardAsked = {}) =>
  queryOptions({
    queryKey: ['reports', organizationId, card, asked.by, asked.year],
    queryFn: () => parseResponse(reports[':card'].$get({ param: { organizationId, card }, query: asQuery(asked) })),
    placeholderData: keepPreviousData,
  })

/** The rows behind one figure, by name. */
export const behindQuery = (
  organizationId: string,
  card: CardKey,
  { row, column, ...asked }: CardAsked & { row: string; column: string },
) =>
  infiniteQueryOptions({
    queryKey: ['reports', organizationId, card, 'rows', row, column, asked.by, asked.year],
    queryFn: ({ pageParam }) =>
      parseResponse(
        reports[':card'].rows.$get({
          param: { organizationId, card },
          query: { ...asQuery(asked), row, column, limit: '50', ...(pageParam !== undefined && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: { next?: string | undefined }) => page.next,
  })

/** The months of which sums are kept. */
export const monthsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['reports', organizationId, 'months'],
    queryFn: () => parseResponse(reports.months.$get({ param: { organizationId } })),
  })

/** Two months, or one and today. */
export const comparisonQuery = (organizationId: string, from: Month, until: Month | undefined) =>
  queryOptions({
    queryKey: ['reports', organizationId, 'comparison', from, until],
    queryFn: () =>
      parseResponse(reports.comparison.$get({ param: { organizationId }, query: { from, ...(until && { until }) } })),
  })

/** A list as it is filtered, counted by one of its columns or two. */
export const pictureQuery = (list: PictureList, asked: Readonly<Record<string, string | undefined>>) =>
  queryOptions({
    queryKey: ['reports', 'picture', list, asked],
    queryFn: () => parseResponse(client.pictures[':list'].$get({ param: { list }, query: present(asked) })),
    placeholderData: keepPreviousData,
  })

const present = (asked: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(asked).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
