import { sql } from 'drizzle-orm'
import type { Db } from './database.ts'
import type { Past } from './job-attempts.ts'
import { jobsQueue, jobsSchema } from './migrate.ts'

/** A job that is not begun any more: what it was given are ids only. */
export interface GivenUpJob {
  id: string
  kind: string
  data: Readonly<Record<string, unknown>>
  past: Past
  givenUpAt: Date
}

const givenUp = sql.raw(`name = '${jobsQueue}' and state = 'failed'`)
const jobTable = sql.raw(`${jobsSchema}.job`)

/** The jobs that were given up, the latest first. Read as the owner of the queue. */
export async function listGivenUp(db: Db): Promise<GivenUpJob[]> {
  const { rows } = await db.execute<{
    id: string
    payload: { kind: string; data: Record<string, unknown>; past?: Past }
    at: string
  }>(
    sql`select id, data as payload, completed_on::text as at from ${jobTable} where ${givenUp} order by completed_on desc, id`,
  )
  return rows.map(({ id, payload: { kind, data, past }, at }) => ({
    ...{ id, kind, data, givenUpAt: new Date(at) },
    past: past ?? { failures: 0, interruptions: 0 },
  }))
}

/** Lets jobs that were given up begin again as if nothing had happened; answers how many there were. */
export async function beginAgain(db: Db, ids: readonly string[] | 'all'): Promise<number> {
  const chosen = ids === 'all' ? sql`true` : sql`id = any(${sql.param(ids)}::uuid[])`
  const { rowCount } = await db.execute(sql`update ${jobTable} set state = 'retry', data = data - 'past', output = null,
    started_on = null, completed_on = null, heartbeat_on = null, start_after = now(), keep_until = now() + interval '14 days'
    where ${givenUp} and ${chosen}`)
  return rowCount ?? 0
}
