import type { Day } from '@zhibu/rules'
import { boolean, customType, date, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { TemplateField } from '../../platform/papers/word-scan.ts'
import type { CopySheet, FormScope } from './schema.ts'

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** The forms that the university has uploaded. One that is no longer used is retired, never deleted. */
export const formTemplates = pgTable(
  'form_templates',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    title: text('title').notNull(),
    scope: text('scope').$type<FormScope>().notNull(),
    step: integer('step'),
    /** The code of its place in the filing list. */
    place: text('place'),
    /** Whether only the signed or sealed paper is the original. */
    needsHand: boolean('needs_hand').notNull().default(true),
    isRetired: boolean('is_retired').notNull().default(false),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
)

/** The Word files of a form, the newest in force, the old ones kept. */
export const formTemplateVersions = pgTable(
  'form_template_versions',
  {
    tenantId: tenantId(),
    templateId: uuid('template_id').notNull(),
    number: integer('number').notNull(),
    fileName: text('file_name').notNull(),
    content: bytes('content').notNull(),
    size: integer('size').notNull(),
    /** The tags as they stand in the file. */
    fields: jsonb('fields').$type<readonly TemplateField[]>().notNull(),
    /** For a tag the field of the dictionary that somebody has chosen. */
    bindings: jsonb('bindings').$type<Readonly<Record<string, string>>>().notNull().default({}),
    uploadedBy: uuid('uploaded_by').notNull(),
    uploadedByName: text('uploaded_by_name').notNull(),
    uploadedAt: instant('uploaded_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.templateId, table.number] })],
)

/** Documents of the archive that were made from forms: from which version, and of which values. Rows are added, never changed. */
export const formFilings = pgTable(
  'form_filings',
  {
    tenantId: tenantId(),
    documentId: uuid('document_id').notNull(),
    /** Null for a paper of an organisation. */
    personId: uuid('person_id'),
    path: orgPath('path').notNull(),
    /** The code of a form of ours, or the id of an uploaded one. */
    formId: text('form_id').notNull(),
    /** Of an uploaded one. */
    version: integer('version'),
    /** SHA-256 of everything with which it was filled; of numbers their masks. */
    valuesSha256: text('values_sha256').notNull(),
    /** The number of the file that had been closed before. */
    afterSeal: text('after_seal'),
    filedBy: uuid('filed_by').notNull(),
    filedByName: text('filed_by_name').notNull(),
    filedAt: instant('filed_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.documentId] }),
    index('form_filings_by_form').on(table.tenantId, table.formId, table.version),
    index('form_filings_by_person').on(table.tenantId, table.personId),
  ],
)

/** That a person's columns were entered in the system of those above, when, by whom, and what they said. */
export const formReports = pgTable(
  'form_reports',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    sheet: text('sheet').$type<CopySheet>().notNull(),
    on: date('on').$type<Day>().notNull(),
    /** By the label of the column; numbers by their masks. */
    values: jsonb('values').$type<Readonly<Record<string, string>>>().notNull(),
    reportedBy: uuid('reported_by').notNull(),
    reportedByName: text('reported_by_name').notNull(),
    reportedAt: instant('reported_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('form_reports_by_person').on(table.tenantId, table.personId, table.sheet, table.id),
  ],
)
