import { addDays, type Day } from '@zhibu/rules'
import { and, asc, count, eq, gte, inArray, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { isAnyOf, personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { dayInWords, instantOf } from '../activities/when.ts'
import { persons } from '../people/tables.ts'
import { clashesOf } from './clashes.ts'
import { endsAfter, isFree } from './free.ts'
import { heldInWords, type Moment, tellPlaced } from './informing.ts'
import { refuseFlood } from './limits.ts'
import { mostFreeTimes } from './names-schema.ts'
import { belongsTo } from './policy.ts'
import type { FreeTime, NewTimes, OwnTime, TimePlace } from './schema.ts'
import {
  bookingColumns,
  changeStoredTime,
  findMentor,
  findTime,
  placeSubject,
  type StoredTime,
  timeOfBooking,
} from './stored.ts'
import { guidanceBookings, guidanceMentors, guidanceTimes } from './tables.ts'

/** 可预约时间: when a mentor has time for one person. Everything here runs over the whole university. */

/** So far ahead a time is offered. */
const daysAhead = 366

/** Offers a time, or the same one in several weeks. None of a mentor's times overlaps another one of theirs. */
export async function offerTimes(ctx: Context, { mentorId, weeks, ...it }: NewTimes, now: Date): Promise<void> {
  const mentor = await lockOwnMentor(ctx, mentorId)
  refuseFlood('times', personOf(ctx))
  const days = Array.from({ length: weeks }, (_, week) => addDays(it.heldOn, 7 * week))
  const last = days.at(-1) ?? it.heldOn
  if (instantOf(it.heldOn, it.startMinute) <= now) refuseField('heldOn', '这个时间已经过去，请另选日期或时间')
  if (it.heldOn < mentor.fromOn) refuseField('heldOn', `您的聘期从${dayInWords(mentor.fromOn)}开始`)
  if (last > addDays(ctx.today, daysAhead)) refuseField(weeks === 1 ? 'heldOn' : 'weeks', '最多提前一年提供时间')
  if (mentor.untilOn !== null && last > mentor.untilOn)
    refuseField(weeks === 1 ? 'heldOn' : 'weeks', `您的聘期到${dayInWords(mentor.untilOn)}为止，不能提供以后的时间`)
  await refuseOverlap(ctx, days, it)
  await refuseTooMany(ctx, weeks, now)

  const { tenantId } = ctx
  const seriesId = newId()
  const { path, personId } = mentor
  const values = days.map((heldOn) => ({ ...it, tenantId, id: newId(), mentorId, personId, path, seriesId, heldOn }))
  await ctx.db.insert(guidanceTimes).values(values)
  await record(ctx, 'guidance.times-offered', { ...placeSubject(mentor), personId }, { times: weeks })
}

/** The appointment of the actor, once nobody else adds times to any of theirs. */
async function lockOwnMentor(ctx: Context, mentorId: string) {
  const own = personOf(ctx)
  await ctx.db
    .select({ id: guidanceMentors.id })
    .from(guidanceMentors)
    .where(and(eq(guidanceMentors.tenantId, ctx.tenantId), eq(guidanceMentors.personId, own)))
    .orderBy(asc(guidanceMentors.id))
    .for('update')
  const mentor = await findMentor(ctx, mentorId)
  return found(mentor?.personId === own && ctx.actor.administrator === null ? mentor : undefined, '位指导老师')
}

async function refuseOverlap(
  ctx: Context,
  days: readonly Day[],
  { startMinute, endMinute }: Pick<NewTimes, 'startMinute' | 'endMinute'>,
): Promise<void> {
  const { tenantId, personId, heldOn, withdrawnAt } = guidanceTimes
  const [known] = await ctx.db
    .select({ heldOn, startMinute: guidanceTimes.startMinute, endMinute: guidanceTimes.endMinute })
    .from(guidanceTimes)
    .where(
      and(
        eq(tenantId, ctx.tenantId),
        eq(personId, personOf(ctx)),
        isNull(withdrawnAt),
        inArray(heldOn, [...days]),
        sql`${guidanceTimes.startMinute} < ${endMinute} and ${guidanceTimes.endMinute} > ${startMinute}`,
      ),
    )
    .orderBy(asc(heldOn))
    .limit(1)
  if (known) refuseField('startMinute', `和您已经提供的 ${heldInWords(known)} 重叠，请错开`)
}

async function refuseTooMany(ctx: Context, more: number, now: Date): Promise<void> {
  const [known] = await ctx.db
    .select({ free: count() })
    .from(guidanceTimes)
    .innerJoin(guidanceMentors, mentorOfTime)
    .where(and(eq(guidanceTimes.tenantId, ctx.tenantId), eq(guidanceTimes.personId, personOf(ctx)), isFree(now)))
  if ((known?.free ?? 0) + more > mostFreeTimes)
    throw new Refusal('conflict', `还没有人预约的时间最多 ${mostFreeTimes} 个。请先撤回不用的时间。`)
}

const mentorOfTime = and(
  eq(guidanceMentors.tenantId, guidanceTimes.tenantId),
  eq(guidanceMentors.id, guidanceTimes.mentorId),
)

/** A time of the actor as a mentor, locked, with the booking that stands. */
async function lockOwnTime(ctx: Context, timeId: string) {
  const time = await findTime(ctx, timeId, { lock: true })
  const own = found(time && time.personId === personOf(ctx) && time.withdrawnAt === null ? time : undefined, '个时间')
  authorize(ctx.actor.administrator === null, '修改可预约时间')
  const [booking] = await ctx.db
    .select(bookingColumns)
    .from(guidanceBookings)
    .innerJoin(guidanceTimes, timeOfBooking)
    .where(
      and(
        eq(guidanceBookings.tenantId, ctx.tenantId),
        eq(guidanceBookings.timeId, timeId),
        isNull(guidanceBookings.cancelledAt),
      ),
    )
  return { time: own, booking }
}

/** Says where a time is held, as read at this revision. Whoever has booked it is told. */
export async function placeTime(
  ctx: Context,
  timeId: string,
  { place, link }: TimePlace,
  { revision, ...moment }: Moment & { revision: number },
): Promise<void> {
  const { time, booking } = await lockOwnTime(ctx, timeId)
  refuseStale(time, revision, '这个时间', '您在别处')
  if (instantOf(time.heldOn, time.endMinute) <= moment.now)
    throw new Refusal('conflict', '这个时间已经过去，不能再改地点。')
  if (time.place === place && time.link === link) return
  await changeStoredTime(ctx, timeId, { place, link, revision: revision + 1 })
  const mentor = found(await findMentor(ctx, time.mentorId), '位指导老师')
  await record(ctx, 'guidance.time-placed', { ...placeSubject(mentor), personId: mentor.personId })
  if (booking) await tellPlaced(ctx, mentor, booking, revision + 1, moment)
}

/** Withdraws a free time, or all free ones of its series from it on. What is booked is cancelled first, with a reason. */
export async function withdrawTimes(
  ctx: Context,
  timeId: string,
  { isWhole, now }: { isWhole: boolean; now: Date },
): Promise<void> {
  const { time, booking } = await lockOwnTime(ctx, timeId)
  if (booking && !isWhole)
    throw new Refusal('conflict', '这个时间已经有人预约。请打开那次预约，写明原因取消，时间会同时撤回。')
  const ids = isWhole ? await freeOfSeries(ctx, time, now) : [timeId]
  if (ids.length > 0)
    await ctx.db
      .update(guidanceTimes)
      .set({ withdrawnAt: now })
      .where(and(eq(guidanceTimes.tenantId, ctx.tenantId), inArray(guidanceTimes.id, ids)))
  const mentor = found(await findMentor(ctx, time.mentorId), '位指导老师')
  await record(
    ctx,
    'guidance.times-withdrawn',
    { ...placeSubject(mentor), personId: mentor.personId },
    { times: ids.length },
  )
}

/** The free times of a series from one on, locked so that nobody books them meanwhile. */
async function freeOfSeries(ctx: Context, { seriesId, heldOn }: StoredTime, now: Date): Promise<string[]> {
  const ofSeries = and(
    eq(guidanceTimes.tenantId, ctx.tenantId),
    eq(guidanceTimes.seriesId, seriesId),
    gte(guidanceTimes.heldOn, heldOn),
  )
  await ctx.db
    .select({ id: guidanceTimes.id })
    .from(guidanceTimes)
    .where(ofSeries)
    .orderBy(asc(guidanceTimes.id))
    .for('update')
  const rows = await ctx.db
    .select({ id: guidanceTimes.id })
    .from(guidanceTimes)
    .innerJoin(guidanceMentors, mentorOfTime)
    .where(and(ofSeries, isFree(now)))
  return rows.map((it) => it.id)
}

/** So many free times are shown at once. */
const mostShown = 300

/** The free times of the mentors whom the actor may book, the next one first, with what the actor has at the same time. */
export async function freeTimes(ctx: Context, now: Date): Promise<{ times: FreeTime[]; isCut: boolean }> {
  const { id, mentorId, heldOn, startMinute, endMinute, place, link } = guidanceTimes
  const rows = await ctx.db
    .select({ id, mentorId, heldOn, startMinute, endMinute, place, link })
    .from(guidanceTimes)
    .innerJoin(guidanceMentors, mentorOfTime)
    .where(
      and(
        eq(guidanceTimes.tenantId, ctx.tenantId),
        isAnyOf(guidanceMentors.path, belongsTo(ctx.actor)),
        sql`${guidanceTimes.personId} <> ${personOf(ctx)}::uuid`,
        isFree(now),
      ),
    )
    .orderBy(asc(heldOn), asc(startMinute), asc(id))
    .limit(mostShown + 1)
  const shown = rows.slice(0, mostShown)
  const clashing = await clashesOf(ctx, shown, now)
  return {
    times: shown.map(({ link, ...it }) => ({ ...it, isOnline: link !== '', clashes: clashing(it) })),
    isCut: rows.length > mostShown,
  }
}

/** The times to come of the actor as a mentor, with who has booked them. */
export async function ownTimesOf(ctx: Context, now: Date): Promise<OwnTime[]> {
  const { id, mentorId, heldOn, startMinute, endMinute, place, link, revision } = guidanceTimes
  const rows = await ctx.db
    .select({
      time: { id, mentorId, heldOn, startMinute, endMinute, place, link, revision },
      bookingId: guidanceBookings.id,
      guided: { id: persons.id, name: persons.name },
      hasMore: sql<boolean>`exists (select from guidance_times more where more.tenant_id = ${guidanceTimes.tenantId}
        and more.series_id = ${guidanceTimes.seriesId} and more.held_on > ${guidanceTimes.heldOn} and more.withdrawn_at is null
        and not exists (select from guidance_bookings b where b.tenant_id = more.tenant_id and b.time_id = more.id
          and b.cancelled_at is null))`,
    })
    .from(guidanceTimes)
    .leftJoin(
      guidanceBookings,
      and(
        eq(guidanceBookings.tenantId, guidanceTimes.tenantId),
        eq(guidanceBookings.timeId, guidanceTimes.id),
        isNull(guidanceBookings.cancelledAt),
      ),
    )
    .leftJoin(persons, and(eq(persons.tenantId, guidanceBookings.tenantId), eq(persons.id, guidanceBookings.personId)))
    .where(
      and(
        eq(guidanceTimes.tenantId, ctx.tenantId),
        eq(guidanceTimes.personId, personOf(ctx)),
        isNull(guidanceTimes.withdrawnAt),
        endsAfter(now),
      ),
    )
    .orderBy(asc(heldOn), asc(startMinute), asc(id))
    .limit(2 * mostFreeTimes)
  const clashing = await clashesOf(
    ctx,
    rows.map((it) => it.time),
    now,
  )
  return rows.map(({ time, bookingId, guided, hasMore }) => ({
    ...{ ...time, hasMore, clashes: clashing(time) },
    booking: bookingId === null || guided === null ? null : { id: bookingId, guided },
  }))
}
