import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { byteText, instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { CardText, ReportText } from './card-schema.ts'
import type { PracticeText } from './schema.ts'

/** A meeting at which organisations and guests exchange what they have tried. */
export const exchanges = pgTable(
  'exchanges',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    title: text('title').notNull(),
    theme: text('theme').notNull(),
    on: date('held_on').$type<Day>(),
    startMinute: integer('start_minute'),
    endMinute: integer('end_minute'),
    place: text('place').notNull(),
    link: text('link').notNull(),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
    announcedAt: instant('announced_at'),
    announcedBy: text('announced_by'),
    cancelledAt: instant('cancelled_at'),
    cancelReason: text('cancel_reason'),
    conclusion: text('conclusion').notNull().default(''),
    concludedAt: instant('concluded_at'),
    concludedBy: text('concluded_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('exchanges_by_place').on(table.tenantId, table.path, table.on, table.id),
  ],
)

/** An organisation that takes part besides the one that holds it. `path`: where it stands; `hostPath`: where the meeting does. */
export const exchangeParticipants = pgTable(
  'exchange_participants',
  {
    tenantId: tenantId(),
    exchangeId: uuid('exchange_id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    hostPath: orgPath('host_path').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.exchangeId, table.organizationId] }),
    index('exchange_participants_by_path').on(table.tenantId, table.path),
  ],
)

/** Somebody of another institution. Of the link only the hash of its secret is kept. */
export const exchangeGuests = pgTable(
  'exchange_guests',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    exchangeId: uuid('exchange_id').notNull(),
    path: orgPath('path').notNull(),
    name: text('name').notNull(),
    institution: text('institution').notNull(),
    email: text('email').notNull(),
    secretHash: byteText('secret_hash').notNull(),
    untilOn: date('until_on').$type<Day>().notNull(),
    invitedAt: instant('invited_at').notNull().defaultNow(),
    invitedBy: text('invited_by').notNull(),
    firstOpenedAt: instant('first_opened_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('exchange_guests_by_secret').on(table.tenantId, table.secretHash),
    index('exchange_guests_of').on(table.tenantId, table.exchangeId),
  ],
)

/** A case, written by a person (`authorId`) or by a guest. `place`: its number in the order of presentation. */
export const exchangeCases = pgTable(
  'exchange_cases',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    exchangeId: uuid('exchange_id').notNull(),
    path: orgPath('path').notNull(),
    authorId: uuid('author_id'),
    guestId: uuid('guest_id'),
    authorName: text('author_name').notNull(),
    institution: text('institution').notNull(),
    text: jsonb('text').$type<PracticeText>().notNull(),
    submittedAt: instant('submitted_at'),
    agreedAt: instant('agreed_at'),
    place: integer('place'),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('exchange_cases_of').on(table.tenantId, table.exchangeId, table.place),
  ],
)

/** What somebody says of a case, in a few words. */
export const exchangeComments = pgTable(
  'exchange_comments',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').notNull(),
    exchangeId: uuid('exchange_id').notNull(),
    path: orgPath('path').notNull(),
    authorId: uuid('author_id'),
    guestId: uuid('guest_id'),
    authorName: text('author_name').notNull(),
    institution: text('institution').notNull(),
    text: text('text').notNull(),
    writtenAt: instant('written_at').notNull().defaultNow(),
    removedAt: instant('removed_at'),
    removedBy: text('removed_by'),
    removedReason: text('removed_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('exchange_comments_of').on(table.tenantId, table.caseId, table.id),
  ],
)

/** A practice that others may take over (做法卡片), as its last version has it. */
export const exchangeCards = pgTable(
  'exchange_cards',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    exchangeId: uuid('exchange_id').notNull(),
    caseId: uuid('case_id').notNull(),
    authorName: text('author_name').notNull(),
    institution: text('institution').notNull(),
    text: jsonb('text').$type<CardText>().notNull(),
    version: integer('version').notNull().default(1),
    /** Everything in it as it is compared in a search. */
    folded: text('folded').notNull(),
    publishedAt: instant('published_at').notNull().defaultNow(),
    publishedBy: text('published_by').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    withdrawReason: text('withdraw_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('exchange_cards_once').on(table.tenantId, table.caseId).where(sql`withdrawn_at is null`),
    index('exchange_cards_in_order').on(table.tenantId, table.publishedAt, table.id),
  ],
)

/** Each version of a card. */
export const exchangeCardVersions = pgTable(
  'exchange_card_versions',
  {
    tenantId: tenantId(),
    cardId: uuid('card_id').notNull(),
    version: integer('version').notNull(),
    path: orgPath('path').notNull(),
    text: jsonb('text').$type<CardText>().notNull(),
    change: text('change').notNull(),
    savedAt: instant('saved_at').notNull().defaultNow(),
    savedBy: text('saved_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.cardId, table.version] })],
)

/** An organisation that tries a practice, of the version that it read. */
export const exchangeAdoptions = pgTable(
  'exchange_adoptions',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    cardId: uuid('card_id').notNull(),
    version: integer('version').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    plan: text('plan').notNull(),
    adoptedOn: date('adopted_on').$type<Day>().notNull(),
    adoptedBy: text('adopted_by').notNull(),
    endedOn: date('ended_on').$type<Day>(),
    endReason: text('end_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('exchange_adoptions_once')
      .on(table.tenantId, table.cardId, table.organizationId)
      .where(sql`ended_on is null`),
  ],
)

/** What an organisation reports of a practice that it tries. */
export const exchangeReports = pgTable(
  'exchange_reports',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    adoptionId: uuid('adoption_id').notNull(),
    cardId: uuid('card_id').notNull(),
    path: orgPath('path').notNull(),
    text: jsonb('text').$type<ReportText>().notNull(),
    writtenAt: instant('written_at').notNull().defaultNow(),
    writtenBy: text('written_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('exchange_reports_of').on(table.tenantId, table.cardId),
  ],
)
