import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ActivityKind, KitLength } from '@zhibu/server/modules/activities/names-schema'
import type { activities } from '@zhibu/server/modules/activities/routes'
import type { ActivitiesQuery } from '@zhibu/server/modules/activities/schema'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, withEtag } from '../../api.ts'

/** Activities at the server. */
export const activitiesClient = hc<typeof activities>('/api/activities', clientOptions)
export const { days: daysClient, kits: kitsClient } = activitiesClient
export const activityClient = activitiesClient[':activityId']

/** Everything about activities in the cache lies under this key. */
export const activitiesKey = ['activities'] as const

/** For which organisations the reader holds activities. */
export const placesQuery = queryOptions({
  queryKey: [...activitiesKey, 'places'],
  queryFn: () => parseResponse(activitiesClient.places.$get()),
})

/** What narrows a list of activities. */
export interface ActivitiesFilter {
  only: ActivitiesQuery['only']
  kind?: ActivityKind | undefined
  organizationId?: string | undefined
  q?: string | undefined
}

/** Activities in the order of their days. */
export const activitiesQuery = ({ only, kind, organizationId, q }: ActivitiesFilter) =>
  infiniteQueryOptions({
    queryKey: [...activitiesKey, 'list', only, kind, organizationId, q],
    queryFn: ({ pageParam }) =>
      parseResponse(
        activitiesClient.index.$get({
          query: {
            ...{ only, limit: '30' },
            ...(kind && { kind }),
            ...(organizationId && { organizationId }),
            ...(q && { q }),
            ...(pageParam !== undefined && { cursor: pageParam }),
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: { next?: string | undefined }) => page.next,
  })

/** The activities to come for which the reader has signed up. */
export const ownSignUpsQuery = queryOptions({
  queryKey: [...activitiesKey, 'own-sign-ups'],
  queryFn: () => parseResponse(activitiesClient['sign-ups'].own.$get()),
})

/** The days and activities of a year. */
export const yearQuery = (year: number) =>
  queryOptions({
    queryKey: [...activitiesKey, 'year', year],
    queryFn: () => parseResponse(activitiesClient.year.$get({ query: { year: String(year) } })),
  })

/** A marked day of a year. */
export const dayQuery = (dayKey: string, year: number) =>
  queryOptions({
    queryKey: [...activitiesKey, 'day', dayKey, year],
    queryFn: () => parseResponse(daysClient[':dayKey'].$get({ param: { dayKey }, query: { year: String(year) } })),
  })

/** The plans of the library. */
export const kitsQuery = ({
  q,
  kind,
  length,
}: {
  q?: string | undefined
  kind?: ActivityKind | undefined
  length?: KitLength | undefined
}) =>
  queryOptions({
    queryKey: [...activitiesKey, 'kits', q, kind, length],
    queryFn: () =>
      parseResponse(kitsClient.$get({ query: { ...(q && { q }), ...(kind && { kind }), ...(length && { length }) } })),
  })

/** One plan of the library. */
export const kitQuery = (kitKey: string) =>
  queryOptions({
    queryKey: [...activitiesKey, 'kit', kitKey],
    queryFn: () => parseResponse(kitsClient[':kitKey'].$get({ param: { kitKey } })),
  })

/** One activity and the tag under which it was read. */
export const activityQuery = (activityId: string) =>
  queryOptions({
    queryKey: [...activitiesKey, 'one', activityId],
    queryFn: () => withEtag(activityClient.$get({ param: { activityId } })),
  })

/** Who has signed up, for whoever holds the activity. */
export const signUpsQuery = (activityId: string) =>
  queryOptions({
    queryKey: [...activitiesKey, 'sign-ups', activityId],
    queryFn: () => parseResponse(activityClient['sign-ups'].$get({ param: { activityId } })),
  })

/** Where a file, a picture or a film of an activity lies, at least so wide where it is a picture. */
export const mediumOf = (activityId: string, mediaId: string, width?: number): string =>
  `/api/activities/${activityId}/media/${mediaId}${width === undefined ? '' : `?width=${width}`}`
