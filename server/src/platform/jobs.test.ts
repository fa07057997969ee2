import { sql } from 'drizzle-orm'
import { afterAll, expect, test, vi } from 'vitest'
import { freshDatabase, scopeOver } from '../../test/database.ts'
import { beginAgain, listGivenUp } from './given-up-jobs.ts'
import type { Past } from './job-attempts.ts'
import { enqueue, type JobData, startJobs } from './jobs.ts'

const database = await freshDatabase()
const done: JobData[] = []
const told: [what: string, kind: string, of: unknown][] = []
/** How many of the jobs that wait a moment run at a time: now, and at most so far. */
const together = { now: 0, most: 0 }
const stop = await startJobs(
  database.address,
  {
    'test.note': async (data) => {
      done.push(data)
    },
    'test.fail': async () => {
      throw new Error('no')
    },
    'test.linger': async (data) => {
      together.now += 1
      together.most = Math.max(together.most, together.now)
      await new Promise((resolve) => setTimeout(resolve, 1_200))
      together.now -= 1
      done.push(data)
    },
  },
  {
    timetable: { 'test.note': '0 3 * * *' },
    watch: {
      failed: (error, kind) => told.push(['failed', kind, error instanceof Error ? error.message : null]),
      interrupted: (kind, times) => told.push(['interrupted', kind, times]),
      givenUp: (kind, past) => told.push(['given up', kind, past]),
    },
  },
)
afterAll(() => stop())

/** What pg-boss writes behind a job that ran when its server was told to stop, and behind one that has run for longer than it may. */
const stopped = { value: 'pg-boss shut down while active' }
const tooLong = { name: 'Error', message: 'handler execution exceeded 3600s' }

const soon = { timeout: 300_000 }

/** A job whose worker has said nothing for longer than it may, as after `kill -9` of its server; answers its id. */
const leftBehind = (kind: string, number: number, past?: Past, claims = 0): Promise<string> =>
  database.asOwner(async (db) => {
    const payload = JSON.stringify({ kind, data: { number }, ...(past ? { past } : {}) })
    const { rows } = await db.execute<{ id: string }>(sql`insert into jobs.job
      (name, data, expire_seconds, heartbeat_seconds, state, started_on, heartbeat_on, retry_limit, retry_count, retry_delay_max)
      values ('work', ${payload}::jsonb, 3600, 15, 'active', now() - interval '20 s', now() - interval '16 s', 1000000, ${claims}, 1)
      returning id`)
    return rows[0]?.id ?? ''
  })

const stateOf = (id: string) =>
  database.asOwner(async (db) => {
    const { rows } = await db.execute<{ state: string; past: Past | null; days: number }>(
      sql`select state, data->'past' as past, deletion_seconds / 86400 as days from jobs.job where id = ${id}`,
    )
    return rows[0]
  })

test('a job runs after its transaction has committed, and never when it was rolled back', async () => {
  const failing = database.transaction(scopeOver('u1'), async (db) => {
    await enqueue(db, 'test.note', { number: 1 })
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await database.transaction(scopeOver('u1'), (db) => enqueue(db, 'test.note', { number: 2 }))
  await vi.waitFor(() => expect(done).toEqual([{ number: 2 }]), soon)
})

test('the timetable is written down in Chinese time', async () => {
  const { rows } = await database.asOwner((db) =>
    db.execute(sql`select key, cron, timezone, data->>'kind' as kind from jobs.schedule`),
  )
  expect(rows).toEqual([{ key: 'test.note', cron: '0 3 * * *', timezone: 'Asia/Shanghai', kind: 'test.note' }])
})

test('a job that fails, or is of an unknown kind, is tried three times and then given up, until somebody lets it begin again', async () => {
  await database.transaction(scopeOver('u1'), async (db) => {
    await enqueue(db, 'test.fail', { number: 3 })
    await enqueue(db, 'test.unknown')
  })
  const of = (kind: string) => told.filter((it) => it[1] === kind)
  const no = ['failed', 'test.fail', 'no']
  const end = ['given up', 'test.fail', { failures: 3, interruptions: 0 }]
  await vi.waitFor(() => expect(of('test.fail')).toEqual([no, no, no, end]), soon)
  await vi.waitFor(() => expect(of('test.unknown').at(-1)?.[0]).toBe('given up'), soon)

  const given = await database.asOwner(listGivenUp)
  expect(given.map(({ id, givenUpAt, ...it }) => it)).toContainEqual({
    kind: 'test.fail',
    data: { number: 3 },
    past: { failures: 3, interruptions: 0 },
  })
  const { id = '' } = given.find((it) => it.kind === 'test.fail') ?? {}
  expect(await stateOf(id)).toMatchObject({ state: 'failed', days: 90 })
  expect(await database.asOwner((db) => beginAgain(db, [id]))).toBe(1)
  await vi.waitFor(() => expect(of('test.fail')).toEqual([no, no, no, end, no]), soon)
})

test('a job in the middle of which a server has ended is begun again, nine times, and that does not count among its failures', async () => {
  const cases: [number: number, before: Past | undefined, output: object | undefined, state: string, past: Past][] = [
    [10, undefined, undefined, 'completed', { failures: 0, interruptions: 1 }],
    [11, { failures: 0, interruptions: 2 }, undefined, 'completed', { failures: 0, interruptions: 3 }],
    [12, { failures: 2, interruptions: 0 }, undefined, 'completed', { failures: 2, interruptions: 1 }],
    [13, { failures: 0, interruptions: 8 }, undefined, 'completed', { failures: 0, interruptions: 9 }],
    [14, { failures: 0, interruptions: 9 }, undefined, 'failed', { failures: 0, interruptions: 10 }],
    // An orderly stop is no fault of a job; an hour that was over is one.
    [15, { failures: 2, interruptions: 9 }, stopped, 'completed', { failures: 2, interruptions: 9 }],
    [16, { failures: 1, interruptions: 0 }, tooLong, 'completed', { failures: 2, interruptions: 0 }],
    [17, { failures: 2, interruptions: 0 }, tooLong, 'failed', { failures: 3, interruptions: 0 }],
  ]
  const ids = await Promise.all(cases.map(([number, before]) => leftBehind('test.note', number, before, 9)))
  for (const [at, [, , output]] of cases.entries())
    if (output)
      await database.asOwner((db) =>
        db.execute(
          sql`update jobs.job set state = 'retry', output = ${JSON.stringify(output)}::jsonb where id = ${ids[at]}`,
        ),
      )
  await vi.waitFor(
    async () =>
      expect(await Promise.all(ids.map(stateOf))).toEqual(
        cases.map(([, , , state, past]) => ({ state, past, days: state === 'failed' ? 90 : 7 })),
      ),
    soon,
  )
  expect(
    done
      .map((it) => Number(it.number))
      .filter((it) => it >= 10)
      .sort(),
  ).toEqual([10, 11, 12, 13, 15, 16])
  expect(told.filter(([what, kind]) => kind === 'test.note' && what === 'given up')).toHaveLength(2)
  const interrupted = told.flatMap(([what, , times]) => (what === 'interrupted' ? [Number(times)] : []))
  expect(interrupted.sort((a, b) => a - b)).toEqual([1, 1, 3, 9, 10])
})

test('jobs over which servers have ended more than once are done one at a time, and the others beside them', async () => {
  const ids = [await leftBehind('test.linger', 20, { failures: 0, interruptions: 1 })]
  ids.push(await leftBehind('test.linger', 21, { failures: 0, interruptions: 1 }))
  const hurry = () =>
    database.asOwner((db) => db.execute(sql`update jobs.job set start_after = now() where state = 'retry'`))
  await vi.waitFor(
    async () => {
      await hurry()
      const states = await Promise.all(ids.map(stateOf))
      expect(states.map((it) => it?.state)).toEqual(['completed', 'completed'])
      expect(states.map((it) => it?.past)).toEqual([
        { failures: 0, interruptions: 2 },
        { failures: 0, interruptions: 2 },
      ])
    },
    { ...soon, interval: 300 },
  )
  expect(together.most).toBe(1)
  await database.transaction(scopeOver('u1'), async (db) => {
    await enqueue(db, 'test.linger', { number: 22 })
    await enqueue(db, 'test.linger', { number: 23 })
  })
  await vi.waitFor(() => expect(done).toContainEqual({ number: 23 }), soon)
  expect(together.most).toBe(2)
})
