import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { Facts } from './schema.ts'

/**
 * Certificates that were issued. Rows are only ever added: what was printed stays as it was printed, a revocation and what takes the
 * place of a certificate are rows of their own. `path` is that of the organisation that has issued it, wherever the person goes.
 */
export const certificates = pgTable(
  'certificates',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    personId: uuid('person_id').notNull(),
    /** Those that were issued in one act. */
    batchId: uuid('batch_id').notNull(),
    year: integer('year').notNull(),
    serial: integer('serial').notNull(),
    number: text('number').notNull(),
    facts: jsonb('facts').$type<Facts>().notNull(),
    /** Name, number, title and programme as they are compared in a search. */
    folded: text('folded').notNull(),
    /** Finds a certificate by the code on its paper; the code itself is sealed. */
    codeHash: text('code_hash').notNull(),
    codeSealed: text('code_sealed').notNull(),
    /** For what it was issued, so that the same thing gives a person one certificate. */
    sourceModule: text('source_module').notNull(),
    sourceId: uuid('source_id').notNull(),
    replacesId: uuid('replaces_id'),
    issuedOn: date('issued_on').$type<Day>().notNull(),
    issuedAt: instant('issued_at').notNull().defaultNow(),
    issuedBy: text('issued_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('certificates_by_path').on(table.tenantId, table.path, table.id),
    index('certificates_by_person').on(table.tenantId, table.personId, table.id),
    index('certificates_by_batch').on(table.tenantId, table.batchId, table.serial),
    uniqueIndex('certificates_by_code').on(table.tenantId, table.codeHash),
    uniqueIndex('certificates_by_number').on(table.tenantId, table.number),
    uniqueIndex('certificates_in_series').on(table.tenantId, table.organizationId, table.year, table.serial),
    uniqueIndex('certificates_by_source')
      .on(table.tenantId, table.sourceModule, table.sourceId, table.personId)
      .where(sql`replaces_id is null`),
    uniqueIndex('certificates_replaced_once').on(table.tenantId, table.replacesId),
  ],
)

/** The paper of a certificate, or why there is none. */
export const certificatePapers = pgTable(
  'certificate_papers',
  {
    tenantId: tenantId(),
    certificateId: uuid('certificate_id').notNull(),
    path: orgPath('path').notNull(),
    personId: uuid('person_id').notNull(),
    contentId: text('content_id'),
    sizeBytes: integer('size_bytes'),
    problem: text('problem'),
    madeAt: instant('made_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.certificateId] })],
)

/** That a certificate holds no more. Rows are only ever added. */
export const certificateRevocations = pgTable(
  'certificate_revocations',
  {
    tenantId: tenantId(),
    certificateId: uuid('certificate_id').notNull(),
    path: orgPath('path').notNull(),
    personId: uuid('person_id').notNull(),
    on: date('on').$type<Day>().notNull(),
    reason: text('reason').notNull(),
    revokedAt: instant('revoked_at').notNull().defaultNow(),
    revokedBy: text('revoked_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.certificateId] })],
)

/** The paper of a certificate in the archive of its person. Rows are only ever added. */
export const certificateFilings = pgTable(
  'certificate_filings',
  {
    tenantId: tenantId(),
    certificateId: uuid('certificate_id').notNull(),
    path: orgPath('path').notNull(),
    personId: uuid('person_id').notNull(),
    documentId: uuid('document_id').notNull(),
    filedAt: instant('filed_at').notNull().defaultNow(),
    filedBy: text('filed_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.certificateId] })],
)

/** The last number that an organisation has given in a year. */
export const certificateSeries = pgTable(
  'certificate_series',
  {
    tenantId: tenantId(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.organizationId, table.year] })],
)

/** How an organisation numbers its certificates, and who signs them as a rule. */
export const certificateSettings = pgTable(
  'certificate_settings',
  {
    tenantId: tenantId(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    pattern: text('pattern').notNull(),
    signatoryOffice: text('signatory_office').notNull(),
    signatoryName: text('signatory_name').notNull(),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.organizationId] })],
)
