import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { pageOfPersons } from './persons-page.ts'
import { channels, type NoticeKind, type ReceiptRow, type Receipts, type ReceiptsQuery } from './schema.ts'
import type { StoredNotice } from './tables.ts'

/** Whether `d`, a copy of a notice of this kind, still waits for what the notice asks: to be read, confirmed, done. */
export const isUnanswered = (kind: NoticeKind): SQL =>
  ({
    information: sql`d.read_at is null`,
    confirmation: sql`d.confirmed_at is null`,
    task: sql`d.done_at is null`,
  })[kind]

/** Whether the person of `d` has an account and can be reached at all; the others are told in person or by telephone. */
export const isReached = sql`exists (select from accounts a where a.tenant_id = d.tenant_id and a.person_id = d.person_id
  and not a.is_locked)`

/** Whether something of `d` could not be sent, or may not have been. */
const hasFailed = sql`exists (select from notice_dispatches f where f.tenant_id = d.tenant_id and f.notice_id = d.notice_id
  and f.person_id = d.person_id and f.failed_at is not null)`

/** What became of a notice with its recipients. For its sender only; runs over the whole university. */
export async function readReceipts(
  ctx: Context,
  notice: StoredNotice,
  { only, ...asked }: ReceiptsQuery,
  pauseHours: number,
): Promise<Receipts> {
  const { db, tenantId } = ctx
  const ofNotice = sql`d.tenant_id = ${tenantId} and d.notice_id = ${notice.id}`
  const open = isUnanswered(notice.kind)
  const { rows } = await db.execute<Receipts['counts']>(sql`select count(*)::int as recipients,
      count(*) filter (where d.read_at is not null or d.had_read)::int as read, count(*) filter (where not (${open}))::int as answered,
      count(*) filter (where ${open})::int as open,
      count(*) filter (where ${open} and not ${isReached})::int as unreached, count(*) filter (where ${hasFailed})::int as failed
    from notice_deliveries d where ${ofNotice}`)
  const counts = rows[0] ?? { recipients: 0, read: 0, answered: 0, open: 0, unreached: 0, failed: 0 }
  const narrowed = { all: ofNotice, open: sql`${ofNotice} and ${open}`, failed: sql`${ofNotice} and ${hasFailed}` }[
    only
  ]
  const page = await pageOfPersons(
    ctx,
    sql`notice_deliveries d join persons p on p.tenant_id = d.tenant_id and p.id = d.person_id`,
    narrowed,
    asked,
    sql`, d.read_at, d.confirmed_at, d.done_at, d.reminded_at,
      ${isReached} as has_account,
      (select coalesce(json_agg(json_build_object('channel', f.channel, 'why', f.failure)), '[]') from notice_dispatches f
        where f.tenant_id = d.tenant_id and f.notice_id = d.notice_id and f.person_id = d.person_id and f.failed_at is not null) as failures`,
    receiptOf,
  )
  return {
    ...{ ...page, counts, groupFailures: await groupFailuresOf(ctx, notice.id) },
    remindableAt: remindableAt(notice, pauseHours)?.toISOString() ?? null,
  }
}

/** The groups in which a notice was not posted, or may not have been. */
async function groupFailuresOf({ db, tenantId }: Context, noticeId: string): Promise<Receipts['groupFailures']> {
  const { rows } = await db.execute<Receipts['groupFailures'][number]>(sql`
    select json_build_object('id', o.id, 'name', o.name) as organization, p.channel, p.failure as why
    from organizations o join notice_posts p on p.tenant_id = o.tenant_id and p.organization_id = o.id
      and p.channel = any(${sql.param(channels)}::text[]) and p.notice_id = ${noticeId} and p.failed_at is not null
    where o.tenant_id = ${tenantId} order by o.path, p.channel`)
  return rows
}

/** When the others may be reminded of a notice again: a pause after it was sent, or after the last reminder. Null where it has passed. */
export function remindableAt(
  { sentAt, lastRemindedAt }: StoredNotice,
  pauseHours: number,
  now = new Date(),
): Date | null {
  const last = lastRemindedAt ?? sentAt
  if (last === null) return null
  const at = new Date(last.getTime() + pauseHours * 3_600_000)
  return at > now ? at : null
}

type Answered = Pick<ReceiptRow, 'readAt' | 'confirmedAt' | 'doneAt' | 'remindedAt' | 'hasAccount' | 'failures'>

function receiptOf(row: Record<string, unknown>): Answered {
  const instant = (name: string) => (row[name] ? new Date(String(row[name])).toISOString() : null)
  return {
    readAt: instant('read_at'),
    confirmedAt: instant('confirmed_at'),
    doneAt: instant('done_at'),
    remindedAt: instant('reminded_at'),
    hasAccount: row.has_account === true,
    failures: row.failures as ReceiptRow['failures'],
  }
}
