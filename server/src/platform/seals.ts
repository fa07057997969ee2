import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, tenantId } from './columns.ts'
import type { Database, Db } from './database.ts'
import { transactionNumber } from './journal.ts'

/**
 * A batch of journal rows, closed by a hash over them and over the batch before: whoever changes an old row
 * has to change every later hash, and the last one may be kept outside (`npx zhibu verify` prints it).
 */
export const journalSeals = pgTable(
  'journal_seals',
  {
    tenantId: tenantId(),
    /** 1, 2, 3 … in each university. */
    number: integer('number').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
    rowCount: integer('row_count').notNull(),
    sealedAt: instant('sealed_at').notNull(),
    /** Transactions with smaller numbers were over by then: their rows are all sealed. Null where that is not known. */
    horizon: transactionNumber('horizon'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.number] }),
    index('journal_seals_by_horizon').on(table.horizon),
  ],
)

/** Which rows a seal closes, each with its own hash, so that a changed one can be named. */
export const journalSealedRows = pgTable(
  'journal_sealed_rows',
  {
    tenantId: tenantId(),
    journalId: uuid('journal_id').notNull(),
    sealNumber: integer('seal_number').notNull(),
    rowHash: text('row_hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.journalId] }),
    index('journal_sealed_rows_by_seal').on(table.tenantId, table.sealNumber, table.journalId),
  ],
)

/** What stands in the first seal for the hash of the one before. */
export const genesis = '0'.repeat(64)

/** Rows that one transaction of the sealer takes at most. */
const batchLimit = 5_000

/**
 * Seals all committed rows that are not sealed yet and returns how many. Writers never wait for it, nor it for them;
 * where another process is sealing it leaves the work to that one and returns the count so far.
 */
export async function sealJournal(database: Database): Promise<number> {
  let total = 0
  let round: Round = { horizon: null, after: null }
  for (;;) {
    const batch = await database.asKeeper((db) => sealBatch(db, round))
    total += batch.count
    if (batch.isLast) return total
    round = batch.round
  }
}

/** Seals every `seconds` until the returned function is called, which waits for the last round. */
export function keepSealing(database: Database, onFailure: (error: unknown) => void, seconds = 2): () => Promise<void> {
  let isStopped = false
  let wake: () => void = () => undefined
  const rounds = (async () => {
    while (!isStopped) {
      await sealJournal(database).catch(onFailure)
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, isStopped ? 0 : seconds * 1_000).unref()
      })
    }
    await sealJournal(database).catch(onFailure)
  })()
  return async () => {
    isStopped = true
    wake()
    await rounds
  }
}

/** How far a round over the journal has come. */
interface Round {
  /** What was sure to be over when the round began: what commits meanwhile before `after` is left for the next round. */
  horizon: string | null
  /** The last row that was sealed. */
  after: { transaction: string; id: string } | null
}

interface SealableRow extends Record<string, unknown> {
  tenant: string
  id: string
  hash: string
  transaction: string
}

async function sealBatch(db: Db, { horizon, after }: Round): Promise<{ count: number; isLast: boolean; round: Round }> {
  const { rows: state } = await db.execute<{ held: boolean; horizon: string | null; now: string }>(
    sql`select pg_try_advisory_xact_lock(${sql.raw(lockKey)}) as held, pg_snapshot_xmin(pg_current_snapshot())::text as now,
      (select s.horizon::text from journal_seals s where s.horizon is not null order by s.horizon desc limit 1) as horizon`,
  )
  const [known] = state
  const round = { horizon: horizon ?? known?.now ?? null, after }
  if (!known?.held) return { count: 0, isLast: true, round }
  await db.execute(walkIndexes)
  const from = after
    ? sql`(j.transaction, j.id) > (${after.transaction}::xid8, ${after.id}::uuid)`
    : sql`j.transaction >= ${known.horizon ?? '0'}::xid8`
  const { rows: found } = await db.execute<SealableRow>(sql`
    select tenant_id as tenant, id, ${rowHash} as hash, transaction::text as transaction
    from journal j
    where ${from}
      and not exists (select from journal_sealed_rows s where s.tenant_id = j.tenant_id and s.journal_id = j.id)
    order by j.transaction, j.id limit ${batchLimit + 1}`)
  const isLast = found.length <= batchLimit
  const rows = found.slice(0, batchLimit)
  for (const [tenant, own] of Map.groupBy(rows, (row) => row.tenant)) {
    await appendSeal(db, tenant, own, isLast ? round.horizon : null)
  }
  return { count: rows.length, isLast, round: { ...round, after: rows.at(-1) ?? after } }
}

/** The planner knows nothing of transaction numbers, and would read the whole journal to find its end. */
const walkIndexes = sql.raw(
  ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map((it) => `set local enable_${it} = off`).join('; '),
)

const lockKey = '7240923'

/**
 * The hash of a journal row `j`: over the array of its columns as text, exact to the microsecond and independent of the session.
 * The number of the transaction stays out: it changes when a backup is restored.
 */
export const rowHash = sql.raw(`encode(sha256(convert_to(jsonb_build_array(j.tenant_id, j.id,
  to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), j.account_id, j.actor_name, j.event,
  j.subject_kind, j.subject_id, j.org_path, j.person_id, j.details, j.request_id)::text, 'UTF8')), 'hex')`)

/** The hash of a seal: over its place in the chain, the seal before, its moment, and its rows in the order of their ids. */
export function sealHash(seal: {
  tenantId: string
  number: number
  previousHash: string
  sealedAt: Date
  rows: readonly (readonly [id: string, hash: string])[]
}): string {
  const rows = [...seal.rows].sort(([a], [b]) => (a < b ? -1 : 1))
  const content = JSON.stringify([seal.tenantId, seal.number, seal.previousHash, seal.sealedAt.toISOString(), rows])
  return createHash('sha256').update(content).digest('hex')
}

async function appendSeal(db: Db, tenant: string, rows: readonly SealableRow[], horizon: string | null): Promise<void> {
  const last = await db.execute<{ number: number; hash: string }>(
    sql`select number, hash from journal_seals where tenant_id = ${tenant} order by number desc limit 1`,
  )
  const number = (last.rows[0]?.number ?? 0) + 1
  const previousHash = last.rows[0]?.hash ?? genesis
  const sealedAt = new Date()
  const hashed = rows.map((row) => [row.id, row.hash] as const)
  const hash = sealHash({ tenantId: tenant, number, previousHash, sealedAt, rows: hashed })
  await db
    .insert(journalSeals)
    .values({ tenantId: tenant, number, previousHash, hash, rowCount: rows.length, sealedAt, horizon })
  await db.execute(sql`insert into journal_sealed_rows (tenant_id, journal_id, seal_number, row_hash)
    select ${tenant}, id::uuid, ${number}::int, it.row
      from jsonb_to_recordset(${JSON.stringify(rows.map(({ id, hash: row }) => ({ id, row })))}::jsonb) as it(id text, row text)`)
}
