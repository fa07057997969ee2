import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'

/**
 * No table here has a column with a person: who has asked, supported, raised a hand or said something afterwards is a mark that only a
 * request of that person makes again (marks.ts). So no row can be joined to anybody, by time, order or otherwise.
 */

/** The live page of an activity, once it was opened. */
export const lectures = pgTable(
  'lectures',
  {
    tenantId: tenantId(),
    activityId: uuid('activity_id').notNull(),
    path: orgPath('path').notNull(),
    isModerated: boolean('is_moderated').notNull(),
    openedAt: instant('opened_at').notNull(),
    openedBy: text('opened_by').notNull(),
    closedAt: instant('closed_at'),
    closedBy: text('closed_by'),
    questionCount: integer('question_count').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.activityId] })],
)

/** What was asked. `seq`: in the order of asking; no moment of asking is kept. */
export const lectureQuestions = pgTable(
  'lecture_questions',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    activityId: uuid('activity_id').notNull(),
    path: orgPath('path').notNull(),
    seq: integer('seq').notNull(),
    text: text('text').notNull(),
    askerMark: text('asker_mark').notNull(),
    /** Only where whoever asked wanted it to stand there. */
    askerName: text('asker_name'),
    supportCount: integer('support_count').notNull().default(0),
    releasedAt: instant('released_at'),
    declinedAt: instant('declined_at'),
    declineReason: text('decline_reason'),
    answeredAt: instant('answered_at'),
    /** Empty where it was answered by word of mouth. */
    answer: text('answer').notNull().default(''),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('lecture_questions_in_order').on(table.tenantId, table.activityId, table.seq),
  ],
)

export const lectureSupports = pgTable(
  'lecture_supports',
  { tenantId: tenantId(), mark: text('mark').notNull(), questionId: uuid('question_id').notNull() },
  (table) => [primaryKey({ columns: [table.tenantId, table.mark] })],
)

/** Quick polls by show of hands. What was counted stands here when they are over, and is null where there were too few. */
export const lecturePolls = pgTable(
  'lecture_polls',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    activityId: uuid('activity_id').notNull(),
    path: orgPath('path').notNull(),
    question: text('question').notNull(),
    options: jsonb('options').$type<string[]>().notNull(),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
    counts: jsonb('counts').$type<number[]>(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('lecture_polls_in_order').on(table.tenantId, table.activityId, table.openedAt),
  ],
)

/** The hands that are up now; gone when the poll is over. */
export const lectureHands = pgTable(
  'lecture_hands',
  {
    tenantId: tenantId(),
    mark: text('mark').notNull(),
    pollId: uuid('poll_id').notNull(),
    choice: integer('choice').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.mark] }),
    index('lecture_hands_by_poll').on(table.tenantId, table.pollId),
  ],
)

/** The shared notes, each time they were saved. */
export const lectureNotes = pgTable(
  'lecture_notes',
  {
    tenantId: tenantId(),
    activityId: uuid('activity_id').notNull(),
    path: orgPath('path').notNull(),
    revision: integer('revision').notNull(),
    text: text('text').notNull(),
    savedAt: instant('saved_at').notNull().defaultNow(),
    savedBy: text('saved_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.activityId, table.revision] })],
)

/** The film or the sound of a lecture, an item of the library. */
export const lectureRecordings = pgTable(
  'lecture_recordings',
  {
    tenantId: tenantId(),
    activityId: uuid('activity_id').notNull(),
    path: orgPath('path').notNull(),
    mediaId: uuid('media_id').notNull(),
    mediaKind: text('media_kind').$type<'video' | 'sound'>().notNull(),
    durationMs: integer('duration_ms'),
    putAt: instant('put_at').notNull().defaultNow(),
    putBy: text('put_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.activityId] })],
)

/** What people say afterwards. No order of coming is kept. */
export const lectureFeedback = pgTable(
  'lecture_feedback',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    activityId: uuid('activity_id').notNull(),
    path: orgPath('path').notNull(),
    gained: text('gained').notNull(),
    suggested: text('suggested').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('lecture_feedback_of').on(table.tenantId, table.activityId),
  ],
)

export const lectureFeedbackGiven = pgTable(
  'lecture_feedback_given',
  { tenantId: tenantId(), mark: text('mark').notNull() },
  (table) => [primaryKey({ columns: [table.tenantId, table.mark] })],
)
