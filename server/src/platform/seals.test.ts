import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import pg from 'pg'
import { describe, expect, test, vi } from 'vitest'
import { freshDatabase, scopeOver } from '../../test/database.ts'
import type { Database, Db } from './database.ts'
import { record, recordAll, recordReading } from './journal.ts'
import { genesis, rowHash, sealJournal } from './seals.ts'
import { verifyJournal } from './verification.ts'

const subject = { kind: 'person', id: 'p1', orgPath: '0001.', personId: randomUUID() }

test('rows are sealed once, each university in a chain of its own', async () => {
  const database = await freshDatabase()
  await write(database, 'u1', 3)
  await write(database, 'u2', 1)
  expect(await sealJournal(database)).toBe(4)
  expect(await sealJournal(database)).toBe(0)
  await write(database, 'u1', 2)
  expect(await sealJournal(database)).toBe(2)
  const { problem, sealedRows, anchors } = await verifyJournal(database)
  expect({ problem, sealedRows }).toEqual({ problem: null, sealedRows: 6 })
  expect(anchors.map(({ tenantId, number }) => [tenantId, number])).toEqual([
    ['u1', 2],
    ['u2', 1],
  ])
})

test('many rows are sealed in several batches', async () => {
  const database = await freshDatabase()
  await writeAtOnce(database, 'u1', 11_000)
  expect(await sealJournal(database)).toBe(11_000)
  expect(await verifyJournal(database)).toMatchObject({ problem: null, sealedRows: 11_000, anchors: [{ number: 3 }] })
})

test('a transaction that commits late is neither missed nor waited for', async () => {
  const database = await freshDatabase()
  let commit: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    commit = resolve
  })
  const started = Promise.withResolvers<void>()
  const late = database.transaction(scopeOver('u1'), async (db) => {
    await record(contextOf(db, 'u1'), 'test.late', subject)
    started.resolve()
    await held
  })
  await started.promise
  await write(database, 'u1', 2)
  expect(await sealJournal(database)).toBe(2)
  await write(database, 'u1', 1)
  expect(await sealJournal(database)).toBe(1)
  commit()
  await late
  expect(await sealJournal(database)).toBe(1)
  expect(await verifyJournal(database)).toMatchObject({ problem: null, sealedRows: 4 })
})

test('a transaction that commits late, in the middle of a round of several batches, is sealed by the next round', async () => {
  const database = await freshDatabase()
  const hold = Promise.withResolvers<void>()
  const started = Promise.withResolvers<void>()
  const late = database.transaction(scopeOver('u1'), async (db) => {
    await record(contextOf(db, 'u1'), 'test.late', subject)
    started.resolve()
    await hold.promise
  })
  await started.promise
  await writeAtOnce(database, 'u1', 6_000)
  const meddling: Database = {
    ...database,
    asKeeper: async (useCase) => {
      const batch = await database.asKeeper(useCase)
      hold.resolve()
      await late
      return batch
    },
  }
  expect(await sealJournal(meddling)).toBe(6_000)
  expect(await sealJournal(database)).toBe(1)
  expect(await verifyJournal(database)).toMatchObject({ problem: null, sealedRows: 6_001 })
})

test('a round looks at no row that was sealed long ago', async () => {
  const database = await freshDatabase()
  await writeAtOnce(database, 'u1', 3_000)
  await sealJournal(database)
  const rowsRead = sql`select seq_tup_read + idx_tup_fetch as count from pg_stat_xact_user_tables where relname = 'journal'`
  const countIn = async (db: Db) => Number((await db.execute<{ count: string }>(rowsRead)).rows[0]?.count ?? 0)
  let lookedAt = 0
  const watching: Database = {
    ...database,
    asKeeper: (useCase) =>
      database.asKeeper(async (db) => {
        const before = await countIn(db)
        const batch = await useCase(db)
        lookedAt = (await countIn(db)) - before
        return batch
      }),
  }
  // A transaction of another file of tests may hold the end of a round back for a while.
  await vi.waitFor(
    async () => {
      await write(database, 'u1', 2)
      expect(await sealJournal(watching)).toBe(2)
      expect(lookedAt).toBeLessThan(100)
    },
    { timeout: 300_000, interval: 200 },
  )
})

test('a round begins where the last one ended by number: 10 is behind 9', async () => {
  const database = await freshDatabase()
  await write(database, 'u1', 2)
  await tamper(database, sql`update journal set transaction = (9 + (details->>'number')::int)::text::xid8`)
  const ended = (number: number, horizon: string) =>
    sql`insert into journal_seals values ('u0', ${number}, ${genesis}, 'x', 0, now(), ${horizon})`
  await tamper(database, ended(1, '9'))
  await tamper(database, ended(2, '10'))
  expect(await sealJournal(database)).toBe(1)
})

test('several sealers at once seal each row once', async () => {
  const database = await freshDatabase()
  await write(database, 'u1', 20)
  const counts = await Promise.all(Array.from({ length: 4 }, () => sealJournal(database)))
  expect(counts.reduce((sum, count) => sum + count, await sealJournal(database))).toBe(20)
  expect(await verifyJournal(database)).toMatchObject({ problem: null, sealedRows: 20 })
})

test('a reading is a row that the person concerned can find', async () => {
  const database = await freshDatabase()
  await database.transaction(scopeOver('u1'), (db) => recordReading(contextOf(db, 'u1'), 'id-number', subject))
  const { rows } = await database.transaction(scopeOver('u1'), (db) =>
    db.execute(sql`select event, person_id, details, actor_name from journal`),
  )
  expect(rows).toEqual([
    { event: 'journal.read', person_id: subject.personId, details: { what: 'id-number' }, actor_name: '李四' },
  ])
})

describe('verification names', () => {
  const row = '00000000-0000-7000-8000-000000000001'
  test.each<[what: string, tampering: SQL, kind: string, rowId: unknown, sealNumber: unknown]>([
    [
      'an altered row',
      sql`update journal set actor_name = '王五' where id = (select min(id::text)::uuid from journal)`,
      'altered-row',
      expect.any(String),
      1,
    ],
    [
      'altered details',
      sql`update journal set details = '{"number": 7}' where details = '{"number": 1}'`,
      'altered-row',
      expect.any(String),
      1,
    ],
    [
      'a moment moved by a microsecond',
      sql`update journal set at = at + interval '1 microsecond'`,
      'altered-row',
      expect.any(String),
      1,
    ],
    [
      'a row taken away',
      sql`delete from journal where id = (select max(id::text)::uuid from journal)`,
      'missing-row',
      expect.any(String),
      2,
    ],
    [
      'a row taken away with its membership',
      sql`with gone as (delete from journal where id = (select max(id::text)::uuid from journal) returning id)
        delete from journal_sealed_rows where journal_id in (select id from gone)`,
      'missing-row',
      null,
      2,
    ],
    [
      'a row slipped into a sealed batch',
      sql`with added as (insert into journal select tenant_id, ${row}, at, account_id, actor_name, event, subject_kind, subject_id,
          org_path, person_id, details, request_id from journal limit 1 returning id)
        insert into journal_sealed_rows select 'u1', id, 1, 'x' from added`,
      'altered-row',
      row,
      1,
    ],
    [
      'a row slipped in with an old transaction number',
      sql`insert into journal select tenant_id, ${row}, at, account_id, actor_name, event, subject_kind, subject_id,
          org_path, person_id, details, request_id, '3' from journal limit 1`,
      'added-row',
      row,
      null,
    ],
    [
      'the seal of a row that was altered together with its hash',
      sql`with altered as (update journal set actor_name = '王五' where details = '{"number": 1}' returning *)
        update journal_sealed_rows s set row_hash = ${rowHash} from altered j where s.journal_id = j.id`,
      'altered-seal',
      null,
      1,
    ],
    ['an altered seal', sql`update journal_seals set hash = 'x' where number = 1`, 'altered-seal', null, 1],
    ['a seal taken away', sql`delete from journal_seals where number = 1`, 'missing-seal', null, 1],
    [
      'the last seal taken away',
      sql`delete from journal_seals where number = 2`,
      'missing-seal',
      expect.any(String),
      2,
    ],
  ])('%s', async (_what, tampering, kind, rowId, sealNumber) => {
    const database = await freshDatabase()
    await write(database, 'u1', 3)
    await sealJournal(database)
    await write(database, 'u1', 3)
    await sealJournal(database)
    await tamper(database, tampering)
    expect((await verifyJournal(database)).problem).toEqual({ kind, tenantId: 'u1', sealNumber, rowId })
  })

  test('a chain that was written anew, against an anchor kept elsewhere', async () => {
    const database = await freshDatabase()
    await write(database, 'u1', 3)
    await sealJournal(database)
    const [anchor] = (await verifyJournal(database)).anchors
    const kept = [anchor?.hash ?? '']
    expect((await verifyJournal(database, kept)).problem).toBeNull()
    await tamper(database, sql`delete from journal_sealed_rows`)
    await tamper(database, sql`delete from journal_seals`)
    await tamper(database, sql`update journal set actor_name = '王五'`)
    await sealJournal(database)
    expect((await verifyJournal(database)).problem).toBeNull()
    expect((await verifyJournal(database, kept)).problem).toMatchObject({ kind: 'anchor-not-found' })
  })
})

describe('the application may not', async () => {
  const database = await freshDatabase()
  test.each([
    'update journal set actor_name = null',
    'delete from journal',
    'truncate journal',
    'delete from journal_seals',
    'insert into journal_seals select * from journal_seals',
  ])('%s', async (statement) => {
    const attempt = database.transaction(scopeOver('u1'), (db) => db.execute(sql.raw(statement)))
    await expect(attempt).rejects.toMatchObject({ cause: { code: '42501' } })
  })
})

function contextOf(db: Db, tenantId: string) {
  return { db, tenantId, actor: { accountId: null, name: '李四' }, requestId: 'r1' }
}

async function write(database: Database, tenantId: string, rows: number): Promise<void> {
  for (let number = 0; number < rows; number++) {
    await database.transaction(scopeOver(tenantId), (db) =>
      record(contextOf(db, tenantId), 'test.written', subject, { number }),
    )
  }
}

async function writeAtOnce(database: Database, tenantId: string, rows: number): Promise<void> {
  const all = Array.from({ length: rows }, (_, number) => ({ subject, details: { number } }))
  await database.transaction(scopeOver(tenantId), (db) => recordAll(contextOf(db, tenantId), 'test.written', all))
}

/** Somebody with the password of the owner, who first switches row-level security off. */
async function tamper(database: Database, statement: SQL): Promise<void> {
  const client = new pg.Client(database.address.owner)
  await client.connect()
  try {
    for (const table of ['journal', 'journal_seals', 'journal_sealed_rows']) {
      await client.query(`alter table ${table} disable row level security`)
    }
    await database.asOwner((db) => db.execute(statement))
  } finally {
    await client.end()
  }
}
