import { type Act, completeness, type Day, differences, type Setting } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import { enqueue, enqueueBehind, type JobData } from '../../platform/jobs.ts'
import { Prepared } from '../../platform/prepared.ts'
import { dayInChina } from '../../platform/today.ts'
import { type Filed, filedOf } from '../archive/filed.ts'
import { followDocuments, followFilingList } from '../archive/following.ts'
import type { PaperState } from './completeness-schema.ts'
import { type FileFacts, factsOf } from './facts.ts'
import { settingOf } from './settings.ts'

type Stating = Pick<Context, 'db' | 'tenantId'> & { today: Day }

/** The papers of these persons are looked at again once the transaction has committed. */
export async function statePapersLater(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  personIds: readonly string[],
): Promise<void> {
  for (let from = 0; from < personIds.length; from += sliceSize)
    await enqueue(db, jobKind, { tenantId, personIds: personIds.slice(from, from + sliceSize).join(' ') })
}

/** The same for one person; the transaction waits for it, not the caller. */
export const statePapersBehind = ({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, personId: string): void =>
  enqueueBehind(db, jobKind, { tenantId, personIds: personId })

const jobKind = 'development.state-papers'
const sliceSize = 500

/** The job `development.state-papers`. */
export async function statePapersOf(database: Database, { tenantId, personIds }: JobData): Promise<void> {
  if (typeof tenantId !== 'string' || typeof personIds !== 'string') return
  const today = dayInChina(new Date())
  await database.transaction(wholeUniversity(tenantId), (db) =>
    statePapers({ db, tenantId, today }, personIds.split(' ')),
  )
}

/** A paper that was filed, changed or taken out may settle a remark, or bring one. */
followDocuments(statePapersLater)

/** Another filing list asks for other papers of everybody. */
followFilingList(({ db, tenantId }) => enqueue(db, 'development.restate', { tenantId }))

/**
 * Writes anew what the papers of these persons lack on a day (`development_paper_remarks`), in a few statements for any number of
 * persons. Texts of papers are not opened. Who has neither acts nor papers has no rows.
 */
export async function statePapers(ctx: Stating, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  // Of two at once the later one has to see what the earlier one missed.
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${jobKind} ${ctx.tenantId}`}, 0))`)
  const { setting } = await settingOf(ctx)
  const files = await factsOf(ctx, personIds)
  const filed = await filedOf(ctx, personIds)
  const remarks = files.flatMap((file) => rowsOf(file, filed, ctx.today, setting))
  await writing.rows(ctx.db, { tenantId: ctx.tenantId, personIds, remarks: JSON.stringify(remarks) })
}

function rowsOf({ person, facts }: FileFacts, { list, documents }: Filed, on: Day, setting: Setting) {
  const lying = documents.get(person.id) ?? []
  const acts: readonly Act[] = facts.acts
  if (acts.length === 0 && lying.length === 0) return []
  const found: { place: string; state: PaperState }[] = [
    ...completeness(list, { facts, documents: lying }, on, setting).flatMap(({ place, state }) =>
      state === 'notDue' ? [] : [{ place, state }],
    ),
    ...differences(list, { facts, name: person.name, documents: lying }, on, setting).map(({ place }) => ({
      place,
      state: 'differs' as const,
    })),
  ]
  const once = new Map(found.map((it) => [`${it.place} ${it.state}`, it]))
  return [...once.values()].map((it) => ({ person_id: person.id, path: person.path, pinyin: person.pinyin, ...it }))
}

/** Rows that would stay as they are are not written. */
const writing = new Prepared(
  'development_write_paper_remarks',
  sql`
  with remark as (
    select * from json_to_recordset(${sql.placeholder('remarks')}::json) as it(
      person_id uuid, path text, pinyin text, place text, state text)
  ), settled as (
    delete from development_paper_remarks as old
    where old.tenant_id = ${sql.placeholder('tenantId')} and old.person_id = any(${sql.placeholder('personIds')}::uuid[])
      and (old.person_id, old.place, old.state) not in (select person_id, place, state from remark)
  )
  insert into development_paper_remarks as old (tenant_id, person_id, place, state, path, pinyin)
  select ${sql.placeholder('tenantId')}::text, person_id, place, state, path, pinyin from remark
  on conflict (tenant_id, person_id, place, state) do update set path = excluded.path, pinyin = excluded.pinyin
  where (old.path, old.pinyin) is distinct from (excluded.path, excluded.pinyin)`,
)
