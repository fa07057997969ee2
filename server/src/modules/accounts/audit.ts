import { addDays } from '@zhibu/rules'
import { and, asc, desc, eq, gte, like, lt, lte, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Actor, Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import type { Database } from '../../platform/database.ts'
import { journal } from '../../platform/journal.ts'
import { authorize } from '../../platform/refusal.ts'
import { type JournalProblem, verifyJournal } from '../../platform/verification.ts'
import type { Page } from '../../platform/wire.ts'
import type { JournalQuery, JournalRow, VerificationView } from './journal-schema.ts'
import { mayAudit } from './policy.ts'

/**
 * The journal for the auditor, the last event first or the first. What one request did to many stands as one: every entry is
 * kept for the person whom it concerns, but nobody reads two thousand of them to see that a batch was looked at. The entries of
 * one group, each by itself, where the query names its ends.
 */
export async function listJournal(ctx: Context, query: JournalQuery): Promise<Page<JournalRow>> {
  if (query.first !== undefined) return listEntries(ctx, query)
  authorize(mayAudit(ctx.actor), '查看操作记录')
  const { isBehind, order } = walking(query)
  const from = query.cursor === undefined ? undefined : idOf(query.cursor)
  const matching = and(eq(journal.tenantId, ctx.tenantId), ...filtersOf(query))
  const inGroup = sql`${matching} and not ${isBehind(sql`page.id`, sql`id`)}
    and (page.behind is null or ${isBehind(sql`page.behind`, sql`id`)})`
  const { rows } = await ctx.db.execute<GroupRow>(sql`
    with recursive heads as (
      (select 1 as number, id, request_id, event from journal
        where ${matching}${from ? sql` and not ${isBehind(sql`${from}::uuid`, sql`id`)}` : sql``} order by ${order} limit 1)
      union all
      select heads.number + 1, other.* from heads cross join lateral (
        select id, request_id, event from journal
        where ${matching} and ${isBehind(sql`id`, sql`heads.id`)}
          and (request_id, event) <> (heads.request_id, heads.event) order by ${order} limit 1) other
      where heads.number <= ${query.limit}
    ), page as (select number, id, lead(id) over (order by number) as behind from heads)
    select one.id, one.at, one.account_id as "accountId", one.actor_name as "actorName", one.event,
      one.subject_kind as "subjectKind", one.subject_id as "subjectId", one.person_id as "personId", one.details,
      one.request_id as "requestId", entries.count, entries."lastId", shared.details as "sharedDetails"
    from page join journal one on one.tenant_id = ${ctx.tenantId} and one.id = page.id
    cross join lateral (
      select count(*)::int as count, (array_agg(id order by ${order}))[count(*)] as "lastId" from journal
      where ${inGroup}) entries
    cross join lateral (
      select coalesce(jsonb_object_agg(one_of.key, one_of.value), '{}') as details from jsonb_each(one.details) one_of
      where entries.count > 1 and jsonb_typeof(one_of.value) in ('string', 'number', 'boolean') and not exists (
        select from journal where ${inGroup} and details -> one_of.key is distinct from one_of.value)) shared
    order by page.number`)
  const behind = rows[query.limit]
  return {
    items: rows.slice(0, query.limit).map(({ sharedDetails, ...row }) => ({
      ...row,
      at: new Date(row.at).toISOString(),
      details: row.count === 1 ? row.details : sharedDetails,
    })),
    ...(behind && { next: writeCursor([behind.id]) }),
  }
}

/** The same, each entry by itself, with its details to the letter. */
export async function listEntries(ctx: Context, query: JournalQuery): Promise<Page<JournalRow>> {
  authorize(mayAudit(ctx.actor), '查看操作记录')
  const from = query.cursor === undefined ? undefined : idOf(query.cursor)
  const [isFrom, order] = query.descending ? [lte, desc] : [gte, asc]
  const rows = await ctx.db
    .select()
    .from(journal)
    .where(and(eq(journal.tenantId, ctx.tenantId), ...filtersOf(query), from ? isFrom(journal.id, from) : undefined))
    .orderBy(order(journal.id))
    .limit(query.limit + 1)
  const behind = rows[query.limit]
  return {
    items: rows.slice(0, query.limit).map(({ tenantId: _, orgPath: __, transaction: ___, at, ...row }) => ({
      ...row,
      at: at.toISOString(),
      count: 1,
      lastId: row.id,
    })),
    ...(behind && { next: writeCursor([behind.id]) }),
  }
}

/** Which of two ids comes later on the page, and the order of all. */
const walking = ({ descending }: JournalQuery) => ({
  isBehind: (one: SQL, other: SQL) => (descending ? sql`${one} < ${other}` : sql`${one} > ${other}`),
  order: descending ? sql`id desc` : sql`id`,
})

/** The entry with which a page begins. */
const idOf = (cursor: string): string => readCursor(cursor, z.tuple([z.uuid()]))[0]

interface GroupRow extends JournalRow, Record<string, unknown> {
  /** The texts and numbers that all entries of a group share: what tells the persons apart is written otherwise. */
  sharedDetails: JournalRow['details']
}

function filtersOf({ event, accountId, personId, subjectId, from, until, first, last }: JournalQuery) {
  const ends = [first, last].filter((it) => it !== undefined).sort()
  return [
    event ? like(journal.event, `${event.replace(/[\\%_]/g, '\\$&')}%`) : undefined,
    accountId ? eq(journal.accountId, accountId) : undefined,
    personId ? eq(journal.personId, personId) : undefined,
    subjectId ? eq(journal.subjectId, subjectId) : undefined,
    from ? gte(journal.at, startOfDay(from)) : undefined,
    until ? lt(journal.at, startOfDay(addDays(until, 1))) : undefined,
    ...ends.slice(0, 1).map((it) => gte(journal.id, it)),
    ...ends.slice(1).map((it) => lte(journal.id, it)),
  ]
}

/** Reads the whole journal against its seals, for the auditor. */
export async function verify(database: Database, actor: Actor, tenantId: string): Promise<VerificationView> {
  authorize(mayAudit(actor), '核验操作记录')
  const { problem, sealedRows, anchors } = await verifyJournal(database)
  return {
    sealedRows,
    anchors: anchors.filter((it) => it.tenantId === tenantId).map(({ number, hash }) => ({ number, hash })),
    problem: problem && {
      kind: problem.kind,
      message: problemMessages[problem.kind],
      sealNumber: problem.sealNumber,
      rowId: problem.rowId,
    },
  }
}

const problemMessages: Record<JournalProblem['kind'], string> = {
  'altered-row': '有一条日志在封存后被改动。',
  'missing-row': '有一条已封存的日志被删除。',
  'added-row': '有一条日志是事后补进去的。',
  'altered-seal': '有一个封存记录被改动。',
  'missing-seal': '有一个封存记录被删除。',
  'anchor-not-found': '日志与另行保存的校验值不符。',
}

const startOfDay = (day: string) => new Date(`${day}T00:00:00+08:00`)
