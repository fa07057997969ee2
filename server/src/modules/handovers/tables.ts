import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { ComparisonRow, HandedFile, HandoverKind, HandoverOutcome } from './schema.ts'

/** Files on their way from one keeper to another: sent by one person, closed by another. Once closed a row never changes. */
export const handovers = pgTable(
  'handovers',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** The lowest organisation above all whose files go. */
    fromOrganizationId: uuid('from_organization_id').notNull(),
    path: orgPath('path').notNull(),
    /** Null where the receiver is a unit outside. */
    toOrganizationId: uuid('to_organization_id'),
    toPath: orgPath('to_path'),
    outsideUnit: text('outside_unit'),
    kind: text('kind').$type<HandoverKind>().notNull(),
    note: text('note'),
    withPapers: boolean('with_papers').notNull(),
    /** Its number, counted in each sending organisation and year. */
    year: integer('year').notNull(),
    serial: integer('serial').notNull(),
    sentBy: uuid('sent_by').notNull(),
    sentByName: text('sent_by_name').notNull(),
    sentAt: instant('sent_at').notNull(),
    outcome: text('outcome').$type<HandoverOutcome>(),
    closingNote: text('closing_note'),
    closedBy: uuid('closed_by'),
    closedByName: text('closed_by_name'),
    closedAt: instant('closed_at'),
    receivedOn: date('received_on').$type<Day>(),
    receiptSignedBy: text('receipt_signed_by'),
    receiptDocumentId: uuid('receipt_document_id'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('handovers_by_number').on(table.tenantId, table.fromOrganizationId, table.year, table.serial),
    index('handovers_by_path').on(table.tenantId, table.path, table.id),
    index('handovers_by_to_path').on(table.tenantId, table.toPath, table.id),
  ],
)

/** The file of each person of a hand-over as it was when it was sent. It stays with both sides and does not move. */
export const handoverFiles = pgTable(
  'handover_files',
  {
    tenantId: tenantId(),
    handoverId: uuid('handover_id').notNull(),
    personId: uuid('person_id').notNull(),
    /** In the order of the list. */
    place: integer('place').notNull(),
    path: orgPath('path').notNull(),
    toPath: orgPath('to_path'),
    /** To which the person belonged when it was sent. */
    organizationId: uuid('organization_id').notNull(),
    name: text('name').notNull(),
    studentNumber: text('student_number'),
    file: jsonb('file').$type<HandedFile>().notNull(),
    /** What did not arrive as listed, once it was received. */
    exceptions: jsonb('exceptions').$type<ComparisonRow[]>().notNull(),
    // What the person concerned, who does not see the hand-over itself, is told of it.
    fromOrganizationId: uuid('from_organization_id').notNull(),
    toOrganizationId: uuid('to_organization_id'),
    outsideUnit: text('outside_unit'),
    number: text('number').notNull(),
    sentAt: instant('sent_at').notNull(),
    outcome: text('outcome').$type<HandoverOutcome>(),
    closedAt: instant('closed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.handoverId, table.personId] }),
    index('handover_files_by_person').on(table.tenantId, table.personId),
    uniqueIndex('handover_files_one_under_way').on(table.tenantId, table.personId).where(sql`closed_at is null`),
  ],
)
