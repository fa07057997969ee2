import type { Logger } from 'pino'
import { toldOfLectures } from './modules/lectures/queries.ts'
import { toldOfRooms } from './modules/quizzes/room-queries.ts'
import { type Broadcast, openBroadcast } from './platform/broadcast.ts'
import type { Database } from './platform/database.ts'

/** What tells the open pages of the modules that are followed live. */
export interface Broadcasts {
  lectures: Broadcast
  rooms: Broadcast
  close(): Promise<void>
}

export function openBroadcasts(database: Database, log: Logger): Broadcasts {
  const lectures = openBroadcast(database, toldOfLectures, (err) =>
    log.error({ err }, 'pages could not be told of a lecture'),
  )
  const rooms = openBroadcast(database, toldOfRooms, (err) => log.error({ err }, 'pages could not be told of a room'))
  return {
    lectures,
    rooms,
    async close() {
      await Promise.all([lectures.close(), rooms.close()])
    },
  }
}
