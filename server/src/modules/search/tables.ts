import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { tenantId } from '../../platform/columns.ts'
import { transactionNumber } from '../../platform/journal.ts'

/**
 * Up to which row of the journal changes have been taken into the search. It can be thrown away: everything is then taken in
 * anew. A restored backup knows no transaction numbers and has none.
 */
export const searchProgress = pgTable(
  'search_progress',
  {
    tenantId: tenantId(),
    /** What follows the journal: `acts`. */
    follower: text('follower').notNull(),
    transaction: transactionNumber('transaction'),
    journalId: uuid('journal_id'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.follower] })],
)
