import type { Day } from '@zhibu/rules'
import {
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { orgPath, tenantId } from '../../platform/columns.ts'
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
    isRetired: boolean('is_retired').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
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
    uploadedAt: timestamp('uploaded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.templateId, table.number] })],
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
    reportedAt: timestamp('reported_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('form_reports_by_person').on(table.tenantId, table.personId, table.sheet, table.id),
  ],
)
