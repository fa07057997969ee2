import { sql } from 'drizzle-orm'
import type { Context } from './context.ts'
import { type Database, wholeUniversity } from './database.ts'
import { listenOn } from './listening.ts'

/** Somebody who has the page of a thing open. */
export interface Listener {
  tenantId: string
  /** The thing of which they hear. */
  id: string
  accountId: string
  /** Takes a piece of the stream, the same bytes for all. Never throws. */
  tell: (piece: Uint8Array<ArrayBuffer>) => void
  /** The server stops. */
  end: () => void
}

/** Tells the pages that are open at this process what has changed of the thing they show: it is read once and sent to all as it is. Who they are, and how many, is told to nobody. */
export interface Broadcast {
  /** Adds a listener; returns how to take it away, or null where the account has as many as it may. */
  add(listener: Listener): (() => void) | null
  /** Ends all listeners. */
  close(): Promise<void>
}

/** So many pages of one account are told at once. */
const mostOfAccount = 6

/** So long after something was told, what is said meanwhile is gathered and told together. */
const gatherMs = 100

/** Of what a broadcast tells. */
export interface Told {
  /** A channel of the database on which it is said, by `sayChange`, that something has changed. */
  channel: string
  /** What all are told, by the words that were said. Called over the whole university. */
  changeOf: (rows: Pick<Context, 'db' | 'tenantId'>, id: string, words: ReadonlySet<string>) => Promise<object>
}

/** All who have one thing open. */
interface Room {
  listeners: Set<Listener>
  changed: Set<string>
  isTelling: boolean
}

/** Says to every process of the installation, when the transaction is committed, what of a thing has changed. Ids and plain words only. */
export async function sayChange(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  channel: string,
  id: string,
  word: string,
): Promise<void> {
  await db.execute(sql`select pg_notify(${channel}, ${`${tenantId} ${id} ${word}`})`)
}

export function openBroadcast(
  database: Database,
  { channel, changeOf }: Told,
  onFailure: (error: unknown) => void,
): Broadcast {
  const rooms = new Map<string, Room>()
  const ofAccounts = new Map<string, number>()
  let isClosed = false

  const listening = listenOn(database, channel, {
    isWanted: () => rooms.size > 0,
    hear: (payload) => {
      const [tenantId = '', id = '', ...what] = payload.split(' ')
      const room = rooms.get(keyOf({ tenantId, id }))
      room?.changed.add(what.join(' '))
      if (room) void tell(tenantId, id, room)
    },
    began: () => {
      for (const room of rooms.values()) send(room, anew)
    },
    onFailure,
  })

  /** One at a time for each thing: what is said meanwhile is told behind it. */
  async function tell(tenantId: string, id: string, room: Room): Promise<void> {
    if (room.isTelling) return
    room.isTelling = true
    while (room.changed.size > 0 && !isClosed) {
      const all = new Set(room.changed)
      room.changed.clear()
      try {
        send(room, await database.reading(wholeUniversity(tenantId), (db) => changeOf({ db, tenantId }, id, all)))
      } catch (error) {
        onFailure(error)
        send(room, anew)
      }
      await new Promise((resolve) => setTimeout(resolve, gatherMs))
    }
    room.isTelling = false
  }

  return {
    add(listener) {
      const { accountId } = listener
      const own = ofAccounts.get(accountId) ?? 0
      if (isClosed || own >= mostOfAccount) return null
      ofAccounts.set(accountId, own + 1)
      const key = keyOf(listener)
      const room = rooms.get(key) ?? { listeners: new Set(), changed: new Set(), isTelling: false }
      rooms.set(key, room)
      room.listeners.add(listener)
      listening.begin()
      return () => {
        if (!room.listeners.delete(listener)) return
        if (room.listeners.size === 0) rooms.delete(key)
        const left = (ofAccounts.get(accountId) ?? 1) - 1
        if (left > 0) ofAccounts.set(accountId, left)
        else ofAccounts.delete(accountId)
      }
    },
    async close() {
      isClosed = true
      for (const { listeners } of rooms.values()) for (const it of [...listeners]) it.end()
      rooms.clear()
      await listening.close()
    },
  }
}

const keyOf = ({ tenantId, id }: Pick<Listener, 'tenantId' | 'id'>): string => `${tenantId} ${id}`

const encoder = new TextEncoder()

/** Something may have been said before it was heard: everything is to be read anew. */
export const anew = { anew: true } as const

/** A change as a piece of the stream. */
export const pieceOf = (change: object): Uint8Array<ArrayBuffer> =>
  encoder.encode(`event: changed\ndata: ${JSON.stringify(change)}\n\n`)

function send({ listeners }: Room, change: object): void {
  const piece = pieceOf(change)
  for (const it of listeners) it.tell(piece)
}
