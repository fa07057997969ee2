import { queryOptions } from '@tanstack/react-query'
import type { RoomView } from '@zhibu/server/modules/quizzes/room-schema'
import type { quizzesWith } from '@zhibu/server/modules/quizzes/routes'
import type { Reading } from '@zhibu/server/modules/quizzes/schema'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, request, withEtag } from '../../api.ts'
import { isOlder } from './changes.ts'
import { aheadOf } from './clock.ts'

/** Sets of questions and rooms at the server. */
export const quizzesClient = hc<ReturnType<typeof quizzesWith>>('/api/quizzes', clientOptions)
export const quizClient = quizzesClient[':quizId']
export const roomClient = quizzesClient.rooms[':roomId']

/** Everything about quizzes in the cache lies under this key. */
export const quizzesKey = ['quizzes'] as const

/** The sets that the reader may answer or writes. */
export const quizListQuery = queryOptions({
  queryKey: [...quizzesKey, 'list'],
  queryFn: () => parseResponse(quizzesClient.index.$get()),
})

/** One set and the tag under which it was read. */
export const quizQuery = (quizId: string) =>
  queryOptions({
    queryKey: [...quizzesKey, 'one', quizId],
    queryFn: () => withEtag(quizClient.$get({ param: { quizId } })),
  })

/** The questions with what is right, for whoever writes the set, and the tag under which they stand in this order. */
export const questionsQuery = (quizId: string) =>
  queryOptions({
    queryKey: [...quizzesKey, 'questions', quizId],
    queryFn: () => withEtag(quizClient.questions.$get({ param: { quizId } })),
  })

/** Rooms that are open, and those that are over. */
export const roomListQuery = queryOptions({
  queryKey: [...quizzesKey, 'rooms'],
  queryFn: () => parseResponse(quizzesClient.rooms.$get()),
  // Somebody may open one while the list is being looked at.
  refetchInterval: 30_000,
})

/** A room, and how far the clock of the server is ahead. */
export interface ReadRoom {
  view: RoomView
  aheadMs: number
}

/** One room. What was told of it while it was being read stays, where the reading is of before. */
export const roomQuery = (roomId: string) =>
  queryOptions({
    queryKey: [...quizzesKey, 'room', roomId],
    queryFn: async ({ client, queryKey }): Promise<ReadRoom> => {
      const response = await roomClient.$get({ param: { roomId } })
      const view = await parseResponse(response)
      const known = client.getQueryData<ReadRoom>(queryKey)
      if (known && isOlder(view.state, known.view.state)) return known
      return { view, aheadMs: aheadOf(response.headers.get('date'), Date.now()) }
    },
  })

/** What a file of questions says, by the ending of its name; nothing of it is kept. */
export async function readFile(quizId: string, file: File): Promise<Reading> {
  const form = file.name.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'gift'
  const init = { method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream' } }
  return (await request(`/api/quizzes/${quizId}/readings?form=${form}`, init)).json()
}

/** Where the empty table lies, and the questions of a set in the same columns. */
export const templateAt = '/api/quizzes/template'
export const questionsAt = (quizId: string): string => `/api/quizzes/${quizId}/questions.xlsx`
