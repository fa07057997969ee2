import { sql } from 'drizzle-orm'
import { type Database, type Db, wholeUniversity } from '../../platform/database.ts'
import { forgetPersons, moveEntries } from '../../platform/search/entries.ts'
import { universities } from '../organization/tables.ts'
import { followPersons } from '../people/service.ts'
import { indexActsOf } from './acts.ts'

/** What moves with its person in the same transaction, so that nobody finds it at the place they have left; acts are taken in anew. */
followPersons(async (ctx, { personIds, what }) => {
  if (what !== 'moved') return
  await forgetPersons(ctx, 'act', personIds)
  await moveEntries(
    ctx,
    sql`select id, path from persons where tenant_id = ${ctx.tenantId} and id = any(${sql.param(personIds)}::uuid[])`,
  )
})

/**
 * Takes what has been recorded since into the search, and returns how many rows of the journal were looked at. It follows the
 * journal, so that recording costs nothing more. Where another process is doing so it leaves the work to that one.
 */
export async function indexChanges(database: Database): Promise<number> {
  let count = 0
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities)) {
    const scope = wholeUniversity(tenantId)
    let looked: number
    do {
      looked = await database.transaction(scope, (db) => indexSlice(db, tenantId))
      count += looked
    } while (looked === sliceSize)
  }
  return count
}

/** Indexes every `seconds` until the returned function is called, which waits for the last slice. */
export function keepIndexing(
  database: Database,
  onFailure: (error: unknown) => void,
  seconds = 2,
): () => Promise<void> {
  let isStopped = false
  let wake: () => void = () => undefined
  const rounds = (async () => {
    while (!isStopped) {
      await indexChanges(database).catch(onFailure)
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, isStopped ? 0 : seconds * 1_000).unref()
      })
    }
  })()
  return async () => {
    isStopped = true
    wake()
    await rounds
  }
}

/** So many rows of the journal are looked at in one transaction, which keeps their persons from being changed. */
const sliceSize = 100

/** What changes the acts of a person, or what stands about the person beside them. */
const events = [
  'development.act-recorded',
  'development.act-corrected',
  'development.act-struck-out',
  'development.acts-imported',
  'development.import-struck-out',
  'people.changed',
  'people.moved',
  'people.withdrawn',
]

interface JournalRow extends Record<string, unknown> {
  transaction: string
  id: string
  event: string
  personId: string | null
}

async function indexSlice(db: Db, tenantId: string): Promise<number> {
  const { rows: held } = await db.execute<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(${sql.raw(lockKey)}) as held`,
  )
  if (!held[0]?.held) return 0
  const { rows } = await db.execute<JournalRow>(sql`
    with progress as (select transaction, journal_id as id from search_progress
      where tenant_id = ${tenantId} and follower = 'acts')
    select j.transaction::text as transaction, j.id, j.event, j.person_id as "personId" from journal j
    where j.tenant_id = ${tenantId} and j.transaction < pg_snapshot_xmin(pg_current_snapshot())
      and (j.transaction, j.id) > (coalesce((select transaction from progress), '0'::xid8),
        coalesce((select id from progress), '00000000-0000-0000-0000-000000000000'::uuid))
    order by j.transaction, j.id limit ${sliceSize}`)
  const last = rows.at(-1)
  if (!last) return 0
  const changed = rows.filter((it) => events.includes(it.event)).flatMap((it) => it.personId ?? [])
  await indexActsOf({ db, tenantId }, [...new Set(changed)])
  await db.execute(sql`insert into search_progress (tenant_id, follower, transaction, journal_id)
    values (${tenantId}, 'acts', ${last.transaction}::xid8, ${last.id}::uuid)
    on conflict (tenant_id, follower) do update set transaction = excluded.transaction, journal_id = excluded.journal_id`)
  return rows.length
}

const lockKey = '7240924'
