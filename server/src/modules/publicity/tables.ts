import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import { settledTable } from '../../platform/settled.ts'
import type { ArticleText, PublicitySettings, ReviewVerdict, VersionOccasion } from './schema.ts'

/** A column of the site (栏目), such as 支部动态. */
export const siteSections = pgTable(
  'site_sections',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** Its word in addresses, never used twice. */
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    about: text('about').notNull(),
    position: integer('position').notNull(),
    revision: integer('revision').notNull().default(1),
    closedAt: instant('closed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('site_sections_by_slug').on(table.tenantId, table.slug),
  ],
)

/**
 * An article of an organisation as it is being written. What was submitted, published and corrected are versions, which never change;
 * what readers see is a row of `site_articles`.
 */
export const articles = pgTable(
  'articles',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    sectionId: uuid('section_id').notNull(),
    /** Read by everybody, or only by who is signed in. */
    isOpen: boolean('is_open').notNull(),
    authorAccountId: uuid('author_account_id').notNull(),
    authorName: text('author_name').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** The text that is being written, its revision, and who has changed it last. */
    text: jsonb('text').$type<ArticleText>().notNull(),
    /** As in the text, for lists. */
    title: text('title').notNull(),
    revision: integer('revision').notNull().default(1),
    editedAt: instant('edited_at').notNull().defaultNow(),
    editedByAccountId: uuid('edited_by_account_id').notNull(),
    editedByName: text('edited_by_name').notNull(),
    /** The version that waits for its reviewers, or that all of them have approved; null while it is being written. */
    submittedVersion: integer('submitted_version'),
    submittedAt: instant('submitted_at'),
    /** When all reviewers had approved it. */
    approvedAt: instant('approved_at'),
    /** When it is to be published by itself, and by whom that was settled. */
    scheduledFor: instant('scheduled_for'),
    scheduledByAccountId: uuid('scheduled_by_account_id'),
    scheduledByName: text('scheduled_by_name'),
    /** Why it was not published at that instant. */
    scheduleProblem: text('schedule_problem'),
    /** What readers are told of the correction that is being written. */
    correctionNote: text('correction_note'),
    /** Its number in addresses, given when it is published first. */
    number: integer('number'),
    publishedAt: instant('published_at'),
    publishedVersion: integer('published_version'),
    /** Its revision when it was published last: whatever comes after is a correction. */
    publishedRevision: integer('published_revision'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawalReason: text('withdrawal_reason'),
    /** Never published, and given up. */
    droppedAt: instant('dropped_at'),
    /** Where it came from, such as an activity that became an article. */
    sourceKey: text('source_key'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('articles_by_path').on(table.tenantId, table.path, table.editedAt, table.id),
    index('articles_by_author').on(table.tenantId, table.authorAccountId, table.editedAt),
    index('articles_scheduled').on(table.tenantId, table.scheduledFor).where(sql`scheduled_for is not null`),
    uniqueIndex('articles_by_number').on(table.tenantId, table.number).where(sql`number is not null`),
    uniqueIndex('articles_by_source').on(table.tenantId, table.sourceKey).where(sql`source_key is not null`),
  ],
)

/** A text of an article as it once was. */
export const articleVersions = pgTable(
  'article_versions',
  {
    tenantId: tenantId(),
    articleId: uuid('article_id').notNull(),
    version: integer('version').notNull(),
    path: orgPath('path').notNull(),
    text: jsonb('text').$type<ArticleText>().notNull(),
    occasion: text('occasion').$type<VersionOccasion>().notNull(),
    savedAt: instant('saved_at').notNull().defaultNow(),
    savedByAccountId: uuid('saved_by_account_id').notNull(),
    savedByName: text('saved_by_name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.articleId, table.version] })],
)

/** What a reviewer has said of a submitted version. */
export const articleReviews = pgTable(
  'article_reviews',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    articleId: uuid('article_id').notNull(),
    path: orgPath('path').notNull(),
    version: integer('version').notNull(),
    verdict: text('verdict').$type<ReviewVerdict>().notNull(),
    opinion: text('opinion').notNull(),
    /** Where the reviewer's office stands. */
    reviewerPath: orgPath('reviewer_path').notNull(),
    reviewerAccountId: uuid('reviewer_account_id').notNull(),
    reviewerName: text('reviewer_name').notNull(),
    reviewedAt: instant('reviewed_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('article_reviews_once').on(table.tenantId, table.articleId, table.version, table.reviewerAccountId),
  ],
)

/** A remark in the margin, at a block of the text; answers to it name it. */
export const articleRemarks = pgTable(
  'article_remarks',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    articleId: uuid('article_id').notNull(),
    path: orgPath('path').notNull(),
    /** The words that it is about, and the block in which they stood when it was written. */
    quote: text('quote').notNull(),
    block: integer('block').notNull(),
    body: text('body').notNull(),
    answersId: uuid('answers_id'),
    writtenAt: instant('written_at').notNull().defaultNow(),
    writtenByAccountId: uuid('written_by_account_id').notNull(),
    writtenByName: text('written_by_name').notNull(),
    settledAt: instant('settled_at'),
    settledByName: text('settled_by_name'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('article_remarks_by_article').on(table.tenantId, table.articleId, table.writtenAt),
  ],
)

/** What readers of the site see: an article that is published now. Written and taken away together with its publication. */
export const siteArticles = pgTable(
  'site_articles',
  {
    tenantId: tenantId(),
    articleId: uuid('article_id').notNull(),
    number: integer('number').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    sectionId: uuid('section_id').notNull(),
    isOpen: boolean('is_open').notNull(),
    title: text('title').notNull(),
    summary: text('summary').notNull(),
    byline: jsonb('byline').$type<ArticleText['byline']>().notNull(),
    /** The text as HTML of our own making, its pictures by addresses of the site. */
    html: text('html').notNull(),
    coverId: uuid('cover_id'),
    coverAlt: text('cover_alt').notNull(),
    /** The names of what was cut out of the cover for lists. */
    coverForms: jsonb('cover_forms').$type<{ wide: string; square: string }>(),
    publishedAt: instant('published_at').notNull(),
    /** Corrections that readers are told of, the first one first. */
    corrections: jsonb('corrections').$type<readonly { at: string; note: string }[]>().notNull(),
    /** Title, summary and text as they are compared in a search, and the words under which they are found. */
    folded: text('folded').notNull(),
    words: integer('words').array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.articleId] }),
    uniqueIndex('site_articles_by_number').on(table.tenantId, table.number),
    index('site_articles_newest').on(table.tenantId, table.isOpen, table.publishedAt, table.articleId),
    index('site_articles_by_section').on(table.tenantId, table.sectionId, table.publishedAt),
    index('site_articles_by_path').on(table.tenantId, table.path, table.publishedAt),
    index('site_articles_by_words').using('gin', table.words),
  ],
)

/** The pictures, videos and files of what is published now: the only ones that the site gives out. */
export const siteMedia = pgTable(
  'site_media',
  {
    tenantId: tenantId(),
    mediaId: uuid('media_id').notNull(),
    articleId: uuid('article_id').notNull(),
    path: orgPath('path').notNull(),
    isOpen: boolean('is_open').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.mediaId, table.articleId] })],
)

/** What was handed to the draft box of a 公众号, claimed before it is sent and never sent twice. */
export const wechatDrafts = pgTable(
  'wechat_drafts',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    articleId: uuid('article_id').notNull(),
    path: orgPath('path').notNull(),
    version: integer('version').notNull(),
    askedByAccountId: uuid('asked_by_account_id').notNull(),
    askedByName: text('asked_by_name').notNull(),
    askedAt: instant('asked_at').notNull().defaultNow(),
    claimedAt: instant('claimed_at'),
    /** The number that the platform of the 公众号 gave it. */
    draftMediaId: text('draft_media_id'),
    doneAt: instant('done_at'),
    failedAt: instant('failed_at'),
    failure: text('failure'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('wechat_drafts_by_article').on(table.tenantId, table.articleId, table.askedAt),
  ],
)

/** What the university has settled about publicity, the newest row counts. */
export const publicitySettingsChanges = settledTable<PublicitySettings>('publicity_settings_changes')
