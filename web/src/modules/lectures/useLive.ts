import { useQueryClient } from '@tanstack/react-query'
import type { Change } from '@zhibu/server/modules/lectures/schema'
import { useHearing } from '../../useHearing.ts'
import { lectureQuery, notesQuery } from './api.ts'
import { changed, concerns } from './changes.ts'

/** Pages that read anew because of the same word do it one after another within so long. */
const spreadMs = 2_000

/** Shows at once what changes of a lecture. What concerns the reader alone is not told: it is read anew. */
export function useLive(activityId: string): void {
  const queries = useQueryClient()
  const { queryKey } = lectureQuery(activityId)
  useHearing<Change>(`/api/lectures/${activityId}/live`, (change, readAnew) => {
    const before = queries.getQueryData(queryKey)
    if (before) queries.setQueryData(queryKey, changed(before, change))
    const isBeingRead = queries.isFetching({ queryKey, exact: true }) > 0
    if (concerns(before, change, isBeingRead)) readAnew(queryKey, before?.can.hold ? 0 : spreadMs)
    if (change.notes !== undefined || change.anew) readAnew(notesQuery(activityId).queryKey, spreadMs)
  })
}
