import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { date, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { Side } from './names-schema.ts'

/** Who guides for whom: a person (指导老师) for everybody who belongs to an organisation, from a day until a day. */
export const guidanceMentors = pgTable(
  'guidance_mentors',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    personId: uuid('person_id').notNull(),
    guidesIn: text('guides_in').notNull(),
    fromOn: date('from_on').$type<Day>().notNull(),
    untilOn: date('until_on').$type<Day>(),
    revision: integer('revision').notNull().default(1),
    appointedAt: instant('appointed_at').notNull().defaultNow(),
    appointedBy: text('appointed_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('guidance_mentors_by_path').on(table.tenantId, table.path),
    index('guidance_mentors_by_person').on(table.tenantId, table.personId),
  ],
)

/** A time that a mentor offers to one person. `personId` is the mentor. */
export const guidanceTimes = pgTable(
  'guidance_times',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    mentorId: uuid('mentor_id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    /** The same for those that were offered together, week by week. */
    seriesId: uuid('series_id').notNull(),
    heldOn: date('held_on').$type<Day>().notNull(),
    startMinute: integer('start_minute').notNull(),
    endMinute: integer('end_minute').notNull(),
    place: text('place').notNull(),
    link: text('link').notNull(),
    revision: integer('revision').notNull().default(1),
    withdrawnAt: instant('withdrawn_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('guidance_times_by_mentor').on(table.tenantId, table.mentorId, table.heldOn),
    index('guidance_times_by_person').on(table.tenantId, table.personId, table.heldOn),
    index('guidance_times_by_series').on(table.tenantId, table.seriesId),
  ],
)

/**
 * Who has booked a time. Only the two of them see the row (row-rules.ts): `personId` is guided, `mentorPersonId` guides. What they want
 * to talk about is sealed.
 */
export const guidanceBookings = pgTable(
  'guidance_bookings',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    timeId: uuid('time_id').notNull(),
    mentorId: uuid('mentor_id').notNull(),
    path: orgPath('path').notNull(),
    personId: uuid('person_id').notNull(),
    mentorPersonId: uuid('mentor_person_id').notNull(),
    wishSealed: text('wish_sealed').notNull(),
    revision: integer('revision').notNull().default(1),
    bookedAt: instant('booked_at').notNull().defaultNow(),
    /** When they got the time that they have now. */
    placedAt: instant('placed_at').notNull().defaultNow(),
    cancelledAt: instant('cancelled_at'),
    cancelledBy: text('cancelled_by').$type<Side>(),
    cancelReasonSealed: text('cancel_reason_sealed'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('guidance_bookings_of_time').on(table.tenantId, table.timeId).where(sql`cancelled_at is null`),
    index('guidance_bookings_by_person').on(table.tenantId, table.personId),
    index('guidance_bookings_by_mentor_person').on(table.tenantId, table.mentorPersonId),
    index('guidance_bookings_by_mentor').on(table.tenantId, table.mentorId),
  ],
)

/** A version of a record, with the next steps as they were agreed then, sealed. The newest one holds. */
export const guidanceRecords = pgTable(
  'guidance_records',
  {
    tenantId: tenantId(),
    bookingId: uuid('booking_id').notNull(),
    version: integer('version').notNull(),
    path: orgPath('path').notNull(),
    personId: uuid('person_id').notNull(),
    mentorPersonId: uuid('mentor_person_id').notNull(),
    textSealed: text('text_sealed').notNull(),
    writtenBy: text('written_by').$type<Side>().notNull(),
    writtenAt: instant('written_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.bookingId, table.version] })],
)

/** A next step that holds: whose it is, by when, and since when it is done. What it is is sealed. */
export const guidanceSteps = pgTable(
  'guidance_steps',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    bookingId: uuid('booking_id').notNull(),
    path: orgPath('path').notNull(),
    personId: uuid('person_id').notNull(),
    mentorPersonId: uuid('mentor_person_id').notNull(),
    seq: integer('seq').notNull(),
    side: text('side').$type<Side>().notNull(),
    whatSealed: text('what_sealed').notNull(),
    dueOn: date('due_on').$type<Day>(),
    doneOn: date('done_on').$type<Day>(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('guidance_steps_by_booking').on(table.tenantId, table.bookingId, table.seq),
    index('guidance_steps_by_person').on(table.tenantId, table.personId),
    index('guidance_steps_by_mentor_person').on(table.tenantId, table.mentorPersonId),
    index('guidance_steps_due').on(table.tenantId, table.dueOn).where(sql`done_on is null`),
  ],
)

/** What one of the two keeps for themselves, sealed. Nobody but its author sees the row. */
export const guidanceRemarks = pgTable(
  'guidance_remarks',
  {
    tenantId: tenantId(),
    bookingId: uuid('booking_id').notNull(),
    personId: uuid('person_id').notNull(),
    textSealed: text('text_sealed').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.bookingId, table.personId] })],
)
