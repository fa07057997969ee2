import { and, eq, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { begunFrom } from './begun-drafts.ts'
import { may, maySend, type NoticeState, noAccount, tellsOwnMatter } from './policy.ts'
import type { InboxCounts, InboxQuery, InboxRow, NoticeView, SentQuery, SentRow } from './schema.ts'
import { noticeDeliveries, notices, type StoredNotice } from './tables.ts'

type Page<Row> = { items: Row[]; next?: string }

/** A notice, with what corrects it. Refuses what the database does not show to the actor. */
export async function openNotice(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  noticeId: string,
  { lock = false } = {},
): Promise<{ notice: StoredNotice; correctedById: string | null }> {
  const query = db
    .select()
    .from(notices)
    .where(and(eq(notices.tenantId, tenantId), eq(notices.id, noticeId)))
    .$dynamic()
  const [notice] = await (lock ? query.for('update') : query)
  const [correction] = await db
    .select({ id: notices.id })
    .from(notices)
    .where(and(eq(notices.tenantId, tenantId), eq(notices.correctsId, noticeId)))
  return { notice: found(notice, '条通知'), correctedById: correction?.id ?? null }
}

/** What of a notice decides who may do what. */
export const stateOf = (
  { path, senderAccountId, sentAt, recalledAt, droppedAt, source }: StoredNotice,
  correctedById: string | null,
): NoticeState => ({
  ...{ path, senderAccountId, sentAt, recalledAt, droppedAt, source },
  isCorrected: correctedById !== null,
})

/** A notice for whoever may see it: its reader, its sender, officers who send notices there. What does not stand in a draft is known to what it was begun from. */
export async function readNotice(
  ctx: Context,
  noticeId: string,
): Promise<{ view: Omit<NoticeView, 'lacks'>; revision: number }> {
  const { notice, correctedById } = await openNotice(ctx, noticeId)
  const own = await ownDelivery(ctx, noticeId)
  const can = may(ctx.actor, stateOf(notice, correctedById))
  const isOfficer = maySend(ctx.actor, notice.path)
  found(own !== null || isOfficer ? notice : undefined, '条通知')
  const isHidden = !isOfficer && notice.recalledAt !== null
  const organization = await findOrganization(ctx, notice.organizationId)
  const view = {
    id: notice.id,
    kind: notice.kind,
    title: notice.title,
    body: isHidden ? null : notice.body,
    dueOn: notice.dueOn,
    happensOn: notice.happensOn,
    hurriedReason: isOfficer ? notice.hurriedReason : null,
    organization: { id: notice.organizationId, name: organization?.name ?? '' },
    source: notice.source,
    senderName: notice.senderName,
    wentByItself: notice.senderAccountId === noAccount,
    createdAt: notice.createdAt.toISOString(),
    sentAt: iso(notice.sentAt),
    recalledAt: iso(notice.recalledAt),
    recallReason: notice.recallReason,
    droppedAt: iso(notice.droppedAt),
    dropReason: isOfficer ? notice.dropReason : null,
    correctsId: notice.correctsId,
    correctionReason: notice.correctionReason,
    correctedById,
    audience: isOfficer && !tellsOwnMatter(notice) ? notice.audience : null,
    recipientCount: isOfficer ? notice.recipientCount : null,
    isDelivered: notice.deliveredAt !== null,
    begunFrom: can.change ? begunFrom(notice) : null,
    own: own && { readAt: iso(own.readAt), confirmedAt: iso(own.confirmedAt), doneAt: iso(own.doneAt) },
    can,
  }
  return { view, revision: notice.revision }
}

/** The actor's own copy; null where they got none. */
export async function ownDelivery(
  { db, tenantId, actor }: Pick<Context, 'db' | 'tenantId' | 'actor'>,
  noticeId: string,
): Promise<typeof noticeDeliveries.$inferSelect | null> {
  if (actor.personId === null) return null
  const [row] = await db
    .select()
    .from(noticeDeliveries)
    .where(
      and(
        eq(noticeDeliveries.tenantId, tenantId),
        eq(noticeDeliveries.noticeId, noticeId),
        eq(noticeDeliveries.personId, actor.personId),
      ),
    )
  return row ?? null
}

/** Whether `d`, the copy of `n`, is shown: not where it was taken back or corrected before it was read. */
const isShown = sql`(n.recalled_at is null or d.had_read) and (d.read_at is not null or not ${isCorrected()})`

/** Whether `d` was not read yet, whether it asks for something that was not done yet, and whether its reader was reminded of that since. */
const isUnread = sql`(d.read_at is null and ${isShown})`
const isAsking = sql`(n.recalled_at is null and not ${isCorrected()}
  and ((n.kind = 'confirmation' and d.confirmed_at is null) or (n.kind = 'task' and d.done_at is null)))`
const isOpen = sql`(${isUnread} or ${isAsking})`
const isReminded = sql`(d.reminded_at > d.read_at and ${isAsking})`

/** Whether another notice that has arrived corrects `n`. */
export function isCorrected(): SQL {
  return sql`exists (select from notices c where c.tenant_id = n.tenant_id and c.corrects_id = n.id and c.delivered_at is not null)`
}

const copies = sql`notice_deliveries d join notices n on n.tenant_id = d.tenant_id and n.id = d.notice_id`

/** A page of the notices that the actor got, the last one first. */
export async function listInbox(ctx: Context, { open, cursor, limit }: InboxQuery): Promise<Page<InboxRow>> {
  if (ctx.actor.personId === null) return { items: [] }
  const after = cursor === undefined ? undefined : readCursor(cursor, place)
  const { rows } = await ctx.db.execute<InboxRow & { key: string }>(sql`
    select n.id, n.kind, n.title, json_build_object('id', o.id, 'name', o.name) as organization,
      n.sender_name as "senderName", ${instants('n.sent_at as "sentAt"', 'd.read_at as "readAt"')},
      ${instants('d.confirmed_at as "confirmedAt"', 'd.done_at as "doneAt"', 'n.recalled_at as "recalledAt"')},
      ${instants('d.reminded_at as "remindedAt"')},
      n.due_on as "dueOn", n.happens_on as "happensOn", n.corrects_id as "correctsId",
      (select c.id from notices c where c.tenant_id = n.tenant_id and c.corrects_id = n.id and c.delivered_at is not null)
        as "correctedById", ${exactly(sql`d.sent_at`)} as key
    from ${copies} join organizations o on o.tenant_id = n.tenant_id and o.id = n.organization_id
    where d.tenant_id = ${ctx.tenantId} and d.person_id = ${ctx.actor.personId} and ${open ? isOpen : isShown}
      ${after ? sql`and (d.sent_at, d.notice_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by d.sent_at desc, d.notice_id desc limit ${limit + 1}`)
  return pageFrom(rows, limit)
}

/** Where a page ends: an instant to the microsecond, and an id. The database knows no year 0. */
const place = z.tuple([z.iso.datetime().refine((it) => it >= '0001'), z.uuid()])
const exactly = (at: SQL): SQL => sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** Instants as they cross the wire. Each is a column and its name in the answer. */
const instants = (...columns: readonly string[]): SQL =>
  sql.join(
    columns.map((it) => {
      const [column, name] = it.split(' as ')
      return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${name}`)
    }),
    sql`, `,
  )

/** A page, where one row more than it holds was asked for. */
function pageFrom<Row extends { id: string; key: string }>(
  rows: readonly Row[],
  limit: number,
): Page<Omit<Row, 'key'>> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(({ key: _, ...row }) => row),
    ...(last && { next: writeCursor([last.key, last.id]) }),
  }
}

/**
 * How much of these persons' notices is unread or reminded of, and how much asks for something. Runs over the whole university, or for the
 * actor alone. The most are read and ask for nothing: they are left out by the copy alone.
 */
export async function countsFor(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  personIds: readonly string[],
): Promise<Map<string, InboxCounts>> {
  const { rows } = await db.execute<{ personId: string } & InboxCounts>(sql`
    select d.person_id as "personId", count(*) filter (where ${isUnread} or ${isReminded})::int as unread, count(*) filter (where ${isOpen})::int as open
    from ${copies} where d.tenant_id = ${tenantId} and d.person_id = any(${sql.param(personIds)}::uuid[])
      and (d.read_at is null or d.confirmed_at is null and d.done_at is null and d.notice_id in (select asking.id from notices asking
        where asking.tenant_id = ${tenantId} and asking.kind <> 'information' and asking.recalled_at is null)) group by 1`)
  return new Map(rows.map(({ personId, ...counts }) => [personId, counts]))
}

/** How much of the actor's notices is unread, and how much asks for something. */
export async function readCounts(ctx: Context): Promise<InboxCounts> {
  const { personId } = ctx.actor
  const counts = personId === null ? undefined : (await countsFor(ctx, [personId])).get(personId)
  return counts ?? { unread: 0, open: 0 }
}

/** A page of the notices of the organisations in which the actor sends, the last one first. */
export async function listSent(ctx: Context, query: SentQuery): Promise<Page<SentRow>> {
  const { state, organizationId, cursor, limit } = query
  const roots = ctx.actor.rootsOf('send-notices')
  const chosen = organizationId === undefined ? undefined : await findOrganization(ctx, organizationId)
  const after = cursor === undefined ? undefined : readCursor(cursor, place)
  const at = { waiting: sql`n.created_at`, sent: sql`n.sent_at`, dropped: sql`n.dropped_at` }[state]
  const is = {
    waiting: sql`n.sent_at is null and n.dropped_at is null`,
    sent: sql`n.sent_at is not null`,
    dropped: sql`n.dropped_at is not null`,
  }[state]
  const { rows } = await ctx.db.execute<SentRow & { key: string }>(sql`
    select n.id, n.kind, n.title, json_build_object('id', o.id, 'name', o.name) as organization, n.source,
      n.sender_name as "senderName", ${instants('n.created_at as "createdAt"', 'n.sent_at as "sentAt"')},
      ${instants('n.recalled_at as "recalledAt"', 'n.dropped_at as "droppedAt"')},
      n.corrects_id as "correctsId", ${isCorrected()} as "isCorrected", n.drop_reason as "dropReason", n.recipient_count as "recipientCount",
      coalesce(n.sender_account_id = ${ctx.actor.accountId}, false) as "isOwn", ${exactly(at)} as key
    from notices n join organizations o on o.tenant_id = n.tenant_id and o.id = n.organization_id
    where n.tenant_id = ${ctx.tenantId} and (${within(sql`n.path`, roots)}) and ${is}
      ${organizationId === undefined ? sql`` : sql`and n.organization_id = ${chosen?.id ?? null}`}
      ${after ? sql`and (${at}, n.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by ${at} desc, n.id desc limit ${limit + 1}`)
  return pageFrom(rows, limit)
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
