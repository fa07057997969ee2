import type { Day } from '@zhibu/rules'
import { dayWritten } from '@zhibu/rules'
import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Actor, Context } from '../../platform/context.ts'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { newId } from '../../platform/ids.ts'
import { record, system } from '../../platform/journal.ts'
import { beginningOf } from '../../platform/storable.ts'
import { dayInChina } from '../../platform/today.ts'
import { actorOfAccount } from '../accounts/actor.ts'
import { tellByItself } from '../notices/by-themselves.ts'
import { mostOfTitle } from '../notices/schema.ts'
import { officesWith } from '../organization/policy.ts'
import { universities } from '../organization/tables.ts'
import { lastDueOn, yearToldOn } from './due-days.ts'
import { type Failure, failureNames } from './names-schema.ts'
import { findPlace, type Place } from './place.ts'
import { maySetUp } from './policy.ts'
import { allCards, countCard } from './queries.ts'
import type { Recipient } from './schedule-schema.ts'
import { readingOffices, subjectOf, upwards } from './schedules.ts'
import { type KeptCard, reportSchedules, reportSendings, type StoredSchedule } from './tables.ts'

/** What a sending stands on, besides its day. */
interface Ground {
  now: Date
  baseUrl: string
  encryption: FieldEncryption
}

/**
 * Sends what is due up to today, a transaction for each table: its figures, the notice and that it went stand together or not at all, and the day
 * of a schedule is taken once, by whoever is first. Of what was missed while nothing ran, the last one goes. A table that cannot be made keeps no
 * other from going; that it could not be made is thrown at the end, and it is tried again with the next run.
 */
export async function sendTables(database: Database, ground: Ground): Promise<void> {
  const today = dayInChina(ground.now)
  const errors: unknown[] = []
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities)) {
    const all = await database.reading(wholeUniversity(tenantId), (db) =>
      db
        .select()
        .from(reportSchedules)
        .where(and(eq(reportSchedules.tenantId, tenantId), active, lt(reportSchedules.afterOn, today))),
    )
    for (const { id, every, dayOfMonth, afterOn } of all) {
      const dueOn = lastDueOn(every, dayOfMonth, today)
      if (dueOn > afterOn)
        await database
          .transaction(wholeUniversity(tenantId), (db) =>
            sendOne(
              { db, tenantId, today, requestId: newId(), encryption: ground.encryption },
              id,
              dueOn,
              ground.baseUrl,
            ),
          )
          .catch((error: unknown) => errors.push(error))
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'Tables that could not be made')
}

const active = and(isNull(reportSchedules.pausedAt), isNull(reportSchedules.endedAt))

type Unnamed = Omit<Context, 'actor'>

async function sendOne(ctx: Unnamed, scheduleId: string, dueOn: Day, baseUrl: string): Promise<void> {
  const { db, tenantId, today } = ctx
  const [it] = await db
    .select()
    .from(reportSchedules)
    .where(and(eq(reportSchedules.tenantId, tenantId), eq(reportSchedules.id, scheduleId), active))
    .for('update')
  // Changed or sent since it was looked at.
  if (it === undefined || lastDueOn(it.every, it.dayOfMonth, today) !== dueOn || dueOn <= it.afterOn) return
  const id = newId()
  const taken = await db
    .insert(reportSendings)
    .values({ tenantId, id, scheduleId, path: it.path, title: it.title, dueOn, sentOn: today })
    .onConflictDoNothing()
    .returning({ id: reportSendings.id })
  if (taken.length === 0) return
  const place = await findPlace(ctx, it.organizationId)
  const owner = await actorOfAccount(db, { tenantId, accountId: it.ownerAccountId, today })
  const above = (await upwards(ctx, it.path)).map((one) => one.id)
  const stands = above.includes(it.organizationId)
  const to = await recipientsOf(ctx, it, above)
  const failure = failureOf(it, { owner, stands, count: to.length })
  const set = (values: Partial<typeof reportSendings.$inferInsert>) =>
    db
      .update(reportSendings)
      .set(values)
      .where(and(eq(reportSendings.tenantId, tenantId), eq(reportSendings.id, id)))
  const key = `report:${it.id}:${dueOn}`
  if (failure !== undefined || owner === undefined || place === undefined) {
    const why = failure ?? 'owner'
    await set({ failure: why })
    if (why === 'dissolved')
      await db
        .update(reportSchedules)
        .set({ endedAt: new Date(), revision: it.revision + 1 })
        .where(and(eq(reportSchedules.tenantId, tenantId), eq(reportSchedules.id, it.id)))
    await tell(ctx, it, {
      ...{ key: `${key}:failed`, to: await concernedBy(ctx, it, why), heading: `没有报送：${it.title}` },
      lines: [`“${it.title}”${dayWritten(dueOn)}应当报送，没有发出。`, failureNames[why]],
      url: `${baseUrl}/reports/schedules?organization=${it.organizationId}`,
    })
    await record({ ...ctx, actor: system }, 'reports.table-not-sent', subjectOf(it), { title: it.title, reason: why })
    return
  }
  await set({ cards: await countAll({ ...ctx, actor: owner }, place, it, dueOn), recipientCount: to.length })
  await tell(ctx, it, {
    ...{ key, to, heading: `${place.name}：${it.title}（${dayWritten(today)}）` },
    lines: [
      `${place.name}按期报送“${it.title}”，数字截至${dayWritten(today)}。`,
      '打开下面的网页查看，可以下载电子表格，每张表下面写明计的是什么。',
    ],
    url: `${baseUrl}/reports/sent/${id}`,
  })
  await record({ ...ctx, actor: system }, 'reports.table-sent', subjectOf(it), { title: it.title, count: to.length })
}

function failureOf(
  { path }: StoredSchedule,
  { owner, stands, count }: { owner: Actor | undefined; stands: boolean; count: number },
): Failure | undefined {
  if (!stands) return 'dissolved'
  if (owner === undefined || !maySetUp(owner, path)) return 'owner'
  return count === 0 ? 'recipients' : undefined
}

async function countAll(ctx: Context, place: Place, { cards }: StoredSchedule, dueOn: Day): Promise<KeptCard[]> {
  const [kept, year]: [KeptCard[], number] = [[], yearToldOn(dueOn)]
  for (const { card, by, name } of allCards.filter((it) => cards.includes(it.card)))
    kept.push({ name, card: await countCard(ctx, place, card, { by, year }) })
  return kept
}

/** Who is told that nothing went: who answers for it, and where they no longer can, who may take it over at the organisation itself. */
async function concernedBy(ctx: Unnamed, it: StoredSchedule, why: Failure): Promise<string[]> {
  if (why !== 'owner') return [it.ownerPersonId]
  const wanted = answeringOffices.map((office) => ({ organizationId: it.organizationId, office }))
  return [...new Set([it.ownerPersonId, ...(await holdersOf(ctx, wanted))])].sort()
}

/** Offices that may set up what goes upward from where they are held. */
const answeringOffices = readingOffices.filter((it) => officesWith('send-notices').includes(it))

/** Who holds the offices today, in just these organisations, and has an account that a notice comes to. */
const recipientsOf = (ctx: Unnamed, { recipients }: StoredSchedule, above: readonly string[]): Promise<string[]> =>
  holdersOf(
    ctx,
    recipients.filter((it) => above.includes(it.organizationId) && readingOffices.includes(it.office)),
  )

async function holdersOf({ db, tenantId, today }: Unnamed, wanted: readonly Recipient[]): Promise<string[]> {
  if (wanted.length === 0) return []
  const pairs = wanted.map((it) => sql`(${it.organizationId}::uuid, ${it.office}::text)`)
  const { rows } = await db.execute<{ id: string }>(sql`
    select distinct o.person_id as id from offices o
    join accounts a on a.tenant_id = o.tenant_id and a.person_id = o.person_id and not a.is_locked
    where o.tenant_id = ${tenantId} and (o.organization_id, o.office) in (${sql.join(pairs, sql`, `)})
      and o.from_on <= ${today}::date and (o.until_on is null or o.until_on >= ${today}::date) order by 1`)
  return rows.map((it) => it.id)
}

const tell = (
  { db, tenantId }: Unnamed,
  { organizationId, path }: StoredSchedule,
  said: { key: string; to: readonly string[]; heading: string; lines: readonly string[]; url: string },
) =>
  tellByItself(db, tenantId, [
    {
      ...{ organizationId, path, source: 'report' as const, sourceKey: said.key, tellUntilAt: null },
      audience: { groups: [], personIds: [...said.to], exceptIds: [] },
      title: beginningOf(said.heading, mostOfTitle),
      body: [...said.lines, said.url].join('\n'),
    },
  ])
