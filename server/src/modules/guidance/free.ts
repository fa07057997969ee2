import { type SQL, sql } from 'drizzle-orm'
import { guidanceMentors, guidanceTimes } from './tables.ts'

/** Whether a time begins after an instant, by the clock in China. */
export const beginsAfter = (now: Date): SQL => sql`${beginsAt} > ${inChina(now)}`

/** Whether a time ends after an instant. */
export const endsAfter = (now: Date): SQL =>
  sql`${guidanceTimes.heldOn} + ${guidanceTimes.endMinute} * interval '1 minute' > ${inChina(now)}`

const beginsAt = sql`${guidanceTimes.heldOn} + ${guidanceTimes.startMinute} * interval '1 minute'`

const inChina = (now: Date): SQL => sql`(${now.toISOString()}::timestamptz at time zone 'Asia/Shanghai')`

/** True where somebody has booked a time. */
const isBooked = sql`exists (select from guidance_bookings b where b.tenant_id = ${guidanceTimes.tenantId}
  and b.time_id = ${guidanceTimes.id} and b.cancelled_at is null)`

/**
 * True for a time to come that nobody has booked, of an appointment that is still in force on its day. Sees the bookings of others: runs over
 * the whole university.
 */
export const isFree = (now: Date): SQL =>
  sql`(${guidanceTimes.withdrawnAt} is null and ${beginsAfter(now)} and not ${isBooked}
    and (${guidanceMentors.untilOn} is null or ${guidanceTimes.heldOn} <= ${guidanceMentors.untilOn}))`
