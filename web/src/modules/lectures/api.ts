import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { lecturesWith } from '@zhibu/server/modules/lectures/routes'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, withEtag } from '../../api.ts'

/** Lectures at the server. */
export const lecturesClient = hc<ReturnType<typeof lecturesWith>>('/api/lectures', clientOptions)
export const lectureClient = lecturesClient[':activityId']
export const questionClient = lectureClient.questions[':questionId']
export const pollClient = lectureClient.polls[':pollId']

/** Everything about lectures in the cache lies under this key. */
export const lecturesKey = ['lectures'] as const

/** Lectures to come and under way. */
export const comingQuery = queryOptions({
  queryKey: [...lecturesKey, 'coming'],
  queryFn: () => parseResponse(lecturesClient.index.$get()),
})

/** Recordings of lectures in which this is found. */
export const recordingsQuery = (q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...lecturesKey, 'recordings', q],
    queryFn: ({ pageParam }) =>
      parseResponse(
        lecturesClient.recordings.$get({
          query: { limit: '20', ...(q && { q }), ...(pageParam !== undefined && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: { next?: string | undefined }) => page.next,
  })

/** Where everything about one lecture lies in the cache. */
export const lectureKey = (activityId: string) => [...lecturesKey, 'one', activityId] as const

/** The live page of a lecture. */
export const lectureQuery = (activityId: string) =>
  queryOptions({
    queryKey: [...lectureKey(activityId), 'view'],
    queryFn: () => parseResponse(lectureClient.$get({ param: { activityId } })),
  })

/** The shared notes and the tag under which they were read. */
export const notesQuery = (activityId: string) =>
  queryOptions({
    queryKey: [...lectureKey(activityId), 'notes'],
    queryFn: () => withEtag(lectureClient.notes.$get({ param: { activityId } })),
  })

/** What was said afterwards, for whoever holds the lecture. */
export const feedbackQuery = (activityId: string) =>
  queryOptions({
    queryKey: [...lectureKey(activityId), 'feedback'],
    queryFn: () => parseResponse(lectureClient.feedback.$get({ param: { activityId } })),
  })

/** Where the recording lies, from a second on, and its words. */
export const recordingOf = (activityId: string, from?: string): string =>
  `/api/lectures/${activityId}/recording/content${from !== undefined && /^\d+(\.\d+)?$/.test(from) ? `#t=${from}` : ''}`
export const recordingTextOf = (activityId: string, kind: 'captions' | 'chapters'): string =>
  `/api/lectures/${activityId}/recording/texts/${kind}`
