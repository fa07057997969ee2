import type { Day } from '@zhibu/rules'
import { boolean, date, index, integer, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { orgPath, tenantId } from '../../platform/columns.ts'
import type { BranchType, OfficeKind, OrganizationKind } from './schema.ts'

/** A university: the tenant to which every other row belongs. */
export const universities = pgTable('universities', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
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
    pinyin: text('pinyin').notNull(),
    initials: text('initials').notNull(),
    code: text('code'),
    establishedOn: date('established_on').$type<Day>(),
    dissolvedOn: date('dissolved_on').$type<Day>(),
    canApproveProbationary: boolean('can_approve_probationary').notNull().default(false),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    unique('organizations_path').on(table.tenantId, table.path),
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
    documentNumber: text('document_number'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    unique('terms_by_organization').on(table.tenantId, table.organizationId, table.from),
  ],
)
