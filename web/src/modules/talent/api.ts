import { queryOptions } from '@tanstack/react-query'
import type { Availability, Duty, Employment } from '@zhibu/server/modules/talent/names-schema'
import type { talent } from '@zhibu/server/modules/talent/routes'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, withEtag } from '../../api.ts'

/** The staff at the server. */
export const talentClient = hc<typeof talent>('/api/talent', clientOptions)

/** Everything about the staff in the cache lies under this key. */
export const talentKey = ['talent'] as const

/** The reader's own record, and the tag under which it was read. */
export const ownRecordQuery = queryOptions({
  queryKey: [...talentKey, 'own'],
  queryFn: () => withEtag(talentClient.own.$get()),
})

/** Whether the reader is asked to look at their record. */
export const cardQuery = queryOptions({
  queryKey: [...talentKey, 'card'],
  queryFn: () => parseResponse(talentClient.own.card.$get()),
})

/** The record of somebody, and the tag under which it was read. */
export const recordQuery = (personId: string) =>
  queryOptions({
    queryKey: [...talentKey, 'record', personId],
    queryFn: () => withEtag(talentClient[':personId'].$get({ param: { personId } })),
    retry: false,
  })

/** Where the reader keeps records. */
export const keptPlacesQuery = queryOptions({
  queryKey: [...talentKey, 'places'],
  queryFn: () => parseResponse(talentClient.places.$get()),
})

/** The list of skills. */
export const skillsQuery = queryOptions({
  queryKey: [...talentKey, 'skills'],
  queryFn: () => parseResponse(talentClient.skills.$get()),
})

/** The corrections that the reader answers. */
export const correctionsQuery = queryOptions({
  queryKey: [...talentKey, 'corrections'],
  queryFn: () => parseResponse(talentClient.corrections.$get()),
})

export interface StaffAsked {
  q?: string | undefined
  organizationId?: string | undefined
  employment?: Employment | undefined
  duty?: Duty | undefined
  skillId?: string | undefined
  availability?: Availability | undefined
  only?: 'stale' | 'asking' | 'several' | undefined
  cursor?: string | undefined
}

/** A page of those who do the work where the reader keeps the files. */
export const staffQuery = (asked: StaffAsked) =>
  queryOptions({
    queryKey: [...talentKey, 'list', asked],
    queryFn: () => parseResponse(talentClient.index.$get({ query: asked })),
  })

/** The posts where the reader keeps the files, and who holds them. */
export const postsQuery = queryOptions({
  queryKey: [...talentKey, 'posts'],
  queryFn: () => parseResponse(talentClient.posts.$get()),
})

/** What the posts need and what there is, school by school. */
export const establishmentQuery = queryOptions({
  queryKey: [...talentKey, 'establishment'],
  queryFn: () => parseResponse(talentClient.establishment.$get()),
})

/** Calls for candidates that are open to the reader, or that the reader decides. */
export const callsQuery = queryOptions({
  queryKey: [...talentKey, 'calls'],
  queryFn: () => parseResponse(talentClient.calls.$get()),
})

/** The hand-overs of offices that concern the reader. */
export const successionsQuery = queryOptions({
  queryKey: [...talentKey, 'successions'],
  queryFn: () => parseResponse(talentClient.successions.$get()),
})

/** Those that wait for the reader. */
export const successionDeskQuery = queryOptions({
  queryKey: [...talentKey, 'successions', 'desk'],
  queryFn: () => parseResponse(talentClient.successions.desk.$get()),
})

/** One of them with its kit, and the tag under which it was read. */
export const successionQuery = (successionId: string) =>
  queryOptions({
    queryKey: [...talentKey, 'succession', successionId],
    queryFn: () => withEtag(talentClient.successions[':successionId'].$get({ param: { successionId } })),
    retry: false,
  })

/** One call, with the own application, and for whoever decides with all of them. */
export const callQuery = (callId: string) =>
  queryOptions({
    queryKey: [...talentKey, 'call', callId],
    queryFn: () => parseResponse(talentClient.calls[':callId'].$get({ param: { callId } })),
  })
