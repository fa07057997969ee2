import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import { incomingTable } from '../../platform/content/incoming.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import type { Standard, UnitKind } from './names-schema.ts'
import type { Chapter } from './schema.ts'

/** A piece of courseware of an organisation. */
export const courseware = pgTable(
  'courseware',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    title: text('title').notNull(),
    summary: text('summary').notNull(),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
    publishedAt: instant('published_at'),
    publishedBy: text('published_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('courseware_by_path').on(table.tenantId, table.path),
  ],
)

/** A part of it: a text, a medium of the library, or a package. `seq`: in the order of the piece. */
export const coursewareUnits = pgTable(
  'courseware_units',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    coursewareId: uuid('courseware_id').notNull(),
    path: orgPath('path').notNull(),
    seq: integer('seq').notNull(),
    kind: text('kind').$type<UnitKind>().notNull(),
    title: text('title').notNull(),
    body: jsonb('body').$type<RichText>(),
    mediaId: uuid('media_id'),
    chapters: jsonb('chapters').$type<Chapter[]>().notNull().default([]),
    packageId: uuid('package_id'),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('courseware_units_in_order').on(table.tenantId, table.coursewareId, table.seq),
    index('courseware_units_by_package').on(table.tenantId, table.packageId),
  ],
)

/** What of a package can be started. `href` is a file of the package, with what is to stand behind it in the address. */
export interface Sco {
  id: string
  title: string
  depth: number
  href: string
  search: string
  launchData: string
  masteryScore: string
}

/** A package as it was unpacked. It is never changed: another one takes its place. Copies of a unit share it. */
export const coursewarePackages = pgTable(
  'courseware_packages',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    fileName: text('file_name').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    standard: text('standard').$type<Standard>().notNull(),
    title: text('title').notNull(),
    scos: jsonb('scos').$type<Sco[]>().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
)

/** The files of a package, by their path in it. */
export const coursewarePackageFiles = pgTable(
  'courseware_package_files',
  {
    tenantId: tenantId(),
    packageId: uuid('package_id').notNull(),
    name: text('name').notNull(),
    contentId: text('content_id').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.packageId, table.name] })],
)

/**
 * How far somebody is: theirs alone, in the database too (row-rules.ts). There is no moment and no length of time in it. `state` is what
 * packages want to find again, sealed for this person and unit.
 */
export const coursewareProgress = pgTable(
  'courseware_progress',
  {
    tenantId: tenantId(),
    personId: uuid('person_id').notNull(),
    unitId: uuid('unit_id').notNull(),
    coursewareId: uuid('courseware_id').notNull(),
    isFinished: boolean('is_finished').notNull().default(false),
    atSeconds: integer('at_seconds').notNull().default(0),
    state: text('state'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.personId, table.unitId] }),
    index('courseware_progress_by_unit').on(table.tenantId, table.unitId),
  ],
)

/** Packages on their way in. */
export const coursewareUploads = incomingTable('courseware_uploads')
