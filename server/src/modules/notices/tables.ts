import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import { settledTable } from '../../platform/settled.ts'
import type { Audience, Channel, Choices, NoticeKind, NoticeSettings, NoticeSource, QuietHours } from './schema.ts'

/** A notice of an organisation: a draft until it is sent. Its text never changes afterwards; a correction is another notice. */
export const notices = pgTable(
  'notices',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    kind: text('kind').$type<NoticeKind>().notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    audience: jsonb('audience').$type<Audience>().notNull(),
    dueOn: date('due_on').$type<Day>(),
    happensOn: date('happens_on').$type<Day>(),
    hurriedReason: text('hurried_reason'),
    /** From here on nobody is told of it outside the page any more: what it announces has begun. */
    tellUntilAt: instant('tell_until_at'),
    /** What the platform noticed, and a key by which the same is noticed once only. Where a person wrote it, no source, and a key only while it waits as the one draft begun from something (`begun-drafts.ts`). */
    source: text('source').$type<NoticeSource>(),
    sourceKey: text('source_key'),
    createdAt: instant('created_at').notNull().defaultNow(),
    revision: integer('revision').notNull().default(1),
    /** Null where the platform wrote a draft; afterwards who sent it. Only this account sees the receipts. */
    senderAccountId: uuid('sender_account_id'),
    senderName: text('sender_name'),
    sentAt: instant('sent_at'),
    recipientCount: integer('recipient_count'),
    /** When all its deliveries were written. */
    deliveredAt: instant('delivered_at'),
    lastRemindedAt: instant('last_reminded_at'),
    recalledAt: instant('recalled_at'),
    recallReason: text('recall_reason'),
    droppedAt: instant('dropped_at'),
    dropReason: text('drop_reason'),
    /** The notice that this one corrects, and why. */
    correctsId: uuid('corrects_id'),
    correctionReason: text('correction_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('notices_by_path').on(table.tenantId, table.path, table.sentAt, table.id),
    uniqueIndex('notices_by_source').on(table.tenantId, table.sourceKey).where(sql`source_key is not null`),
    uniqueIndex('notices_corrected_once').on(table.tenantId, table.correctsId).where(sql`corrects_id is not null`),
  ],
)

/** A notice as it is stored. */
export type StoredNotice = typeof notices.$inferSelect

/** The copy of one recipient. Only they and the sender see it. */
export const noticeDeliveries = pgTable(
  'notice_deliveries',
  {
    tenantId: tenantId(),
    noticeId: uuid('notice_id').notNull(),
    personId: uuid('person_id').notNull(),
    senderAccountId: uuid('sender_account_id').notNull(),
    sentAt: instant('sent_at').notNull(),
    readAt: instant('read_at'),
    confirmedAt: instant('confirmed_at'),
    doneAt: instant('done_at'),
    remindedAt: instant('reminded_at'),
    /** Read before it was taken back, so that its reader is told; `readAt` is empty again until they have seen that. */
    hadRead: boolean('had_read').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.noticeId, table.personId] }),
    index('notice_deliveries_by_person').on(table.tenantId, table.personId, table.sentAt, table.noticeId),
  ],
)

/**
 * What goes to one recipient by one channel, once for each occasion. `claimedAt` is committed before it is sent: what was claimed and
 * never came to an end may have gone out, and is not sent again.
 */
export const noticeDispatches = pgTable(
  'notice_dispatches',
  {
    tenantId: tenantId(),
    noticeId: uuid('notice_id').notNull(),
    personId: uuid('person_id').notNull(),
    channel: text('channel').$type<Channel>().notNull(),
    /** `notice`, `recall`, or `reminder:` and the instant. */
    occasion: text('occasion').notNull(),
    senderAccountId: uuid('sender_account_id').notNull(),
    /** Not before the quiet hours of the recipient are over, or the day of their digest. */
    notBefore: instant('not_before').notNull(),
    inDigest: boolean('in_digest').notNull(),
    claimedAt: instant('claimed_at'),
    sentAt: instant('sent_at'),
    failedAt: instant('failed_at'),
    failure: text('failure'),
    attempts: integer('attempts').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.noticeId, table.personId, table.channel, table.occasion] }),
    index('notice_dispatches_waiting')
      .on(table.tenantId, table.channel, table.notBefore)
      .where(sql`sent_at is null and failed_at is null`),
  ],
)

/** What the robot of a group posts of a notice that was for everybody of its organisation, once. Claimed as a dispatch is. */
export const noticePosts = pgTable(
  'notice_posts',
  {
    tenantId: tenantId(),
    noticeId: uuid('notice_id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    channel: text('channel').$type<Exclude<Channel, 'email'>>().notNull(),
    senderAccountId: uuid('sender_account_id').notNull(),
    notBefore: instant('not_before').notNull(),
    claimedAt: instant('claimed_at'),
    sentAt: instant('sent_at'),
    failedAt: instant('failed_at'),
    failure: text('failure'),
    attempts: integer('attempts').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.organizationId, table.channel, table.noticeId] })],
)

/** How a person wants to be reached. Addresses are sealed; only the person sees the row. */
export const noticePreferences = pgTable(
  'notice_preferences',
  {
    tenantId: tenantId(),
    personId: uuid('person_id').notNull(),
    choices: jsonb('choices').$type<Choices>().notNull(),
    quietHours: jsonb('quiet_hours').$type<QuietHours>(),
    emailSealed: text('email_sealed'),
    emailMask: text('email_mask'),
    /** An address that is still to be proven, the hash of its code, and how often a wrong one was given. */
    newEmailSealed: text('new_email_sealed'),
    newEmailMask: text('new_email_mask'),
    codeHash: text('code_hash'),
    codeExpiresAt: instant('code_expires_at'),
    codeFailures: integer('code_failures').notNull().default(0),
    wecomUserSealed: text('wecom_user_sealed'),
    dingtalkUserSealed: text('dingtalk_user_sealed'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.personId] })],
)

/** What the university has settled about notices, the newest row counts. */
export const noticeSettingsChanges = settledTable<NoticeSettings>('notice_settings_changes')

/** An address under which a calendar is read without signing in, until it is revoked. Only a hash of its secret is kept. */
export const calendarFeeds = pgTable(
  'calendar_feeds',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    secretHash: text('secret_hash').notNull(),
    accountId: uuid('account_id').notNull(),
    /** Whose own calendar it is. */
    personId: uuid('person_id'),
    /** Of which part of the tree it is, where it is not a person's own. */
    organizationId: uuid('organization_id'),
    createdAt: instant('created_at').notNull().defaultNow(),
    revokedAt: instant('revoked_at'),
    lastReadOn: date('last_read_on').$type<Day>(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('calendar_feeds_by_secret').on(table.tenantId, table.secretHash),
    index('calendar_feeds_by_account').on(table.tenantId, table.accountId),
  ],
)
