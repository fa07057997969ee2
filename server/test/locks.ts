import { sql } from 'drizzle-orm'
import { expect, vi } from 'vitest'
import type { Database } from '../src/platform/database.ts'

/** Comes back once so many transactions wait for another one in this database, with their processes. */
export function waitingForLocks(database: Database, count = 1): Promise<number[]> {
  const waiting = sql<{ pid: number }>`select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  return vi.waitFor(
    async () => {
      const { rows } = await database.asOwner((owner) => owner.execute<{ pid: number }>(waiting))
      expect(rows).toHaveLength(count)
      return rows.map((row) => row.pid)
    },
    { timeout: 300_000 },
  )
}
