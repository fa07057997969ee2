import type { Day, Month, Stage } from '@zhibu/rules'
import { date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { orgPath, tenantId } from '../../platform/columns.ts'

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
