import type { Day } from '@zhibu/rules'
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { Decision } from './names-schema.ts'
import type { VoteRule } from './review-schema.ts'
import type { Answers, CallFields, Correction } from './schema.ts'

/** What an organisation asks those who belong to it to send in. Everything that has become of it is a dated fact. */
export const calls = pgTable(
  'calls',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    kinds: jsonb('kinds').$type<CallFields['kinds']>().notNull(),
    /** The last day of all kinds. */
    untilOn: date('until_on').$type<Day>().notNull(),
    fields: jsonb('fields').$type<CallFields['fields']>().notNull(),
    teamMost: integer('team_most').notNull(),
    entriesMost: integer('entries_most').notNull(),
    isBlind: boolean('is_blind').notNull(),
    words: jsonb('words').$type<string[]>().notNull(),
    criteria: jsonb('criteria').$type<CallFields['criteria']>().notNull(),
    /** Title and text as they are compared in a search. */
    folded: text('folded').notNull(),
    reviewCode: text('review_code').notNull(),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
    announcedAt: instant('announced_at'),
    announcedBy: text('announced_by'),
    /** Taken no more entries before the last day, and why. */
    closedAt: instant('closed_at'),
    closeReason: text('close_reason'),
    cancelledAt: instant('cancelled_at'),
    cancelReason: text('cancel_reason'),
    /** When the first phase of the review began, and when the last one ended. */
    reviewBegunAt: instant('review_begun_at'),
    reviewEndedAt: instant('review_ended_at'),
    /** From here on what was decided of the entries holds, for all of them at once. */
    resultsAt: instant('results_at'),
    vote: jsonb('vote').$type<VoteRule>(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('calls_by_place').on(table.tenantId, table.path, table.untilOn, table.id),
    uniqueIndex('calls_by_review_code').on(table.tenantId, table.reviewCode),
  ],
)

/** A work that somebody sends in. Who they are stands in `call_entry_members`, so that it is read without them. */
export const callEntries = pgTable(
  'call_entries',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    callId: uuid('call_id').notNull(),
    path: orgPath('path').notNull(),
    kindKey: text('kind_key').notNull(),
    title: text('title').notNull(),
    answers: jsonb('answers').$type<Answers>().notNull(),
    /** Title and texts as they are compared in a search of the shelf. */
    folded: text('folded').notNull(),
    /** Under which it is reviewed: given when the review begins, in no order of time. */
    number: integer('number'),
    teamCode: text('team_code').notNull(),
    revision: integer('revision').notNull().default(1),
    submittedAt: instant('submitted_at'),
    withdrawnAt: instant('withdrawn_at'),
    /** The keys of fields that reviewers do not see; `title` for the title. */
    redactions: jsonb('redactions').$type<string[]>().notNull(),
    /** Holds, and is told to the authors, from `calls.results_at` on. */
    decision: text('decision').$type<Decision>(),
    decisionWords: text('decision_words').notNull().default(''),
    /** What was put right after it was announced, the first one first. */
    corrections: jsonb('corrections').$type<Correction[]>().notNull().default([]),
    articleId: uuid('article_id'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('call_entries_by_call').on(table.tenantId, table.callId, table.number),
    uniqueIndex('call_entries_by_team_code').on(table.tenantId, table.teamCode),
  ],
)

/** Whose work an entry is, and to what each of them has consented since when; null again where it was revoked. */
export const callEntryMembers = pgTable(
  'call_entry_members',
  {
    tenantId: tenantId(),
    entryId: uuid('entry_id').notNull(),
    personId: uuid('person_id').notNull(),
    callId: uuid('call_id').notNull(),
    path: orgPath('path').notNull(),
    isAuthor: boolean('is_author').notNull(),
    joinedAt: instant('joined_at').notNull().defaultNow(),
    publicationAt: instant('publication_at'),
    nameAt: instant('name_at'),
    portraitAt: instant('portrait_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.entryId, table.personId] }),
    index('call_entry_members_by_person').on(table.tenantId, table.personId, table.callId),
  ],
)

/** Who reviews the entries of a call: asked to by a code, confirmed by those who hold it. */
export const callReviewers = pgTable(
  'call_reviewers',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    askedAt: instant('asked_at').notNull().defaultNow(),
    confirmedAt: instant('confirmed_at'),
    confirmedBy: text('confirmed_by'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.callId, table.personId] })],
)

/** A round of the review (评审的一轮). */
export const callPhases = pgTable(
  'call_phases',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    number: integer('number').notNull(),
    path: orgPath('path').notNull(),
    name: text('name').notNull(),
    untilOn: date('until_on').$type<Day>().notNull(),
    perEntry: integer('per_entry').notNull(),
    entryIds: jsonb('entry_ids').$type<string[]>().notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
    endedAt: instant('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.callId, table.number] })],
)

/** What a reviewer has been given and has said of it. */
export const callReviews = pgTable(
  'call_reviews',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    phase: integer('phase').notNull(),
    entryId: uuid('entry_id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    allottedAt: instant('allotted_at').notNull().defaultNow(),
    /** The place of the chosen level of each criterion, from 0. */
    levels: jsonb('levels').$type<Record<string, number>>().notNull(),
    abstainReason: text('abstain_reason').notNull().default(''),
    remark: text('remark').notNull().default(''),
    givenAt: instant('given_at'),
    recusedAt: instant('recused_at'),
    recusalReason: text('recusal_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.callId, table.phase, table.entryId, table.personId] }),
    index('call_reviews_by_person').on(table.tenantId, table.personId, table.callId),
  ],
)

/** That somebody took part in a vote, and nothing else. */
export const callVoters = pgTable(
  'call_voters',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    personId: uuid('person_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.callId, table.personId] })],
)

/** A ballot: known to the voter by its receipt, to nobody else. */
export interface Ballot {
  receipt: string
  entryIds: string[]
}

/** All ballots of a vote in one row, sorted by their receipts and written anew with each: none has a time, a place or a transaction of its own. */
export const callVoteBoxes = pgTable(
  'call_vote_boxes',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    ballots: jsonb('ballots').$type<Ballot[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.callId] })],
)
