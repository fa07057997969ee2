import { sql } from 'drizzle-orm'
import { afterAll, expect, test, vi } from 'vitest'
import { freshDatabase, scopeOver } from '../../test/database.ts'
import { enqueue, type JobData, startJobs } from './jobs.ts'

const database = await freshDatabase()
const done: JobData[] = []
const failures: string[] = []
const stop = await startJobs(
  database.address,
  {
    'test.note': async (data) => {
      done.push(data)
    },
    'test.fail': async () => {
      throw new Error('no')
    },
  },
  { timetable: { 'test.note': '0 3 * * *' }, onFailure: (_error, kind) => failures.push(kind) },
)
afterAll(() => stop())

test('a job runs after its transaction has committed, and never when it was rolled back', async () => {
  const failing = database.transaction(scopeOver('u1'), async (db) => {
    await enqueue(db, 'test.note', { number: 1 })
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await database.transaction(scopeOver('u1'), (db) => enqueue(db, 'test.note', { number: 2 }))
  await vi.waitFor(() => expect(done).toEqual([{ number: 2 }]), { timeout: 300_000 })
})

test('a job that fails is reported, and so is one of an unknown kind', async () => {
  await database.transaction(scopeOver('u1'), async (db) => {
    await enqueue(db, 'test.fail')
    await enqueue(db, 'test.unknown')
  })
  await vi.waitFor(() => expect([...new Set(failures)].sort()).toEqual(['test.fail', 'test.unknown']), {
    timeout: 300_000,
  })
})

test('the timetable is written down in Chinese time', async () => {
  const { rows } = await database.asOwner((db) =>
    db.execute(sql`select key, cron, timezone, data->>'kind' as kind from jobs.schedule`),
  )
  expect(rows).toEqual([{ key: 'test.note', cron: '0 3 * * *', timezone: 'Asia/Shanghai', kind: 'test.note' }])
})

test('a job whose worker was killed is begun again within a minute', async () => {
  await database.asOwner((db) =>
    db.execute(sql`insert into jobs.job (name, data, expire_seconds, heartbeat_seconds, state, started_on, heartbeat_on)
      values ('work', '{"kind":"test.note","data":{"number":3}}', 3600, 15, 'active', now() - interval '20 s',
        now() - interval '16 s')`),
  )
  await vi.waitFor(() => expect(done).toContainEqual({ number: 3 }), { timeout: 300_000 })
})
