import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { Turn } from '../../platform/pages/tasks.ts'
import type { DocumentNature } from '../archive/schema.ts'
import type { PartBasis, PartState, StackPart, StackSource } from './schema.ts'

/** Stacks of paper on their way into the archive. Whoever keeps files where a stack lies sees it. */
export const digitizationStacks = pgTable(
  'digitization_stacks',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    name: text('name').notNull(),
    source: text('source').$type<StackSource>().notNull(),
    /** Null where it came by the folder. */
    begunBy: uuid('begun_by'),
    begunByName: text('begun_by_name').notNull(),
    begunAt: instant('begun_at').notNull().defaultNow(),
    /** Since when nothing more is added and the pages are read. */
    addedAt: instant('added_at'),
    /** When the last page was read: reading that stands still is begun again. */
    readAt: instant('read_at'),
    /** Why nothing recognised text on it. */
    missing: text('missing'),
    /** When all was read and its parts were made. */
    splitAt: instant('split_at'),
    closedAt: instant('closed_at'),
    /** When the contents of the closed stack were let go. */
    clearedAt: instant('cleared_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('digitization_stacks_by_path').on(table.tenantId, table.path, table.id),
  ],
)

/** The files of a stack, in their order. */
export const digitizationFiles = pgTable(
  'digitization_files',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    stackId: uuid('stack_id').notNull(),
    path: orgPath('path').notNull(),
    position: integer('position').notNull(),
    contentId: text('content_id').notNull(),
    fileName: text('file_name').notNull(),
    mediaType: text('media_type').notNull(),
    pageCount: integer('page_count').notNull(),
    /** Which file of the watched folder it was, so that none is taken twice. */
    origin: text('origin'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('digitization_files_in_order').on(table.tenantId, table.stackId, table.position),
    uniqueIndex('digitization_files_taken_once').on(table.tenantId, table.origin).where(sql`origin is not null`),
  ],
)

/** The pages of a stack, numbered over all its files from 1, with what was read on them. Their text lies in the archive. */
export const digitizationPages = pgTable(
  'digitization_pages',
  {
    tenantId: tenantId(),
    stackId: uuid('stack_id').notNull(),
    number: integer('number').notNull(),
    path: orgPath('path').notNull(),
    fileId: uuid('file_id').notNull(),
    contentId: text('content_id').notNull(),
    /** In its file, from 1. */
    page: integer('page').notNull(),
    /** Of covers, by which the stack is split. */
    codes: text('codes').array().notNull().default([]),
    isBlank: boolean('is_blank').notNull().default(false),
    turnedBy: integer('turned_by').$type<Turn>().notNull().default(0),
    readAt: instant('read_at'),
    failure: text('failure'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.stackId, table.number] })],
)

/** What belongs together in a stack, and where it is proposed to go. Whom it is of is not called `person_id`: they see no stack. */
export const digitizationParts = pgTable(
  'digitization_parts',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    stackId: uuid('stack_id').notNull(),
    path: orgPath('path').notNull(),
    /** The order of the paper; a part that was split off has the place of its first page. */
    position: integer('position').notNull(),
    pages: integer('pages').array().notNull(),
    leftOut: integer('left_out').array().notNull(),
    ownerPersonId: uuid('owner_person_id'),
    ownerOrganizationId: uuid('owner_organization_id'),
    place: text('place'),
    title: text('title'),
    on: date('on').$type<Day>(),
    nature: text('nature').$type<DocumentNature>().notNull(),
    basis: text('basis').$type<PartBasis>(),
    words: jsonb('words').$type<StackPart['words']>().notNull(),
    candidateIds: uuid('candidate_ids').array().notNull().default([]),
    state: text('state').$type<PartState>().notNull().default('proposed'),
    documentId: uuid('document_id'),
    filedByName: text('filed_by_name'),
    filedAt: instant('filed_at'),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('digitization_parts_by_stack').on(table.tenantId, table.stackId, table.position),
  ],
)
