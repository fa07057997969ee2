import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, sealedBytes, tenantId } from '../../platform/columns.ts'
import type { Layout, SheetOffer } from './recognition.ts'
import type { ActChange, FieldChange, RowEffect, RowNote, RowProblem } from './schema.ts'

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
    sheets: jsonb('sheets').$type<readonly SheetOffer[]>().notNull(),
    /** The table that is read; absent where none was recognised yet. */
    layout: jsonb('layout').$type<Layout>(),
    /** The organisations that names of branches stand for, as decided by hand. */
    branches: jsonb('branches').$type<Record<string, string>>().notNull().default({}),
    /** What was decided by hand about rows of the file before this one, to be offered again: as sealed JSON. */
    carried: text('carried'),
    /** Counts how often the file has been read: a reading that has been overtaken writes nothing more. */
    round: integer('round').notNull().default(1),
    rowsDone: integer('rows_done').notNull().default(0),
    rowsTotal: integer('rows_total').notNull().default(0),
    /** How many rows the commit that was begun last goes through. */
    rowsToWrite: integer('rows_to_write'),
    /** Why the last reading or writing ended without a result. */
    failure: text('failure'),
    createdBy: uuid('created_by').notNull(),
    createdByName: text('created_by_name').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    previewedAt: instant('previewed_at'),
    commitStartedAt: instant('commit_started_at'),
    committedAt: instant('committed_at'),
    /** What the commit wrote: persons entered, persons changed, acts. */
    written: jsonb('written').$type<{ registered: number; changed: number; acts: number; leftOut: number }>(),
    undoStartedAt: instant('undo_started_at'),
    undoneAt: instant('undone_at'),
    discardedAt: instant('discarded_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('imports_by_path').on(table.tenantId, table.path, table.id),
  ],
)

/** The file of an import in sealed parts, until it is committed or discarded. */
export const importFileParts = pgTable(
  'import_file_parts',
  {
    tenantId: tenantId(),
    importId: uuid('import_id').notNull(),
    part: integer('part').notNull(),
    path: orgPath('path').notNull(),
    sealed: sealedBytes('sealed').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.importId, table.part] })],
)

/** One row of the sheet with what the import would do with it. */
export const importRows = pgTable(
  'import_rows',
  {
    tenantId: tenantId(),
    importId: uuid('import_id').notNull(),
    row: integer('row').notNull(),
    path: orgPath('path').notNull(),
    name: text('name'),
    /** The branch as written, and the organisation it stands for. */
    branch: text('branch'),
    organizationId: uuid('organization_id'),
    /** What was changed by hand in the preview, old and new by column letter: as sealed JSON. */
    edits: text('edits'),
    effect: text('effect').$type<RowEffect>().notNull(),
    /** `skip`, `new`, or the id of the person that somebody chose for the row. */
    decided: text('decided'),
    personId: uuid('matched_id'),
    /** The revision of the person when the preview was made. */
    revision: integer('revision'),
    /** How many cells cannot be read. */
    errorCount: integer('error_count').notNull(),
    /** How many problems and findings need a look. */
    noteCount: integer('note_count').notNull(),
    /** Why the row is in doubt. */
    doubt: text('doubt'),
    candidates: jsonb('candidates').$type<string[]>(),
    problems: jsonb('problems').$type<readonly RowProblem[]>().notNull(),
    findings: jsonb('findings').$type<readonly RowNote[]>().notNull(),
    fieldChanges: jsonb('field_changes').$type<readonly FieldChange[]>().notNull(),
    actChanges: jsonb('act_changes').$type<readonly ActChange[]>().notNull(),
    /** After the commit: how the fields of the person are put back, sealed. */
    undo: text('undo'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.importId, table.row] }),
    index('import_rows_by_effect').on(table.tenantId, table.importId, table.effect, table.row),
  ],
)

/** The cells of some rows as they stand in the file, until these rows are written. */
export const importSlices = pgTable(
  'import_slices',
  {
    tenantId: tenantId(),
    importId: uuid('import_id').notNull(),
    firstRow: integer('first_row').notNull(),
    lastRow: integer('last_row').notNull(),
    path: orgPath('path').notNull(),
    /** JSON by row and column letter, packed and sealed. */
    sealed: sealedBytes('sealed').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.importId, table.firstRow] })],
)

/** How the columns of a layout were mapped by hand the last time. */
export const rememberedLayouts = pgTable(
  'remembered_layouts',
  {
    tenantId: tenantId(),
    /** Digest of the header texts in order. */
    fingerprint: text('fingerprint').notNull(),
    columns: jsonb('columns').$type<Record<string, string | null>>().notNull(),
    rememberedAt: instant('remembered_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.fingerprint] })],
)
