import type { Day } from '@zhibu/rules'
import { boolean, date, index, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { orgPath, tenantId } from '../../platform/columns.ts'
import type { AdministratorRole } from '../../platform/context.ts'

/** An account with which someone signs in, and the person behind it. Passwords and second factors lie in the tables of the sign-in library. */
export const accounts = pgTable(
  'accounts',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** Id of the user in the sign-in library. */
    userId: text('user_id').notNull(),
    personId: uuid('person_id'),
    name: text('name').notNull(),
    administrator: text('administrator').$type<AdministratorRole>(),
    isLocked: boolean('is_locked').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    unique('accounts_user').on(table.tenantId, table.userId),
    unique('accounts_person').on(table.tenantId, table.personId),
  ],
)

/** A task handed to a helper: which acts and fields, until when. It ends by itself. */
export const delegations = pgTable(
  'delegations',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** The part of the tree from which the persons come; the giver holds it. */
    path: orgPath('path').notNull(),
    giverAccountId: uuid('giver_account_id').notNull(),
    helperAccountId: uuid('helper_account_id').notNull(),
    purpose: text('purpose').notNull(),
    fields: jsonb('fields').$type<string[]>().notNull(),
    from: date('from_on').$type<Day>().notNull(),
    until: date('until_on').$type<Day>().notNull(),
    endedOn: date('ended_on').$type<Day>(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('delegations_by_helper').on(table.tenantId, table.helperAccountId, table.until),
  ],
)

/** The persons whom a delegation covers. */
export const delegationPersons = pgTable(
  'delegation_persons',
  {
    tenantId: tenantId(),
    delegationId: uuid('delegation_id').notNull(),
    personId: uuid('person_id').notNull(),
    helperAccountId: uuid('helper_account_id').notNull(),
    until: date('until_on').$type<Day>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.delegationId, table.personId] }),
    index('delegation_persons_by_person').on(table.tenantId, table.personId, table.helperAccountId),
  ],
)
