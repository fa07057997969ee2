import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { RoomChange } from '@zhibu/server/modules/quizzes/room-schema'
import { useHearing } from '../../useHearing.ts'
import { roomQuery } from './api.ts'
import { changed, concerns } from './changes.ts'

/** Phones that read anew because of the same word do it one after another within so long. */
const spreadMs = 1_000

/** So often a room is read all the same, in case nothing is heard in this network. */
const atLeastEveryMs = 20_000

/** A room as it stands: what is told of it shows at once, what concerns the reader alone is read. */
export function useRoom(roomId: string) {
  const queries = useQueryClient()
  const { queryKey } = roomQuery(roomId)
  useHearing<RoomChange>(`/api/quizzes/rooms/${roomId}/live`, (change, readAnew) => {
    const before = queries.getQueryData(queryKey)
    if (before) queries.setQueryData(queryKey, { ...before, view: changed(before.view, change) })
    const isBeingRead = queries.isFetching({ queryKey, exact: true }) > 0
    if (concerns(before?.view, change, isBeingRead)) readAnew(queryKey, before?.view.can.lead ? 0 : spreadMs)
  })
  return useQuery({
    ...roomQuery(roomId),
    refetchInterval: ({ state }) => (state.data?.view.state.phase === 'ended' ? false : atLeastEveryMs),
  })
}
