import { sql } from 'drizzle-orm'
import type { Database, Db } from './database.ts'
import { genesis, rowHash, sealHash } from './seals.ts'

/** The first thing that is wrong with a sealed journal, and where. */
export interface JournalProblem {
  kind: 'altered-row' | 'missing-row' | 'added-row' | 'altered-seal' | 'missing-seal' | 'anchor-not-found'
  tenantId: string
  sealNumber: number | null
  /** The row, where it can be named. */
  rowId: string | null
}

/** The end of a chain. Kept elsewhere, it proves later that nothing up to here was written anew. */
export interface Anchor {
  tenantId: string
  number: number
  hash: string
}

export interface Verification {
  /** Null where every sealed row is as it was sealed. */
  problem: JournalProblem | null
  sealedRows: number
  anchors: Anchor[]
}

/** Seals read at a time. */
const pageOfSeals = 200

/** Reads the whole journal against its seals and names the first row that was altered, taken away or slipped in. */
export async function verifyJournal(database: Database, keptAnchors: readonly string[] = []): Promise<Verification> {
  return database.asKeeper(async (db) => {
    await db.execute(sql`set transaction isolation level repeatable read`)
    const anchors: Anchor[] = []
    let sealedRows = 0
    for (const tenantId of await universities(db)) {
      const chain = await verifyChain(db, tenantId)
      if ('kind' in chain) return { problem: chain, sealedRows, anchors }
      sealedRows += chain.sealedRows
      anchors.push(chain.anchor)
    }
    const lost = await firstLost(db, keptAnchors)
    return { problem: (await firstAdded(db)) ?? lost, sealedRows, anchors }
  })
}

async function universities(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select tenant_id as id from journal_seals union select tenant_id from journal_sealed_rows order by 1`)
  return rows.map((row) => row.id)
}

interface StoredSeal extends Record<string, unknown> {
  number: number
  previous: string
  hash: string
  count: number
  at: string
}

interface StoredRow extends Record<string, unknown> {
  number: number
  id: string
  sealed: string
  current: string | null
}

async function verifyChain(db: Db, tenantId: string): Promise<JournalProblem | { anchor: Anchor; sealedRows: number }> {
  let previous = { number: 0, hash: genesis }
  let sealedRows = 0
  for (;;) {
    const { seals, rows } = await readPage(db, tenantId, previous.number)
    if (seals.length === 0) break
    for (const seal of seals) {
      const problem = inspect(tenantId, seal, rows.get(seal.number) ?? [], previous)
      if (problem) return problem
      sealedRows += seal.count
      previous = seal
    }
  }
  const stray = await db.execute<{ number: number; id: string }>(sql`
    select seal_number as number, journal_id as id from journal_sealed_rows
    where tenant_id = ${tenantId} and (seal_number > ${previous.number} or seal_number < 1) limit 1`)
  const [row] = stray.rows
  if (row) return { kind: 'missing-seal', tenantId, sealNumber: row.number, rowId: row.id }
  return { anchor: { tenantId, number: previous.number, hash: previous.hash }, sealedRows }
}

async function readPage(db: Db, tenantId: string, after: number) {
  const seals = await db.execute<StoredSeal>(sql`
    select number, previous_hash as previous, hash, row_count as count,
      to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at
    from journal_seals where tenant_id = ${tenantId} and number > ${after} order by number limit ${pageOfSeals}`)
  const last = seals.rows.at(-1)?.number ?? after
  const rows = await db.execute<StoredRow>(sql`
    select s.seal_number as number, s.journal_id as id, s.row_hash as sealed, case when j.id is null then null else ${rowHash} end as current
    from journal_sealed_rows s left join journal j on j.tenant_id = s.tenant_id and j.id = s.journal_id
    where s.tenant_id = ${tenantId} and s.seal_number > ${after} and s.seal_number <= ${last} order by s.journal_id`)
  return { seals: seals.rows, rows: Map.groupBy(rows.rows, (row) => row.number) }
}

/** What is wrong with one seal and its rows. A row is named before the seal, because it says more. */
function inspect(
  tenantId: string,
  seal: StoredSeal,
  rows: readonly StoredRow[],
  previous: { number: number; hash: string },
): JournalProblem | null {
  const problem = (kind: JournalProblem['kind'], rowId: string | null = null) => {
    return { kind, tenantId, sealNumber: seal.number, rowId }
  }
  if (seal.number !== previous.number + 1) return { ...problem('missing-seal'), sealNumber: previous.number + 1 }
  for (const row of rows) {
    if (row.current === null) return problem('missing-row', row.id)
    if (row.current !== row.sealed) return problem('altered-row', row.id)
  }
  if (rows.length < seal.count) return problem('missing-row')
  if (rows.length > seal.count) return problem('added-row')
  const expected = sealHash({
    tenantId,
    number: seal.number,
    previousHash: previous.hash,
    sealedAt: new Date(`${seal.at.slice(0, 23)}Z`),
    rows: rows.map((row) => [row.id, row.sealed] as const),
  })
  const isWhole = seal.previous === previous.hash && seal.hash === expected
  return isWhole ? null : problem('altered-seal')
}

/** A row without a seal although everything of its time is sealed: somebody put it in with an old transaction number. */
async function firstAdded(db: Db): Promise<JournalProblem | null> {
  const { rows } = await db.execute<{ tenantId: string; id: string }>(sql`
    select j.tenant_id as "tenantId", j.id from journal j
    where j.transaction < (select horizon from journal_seals where horizon is not null order by horizon desc limit 1)
      and not exists (select 1 from journal_sealed_rows s where s.tenant_id = j.tenant_id and s.journal_id = j.id)
    order by j.tenant_id, j.id limit 1`)
  const [row] = rows
  return row ? { kind: 'added-row', tenantId: row.tenantId, sealNumber: null, rowId: row.id } : null
}

/** An anchor that was kept elsewhere and is the hash of no seal: the chain was written anew. */
async function firstLost(db: Db, kept: readonly string[]): Promise<JournalProblem | null> {
  for (const hash of kept) {
    const { rowCount } = await db.execute(sql`select 1 from journal_seals where hash = ${hash}`)
    if (rowCount === 0) return { kind: 'anchor-not-found', tenantId: '', sealNumber: null, rowId: null }
  }
  return null
}
