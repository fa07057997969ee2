import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import { found } from '../../platform/refusal.ts'
import { type BookingFacts, may } from './policy.ts'
import { guidanceBookings, guidanceMentors, guidanceTimes } from './tables.ts'

export type StoredMentor = typeof guidanceMentors.$inferSelect
export type StoredTime = typeof guidanceTimes.$inferSelect

/** A booking with the time that it has, and whether there is a record of it. */
export type StoredBooking = typeof guidanceBookings.$inferSelect & BookingFacts & Pick<StoredTime, 'place' | 'link'>

/**
 * A booking for the two whose it is; for everybody else there is none. In the scope of who asks the database itself knows no other; over the
 * whole university it is this condition. Locked: nobody else changes it until the transaction ends.
 */
export async function openBooking(
  ctx: Context,
  bookingId: string,
  now: Date,
  { lock = false } = {},
): Promise<StoredBooking> {
  const query = ctx.db.select(bookingColumns).from(guidanceBookings).innerJoin(guidanceTimes, timeOfBooking)
  const wanted = query.where(ofBooking(ctx, bookingId)).$dynamic()
  const [row] = await (lock ? wanted.for('update', { of: guidanceBookings }) : wanted)
  return found(row && may(ctx.actor, row, now).read ? row : undefined, '次预约')
}

/** Of a booking all that is stored. */
export const bookingColumns = {
  ...getTableColumns(guidanceBookings),
  heldOn: guidanceTimes.heldOn,
  startMinute: guidanceTimes.startMinute,
  endMinute: guidanceTimes.endMinute,
  place: guidanceTimes.place,
  link: guidanceTimes.link,
  hasRecord: sql<boolean>`exists (select from guidance_records r
    where r.tenant_id = ${guidanceBookings.tenantId} and r.booking_id = ${guidanceBookings.id})`,
}

export const timeOfBooking = and(
  eq(guidanceTimes.tenantId, guidanceBookings.tenantId),
  eq(guidanceTimes.id, guidanceBookings.timeId),
)

/** One booking, by the key of its table. */
export const ofBooking = ({ tenantId }: Pick<Context, 'tenantId'>, bookingId: string): SQL =>
  and(eq(guidanceBookings.tenantId, tenantId), eq(guidanceBookings.id, bookingId)) ?? sql`false`

/** One time, by the key of its table. */
export const ofTime = ({ tenantId }: Pick<Context, 'tenantId'>, timeId: string): SQL =>
  and(eq(guidanceTimes.tenantId, tenantId), eq(guidanceTimes.id, timeId)) ?? sql`false`

/** One appointment, by the key of its table. */
export const ofMentor = ({ tenantId }: Pick<Context, 'tenantId'>, mentorId: string): SQL =>
  and(eq(guidanceMentors.tenantId, tenantId), eq(guidanceMentors.id, mentorId)) ?? sql`false`

/** An appointment; shared: it is not ended meanwhile. */
export async function findMentor(
  { db, tenantId }: Context,
  mentorId: string,
  strength?: 'update' | 'share',
): Promise<StoredMentor | undefined> {
  const query = db.select().from(guidanceMentors).where(ofMentor({ tenantId }, mentorId)).$dynamic()
  const [row] = await (strength ? query.for(strength) : query)
  return row
}

/** A time, locked where it is to be given or withdrawn. */
export async function findTime(
  { db, tenantId }: Context,
  timeId: string,
  { lock = false } = {},
): Promise<StoredTime | undefined> {
  const query = db.select().from(guidanceTimes).where(ofTime({ tenantId }, timeId)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  return row
}

/** Writes down what has become of a booking. */
export async function changeBooking(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  bookingId: string,
  set: Partial<typeof guidanceBookings.$inferInsert>,
): Promise<void> {
  await ctx.db.update(guidanceBookings).set(set).where(ofBooking(ctx, bookingId))
}

/** Writes down what has become of a time. */
export async function changeStoredTime(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  timeId: string,
  set: Partial<StoredTime>,
): Promise<void> {
  await ctx.db.update(guidanceTimes).set(set).where(ofTime(ctx, timeId))
}

/** An appointment, as the journal names it. */
export const mentorSubject = ({ id, path, personId }: StoredMentor): Subject => ({
  kind: 'mentor',
  id,
  orgPath: path,
  personId,
})

/** What is done with bookings stands in the journal at the organisation alone: it does not tell who has talked with whom. */
export const placeSubject = ({ organizationId, path }: Pick<StoredMentor, 'organizationId' | 'path'>): Subject => ({
  kind: 'organization',
  id: organizationId,
  orgPath: path,
})
