import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { OwnReflection, ReflectionView } from '@zhibu/server/modules/training/reflection-schema'
import type { SummaryView } from '@zhibu/server/modules/training/summary-schema'
import type { RichText } from '@zhibu/server/platform/rich-text/document-schema'
import { parseResponse } from 'hono/client'
import { ifMatch, request, withEtag } from '../../api.ts'
import { programmeClient, trainingClient, trainingKey } from './api.ts'

/** What is read and written of reflections, their margins and the passages that are shown. */

export const reflectionClient = trainingClient.reflections[':reflectionId']
export const quotationClient = trainingClient.reflections.quotations[':quotationId']
const ownClient = programmeClient.reflections.own[':promptId']

/** What a programme asks for beside its results, and the tag under which it was read. */
export const assignmentsQuery = (programmeId: string) =>
  queryOptions({
    queryKey: [...trainingKey, 'assignments', programmeId],
    queryFn: () => withEtag(programmeClient.assignments.$get({ param: { programmeId } })),
  })

/** What was handed in in a programme, a page after another. */
export const reflectionsQuery = (programmeId: string, promptId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...trainingKey, 'reflections', programmeId, promptId],
    queryFn: ({ pageParam }) =>
      parseResponse(
        programmeClient.reflections.$get({
          param: { programmeId },
          query: { limit: '50', ...(promptId && { promptId }), ...(pageParam && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

/** One reflection with its margin. */
export const reflectionQuery = (reflectionId: string, version: string | undefined) =>
  queryOptions({
    queryKey: [...trainingKey, 'reflection', reflectionId, version],
    queryFn: async (): Promise<ReflectionView> => {
      const asked = version ? `?version=${encodeURIComponent(version)}` : ''
      return (await request(`/api/training/reflections/${reflectionId}${asked}`)).json()
    },
  })

/** The passages of a programme that are shown. */
export const shelfQuery = (programmeId: string) =>
  queryOptions({
    queryKey: [...trainingKey, 'quotations', programmeId],
    queryFn: () => parseResponse(programmeClient.quotations.$get({ param: { programmeId } })),
  })

/** What the reader is writing to a prompt, and its tag. A text is deeper than the client can tell, so what is read is named. */
export const readOwn = (programmeId: string, promptId: string) =>
  withEtag<OwnReflection>(request(`/api/training/${programmeId}/reflections/own/${promptId}`))

/** Keeps it, and answers the new tag. */
export async function saveOwn(
  programmeId: string,
  promptId: string,
  { text }: { text: RichText },
  etag: string,
): Promise<string> {
  const answer = await ownClient.$put({ param: { programmeId, promptId }, json: { text } }, ifMatch(etag))
  return answer.headers.get('etag') ?? etag
}

export const handInOwn = (programmeId: string, promptId: string, etag: string) =>
  parseResponse(ownClient['handing-in'].$post({ param: { programmeId, promptId } }, ifMatch(etag)))

/** The summary of a closed programme, and the tag under which it was read. */
export const summaryQuery = (programmeId: string) =>
  queryOptions({
    queryKey: [...trainingKey, 'summary', programmeId],
    queryFn: () => withEtag<SummaryView>(request(`/api/training/${programmeId}/summary`)),
  })
