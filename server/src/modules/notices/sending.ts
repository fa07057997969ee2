import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Database, Db } from '../../platform/database.ts'
import { wholeUniversity } from '../../platform/database.ts'
import type { JobData } from '../../platform/jobs.ts'
import { dayInChina } from '../../platform/today.ts'
import { isAddressed, isPersonOf, placed } from './audience.ts'
import { dispatchesFor } from './dispatching.ts'
import { openNotice } from './queries.ts'
import { isReached, isUnanswered } from './receipts.ts'
import { noticeDeliveries, type StoredNotice } from './tables.ts'

/** So many copies are written in one transaction. */
const pieceSize = 10_000

/** A channel of the database on which it is said that somebody's notices have changed. */
export const noticesChannel = 'zhibu_notices'

/**
 * Writes the copies of all recipients of a notice that was sent, piece by piece: begun again wherever it was broken off, it writes
 * nobody's copy twice. A notice that was taken back meanwhile goes to nobody further. Those of a correction are the recipients of what
 * it corrects. Called with the ids of the job.
 */
export async function deliver(database: Database, data: JobData): Promise<void> {
  const { tenantId, noticeId } = idsOf(data)
  const inPiece = <T>(work: (db: Db) => Promise<T>) => database.transaction(wholeUniversity(tenantId), work)
  // Whoever has not got the old one yet would never get the new one either.
  const { correctsId } = (await inPiece((db) => openNotice({ db, tenantId }, noticeId))).notice
  if (correctsId !== null) await deliver(database, { tenantId, noticeId: correctsId })
  let after = '00000000-0000-0000-0000-000000000000'
  let isOver = false
  while (!isOver) {
    isOver = await inPiece(async (db) => {
      const { notice } = await openNotice({ db, tenantId }, noticeId, { lock: true })
      if (notice.sentAt === null || notice.deliveredAt !== null) return true
      const last = notice.recalledAt === null ? await deliverPiece(db, notice, after) : null
      if (last !== null) {
        after = last
        return false
      }
      await db.execute(sql`update notices set delivered_at = now(), recipient_count = (select count(*) from notice_deliveries d
        where d.tenant_id = notices.tenant_id and d.notice_id = notices.id)
        where tenant_id = ${tenantId} and id = ${noticeId}`)
      await tellChange(db, tenantId)
      return true
    })
  }
}

/** Writes the copies of the next recipients in the order of their ids, and what goes to them by other channels; returns the last of them. */
async function deliverPiece(db: Db, notice: StoredNotice, after: string): Promise<string | null> {
  const { tenantId, id, sentAt, senderAccountId, correctsId } = notice
  const context = { db, tenantId, today: dayInChina(sentAt ?? new Date()) }
  const others = (personId: SQL) =>
    notice.kind === 'confirmation' ? sql`and not ${isPersonOf(senderAccountId, personId)}` : sql``
  const recipients =
    correctsId === null
      ? sql`select p.id from persons p where p.tenant_id = ${tenantId} and p.id > ${after}
          and ${isAddressed(context, await placed(context, notice.audience))} ${others(sql`p.id`)}`
      : sql`select d.person_id as id from notice_deliveries d where d.tenant_id = ${tenantId} and d.notice_id = ${correctsId}
          and d.person_id > ${after} ${others(sql`d.person_id`)}`
  const { rows } = await db.execute<{ last: string | null }>(sql`
    with chosen as materialized (${recipients} order by 1 limit ${pieceSize}),
    written as (insert into notice_deliveries (tenant_id, notice_id, person_id, sender_account_id, sent_at)
      select ${tenantId}, ${id}::uuid, chosen.id, ${senderAccountId}::uuid, ${sentAt?.toISOString()}::timestamptz from chosen
      on conflict do nothing)
    select (select id from chosen order by id desc limit 1) as last`)
  const last = rows[0]?.last ?? null
  if (last !== null)
    await dispatchesFor(
      db,
      tenantId,
      id,
      'notice',
      // Of those who have chosen something, who are fewer than the recipients.
      sql`select r.person_id from notice_preferences r where r.tenant_id = ${tenantId}
        and r.person_id > ${after} and r.person_id <= ${last}`,
    )
  return last
}

/** Reminds all who have not answered yet and can be reached; `at` is the instant of the reminder, once each. */
export async function remind(database: Database, data: JobData): Promise<void> {
  const { tenantId, noticeId } = idsOf(data)
  const at = String(data.at)
  await database.transaction(wholeUniversity(tenantId), async (db) => {
    const { notice } = await openNotice({ db, tenantId }, noticeId, { lock: true })
    if (notice.recalledAt !== null) return
    await db.execute(sql`update notice_deliveries d set reminded_at = ${at}::timestamptz
      where d.tenant_id = ${tenantId} and d.notice_id = ${noticeId} and ${isUnanswered(notice.kind)}
      and ${isReached}`)
    const reminded = sql`select r.person_id from notice_deliveries r where r.tenant_id = ${tenantId}
      and r.notice_id = ${noticeId} and r.reminded_at = ${at}::timestamptz`
    await dispatchesFor(db, tenantId, noticeId, `reminder:${at}`, reminded)
    await tellChange(db, tenantId)
  })
}

/**
 * Tells those who had read a notice that it was taken back: their copy is unread again. Who was told of it outside the page is told
 * there, too: a mail stays, and may hold the whole text.
 */
export async function tellRecall(database: Database, data: JobData): Promise<void> {
  const { tenantId, noticeId } = idsOf(data)
  await database.transaction(wholeUniversity(tenantId), async (db) => {
    const { notice } = await openNotice({ db, tenantId }, noticeId, { lock: true })
    if (notice.recalledAt === null) return
    const had = and(
      eq(noticeDeliveries.tenantId, tenantId),
      eq(noticeDeliveries.noticeId, noticeId),
      eq(noticeDeliveries.hadRead, false),
      sql`${noticeDeliveries.readAt} is not null`,
    )
    await db.update(noticeDeliveries).set({ hadRead: true, readAt: null }).where(had)
    await db.execute(sql`delete from notice_dispatches where tenant_id = ${tenantId} and notice_id = ${noticeId}
      and claimed_at is null and sent_at is null and occasion <> 'recall'`)
    const told = sql`select r.person_id from notice_deliveries r where r.tenant_id = ${tenantId}
      and r.notice_id = ${noticeId} and (r.had_read or exists (select from notice_dispatches t where t.tenant_id = r.tenant_id
        and t.notice_id = r.notice_id and t.person_id = r.person_id and t.claimed_at is not null))`
    await dispatchesFor(db, tenantId, noticeId, 'recall', told)
    await tellChange(db, tenantId)
  })
}

/** Says to every process of the installation, when the transaction is committed, that notices of a university have changed. */
async function tellChange(db: Db, tenantId: string): Promise<void> {
  await db.execute(sql`select pg_notify(${noticesChannel}, ${tenantId})`)
}

const idsOf = ({ tenantId, noticeId }: JobData) => ({ tenantId: String(tenantId), noticeId: String(noticeId) })
