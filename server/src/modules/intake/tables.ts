import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { orgPath, tenantId } from '../../platform/columns.ts'

/** A spreadsheet on its way in: what was recognised, how its columns are mapped, how far it has come. */
export const imports = pgTable(
  'imports',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** The part of the tree into which the import may write. */
    path: orgPath('path').notNull(),
    organizationId: uuid('organization_id').notNull(),
    fileName: text('file_name').notNull(),
    fileHash: text('file_hash').notNull(),
    fileBytes: bigint('file_bytes', { mode: 'number' }).notNull(),
    /** Sheets, header row, columns with their fields. */
    layout: jsonb('layout').notNull(),
    /** Counts of the preview: new, changed, unchanged, in doubt, problems. */
    summary: jsonb('summary'),
    rowsDone: integer('rows_done').notNull().default(0),
    rowsTotal: integer('rows_total').notNull().default(0),
    failure: text('failure'),
    createdBy: uuid('created_by').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    previewedAt: timestamp('previewed_at', { withTimezone: true }),
    committedAt: timestamp('committed_at', { withTimezone: true }),
    undoneAt: timestamp('undone_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
)

/** One row of the sheet with what the import would do with it. */
export const importRows = pgTable(
  'import_rows',
  {
    tenantId: tenantId(),
    importId: uuid('import_id').notNull(),
    row: integer('row').notNull(),
    path: orgPath('path').notNull(),
    /** The cells as read, by column letter, edits of the preview included. */
    cells: jsonb('cells').$type<Record<string, string>>().notNull(),
    /** new · changed · unchanged · doubt · skipped */
    effect: text('effect').notNull(),
    problemCount: integer('problem_count').notNull(),
    personId: uuid('person_id'),
    /** What would be written: fields old → new, acts old → new, problems per cell. */
    proposal: jsonb('proposal').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.importId, table.row] }),
    index('import_rows_by_effect').on(table.tenantId, table.importId, table.effect, table.row),
  ],
)

/** How the columns of a layout were mapped by hand the last time. */
export const rememberedLayouts = pgTable(
  'remembered_layouts',
  {
    tenantId: tenantId(),
    /** Digest of the header texts in order. */
    fingerprint: text('fingerprint').notNull(),
    columns: jsonb('columns').$type<Record<string, string | null>>().notNull(),
    rememberedAt: timestamp('remembered_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.fingerprint] })],
)
