import type { ContentKind, Day, FilingAdjustment, Signature } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant, orgPath, sealedBytes, tenantId } from '../../platform/columns.ts'
import type { Soundness } from '../../platform/content/content-store.ts'
import { incomingTable } from '../../platform/content/incoming.ts'
import type { FourPropertyReport } from '../../platform/packages/four-properties.ts'
import type { QuarterTurn } from '../../platform/recognition/skew.ts'
import type { ReceivedFact, ReceivedItem } from './reception-schema.ts'
import type { DocumentNature, PageTextSource } from './schema.ts'

/**
 * The documents of persons and of organisations. Rows are added, never changed: a newer version, a correction of place or
 * day, and a withdrawal are new rows that name the row whose place they take, and why.
 */
export const archiveDocuments = pgTable(
  'archive_documents',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** The person whom it is about; null for a document of the organisation itself. */
    personId: uuid('person_id'),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    /** The code of its place in the filing list. */
    place: text('place').notNull(),
    title: text('title').notNull(),
    /** The day that stands on the paper. */
    on: date('on').$type<Day>(),
    nature: text('nature').$type<DocumentNature>().notNull(),
    /** Signatures and seals that somebody who looked did not find; null where nobody has looked. */
    lacks: text('lacks').array().$type<readonly Signature[]>(),
    contentId: text('content_id').notNull(),
    fileName: text('file_name').notNull(),
    /** The row whose place this one takes. */
    supersedes: uuid('supersedes'),
    reason: text('reason'),
    /** True where the row only takes the other one out of the file. */
    isWithdrawal: boolean('is_withdrawal').notNull().default(false),
    filedBy: uuid('filed_by').notNull(),
    filedByName: text('filed_by_name').notNull(),
    filedAt: instant('filed_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('archive_documents_by_person').on(table.tenantId, table.personId).where(sql`person_id is not null`),
    index('archive_documents_by_organization').on(table.tenantId, table.organizationId).where(sql`person_id is null`),
    index('archive_documents_by_content').on(table.contentId),
    index('archive_documents_by_path').on(table.tenantId, table.path, table.id),
    uniqueIndex('archive_documents_superseded_once')
      .on(table.tenantId, table.supersedes)
      .where(sql`supersedes is not null`),
  ],
)

/** What is known of the bytes of a content, once however many documents have them. Rights are those of the documents. */
export const archiveContents = pgTable(
  'archive_contents',
  {
    tenantId: tenantId(),
    /** `sha256-…` or `sm3-…`, by which the store gives it. */
    id: text('id').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    mediaType: text('media_type').notNull(),
    extension: text('extension').notNull(),
    kind: text('kind').$type<ContentKind>().notNull(),
    /** How many pages can be looked at; null where it is no paged document. */
    pageCount: integer('page_count'),
    /** Whether a malware scanner has looked at it. */
    isScanned: boolean('is_scanned').notNull(),
    storedAt: instant('stored_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
)

/**
 * What is written on the pages of a content, once it was read: the text that a file brings along, or what was recognised on
 * a picture. Sealed, because identity numbers may stand there.
 */
export const archivePageTexts = pgTable(
  'archive_page_texts',
  {
    tenantId: tenantId(),
    contentId: text('content_id').notNull(),
    /** From 1. */
    page: integer('page').notNull(),
    source: text('source').$type<PageTextSource>().notNull(),
    /** `PageLine`s as JSON. */
    lines: sealedBytes('lines').notNull(),
    /** Why nothing could be read on it. */
    failure: text('failure'),
    /** How a recognised page lies (`Lie`), so that its lines can be shown upright; null where none was recognised, or before this was kept. */
    turnedBy: integer('turned_by').$type<QuarterTurn>(),
    skewedBy: real('skewed_by'),
    readAt: instant('read_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.contentId, table.page] })],
)

/** Contents that something other than a document still needs, such as a stack of paper that is being sorted. */
export const archiveHeldContents = pgTable(
  'archive_held_contents',
  {
    tenantId: tenantId(),
    contentId: text('content_id').notNull(),
    /** What needs it. */
    heldBy: uuid('held_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.heldBy, table.contentId] }),
    index('archive_held_contents_by_content').on(table.contentId),
  ],
)

/** Files on their way in. The bytes lie beside the store until a document is made of them. */
export const archiveUploads = incomingTable('archive_uploads')

/** A list of documents that are to be destroyed: one person draws it up, another decides. Never changed once decided. */
export const archiveDisposals = pgTable(
  'archive_disposals',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    reason: text('reason').notNull(),
    proposedBy: uuid('proposed_by').notNull(),
    proposedByName: text('proposed_by_name').notNull(),
    proposedAt: instant('proposed_at').notNull().defaultNow(),
    decision: text('decision').$type<'approved' | 'refused'>(),
    decisionReason: text('decision_reason'),
    decidedBy: uuid('decided_by'),
    decidedByName: text('decided_by_name'),
    decidedAt: instant('decided_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('archive_disposals_by_path').on(table.tenantId, table.path, table.id),
  ],
)

/** The documents of such a list. The row of a destroyed document stays; its content is destroyed with the last document that has it. */
export const archiveDisposalDocuments = pgTable(
  'archive_disposal_documents',
  {
    tenantId: tenantId(),
    disposalId: uuid('disposal_id').notNull(),
    documentId: uuid('document_id').notNull(),
    path: orgPath('path').notNull(),
    /** The day of the decision, where it was approved. */
    destroyedOn: date('destroyed_on').$type<Day>(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.disposalId, table.documentId] }),
    index('archive_disposal_documents_by_document').on(table.tenantId, table.documentId),
  ],
)

/** What the university does differently from the shipped filing list: each change adds a row, and the newest is in force. */
export const filingAdjustments = pgTable(
  'filing_adjustments',
  {
    tenantId: tenantId(),
    from: instant('from_at').notNull().defaultNow(),
    adjustment: jsonb('adjustment').$type<FilingAdjustment>().notNull(),
    reason: text('reason').notNull(),
    setBy: uuid('set_by').notNull(),
    setByName: text('set_by_name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.from] })],
)

/**
 * A file that was closed: what lay in it, as metadata that say the digest of every content. Rows are added, never changed; a
 * supplement is a new row with the number of the first that names the digest of the one before.
 */
export const archiveSeals = pgTable(
  'archive_seals',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** The person whose file it is; null for that of an organisation. */
    personId: uuid('person_id'),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    /** 档号: the same for all seals of a file. */
    number: text('number').notNull(),
    /** 1 for the first seal, then one more for each supplement. */
    version: integer('version').notNull(),
    /** What was sealed, as XML. */
    metadata: text('metadata').notNull(),
    /** Of the metadata. */
    sha256: text('sha256').notNull(),
    /** Of the seal before. */
    previous: text('previous'),
    reason: text('reason'),
    itemCount: integer('item_count').notNull(),
    pageCount: integer('page_count').notNull(),
    factCount: integer('fact_count').notNull(),
    /** The examination of the four properties when it was sealed. */
    report: jsonb('report').$type<FourPropertyReport>().notNull(),
    sealedBy: uuid('sealed_by').notNull(),
    sealedByName: text('sealed_by_name').notNull(),
    sealedAt: instant('sealed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('archive_seals_by_number').on(table.tenantId, table.number, table.version),
    uniqueIndex('archive_seals_by_person')
      .on(table.tenantId, table.personId, table.version)
      .where(sql`person_id is not null`),
    uniqueIndex('archive_seals_by_organization')
      .on(table.tenantId, table.organizationId, table.version)
      .where(sql`person_id is null`),
    index('archive_seals_by_path').on(table.tenantId, table.path, table.id),
  ],
)

/** What an examination of a closed file gave, as it lay in the store that day: one that a person asked for, or the yearly one. Rows are added, never changed. */
export const archiveExaminations = pgTable(
  'archive_examinations',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    sealId: uuid('seal_id').notNull(),
    personId: uuid('person_id'),
    path: orgPath('path').notNull(),
    report: jsonb('report').$type<FourPropertyReport>().notNull(),
    examinedByName: text('examined_by_name').notNull(),
    examinedAt: instant('examined_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('archive_examinations_by_seal').on(table.tenantId, table.sealId, table.examinedAt),
  ],
)

/** The last number that an organisation has given to a file in a year. Counted in the transaction that seals: no number is left out. */
export const archiveNumbers = pgTable(
  'archive_numbers',
  {
    tenantId: tenantId(),
    keeperId: uuid('keeper_id').notNull(),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.keeperId, table.year] })],
)

/** How the university writes the numbers of files; the newest row is in force. */
export const archiveNumberPatterns = pgTable(
  'archive_number_patterns',
  {
    tenantId: tenantId(),
    from: instant('from_at').notNull().defaultNow(),
    pattern: text('pattern').notNull(),
    setBy: uuid('set_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.from] })],
)

/** What the last look at a content gave, night by night: whether its bytes are still those that were filed. */
export const archiveContentChecks = pgTable(
  'archive_content_checks',
  {
    tenantId: tenantId(),
    contentId: text('content_id').notNull(),
    result: text('result').$type<Soundness>().notNull(),
    checkedAt: instant('checked_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.contentId] }),
    index('archive_content_checks_by_time').on(table.tenantId, table.checkedAt),
    index('archive_content_checks_wrong').on(table.tenantId, table.contentId).where(sql`result <> 'sound'`),
  ],
)

/** A package of another keeper that was taken over. Rows are added, never changed. */
export const archiveReceptions = pgTable(
  'archive_receptions',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** The person into whose file it went; null for that of an organisation. */
    personId: uuid('person_id'),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    /** 档号 of the sender, and which seal of it. */
    number: text('number').notNull(),
    version: integer('version').notNull(),
    title: text('title').notNull(),
    sender: text('sender').notNull(),
    sealedByName: text('sealed_by_name').notNull(),
    sealedAt: instant('sealed_at').notNull(),
    /** As they lay in the package, as XML. */
    metadata: text('metadata').notNull(),
    /** Of the metadata, of the manifest over all in the package, and of the package as one file. */
    sha256: text('sha256').notNull(),
    tagManifestSha256: text('tag_manifest_sha256').notNull(),
    packageSha256: text('package_sha256').notNull(),
    items: jsonb('items').$type<ReceivedItem[]>().notNull(),
    /** What the metadata say of the person or the organisation, as it is shown. */
    facts: jsonb('facts').$type<ReceivedFact[]>().notNull().default([]),
    /** What the sender gets back, as XML. */
    receipt: text('receipt').notNull(),
    acceptedBy: uuid('accepted_by').notNull(),
    acceptedByName: text('accepted_by_name').notNull(),
    acceptedAt: instant('accepted_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('archive_receptions_once').on(table.tenantId, table.personId, table.sha256),
    uniqueIndex('archive_receptions_once_by_organization')
      .on(table.tenantId, table.organizationId, table.sha256)
      .where(sql`person_id is null`),
    index('archive_receptions_by_path').on(table.tenantId, table.path, table.id),
  ],
)
