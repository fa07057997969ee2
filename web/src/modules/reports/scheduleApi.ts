import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { reportsWith } from '@zhibu/server/modules/reports/routes'
import type { ScheduleFields } from '@zhibu/server/modules/reports/schedule-schema'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, ifMatch } from '../../api.ts'

/** Tables that go upward at set times, at the server. */
const client = hc<ReturnType<typeof reportsWith>>('/api/reports', clientOptions)

const key = ['reports', 'schedules'] as const

/** What goes upward from an organisation. */
export const schedulesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: [...key, organizationId],
    queryFn: () => parseResponse(client[':organizationId'].schedules.$get({ param: { organizationId } })),
  })

/** A table as it went. */
export const sendingQuery = (sendingId: string) =>
  queryOptions({
    queryKey: ['reports', 'sendings', sendingId],
    queryFn: () => parseResponse(client.sendings[':sendingId'].$get({ param: { sendingId } })),
  })

/** A schedule as it was read. */
export interface ReadSchedule {
  id: string
  revision: number
}

/** Sets up a schedule, or writes one that was read. */
export const writeSchedule = (organizationId: string, read: ReadSchedule | undefined, json: ScheduleFields) =>
  read === undefined
    ? parseResponse(client[':organizationId'].schedules.$post({ param: { organizationId }, json }))
    : parseResponse(
        client.schedules[':scheduleId'].$put({ param: { scheduleId: read.id }, json }, ifMatch(`"${read.revision}"`)),
      )

/** Pauses a schedule or lets it go on. */
export const pauseSchedule = ({ id, revision }: ReadSchedule, isPaused: boolean) =>
  parseResponse(
    client.schedules[':scheduleId'].pause.$put(
      { param: { scheduleId: id }, json: { isPaused } },
      ifMatch(`"${revision}"`),
    ),
  )

/** Ends a schedule for good. */
export const endSchedule = ({ id, revision }: ReadSchedule) =>
  parseResponse(client.schedules[':scheduleId'].$delete({ param: { scheduleId: id } }, ifMatch(`"${revision}"`)))

/** A write after which all of them are read again. */
export function useScheduleWrite(write: () => Promise<unknown>, onDone: () => void = () => undefined) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: write,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: key })
      onDone()
    },
  })
}
