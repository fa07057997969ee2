import { sql } from 'drizzle-orm'
import pg from 'pg'
import { type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss'
import type { DatabaseAddress, Db } from './database.ts'
import { givesUp, isSuspect, type Past, pastOf } from './job-attempts.ts'
import { jobsQueue, jobsSchema } from './migrate.ts'
import { Prepared } from './prepared.ts'

/** What a job is given: ids only, so that the queue holds no personal data and the work reads what is true when it runs. */
export type JobData = Readonly<Record<string, string | number | boolean | null>>

/** The work behind each kind of job, by `module.verb`. A job that throws is tried twice more; that a server ended in the middle of one does not count among that. */
export type JobHandlers = Readonly<Record<string, (data: JobData) => Promise<void>>>

/** When jobs start by themselves: kind of job → cron expression, in Chinese time. */
export type Timetable = Readonly<Record<string, string>>

/** A job whose worker says nothing for so long has lost it, as when the server was killed, and is begun again. */
const heartbeatSeconds = 15

/** How often it is looked for such jobs. */
const superviseSeconds = 5

/** A job that was given up can be looked at and begun again for so long. */
const givenUpDays = 90

/** How often a job is begun is counted here and not by pg-boss, to which an error and the end of a server are the same. */
const attempts = { retryLimit: 1_000_000, retryDelay: 1, retryBackoff: true, retryDelayMax: 300 }

const columns = sql.raw(
  '(name, data, expire_seconds, heartbeat_seconds, retry_limit, retry_delay, retry_backoff, retry_delay_max, start_after)',
)

const settings = sql.raw(
  `3600, ${heartbeatSeconds}, ${attempts.retryLimit}, ${attempts.retryDelay}, ${attempts.retryBackoff}, ${attempts.retryDelayMax}`,
)

const jobTable = sql.raw(`${jobsSchema}.job`)
const queueName = sql.raw(`'${jobsQueue}'`)

/** Puts a job in the queue in the transaction of the caller: it exists if and only if the transaction commits. It starts when a worker is free, but not before an instant that is given. */
export async function enqueue(db: Db, kind: string, data: JobData = {}, notBefore?: Date): Promise<void> {
  const payload = JSON.stringify({ kind, data })
  await db.execute(sql`insert into ${jobTable} ${columns}
    values (${queueName}, ${payload}::jsonb, ${settings}, coalesce(${notBefore?.toISOString() ?? null}::timestamptz, now()))`)
}

/** The same for many jobs of one kind, in one statement. */
export async function enqueueAll(db: Db, kind: string, all: readonly JobData[]): Promise<void> {
  const payloads = JSON.stringify(all.map((data) => ({ kind, data })))
  await db.execute(sql`insert into ${jobTable} ${columns}
    select ${queueName}, payload, ${settings}, now() from jsonb_array_elements(${payloads}::jsonb) payload`)
}

/** The same without waiting for it: the transaction is not committed unless it has succeeded. */
export const enqueueBehind = (db: Db, kind: string, data: JobData): void =>
  queueing.send(db, { payload: JSON.stringify({ kind, data }) })

const queueing = new Prepared(
  'jobs_enqueue',
  sql`insert into ${jobTable} ${columns} values (${queueName}, ${sql.placeholder('payload')}::jsonb, ${settings}, now())`,
)

/** Who is told of what goes wrong with jobs. */
export interface JobWatch {
  /** A job has thrown, or the queue itself has. */
  failed(error: unknown, kind: string): void
  /** A job in the middle of which a server has ended is begun again. */
  interrupted(kind: string, times: number): void
  /** A job is not begun any more, until a person says so. */
  givenUp(kind: string, past: Past): void
}

/** What stands in the queue. */
interface Payload {
  kind: string
  data: JobData
  past?: Past
}

/** Starts working off the queue, up to three jobs at a time; returns how to stop, which waits for running jobs. */
export async function startJobs(
  address: DatabaseAddress,
  handlers: JobHandlers,
  { timetable = {}, watch }: { timetable?: Timetable; watch: JobWatch },
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
  boss.on('error', (error) => watch.failed(error, jobsQueue))
  await boss.start()
  const wanted = Object.entries(timetable)
  for (const { key } of await boss.getSchedules(jobsQueue))
    if (key && !(key in timetable)) await boss.unschedule(jobsQueue, key)
  for (const [kind, cron] of wanted)
    await boss.schedule(
      jobsQueue,
      cron,
      { kind, data: {} },
      { key: kind, tz: 'Asia/Shanghai', heartbeatSeconds, ...attempts },
    )
  const attempt = attemptsOn(pool, handlers, watch)
  await boss.work(
    jobsQueue,
    { pollingIntervalSeconds: 0.5, localConcurrency: 3, includeMetadata: true, perJobResults: true },
    async (jobs: JobWithMetadata<Payload>[]) => Promise.all(jobs.map(attempt)),
  )
  return async () => {
    await boss.stop({ graceful: true, timeout: 20_000 })
    await pool.end()
  }
}

type Taken = JobWithMetadata<Payload>

/** How a job that was taken from the queue is begun, put back or given up. */
function attemptsOn(pool: pg.Pool, handlers: JobHandlers, watch: JobWatch) {
  let isSuspectRunning = false
  return async (job: Taken): Promise<JobResult> => {
    const { kind, past: before } = job.data
    const past = pastOf(before, job.output)
    if (past.interruptions > (before?.interruptions ?? 0)) watch.interrupted(kind, past.interruptions)
    if (givesUp(past)) return giveUp(pool, job, past, watch)
    const suspect = isSuspect(past)
    if (suspect && isSuspectRunning) {
      await write(pool, job, past, putBack)
      return { id: job.id, status: 'failed' }
    }
    if (suspect) isSuspectRunning = true
    try {
      // What is said of the last attempt is written down before the next, so that it is not counted twice.
      if (job.output !== null && !(await write(pool, job, past))) return { id: job.id, status: 'failed' }
      await run(handlers, job.data)
      return { id: job.id, status: 'completed' }
    } catch (error) {
      watch.failed(error, kind)
      const failed = { ...past, failures: past.failures + 1 }
      return givesUp(failed) ? giveUp(pool, job, failed, watch) : { id: job.id, status: 'failed', output: error }
    } finally {
      if (suspect) isSuspectRunning = false
    }
  }
}

async function run(handlers: JobHandlers, { kind, data }: Payload): Promise<void> {
  const handler = handlers[kind]
  if (!handler) throw new Error(`no work is known for jobs of the kind ${kind}`)
  await handler(data)
}

async function giveUp(pool: pg.Pool, job: Taken, past: Past, watch: JobWatch): Promise<JobResult> {
  if (await write(pool, job, past, keptLong)) watch.givenUp(job.data.kind, past)
  return { id: job.id, status: 'deadletter' }
}

/** The next worker takes it as if it had never been begun. */
const putBack = `, state = 'retry', started_on = null, heartbeat_on = null, start_after = now() + interval '30 s'`

const keptLong = `, deletion_seconds = ${givenUpDays * 24 * 3600}`

/** Writes the past of a job; answers whether it still is this worker's. */
async function write(pool: pg.Pool, { id, retryCount }: Taken, past: Past, more = ''): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update ${jobsSchema}.job set data = data || $1::jsonb, output = null ${more}
     where name = '${jobsQueue}' and id = $2 and state = 'active' and retry_count = $3`,
    [JSON.stringify({ past }), id, retryCount],
  )
  return rowCount === 1
}
