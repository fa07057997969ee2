import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import { settledTable } from '../../platform/settled.ts'
import type { OfficeKind } from '../organization/schema.ts'
import type { FollowWay, StepKind, SuggestionState, TopicKind } from './names-schema.ts'
import type { DiscussionSettings, EarlierTitle, PromiseMade, Reading } from './schema.ts'

/**
 * What is talked about at one place of the tree. Ids of this module are random: those that tell the time would tell when a protected
 * author was at work. A protected topic has no author and no moment here, only a pseudonym and the day.
 */
export const discussionTopics = pgTable(
  'discussion_topics',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    kind: text('kind').$type<TopicKind>().notNull(),
    title: text('title').notNull(),
    /** What it was called before, the first name first. */
    earlierTitles: jsonb('earlier_titles').$type<EarlierTitle[]>().notNull().default([]),
    /** Null where the author is protected. */
    authorId: uuid('author_id'),
    authorName: text('author_name').notNull(),
    isProtected: boolean('is_protected').notNull().default(false),
    /** Read by its author and by those who answer, and by nobody else. */
    isConfidential: boolean('is_confidential').notNull().default(false),
    callId: uuid('call_id'),
    createdAt: instant('created_at').notNull(),
    lastPostAt: instant('last_post_at').notNull(),
    lastSeq: integer('last_seq').notNull(),
    revision: integer('revision').notNull().default(1),
    /** The last state that was entered; the steps with who and why are posts. */
    state: text('state').$type<SuggestionState>(),
    promisedOn: date('promised_on').$type<Day>(),
    answerOffice: text('answer_office').$type<OfficeKind>(),
    answeredAt: instant('answered_at'),
    supportCount: integer('support_count').notNull().default(0),
    acceptedPostId: uuid('accepted_post_id'),
    pinnedAt: instant('pinned_at'),
    closedAt: instant('closed_at'),
    closedReason: text('closed_reason'),
    hiddenAt: instant('hidden_at'),
    mergedIntoId: uuid('merged_into_id'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('discussion_topics_by_place').on(table.tenantId, table.path, table.lastPostAt, table.id),
    index('discussion_topics_in_order').on(table.tenantId, table.lastPostAt, table.id),
    index('discussion_topics_by_author').on(table.tenantId, table.authorId, table.lastPostAt),
    index('discussion_topics_promised')
      .on(table.tenantId, table.promisedOn)
      .where(sql`promised_on is not null and answered_at is null`),
    index('discussion_topics_by_call').on(table.tenantId, table.callId).where(sql`call_id is not null`),
    index('discussion_topics_merged').on(table.tenantId, table.mergedIntoId).where(sql`merged_into_id is not null`),
    index('discussion_topics_pinned').on(table.tenantId, table.path).where(sql`pinned_at is not null`),
  ],
)

/** One contribution to a topic. `seq` counts from 1 without gaps; what was deleted keeps its place and loses its text. */
export const discussionPosts = pgTable(
  'discussion_posts',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    topicId: uuid('topic_id').notNull(),
    path: orgPath('path').notNull(),
    seq: integer('seq').notNull(),
    /** Null where the author is protected. */
    authorId: uuid('author_id'),
    authorName: text('author_name').notNull(),
    body: jsonb('body').$type<RichText>(),
    /** The words of the body. */
    plain: text('plain').notNull(),
    quotedPostId: uuid('quoted_post_id'),
    /** What an officer has decided or promised with it, and for which office. Such a post is never changed. */
    step: text('step').$type<StepKind>(),
    officeName: text('office_name'),
    /** The day that a step has promised, in place of which other one. */
    promise: jsonb('promise').$type<PromiseMade>(),
    createdAt: instant('created_at').notNull(),
    editedAt: instant('edited_at'),
    revision: integer('revision').notNull().default(1),
    deletedAt: instant('deleted_at'),
    hiddenAt: instant('hidden_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('discussion_posts_in_order').on(table.tenantId, table.topicId, table.seq),
  ],
)

/** What a post said before it was changed. Goes with the text where the author deletes it. */
export const discussionEdits = pgTable(
  'discussion_edits',
  {
    tenantId: tenantId(),
    postId: uuid('post_id').notNull(),
    revision: integer('revision').notNull(),
    path: orgPath('path').notNull(),
    body: jsonb('body').$type<RichText>().notNull(),
    /** When this wording was replaced, and by whom. */
    editedAt: instant('edited_at').notNull(),
    editedBy: text('edited_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.postId, table.revision] })],
)

/** How far a reader has come in a topic, and how they want to hear of it. Only the reader sees the row; there is none of protected topics. */
export const discussionMarks = pgTable(
  'discussion_marks',
  {
    tenantId: tenantId(),
    personId: uuid('person_id').notNull(),
    topicId: uuid('topic_id').notNull(),
    readSeq: integer('read_seq').notNull().default(0),
    /** Null until the reader has chosen, or has taken part. */
    way: text('way').$type<FollowWay>(),
    /** Up to which post they were told outside the page. Written before it is told, so that nothing is told twice. */
    toldSeq: integer('told_seq').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.personId, table.topicId] }),
    index('discussion_marks_followed')
      .on(table.tenantId, table.topicId, table.personId)
      .where(sql`way in ('atOnce', 'daily')`),
  ],
)

/** Who supports a suggestion. Others see how many. */
export const discussionSupports = pgTable(
  'discussion_supports',
  { tenantId: tenantId(), topicId: uuid('topic_id').notNull(), personId: uuid('person_id').notNull() },
  (table) => [primaryKey({ columns: [table.tenantId, table.topicId, table.personId] })],
)

/** What became of a suggestion, told to all readers of the organisation. */
export const discussionOutcomes = pgTable(
  'discussion_outcomes',
  {
    tenantId: tenantId(),
    topicId: uuid('topic_id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    asked: text('asked').notNull(),
    done: text('done').notNull(),
    responsible: text('responsible').notNull(),
    doneOn: date('done_on').$type<Day>().notNull(),
    publishedAt: instant('published_at').notNull(),
    publishedBy: text('published_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.topicId] }),
    index('discussion_outcomes_in_order').on(table.tenantId, table.publishedAt, table.topicId),
  ],
)

/** A call for ideas on a theme, from a day until another. */
export const discussionCalls = pgTable(
  'discussion_calls',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    fromOn: date('from_on').$type<Day>().notNull(),
    untilOn: date('until_on').$type<Day>().notNull(),
    calledBy: text('called_by').notNull(),
    createdAt: instant('created_at').notNull(),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('discussion_calls_in_order').on(table.tenantId, table.untilOn, table.id),
  ],
)

/** Somebody has pointed out a post to the officers. Who did is seen by nobody else. */
export const discussionReports = pgTable(
  'discussion_reports',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    path: orgPath('path').notNull(),
    topicId: uuid('topic_id').notNull(),
    postId: uuid('post_id').notNull(),
    personId: uuid('person_id').notNull(),
    reason: text('reason').notNull(),
    reportedAt: instant('reported_at').notNull(),
    decision: text('decision').$type<'hidden' | 'kept'>(),
    decisionReason: text('decision_reason'),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('discussion_reports_once')
      .on(table.tenantId, table.postId, table.personId)
      .where(sql`decided_at is null`),
    index('discussion_reports_in_order').on(table.tenantId, table.reportedAt, table.id),
  ],
)

/** A post was hidden by an officer, with the reason; its author may ask the organisation above to decide. */
export const discussionHidings = pgTable(
  'discussion_hidings',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    path: orgPath('path').notNull(),
    topicId: uuid('topic_id').notNull(),
    postId: uuid('post_id').notNull(),
    reason: text('reason').notNull(),
    hiddenBy: text('hidden_by').notNull(),
    hiddenByAccountId: uuid('hidden_by_account_id').notNull(),
    hiddenAt: instant('hidden_at').notNull(),
    appeal: text('appeal'),
    appealedAt: instant('appealed_at'),
    decision: text('decision').$type<'upheld' | 'restored'>(),
    decisionReason: text('decision_reason'),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('discussion_hidings_of_post').on(table.tenantId, table.postId),
    index('discussion_hidings_in_order').on(table.tenantId, table.hiddenAt, table.id),
  ],
)

/**
 * Who has written a protected topic: sealed, of one length, without a moment. No account reads the row, whatever its office; the
 * application opens it for the author and for an opening on which two offices have agreed.
 */
export const discussionIdentities = pgTable(
  'discussion_identities',
  { tenantId: tenantId(), topicId: uuid('topic_id').notNull(), sealed: text('sealed').notNull() },
  (table) => [primaryKey({ columns: [table.tenantId, table.topicId] })],
)

/** The protected topics of one person, sealed; the key is a keyed hash of the person. */
export const discussionOwnProtected = pgTable(
  'discussion_own_protected',
  { tenantId: tenantId(), ownerKey: text('owner_key').notNull(), sealed: text('sealed').notNull() },
  (table) => [primaryKey({ columns: [table.tenantId, table.ownerKey] })],
)

/** What a protected author has written and was not handed over yet: once a day all of them become topics and posts, in no order. */
export const discussionLetters = pgTable(
  'discussion_letters',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    topicId: uuid('topic_id').notNull(),
    sealed: text('sealed').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('discussion_letters_of_topic').on(table.tenantId, table.topicId),
  ],
)

/** One office asks to open an identity, a person of the other one agrees or declines. Its author sees it. The identity does not stand here. */
export const discussionOpenings = pgTable(
  'discussion_openings',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    topicId: uuid('topic_id').notNull(),
    path: orgPath('path').notNull(),
    reason: text('reason').notNull(),
    askedBy: text('asked_by').notNull(),
    askedByAccountId: uuid('asked_by_account_id').notNull(),
    askedOffice: text('asked_office').$type<OfficeKind>().notNull(),
    /** Which of the two offices of the settings, 0 or 1, has asked. */
    askedSide: integer('asked_side').notNull(),
    askedAt: instant('asked_at').notNull(),
    untilOn: date('until_on').$type<Day>().notNull(),
    decidedBy: text('decided_by'),
    decidedByAccountId: uuid('decided_by_account_id'),
    agreedAt: instant('agreed_at'),
    declinedAt: instant('declined_at'),
    declineReason: text('decline_reason'),
    /** When the identity was read, by whom; the author sees each. */
    readings: jsonb('readings').$type<Reading[]>().notNull().default([]),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('discussion_openings_of_topic').on(table.tenantId, table.topicId),
  ],
)

/** What the university has settled about discussion, the newest row counts. */
export const discussionSettingsChanges = settledTable<DiscussionSettings>('discussion_settings_changes')
