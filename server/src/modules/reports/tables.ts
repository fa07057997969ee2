import type { Day, Month, Stage } from '@zhibu/rules'
import { date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { Every, Failure } from './names-schema.ts'
import type { Recipient } from './schedule-schema.ts'
import type { Card } from './schema.ts'

/** How many people stood where in an organisation itself, without those below it, when a month was last counted. */
export const reportMonths = pgTable(
  'report_months',
  {
    tenantId: tenantId(),
    path: orgPath('path').notNull(),
    month: text('month').$type<Month>().notNull(),
    stage: text('stage').$type<Stage>().notNull(),
    on: date('on').$type<Day>().notNull(),
    count: integer('count').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.month, table.path, table.stage] })],
)

/** A table that goes upward at set times (定期报送). It goes with the rights of its owner, who last wrote it. */
export const reportSchedules = pgTable(
  'report_schedules',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    title: text('title').notNull(),
    cards: jsonb('cards').$type<Card['key'][]>().notNull(),
    every: text('every').$type<Every>().notNull(),
    dayOfMonth: integer('day_of_month').notNull(),
    recipients: jsonb('recipients').$type<Recipient[]>().notNull(),
    ownerAccountId: uuid('owner_account_id').notNull(),
    ownerPersonId: uuid('owner_person_id').notNull(),
    ownerName: text('owner_name').notNull(),
    /** Of what was due up to this day nothing is sent any more: it was set up, resumed or given another day then. */
    afterOn: date('after_on').$type<Day>().notNull(),
    pausedAt: instant('paused_at'),
    endedAt: instant('ended_at'),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('report_schedules_by_path').on(table.tenantId, table.path),
  ],
)
export type StoredSchedule = typeof reportSchedules.$inferSelect

/** A card as it was when a table went, under its name. */
export interface KeptCard {
  name: string
  card: Card
}

/** What became of one day on which a table was to go: once each. */
export const reportSendings = pgTable(
  'report_sendings',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    scheduleId: uuid('schedule_id').notNull(),
    path: orgPath('path').notNull(),
    title: text('title').notNull(),
    dueOn: date('due_on').$type<Day>().notNull(),
    sentOn: date('sent_on').$type<Day>().notNull(),
    /** The figures of that day; null where it did not go. */
    cards: jsonb('cards').$type<KeptCard[]>(),
    recipientCount: integer('recipient_count').notNull().default(0),
    failure: text('failure').$type<Failure>(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('report_sendings_once').on(table.tenantId, table.scheduleId, table.dueOn),
  ],
)
