import type { Day } from '@zhibu/rules'
import { bigint, boolean, date, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import { incomingTable } from '../../platform/content/incoming.ts'
import type { MediaKind, PersonsShown, TextKind } from './schema.ts'

/** Pictures, films, sounds and files. What was brought in is not kept: a content here is one that was made anew or blanked. */
export const mediaItems = pgTable(
  'media_items',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    uploaderAccountId: uuid('uploader_account_id').notNull(),
    uploaderName: text('uploader_name').notNull(),
    kind: text('kind').$type<MediaKind>().notNull(),
    contentId: text('content_id').notNull(),
    mediaType: text('media_type').notNull(),
    extension: text('extension').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    width: integer('width'),
    height: integer('height'),
    durationMs: integer('duration_ms'),
    fileName: text('file_name').notNull(),
    altText: text('alt_text').notNull(),
    credit: text('credit').notNull(),
    showsPersons: text('shows_persons').$type<PersonsShown>().notNull(),
    consentNote: text('consent_note'),
    consentOn: date('consent_on').$type<Day>(),
    /** Part of something that its author has not made public: nobody finds it in the library of an organisation. */
    isPrivate: boolean('is_private').notNull().default(false),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    withdrawnAt: instant('withdrawn_at'),
    withdrawalReason: text('withdrawal_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('media_items_by_path').on(table.tenantId, table.path, table.id),
    index('media_items_by_uploader').on(table.tenantId, table.uploaderAccountId, table.id),
  ],
)

/** Other forms of a picture: narrower ones (`w480`), and parts that were cut out, by the digest of what was asked for. */
export const mediaVariants = pgTable(
  'media_variants',
  {
    tenantId: tenantId(),
    mediaId: uuid('media_id').notNull(),
    form: text('form').notNull(),
    contentId: text('content_id').notNull(),
    mediaType: text('media_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.mediaId, table.form] })],
)

/** The words of a film or a sound, and its chapters, as WebVTT that was written here. */
export const mediaTexts = pgTable(
  'media_texts',
  {
    tenantId: tenantId(),
    mediaId: uuid('media_id').notNull(),
    kind: text('kind').$type<TextKind>().notNull(),
    vtt: text('vtt').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.mediaId, table.kind] })],
)

/** Where an item is used: by a module, in something of its own. What is used nowhere is taken away after a while. */
export const mediaUses = pgTable(
  'media_uses',
  {
    tenantId: tenantId(),
    mediaId: uuid('media_id').notNull(),
    module: text('module').notNull(),
    ownerId: uuid('owner_id').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.mediaId, table.module, table.ownerId] }),
    index('media_uses_by_owner').on(table.tenantId, table.module, table.ownerId),
  ],
)

/** Files on their way in. */
export const mediaUploads = incomingTable('media_uploads')
