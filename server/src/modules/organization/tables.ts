import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import {
  boolean,
  date,
  index,
  integer,
  pgTable,
  pgView,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { byteText, instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { OrganizationKind } from './kinds-schema.ts'
import type { BranchType, OfficeKind } from './schema.ts'

/** A university: the tenant to which every other row belongs. */
export const universities = pgTable('universities', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
})

/** Committees, general branches, branches and groups: one tree, its shape in `path`. */
export const organizations = pgTable(
  'organizations',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    parentId: uuid('parent_id'),
    path: orgPath('path').notNull(),
    kind: text('kind').$type<OrganizationKind>().notNull(),
    branchType: text('branch_type').$type<BranchType>(),
    name: text('name').notNull(),
    shortName: text('short_name'),
    /** Pinyin of the name and its initials, for search and order. */
    pinyin: byteText('pinyin').notNull(),
    initials: byteText('initials').notNull(),
    code: text('code'),
    establishedOn: date('established_on').$type<Day>(),
    dissolvedOn: date('dissolved_on').$type<Day>(),
    dissolutionReason: text('dissolution_reason'),
    canApproveProbationary: boolean('can_approve_probationary').notNull().default(false),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    unique('organizations_path').on(table.tenantId, table.path),
    uniqueIndex('organizations_name').on(table.tenantId, table.parentId, table.name).where(sql`dissolved_on is null`),
  ],
)

/** Who holds which office where, from when until when (任职). An office ends by a day, it is never deleted. */
export const offices = pgTable(
  'offices',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    personId: uuid('person_id').notNull(),
    /** The officer's name, known to everyone of the university, while the rest of the person's record is not. */
    personName: text('person_name').notNull(),
    office: text('office').$type<OfficeKind>().notNull(),
    from: date('from_on').$type<Day>().notNull(),
    /** The last day in office, planned or actual. */
    until: date('until_on').$type<Day>(),
    documentNumber: text('document_number'),
    endReason: text('end_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('offices_by_organization').on(table.tenantId, table.organizationId),
    index('offices_by_person').on(table.tenantId, table.personId),
  ],
)

/** The terms of a committee or branch (届), from election to the day a new one is due. */
export const terms = pgTable(
  'terms',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    from: date('from_on').$type<Day>().notNull(),
    until: date('until_on').$type<Day>().notNull(),
    /** The last day of a delay of the re-election that the higher organisation has approved. */
    delayedUntil: date('delayed_until').$type<Day>(),
    documentNumber: text('document_number'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    unique('terms_by_organization').on(table.tenantId, table.organizationId, table.from),
  ],
)

/**
 * What an organisation has to know of the register of persons: how many there are, and what a person it appoints is called.
 * Read only, and by its name only: the register belongs to the module `people`, which comes after this one.
 */
export const register = pgView('persons', {
  tenantId: tenantId(),
  id: uuid('id').notNull(),
  path: orgPath('path').notNull(),
  name: text('name').notNull(),
}).existing()
