import type { Day } from '@zhibu/rules'
import { and, asc, desc, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { personOf } from '../../platform/reach.ts'
import { day, type Page } from '../../platform/wire.ts'
import { isOneOf } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { clashesOf } from './clashes.ts'
import { endsAfter } from './free.ts'
import { bookableMentors, ownMentors } from './mentors.ts'
import { leastGuided, leastInCohort } from './names-schema.ts'
import { may, rootsToAppoint, sideOf, stateOf } from './policy.ts'
import { recordOf, recordsOf } from './records.ts'
import type { BookingRow, BookingsQuery, BookingView, Offers, OwnStep } from './schema.ts'
import { sealedPlaces } from './sealed-places.ts'
import { bookingColumns, type StoredBooking, timeOfBooking } from './stored.ts'
import { guidanceBookings, guidanceMentors, guidanceSteps, guidanceTimes } from './tables.ts'
import { freeTimes } from './times.ts'

/** What is read of guidance. Everything here runs over the whole university and names the parties itself. */

/** Whom the actor may book and when, and where they guide themselves. */
export async function readOffers(ctx: Context, now: Date): Promise<Offers> {
  return {
    mentors: await bookableMentors(ctx, now),
    ...(await freeTimes(ctx, now)),
    own: await ownMentors(ctx, now),
    can: { appoint: rootsToAppoint(ctx.actor).length > 0 },
  }
}

const guidedPerson = alias(persons, 'guided_person')
const mentorPerson = alias(persons, 'mentor_person')

interface NamedBooking {
  booking: StoredBooking
  guided: { id: string; name: string }
  mentor: { id: string; name: string }
  organization: { id: string; name: string }
}

/** Bookings of the actor with the names of both. */
function bookingsOf(ctx: Context, wanted: SQL | undefined, order: SQL[], limit: number): Promise<NamedBooking[]> {
  const { tenantId, personId, mentorPersonId, mentorId } = guidanceBookings
  const own = personOf(ctx)
  return ctx.db
    .select({
      booking: bookingColumns,
      guided: { id: guidedPerson.id, name: guidedPerson.name },
      mentor: { id: mentorPerson.id, name: mentorPerson.name },
      organization: { id: organizations.id, name: organizations.name },
    })
    .from(guidanceBookings)
    .innerJoin(guidanceTimes, timeOfBooking)
    .innerJoin(guidedPerson, and(eq(guidedPerson.tenantId, tenantId), eq(guidedPerson.id, personId)))
    .innerJoin(mentorPerson, and(eq(mentorPerson.tenantId, tenantId), eq(mentorPerson.id, mentorPersonId)))
    .innerJoin(guidanceMentors, and(eq(guidanceMentors.tenantId, tenantId), eq(guidanceMentors.id, mentorId)))
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, tenantId), eq(organizations.id, guidanceMentors.organizationId)),
    )
    .where(and(eq(tenantId, ctx.tenantId), or(eq(personId, own), eq(mentorPersonId, own)), wanted))
    .orderBy(...order)
    .limit(limit)
}

const dayOf = guidanceTimes.heldOn
const minuteOf = guidanceTimes.startMinute

/** A page of the bookings of the actor: those to come with the next one first, the others with the last one first. */
export async function listBookings(ctx: Context, query: BookingsQuery, now: Date): Promise<Page<BookingRow>> {
  const { cursor, limit, only } = query
  const isUpwards = only === 'coming'
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([day, z.number().int(), z.uuid()]))
  const isToCome = and(isNull(guidanceBookings.cancelledAt), endsAfter(now))
  const place = sql`(${dayOf}, ${minuteOf}, ${guidanceBookings.id})`
  const sorted = isUpwards ? asc : desc
  const rows = await bookingsOf(
    ctx,
    and(
      isUpwards ? isToCome : or(isNotNull(guidanceBookings.cancelledAt), sql`not ${endsAfter(now)}`),
      after && sql`${place} ${sql.raw(isUpwards ? '>' : '<')} (${after[0]}::date, ${after[1]}::int, ${after[2]}::uuid)`,
    ),
    [sorted(dayOf), sorted(minuteOf), sorted(guidanceBookings.id)],
    limit + 1,
  )
  const last = rows.length > limit ? rows[limit - 1]?.booking : undefined
  return {
    items: rows.slice(0, limit).map((it) => rowOf(ctx, it, now)),
    ...(last && { next: writeCursor([last.heldOn, last.startMinute, last.id]) }),
  }
}

function rowOf(ctx: Context, { booking, guided, mentor, organization }: NamedBooking, now: Date): BookingRow {
  const side = sideOf(ctx.actor, booking) ?? 'guided'
  const { id, heldOn, startMinute, endMinute, place } = booking
  return {
    ...{ id, heldOn, startMinute, endMinute, place, side, organization },
    state: stateOf(booking, now),
    other: side === 'mentor' ? guided : mentor,
  }
}

/** A booking as its page shows it to one of the two. Whether they may read it was settled before. */
export async function viewOf(
  ctx: Context,
  booking: StoredBooking,
  now: Date,
): Promise<{ view: BookingView; revision: number }> {
  const [named] = await bookingsOf(ctx, eq(guidanceBookings.id, booking.id), [asc(guidanceBookings.id)], 1)
  if (!named) throw new Error('a booking that was read has its parties')
  const { read: _, ...can } = may(ctx.actor, booking, now)
  const { id, cancelledAt, cancelledBy, cancelReasonSealed, link, mentorId } = booking
  const clashing = can.move ? await clashesOf(ctx, [{ ...booking, id: booking.timeId }], now) : () => []
  const { mentor, guided } = named
  const view: BookingView = {
    ...rowOf(ctx, named, now),
    ...{ link, mentor, guided, mentorId, can },
    wish: ctx.encryption.openField(booking.wishSealed, sealedPlaces.wish(id)),
    cancelled:
      cancelledAt === null || cancelledBy === null || cancelReasonSealed === null
        ? null
        : {
            by: cancelledBy,
            reason: ctx.encryption.openField(cancelReasonSealed, sealedPlaces.reason(id)),
            at: cancelledAt.toISOString(),
          },
    record: await recordOf(ctx, booking),
    clashes: clashing({ ...booking, id: booking.timeId }),
  }
  return { view, revision: booking.revision }
}

/** The next steps (约定事项) of the actor that are not done, those with a day first, for their desk. */
export async function nextStepsOf(ctx: Context): Promise<OwnStep[]> {
  const own = personOf(ctx)
  const { id, bookingId, dueOn, side, whatSealed, personId, mentorPersonId, doneOn } = guidanceSteps
  const isGuided = and(eq(side, 'guided'), eq(personId, own))
  const isMentor = and(eq(side, 'mentor'), eq(mentorPersonId, own))
  const rows = await ctx.db
    .select({
      ...{ id, bookingId, dueOn, side, whatSealed, talkedOn: guidanceTimes.heldOn },
      ...{ guided: guidedPerson.name, mentor: mentorPerson.name },
    })
    .from(guidanceSteps)
    .innerJoin(
      guidanceBookings,
      and(eq(guidanceBookings.tenantId, guidanceSteps.tenantId), eq(guidanceBookings.id, bookingId)),
    )
    .innerJoin(guidanceTimes, timeOfBooking)
    .innerJoin(guidedPerson, and(eq(guidedPerson.tenantId, guidanceSteps.tenantId), eq(guidedPerson.id, personId)))
    .innerJoin(
      mentorPerson,
      and(eq(mentorPerson.tenantId, guidanceSteps.tenantId), eq(mentorPerson.id, mentorPersonId)),
    )
    .where(and(eq(guidanceSteps.tenantId, ctx.tenantId), isNull(doneOn), or(isGuided, isMentor)))
    .orderBy(sql`${dueOn} asc nulls last`, asc(id))
    .limit(100)
  return rows.map(({ whatSealed: sealed, guided, mentor, side: whose, ...it }) => ({
    ...it,
    what: ctx.encryption.openField(sealed, sealedPlaces.step(it.id)),
    other: whose === 'mentor' ? guided : mentor,
  }))
}

/** The talks of the actor between two days that took place, the first one first, as far as there is something to write out of them. */
export async function talksBetween(
  ctx: Context,
  { from, until }: { from: Day; until: Day },
  limit: number,
): Promise<(NamedBooking & { record: BookingView['record']; wish: string })[]> {
  const rows = await bookingsOf(
    ctx,
    and(
      isNull(guidanceBookings.cancelledAt),
      sql`${dayOf} between ${from}::date and ${until}::date`,
      sql`exists (select from guidance_records r where r.tenant_id = ${guidanceBookings.tenantId} and r.booking_id = ${guidanceBookings.id})`,
    ),
    [asc(dayOf), asc(minuteOf), asc(guidanceBookings.id)],
    limit,
  )
  const records = await recordsOf(
    ctx,
    rows.map((it) => it.booking),
  )
  return rows.map((it) => ({
    ...it,
    record: records.get(it.booking.id) ?? null,
    wish: ctx.encryption.openField(it.booking.wishSealed, sealedPlaces.wish(it.booking.id)),
  }))
}

/**
 * How many talks these persons have had as those who are guided between two days, as one sum; null where it would tell of single persons:
 * for fewer than five, or where fewer than three of them have been guided, none included. For cohorts of a training. Whether the caller may
 * ask about these persons is theirs to settle; runs over the whole university.
 */
export async function guidanceCountsOf(
  ctx: Context,
  personIds: readonly string[],
  { from, until }: { from: Day; until: Day },
): Promise<{ talks: number } | null> {
  const ids = [...new Set(personIds)]
  if (ids.length < leastInCohort) return null
  const { personId, cancelledAt } = guidanceBookings
  const [row] = await ctx.db
    .select({ talks: sql<number>`count(*)::int`, guided: sql<number>`count(distinct ${personId})::int` })
    .from(guidanceBookings)
    .innerJoin(guidanceTimes, timeOfBooking)
    .where(
      and(
        eq(guidanceBookings.tenantId, ctx.tenantId),
        isOneOf(personId, ids),
        isNull(cancelledAt),
        sql`${dayOf} between ${from}::date and ${until}::date`,
        sql`${dayOf} <= ${ctx.today}::date`,
      ),
    )
  return row && row.guided >= leastGuided ? { talks: row.talks } : null
}
