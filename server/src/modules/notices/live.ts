import { type Database, wholeUniversity } from '../../platform/database.ts'
import { listenOn } from '../../platform/listening.ts'
import { countsFor } from './queries.ts'
import type { InboxCounts } from './schema.ts'
import { noticesChannel } from './sending.ts'

/** Somebody who has the page open. */
export interface Listener {
  tenantId: string
  accountId: string
  personId: string
  /** Is told how much is unread whenever it may have changed. Never throws. */
  tell: (counts: InboxCounts) => void
  /** The server stops. */
  end: () => void
}

/** Tells the pages that are open at this process what has changed, by one connection to the database for all of them. */
export interface Live {
  /** Adds a listener; returns how to take it away, or null where the account has as many as it may. */
  add(listener: Listener): (() => void) | null
  /** Tells one person anew, on all their pages. */
  tellPerson(tenantId: string, personId: string): Promise<void>
  /** Ends all listeners. */
  close(): Promise<void>
}

/** So many pages of one account are told at once. */
const mostOfAccount = 8

export function openLive(database: Database, onFailure: (error: unknown) => void): Live {
  const listeners = new Set<Listener>()
  let isClosed = false

  async function tell(tenantId: string, of: (it: Listener) => boolean): Promise<void> {
    const told = [...listeners].filter((it) => it.tenantId === tenantId && of(it))
    if (told.length === 0) return
    const ids = [...new Set(told.map((it) => it.personId))]
    const counts = await database.reading(wholeUniversity(tenantId), (db) => countsFor({ db, tenantId }, ids))
    for (const it of told) it.tell(counts.get(it.personId) ?? { unread: 0, open: 0 })
  }

  /** One look at a time for each university: what is said during a look is looked at once more behind it. */
  const looking = new Map<string, 'running' | 'again'>()
  async function look(tenantId: string): Promise<void> {
    if (looking.has(tenantId)) {
      looking.set(tenantId, 'again')
      return
    }
    do {
      looking.set(tenantId, 'running')
      await tell(tenantId, () => true).catch(onFailure)
    } while (looking.get(tenantId) === 'again')
    looking.delete(tenantId)
  }

  const listening = listenOn(database, noticesChannel, {
    isWanted: () => listeners.size > 0,
    hear: (tenantId) => void look(tenantId),
    began: () => {
      for (const tenantId of new Set([...listeners].map((it) => it.tenantId))) void look(tenantId)
    },
    onFailure,
  })

  return {
    add(listener) {
      const own = [...listeners].filter((it) => it.accountId === listener.accountId).length
      if (isClosed || own >= mostOfAccount) return null
      listeners.add(listener)
      listening.begin()
      return () => {
        listeners.delete(listener)
      }
    },
    tellPerson: (tenantId, personId) => tell(tenantId, (it) => it.personId === personId).catch(onFailure),
    async close() {
      isClosed = true
      for (const it of listeners) it.end()
      listeners.clear()
      await listening.close()
    },
  }
}
