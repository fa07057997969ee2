import { and, eq, inArray, isNotNull, isNull, lt, lte, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../platform/database.ts'
import type { SendingOutcome } from '../../platform/sending-outcome.ts'
import { organizations } from '../organization/tables.ts'
import { type Occasion, outsideQuietHours } from './dispatching.ts'
import type { Channel } from './schema.ts'
import { settingsOf } from './settings.ts'
import { noticeDeliveries, noticeDispatches, noticePreferences, notices } from './tables.ts'
import type { ToldNotice } from './wording.ts'

/** What one person is told by one channel, in one message. It is committed before anything is sent, and nobody takes it a second time. */
export interface Claim extends Recipient {
  /** Sealed. */
  address: string
  inDigest: boolean
  notices: ToldNotice[]
  /** The most attempts that any of them has had, this one included. */
  attempts: number
}

interface Recipient {
  tenantId: string
  personId: string
  channel: Channel
}

/** Minutes until it is tried again after the first, second, … attempt; after the last it has failed. */
const pauses = [1, 10, 60, 240]

/** What was claimed and has not ended in so many minutes never will: the process that sent it is gone. */
const lostMinutes = 10

/** What was claimed before this instant and has no end is lost. */
export const beganBefore = (now: Date): Date => new Date(now.getTime() - lostMinutes * 60_000)

/** What is told of it. */
export const lostWords = '发送时服务器中断，可能已发出，没有确认，不再重发'

/**
 * Claims what is due for one person, and throws away on the way what is not wanted any more: of a notice that was taken back, corrected
 * or answered meanwhile, that quiet hours or a digest would bring too late, or of a person who wants none. Null where nothing is due.
 */
export async function claimNext(db: Db, tenantId: string, channel: Channel, now: Date): Promise<Claim | null> {
  for (;;) {
    const rows = (await dueAtOnce(db, tenantId, channel, now)) ?? (await dueInDigest(db, tenantId, channel, now))
    const [first] = rows
    if (!first) return null
    const recipient = { tenantId, personId: first.personId, channel }
    const wanted = rows.filter(isWanted)
    const unwanted = rows.filter((it) => !isWanted(it))
    if (unwanted.length > 0) await db.delete(noticeDispatches).where(areThese(recipient, unwanted))
    const [{ address = null, opensAt } = first] = wanted
    if (wanted.length === 0 || address === null) continue
    if (opensAt > now) {
      await db.update(noticeDispatches).set({ notBefore: opensAt }).where(areThese(recipient, wanted))
      continue
    }
    await db
      .update(noticeDispatches)
      .set({ claimedAt: now, attempts: sql`${noticeDispatches.attempts} + 1` })
      .where(areThese(recipient, wanted))
    const { settings } = await settingsOf({ db, tenantId })
    return {
      ...recipient,
      address,
      inDigest: first.inDigest,
      notices: told(wanted, settings.sendsText),
      attempts: 1 + Math.max(...wanted.map((it) => it.attempts)),
    }
  }
}

/** Writes down what became of a claim. */
export async function endClaim(db: Db, claim: Claim, outcome: SendingOutcome, now: Date): Promise<void> {
  await db
    .update(noticeDispatches)
    .set(endOf(outcome, claim.attempts, now))
    .where(and(areThese(claim, claim.notices), isNotNull(noticeDispatches.claimedAt)))
}

/** How a claim ends: sent, to be tried again after a pause, or failed with the reason. */
export function endOf(outcome: SendingOutcome, attempts: number, now: Date) {
  if (outcome.kind === 'sent') return { sentAt: now, failedAt: null, failure: null }
  const pause = pauses[attempts - 1]
  if (outcome.kind !== 'later' || pause === undefined) return { failedAt: now, failure: outcome.why }
  return { claimedAt: null, notBefore: new Date(now.getTime() + pause * 60_000) }
}

/** Tells of what was begun by a process that is gone: it may have been sent. */
export async function tellLost(db: Db, tenantId: string, now: Date): Promise<void> {
  await db
    .update(noticeDispatches)
    .set({ failedAt: now, failure: lostWords })
    .where(and(isUnended(tenantId), lt(noticeDispatches.claimedAt, beganBefore(now))))
}

/** Tells of what waits for channels that this installation does not have any more. */
export async function tellUnavailable(db: Db, tenantId: string, missing: readonly Channel[], now: Date): Promise<void> {
  if (missing.length === 0) return
  await db
    .update(noticeDispatches)
    .set({ failedAt: now, failure: '本校没有开通这个渠道' })
    .where(
      and(
        isUnended(tenantId),
        isNull(noticeDispatches.claimedAt),
        inArray(noticeDispatches.channel, [...missing]),
        lte(noticeDispatches.notBefore, now),
      ),
    )
}

const isUnended = (tenantId: string): SQL | undefined =>
  and(eq(noticeDispatches.tenantId, tenantId), isNull(noticeDispatches.sentAt), isNull(noticeDispatches.failedAt))

const isDue = (tenantId: string, channel: Channel, now: Date, inDigest: boolean): SQL | undefined =>
  and(
    isUnended(tenantId),
    eq(noticeDispatches.channel, channel),
    isNull(noticeDispatches.claimedAt),
    lte(noticeDispatches.notBefore, now),
    eq(noticeDispatches.inDigest, inDigest),
  )

function areThese(
  { tenantId, personId, channel }: Recipient,
  rows: readonly { noticeId: string; occasion: string }[],
): SQL | undefined {
  const [ids, occasions] = [rows.map((it) => it.noticeId), rows.map((it) => it.occasion)]
  return and(
    eq(noticeDispatches.tenantId, tenantId),
    eq(noticeDispatches.personId, personId),
    eq(noticeDispatches.channel, channel),
    sql`(${noticeDispatches.noticeId}, ${noticeDispatches.occasion}) in
      (select * from unnest(${sql.param(ids)}::uuid[], ${sql.param(occasions)}::text[]))`,
  )
}

type DueRow = Awaited<ReturnType<typeof dueRows>>[number]

/** The one that has waited longest: first locked by the index of what waits, then looked at. */
async function dueAtOnce(db: Db, tenantId: string, channel: Channel, now: Date): Promise<DueRow[] | null> {
  const { personId, noticeId, occasion } = noticeDispatches
  const [first] = await db
    .select({ personId, noticeId, occasion })
    .from(noticeDispatches)
    .where(isDue(tenantId, channel, now, false))
    .orderBy(noticeDispatches.notBefore)
    .limit(1)
    .for('update', { skipLocked: true })
  if (!first) return null
  return dueRows(db, channel, areThese({ tenantId, personId: first.personId, channel }, [first]), now)
}

/** All that is due for the digest of one person. One process at a time looks, so that nobody gets half of it twice. */
async function dueInDigest(db: Db, tenantId: string, channel: Channel, now: Date): Promise<DueRow[]> {
  const due = isDue(tenantId, channel, now, true)
  const isThere = await db.select({ personId: noticeDispatches.personId }).from(noticeDispatches).where(due).limit(1)
  if (isThere.length === 0) return []
  await db.execute(sql`select pg_advisory_xact_lock(${digestLockClass}::int, hashtext(${`${tenantId} ${channel}`}))`)
  const [first] = await db
    .select({ personId: noticeDispatches.personId })
    .from(noticeDispatches)
    .where(due)
    .orderBy(noticeDispatches.notBefore)
    .limit(1)
  return first ? dueRows(db, channel, and(due, eq(noticeDispatches.personId, first.personId)), now) : []
}

/** Tells the locks of digests from others. */
const digestLockClass = 7_304

/** Due dispatches with all that decides whether they are wanted, locked unless somebody else has them. */
function dueRows(db: Db, channel: Channel, due: SQL | undefined, now: Date) {
  const { tenantId, noticeId, personId } = noticeDispatches
  const instant = sql`${now.toISOString()}::timestamptz`
  return db
    .select({
      personId,
      noticeId,
      occasion: sql<Occasion>`${noticeDispatches.occasion}`,
      inDigest: noticeDispatches.inDigest,
      attempts: noticeDispatches.attempts,
      address: addressColumns[channel],
      choice: sql<string | null>`${noticePreferences.choices}->>${channel}`,
      opensAt: sql<Date>`${outsideQuietHours(instant, sql`${noticePreferences.quietHours}`)}`.mapWith(
        noticeDispatches.notBefore,
      ),
      // A column that is never null goes first: by it is known whether there is a row at all.
      delivery: {
        sentAt: noticeDeliveries.sentAt,
        readAt: noticeDeliveries.readAt,
        confirmedAt: noticeDeliveries.confirmedAt,
        doneAt: noticeDeliveries.doneAt,
      },
      notice: {
        kind: notices.kind,
        title: notices.title,
        body: notices.body,
        senderName: notices.senderName,
        dueOn: notices.dueOn,
        happensOn: notices.happensOn,
        correctsId: notices.correctsId,
        recalledAt: notices.recalledAt,
        recallReason: notices.recallReason,
        tellUntilAt: notices.tellUntilAt,
      },
      isCorrected: sql<boolean>`exists (select from ${notices} as newer where newer.tenant_id = ${notices.tenantId}
        and newer.corrects_id = ${notices.id} and newer.sent_at is not null)`,
      organizationName: sql<string | null>`coalesce(${organizations.shortName}, ${organizations.name})`,
    })
    .from(noticeDispatches)
    .leftJoin(notices, and(eq(notices.tenantId, tenantId), eq(notices.id, noticeId)))
    .leftJoin(
      noticeDeliveries,
      and(
        eq(noticeDeliveries.tenantId, tenantId),
        eq(noticeDeliveries.noticeId, noticeId),
        eq(noticeDeliveries.personId, personId),
      ),
    )
    .leftJoin(
      noticePreferences,
      and(eq(noticePreferences.tenantId, tenantId), eq(noticePreferences.personId, personId)),
    )
    .leftJoin(organizations, and(eq(organizations.tenantId, tenantId), eq(organizations.id, notices.organizationId)))
    .where(due)
    .orderBy(noticeDispatches.notBefore, noticeId)
    .for('update', { of: noticeDispatches, skipLocked: true })
}

const addressColumns = {
  email: noticePreferences.emailSealed,
  wecom: noticePreferences.wecomUserSealed,
  dingtalk: noticePreferences.dingtalkUserSealed,
}

/** Whether it still has to be told, and the person still wants to be told by this channel. */
function isWanted({ occasion, choice, address, notice, delivery, isCorrected, opensAt }: DueRow): boolean {
  if (!notice || !delivery || address === null || choice === 'never') return false
  if (occasion === 'recall') return notice.recalledAt !== null && delivery.readAt === null
  if (notice.recalledAt !== null || isCorrected) return false
  if (notice.tellUntilAt !== null && opensAt >= notice.tellUntilAt) return false
  const answeredAt = { information: delivery.readAt, confirmation: delivery.confirmedAt, task: delivery.doneAt }
  return (occasion === 'notice' ? delivery.readAt : answeredAt[notice.kind]) === null
}

function told(rows: readonly DueRow[], withText: boolean): ToldNotice[] {
  return rows.flatMap(({ noticeId, occasion, notice, organizationName }) =>
    notice
      ? [
          {
            ...{ noticeId, occasion, kind: notice.kind, title: notice.title, body: withText ? notice.body : null },
            ...{ organizationName: organizationName ?? '', senderName: notice.senderName },
            ...{ dueOn: notice.dueOn, happensOn: notice.happensOn },
            ...{ isCorrection: notice.correctsId !== null, recallReason: notice.recallReason },
          },
        ]
      : [],
  )
}
