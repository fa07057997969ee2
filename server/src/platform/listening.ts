import pg from 'pg'
import type { Database } from './database.ts'

/** One connection to the database of this process that hears what is said on a channel. */
export interface Listening {
  /** Connects where it is not connected. */
  begin(): void
  close(): Promise<void>
}

/** So long after its loss the connection is opened again. */
const reconnectMs = 3_000

/**
 * Hears what is said on a channel as long as it is wanted. `hear` is told each payload; `began` that from now on everything is heard, and that something may
 * have been said before.
 */
export function listenOn(
  database: Database,
  channel: string,
  {
    isWanted,
    hear,
    began,
    onFailure,
  }: {
    isWanted: () => boolean
    hear: (payload: string) => void
    began: () => void
    onFailure: (error: unknown) => void
  },
): Listening {
  let client: pg.Client | undefined
  let isClosed = false

  async function listen(): Promise<void> {
    if (client || isClosed || !isWanted()) return
    const opened = new pg.Client(database.address.app)
    client = opened
    const lost = () => {
      if (client !== opened) return
      client = undefined
      opened.end().catch(() => undefined)
      if (!isClosed) setTimeout(() => void listen(), reconnectMs).unref()
    }
    opened.on('error', lost).on('end', lost)
    opened.on('notification', ({ payload }) => hear(payload ?? ''))
    try {
      await opened.connect()
      await opened.query(`listen ${channel}`)
      began()
    } catch (error) {
      onFailure(error)
      lost()
    }
  }

  return {
    begin: () => void listen(),
    async close() {
      isClosed = true
      const opened = client
      client = undefined
      await opened?.end().catch(() => undefined)
    },
  }
}
