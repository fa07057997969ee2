import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Audience, Place } from '@zhibu/server/modules/training/names-schema'
import type { training } from '@zhibu/server/modules/training/routes'
import type { ProgrammesQuery } from '@zhibu/server/modules/training/schema'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, withEtag } from '../../api.ts'

/** Trainings at the server. */
export const trainingClient = hc<typeof training>('/api/training', clientOptions)
export const programmeClient = trainingClient[':programmeId']
export const sessionClient = trainingClient.sessions[':sessionId']

/** Everything about trainings in the cache lies under this key. */
export const trainingKey = ['training'] as const

/** For which organisations the reader runs trainings. */
export const placesQuery = queryOptions({
  queryKey: [...trainingKey, 'places'],
  queryFn: () => parseResponse(trainingClient.places.$get()),
})

/** What waits for the reader, and their own sessions of the next days. */
export const deskQuery = queryOptions({
  queryKey: [...trainingKey, 'desk'],
  queryFn: () => parseResponse(trainingClient.desk.$get()),
})

/** What narrows a list of programmes. */
export interface ProgrammesFilter {
  only: ProgrammesQuery['only']
  audience?: Audience | undefined
  organizationId?: string | undefined
  q?: string | undefined
}

/** Programmes in the order of their days. */
export const programmesQuery = ({ only, audience, organizationId, q }: ProgrammesFilter) =>
  infiniteQueryOptions({
    queryKey: [...trainingKey, 'list', only, audience, organizationId, q],
    queryFn: ({ pageParam }) =>
      parseResponse(
        trainingClient.index.$get({
          query: {
            ...{ only, limit: '30' },
            ...(audience && { audience }),
            ...(organizationId && { organizationId }),
            ...(q && { q }),
            ...(pageParam !== undefined && { cursor: pageParam }),
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: { next?: string | undefined }) => page.next,
  })

/** The programmes and sessions of a year. */
export const yearQuery = (year: number) =>
  queryOptions({
    queryKey: [...trainingKey, 'year', year],
    queryFn: () => parseResponse(trainingClient.year.$get({ query: { year: String(year) } })),
  })

/** One programme and the tag under which it was read. */
export const programmeQuery = (programmeId: string) =>
  queryOptions({
    queryKey: [...trainingKey, 'one', programmeId],
    queryFn: () => withEtag(programmeClient.$get({ param: { programmeId } })),
  })

/** How many persons a page of a list has. */
const rowsOfPage = '50'

/** A page of those on the list of a programme. */
export const participantsQuery = (
  programmeId: string,
  { q, cursor, place }: { q: string | undefined; cursor: string | undefined; place: Place | undefined },
) =>
  queryOptions({
    queryKey: [...trainingKey, 'participants', programmeId, q, cursor, place],
    queryFn: () =>
      parseResponse(
        programmeClient.participants.$get({
          param: { programmeId },
          query: { limit: rowsOfPage, ...(q && { q }), ...(cursor && { cursor }), ...(place && { place }) },
        }),
      ),
  })

/** What narrows the list of those who may come. */
export interface CandidatesFilter {
  q: string | undefined
  cursor: string | undefined
  organizationId: string | undefined
  among: 'eligible' | 'all'
  isUntrained: boolean
}

/** A page of those who may come onto the list of a programme. */
export const candidatesQuery = (programmeId: string, filter: CandidatesFilter) =>
  queryOptions({
    queryKey: [...trainingKey, 'candidates', programmeId, filter],
    queryFn: () => {
      const { q, cursor, organizationId, among, isUntrained } = filter
      return parseResponse(
        programmeClient.candidates.$get({
          param: { programmeId },
          query: {
            ...{ limit: rowsOfPage, among, isUntrained: String(isUntrained) },
            ...(q && { q }),
            ...(cursor && { cursor }),
            ...(organizationId && { organizationId }),
          },
        }),
      )
    },
  })

/** Who was at a session, and the tag under which it was read. */
export const sheetQuery = (sessionId: string) =>
  queryOptions({
    queryKey: [...trainingKey, 'sheet', sessionId],
    queryFn: () => withEtag(sessionClient.attendance.$get({ param: { sessionId } })),
  })

/** In which sessions to come a session can be made up. */
export const makeUpsQuery = (sessionId: string) =>
  queryOptions({
    queryKey: [...trainingKey, 'make-ups', sessionId],
    queryFn: () => parseResponse(sessionClient['make-ups'].$get({ param: { sessionId } })),
  })

/** The class hours of a year: the reader's own, or of a person. */
export const statementQuery = (personId: string | undefined, year: number) =>
  queryOptions({
    queryKey: [...trainingKey, 'statement', personId, year],
    queryFn: () => {
      const query = { year: String(year) }
      return personId === undefined
        ? parseResponse(trainingClient.statements.own.$get({ query }))
        : parseResponse(trainingClient.statements[':personId'].$get({ param: { personId }, query }))
    },
  })

/** The class hours of a year of everybody below an organisation. */
export const statementsQuery = (
  organizationId: string,
  { year, of, q }: { year: number; of: 'members' | 'officers'; q: string | undefined },
) =>
  infiniteQueryOptions({
    queryKey: [...trainingKey, 'statements', organizationId, year, of, q],
    queryFn: ({ pageParam: cursor }) =>
      parseResponse(
        trainingClient.statements.$get({
          query: { organizationId, of, year: String(year), limit: '100', ...(q && { q }), ...(cursor && { cursor }) },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  })

/** Where a file, a picture or a film of a session lies, at least so wide where it is a picture. */
export const mediumOf = (sessionId: string, mediaId: string, width?: number): string =>
  `/api/training/sessions/${sessionId}/media/${mediaId}${width === undefined ? '' : `?width=${width}`}`
