import { type SQL, sql } from 'drizzle-orm'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { DatabaseAddress, Db } from './database.ts'
import { jobsQueue, jobsSchema } from './migrate.ts'
import { Prepared } from './prepared.ts'

/** What a job is given: ids only, so that the queue holds no personal data and the work reads what is true when it runs. */
export type JobData = Readonly<Record<string, string | number | boolean | null>>

/** The work behind each kind of job, by `module.verb`. A job that throws is tried twice more. */
export type JobHandlers = Readonly<Record<string, (data: JobData) => Promise<void>>>

/** When jobs start by themselves: kind of job → cron expression, in Chinese time. */
export type Timetable = Readonly<Record<string, string>>

/** A job whose worker says nothing for so long has lost it, as when the server was killed, and is begun again. */
const heartbeatSeconds = 15

/** How often it is looked for such jobs. */
const superviseSeconds = 5

/** Puts a job in the queue in the transaction of the caller: it exists if and only if the transaction commits. It starts when a worker is free, but not before an instant that is given. */
export async function enqueue(db: Db, kind: string, data: JobData = {}, notBefore?: Date): Promise<void> {
  const payload = JSON.stringify({ kind, data })
  await db.execute(sql`insert into ${sql.identifier(jobsSchema)}.job (name, data, expire_seconds, heartbeat_seconds, start_after)
    values (${jobsQueue}, ${payload}::jsonb, 3600, ${heartbeatSeconds}, coalesce(${notBefore?.toISOString() ?? null}::timestamptz, now()))`)
}

/** The same for many jobs of one kind, in one statement. */
export async function enqueueAll(db: Db, kind: string, all: readonly JobData[]): Promise<void> {
  const payloads = JSON.stringify(all.map((data) => ({ kind, data })))
  await db.execute(sql`insert into ${sql.identifier(jobsSchema)}.job (name, data, expire_seconds, heartbeat_seconds)
    select ${jobsQueue}, payload, 3600, ${heartbeatSeconds} from jsonb_array_elements(${payloads}::jsonb) payload`)
}

/** The same without waiting for it: the transaction is not committed unless it has succeeded. */
export const enqueueBehind = (db: Db, kind: string, data: JobData): void =>
  queueing.send(db, { payload: JSON.stringify({ kind, data }) })

const queueing = new Prepared(
  'jobs_enqueue',
  sql`insert into ${sql.identifier(jobsSchema)}.job (name, data, expire_seconds, heartbeat_seconds)
    values (${sql.raw(`'${jobsQueue}'`)}, ${sql.placeholder('payload')}::jsonb, 3600, ${sql.raw(String(heartbeatSeconds))})`,
)

/** Whether a job of a kind waits that was given this value under a key, or is being done. What was given up, or is done, is no more in the queue. */
export const isQueued = (kind: string, key: string, value: SQL): SQL => sql`exists (
  select from ${sql.identifier(jobsSchema)}.job queued where queued.name = ${jobsQueue} and queued.state in ('created', 'retry', 'active')
    and queued.data->>'kind' = ${kind} and queued.data->'data'->>${key}::text = ${value})`

/** Starts working off the queue, up to three jobs at a time; returns how to stop, which waits for running jobs. */
export async function startJobs(
  address: DatabaseAddress,
  handlers: JobHandlers,
  { timetable = {}, onFailure }: { timetable?: Timetable; onFailure: (error: unknown, kind: string) => void },
): Promise<() => Promise<void>> {
  const pool = new pg.Pool({ ...address.owner, max: 4 })
  pool.on('error', () => undefined)
  const db = { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) }
  const boss = new PgBoss({
    db,
    schema: jobsSchema,
    reindex: false,
    monitorVacuum: false,
    registerInstance: false,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  })
  boss.on('error', (error) => onFailure(error, jobsQueue))
  await boss.start()
  const wanted = Object.entries(timetable)
  for (const { key } of await boss.getSchedules(jobsQueue))
    if (key && !(key in timetable)) await boss.unschedule(jobsQueue, key)
  for (const [kind, cron] of wanted)
    await boss.schedule(jobsQueue, cron, { kind, data: {} }, { key: kind, tz: 'Asia/Shanghai', heartbeatSeconds })
  await boss.work<{ kind: string; data: JobData }>(
    jobsQueue,
    { pollingIntervalSeconds: 0.5, localConcurrency: 3 },
    async (jobs) => {
      for (const { data: job } of jobs) await run(handlers, job, onFailure)
    },
  )
  return async () => {
    await boss.stop({ graceful: true, timeout: 20_000 })
    await pool.end()
  }
}

async function run(
  handlers: JobHandlers,
  { kind, data }: { kind: string; data: JobData },
  onFailure: (error: unknown, kind: string) => void,
): Promise<void> {
  try {
    const handler = handlers[kind]
    if (!handler) throw new Error(`no work is known for jobs of the kind ${kind}`)
    await handler(data)
  } catch (error) {
    onFailure(error, kind)
    throw error
  }
}
