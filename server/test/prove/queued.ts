import { setTimeout as sleep } from 'node:timers/promises'
import { type SQL, sql } from 'drizzle-orm'
import { type Database, wholeUniversity } from '../../src/platform/database.ts'
import { enqueue } from '../../src/platform/jobs.ts'
import { jobsQueue, jobsSchema } from '../../src/platform/migrate.ts'

/** Puts jobs into the queue of a running server, as its timetable does every minute. */
export const begin = (database: Database, tenantId: string, kinds: readonly string[]): Promise<void> =>
  database.transaction(wholeUniversity(tenantId), async (db) => {
    for (const kind of kinds) await enqueue(db, kind)
  })

/**
 * Puts jobs into the queue again and again until nothing waits there and a query that counts what they have left open gives 0, as the
 * minutes of a server do after it was started again. Gives up after so long: what is left is for whoever looks at it.
 */
export async function workOff(
  database: Database,
  tenantId: string,
  kinds: readonly string[],
  open: SQL<number>,
): Promise<void> {
  const deadline = Date.now() + 180_000
  const counted = async (query: SQL<number>) =>
    (await database.asKeeper((db) => db.execute<{ open: number }>(sql`select (${query})::int as open`))).rows[0]?.open
  const waiting = async () =>
    (
      await database.app.execute<{
        jobs: number
      }>(sql`select count(*)::int as jobs from ${sql.identifier(jobsSchema)}.job
        where name = ${jobsQueue} and state in ('created', 'retry', 'active')`)
    ).rows[0]?.jobs
  do {
    await begin(database, tenantId, kinds)
    do await sleep(200)
    while ((await waiting()) !== 0 && Date.now() < deadline)
  } while ((await counted(open)) !== 0 && Date.now() < deadline)
}
