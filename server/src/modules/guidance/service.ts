import { and, count, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseStale } from '../../platform/refusal.ts'
import { instantOf } from '../activities/when.ts'
import { beginsAfter } from './free.ts'
import { type Moment, tellBooked, tellCancelled, tellMoved } from './informing.ts'
import { refuseFlood } from './limits.ts'
import { mostComing } from './names-schema.ts'
import { isInForce, may, mayBook, sideOf } from './policy.ts'
import type { BookingView, NewBooking } from './schema.ts'
import { sealedPlaces } from './sealed-places.ts'
import {
  changeBooking,
  changeStoredTime,
  findMentor,
  findTime,
  openBooking,
  placeSubject,
  type StoredBooking,
  type StoredMentor,
  type StoredTime,
  timeOfBooking,
} from './stored.ts'
import { guidanceBookings, guidanceTimes } from './tables.ts'

/**
 * 预约: a time is given to one person. Who may was settled before in the scope of who asks; everything here runs over the whole university,
 * because a time is free only where nobody has booked it.
 */

/** Books a free time. Of two who want the same at once one gets it, and the other is told. */
export async function book(ctx: Context, { timeId, wish }: NewBooking, moment: Moment): Promise<string> {
  const { time, mentor } = await lockFree(ctx, timeId, moment.now)
  authorize(mayBook(ctx.actor, mentor), '预约这位指导老师')
  refuseFlood('bookings', personOf(ctx))
  await refuseTooMany(ctx, moment.now)

  const id = newId()
  const { tenantId } = ctx
  const personId = personOf(ctx)
  const parties = { personId, mentorPersonId: mentor.personId }
  await ctx.db.insert(guidanceBookings).values({
    ...{ tenantId, id, timeId, mentorId: mentor.id, path: mentor.path, ...parties },
    ...{
      wishSealed: ctx.encryption.sealField(wish, sealedPlaces.wish(id)),
      bookedAt: moment.now,
      placedAt: moment.now,
    },
  })
  await record(ctx, 'guidance.booked', placeSubject(mentor))
  await tellBooked(ctx, mentor, { id, ...parties, ...heldOf(time) }, moment)
  return id
}

/** A time that the actor may book now. It is locked, so that nobody else books it, and its mentor stays. */
async function lockFree(ctx: Context, timeId: string, now: Date): Promise<{ time: StoredTime; mentor: StoredMentor }> {
  const known = await findTime(ctx, timeId)
  const mentor = known && (await findMentor(ctx, known.mentorId, 'share'))
  found(mentor && mayBook(ctx.actor, mentor) ? mentor : undefined, '个时间')
  const time = found(await findTime(ctx, timeId, { lock: true }), '个时间')
  const owner = found(mentor, '位指导老师')
  await refuseTaken(ctx, time, { mentor: owner, now })
  return { time, mentor: owner }
}

/** Refuses a time that is gone: withdrawn, past, or booked by somebody else a moment ago. */
async function refuseTaken(
  ctx: Context,
  time: StoredTime,
  { mentor, now }: { mentor: StoredMentor; now: Date },
): Promise<void> {
  if (time.withdrawnAt !== null || !isInForce(mentor, time.heldOn))
    throw new Refusal('conflict', '指导老师已经撤回这个时间。请刷新页面，另选一个时间。')
  if (instantOf(time.heldOn, time.startMinute) <= now)
    throw new Refusal('conflict', '这个时间已经开始或者过去。请刷新页面，另选一个时间。')
  const [taken] = await ctx.db
    .select({ id: guidanceBookings.id })
    .from(guidanceBookings)
    .where(
      and(
        eq(guidanceBookings.tenantId, ctx.tenantId),
        eq(guidanceBookings.timeId, time.id),
        isNull(guidanceBookings.cancelledAt),
      ),
    )
  if (taken) throw new Refusal('conflict', '这个时间刚刚被别人约走了。请刷新页面，另选一个时间。')
}

async function refuseTooMany(ctx: Context, now: Date): Promise<void> {
  const [known] = await ctx.db
    .select({ coming: count() })
    .from(guidanceBookings)
    .innerJoin(guidanceTimes, timeOfBooking)
    .where(
      and(
        eq(guidanceBookings.tenantId, ctx.tenantId),
        eq(guidanceBookings.personId, personOf(ctx)),
        isNull(guidanceBookings.cancelledAt),
        beginsAfter(now),
      ),
    )
  if ((known?.coming ?? 0) >= mostComing)
    throw new Refusal('conflict', `您已经约了 ${mostComing} 次还没有谈的指导。请谈过以后再约，把时间留给别的同志。`)
}

/** What one of the two does with a booking, locked. Who could, were it not for what has become of it, is told what that is. */
export async function lockFor(
  ctx: Context,
  bookingId: string,
  { action, named, now }: { action: keyof BookingView['can']; named: string; now: Date },
): Promise<StoredBooking> {
  const booking = await openBooking(ctx, bookingId, now, { lock: true })
  if (may(ctx.actor, booking, now)[action]) return booking
  if (action === 'changeWish' && sideOf(ctx.actor, booking) === 'mentor') authorize(false, '修改预约人想谈的内容')
  throw new Refusal('conflict', `${whyNot(booking, now)}，不能再${named}。请刷新页面查看。`)
}

function whyNot(it: StoredBooking, now: Date): string {
  if (it.cancelledAt !== null) return '这次预约已经取消'
  if (it.hasRecord) return '这次指导已经有记录'
  return now < instantOf(it.heldOn, it.startMinute) ? '这次指导还没有开始' : '这次指导已经开始或者过去'
}

/** Says anew what one wants to talk about, as read at this revision. */
export async function changeWish(
  ctx: Context,
  bookingId: string,
  { wish, revision, now }: { wish: string; revision: number; now: Date },
): Promise<void> {
  const booking = await lockFor(ctx, bookingId, { action: 'changeWish', named: '修改想谈的内容', now })
  refuseStale(booking, revision, '这次预约', '对方')
  const wishSealed = ctx.encryption.sealField(wish, sealedPlaces.wish(bookingId))
  await changeBooking(ctx, bookingId, { wishSealed, revision: revision + 1 })
  await record(ctx, 'guidance.wish-changed', placeSubject(await mentorOf(ctx, booking)))
}

/** Moves a booking, as read at this revision, to another free time of the same mentor. Both are told. */
export async function moveBooking(
  ctx: Context,
  bookingId: string,
  { timeId, revision, ...moment }: Moment & { timeId: string; revision: number },
): Promise<void> {
  const { now } = moment
  const seen = await openBooking(ctx, bookingId, now)
  // The mentor before the booking, as where an appointment is ended.
  const mentor = found(await findMentor(ctx, seen.mentorId, 'share'), '位指导老师')
  const booking = await lockFor(ctx, bookingId, { action: 'move', named: '改期', now })
  refuseActOnStale(booking, revision, '这次预约', '对方')
  refuseFlood('bookings', personOf(ctx))
  if (timeId === booking.timeId) throw new Refusal('conflict', '现在约的就是这个时间，不用改期。')
  const wanted = await findTime(ctx, timeId, { lock: true })
  const time = found(wanted?.mentorId === mentor.id ? wanted : undefined, '个时间')
  await refuseTaken(ctx, time, { mentor, now })

  await changeBooking(ctx, bookingId, { timeId, placedAt: now, revision: revision + 1 })
  await record(ctx, 'guidance.moved', placeSubject(mentor))
  const { id, personId, mentorPersonId } = booking
  const after = { id, personId, mentorPersonId, ...heldOf(time), revision: revision + 1 }
  await tellMoved(ctx, mentor, { before: booking, after }, moment)
}

const heldOf = ({ heldOn, startMinute, endMinute }: StoredTime) => ({ heldOn, startMinute, endMinute })

/** Cancels a booking with a word to the other. A mentor who cancels takes the time back as well. */
export async function cancelBooking(
  ctx: Context,
  bookingId: string,
  { reason, ...moment }: Moment & { reason: string },
): Promise<void> {
  const booking = await lockFor(ctx, bookingId, { action: 'cancel', named: '取消', now: moment.now })
  const side = sideOf(ctx.actor, booking) ?? 'guided'
  await changeBooking(ctx, bookingId, {
    ...{ cancelledAt: moment.now, cancelledBy: side, revision: booking.revision + 1 },
    cancelReasonSealed: ctx.encryption.sealField(reason, sealedPlaces.reason(bookingId)),
  })
  if (side === 'mentor') await changeStoredTime(ctx, booking.timeId, { withdrawnAt: moment.now })
  const mentor = await mentorOf(ctx, booking)
  await record(ctx, 'guidance.cancelled', placeSubject(mentor))
  await tellCancelled(ctx, mentor, booking, moment)
}

/** The appointment under which a talk was booked. */
export const mentorOf = async (ctx: Context, { mentorId }: Pick<StoredBooking, 'mentorId'>): Promise<StoredMentor> =>
  found(await findMentor(ctx, mentorId), '位指导老师')
