import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { QuestionKind, RoomPhase } from './names-schema.ts'
import type { QuestionResult } from './room-schema.ts'
import type { Answer, NewQuestion, Option } from './schema.ts'

/**
 * No table here has a column with a person: what somebody answers stands under a mark that only a request of that person makes again
 * (marks.ts), so nobody else finds it, by whatever office.
 */

/** A set of questions of an organisation. */
export const quizzes = pgTable(
  'quizzes',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    title: text('title').notNull(),
    summary: text('summary').notNull(),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
    publishedAt: instant('published_at'),
    publishedBy: text('published_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('quizzes_by_path').on(table.tenantId, table.path),
  ],
)

/** `seq`: in the order of the set. */
export const quizQuestions = pgTable(
  'quiz_questions',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    quizId: uuid('quiz_id').notNull(),
    path: orgPath('path').notNull(),
    seq: integer('seq').notNull(),
    kind: text('kind').$type<QuestionKind>().notNull(),
    text: text('text').notNull(),
    options: jsonb('options').$type<Option[]>().notNull(),
    accepted: jsonb('accepted').$type<string[]>().notNull(),
    explanation: text('explanation').notNull(),
    source: text('source').notNull(),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('quiz_questions_in_order').on(table.tenantId, table.quizId, table.seq),
  ],
)

/** What somebody last answered to a question, alone or in a room. */
export const quizAnswers = pgTable(
  'quiz_answers',
  {
    tenantId: tenantId(),
    mark: text('mark').notNull(),
    questionId: uuid('question_id').notNull(),
    quizId: uuid('quiz_id').notNull(),
    answer: jsonb('answer').$type<Answer>().notNull(),
    isRight: boolean('is_right').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.mark, table.questionId] }),
    index('quiz_answers_by_question').on(table.tenantId, table.questionId),
  ],
)

/**
 * A question as a room plays it: what becomes of the set meanwhile does not disturb it. It has an id of its own, so that nobody who is asked it
 * in the room can ask the set for its answer; `questionId` is that of the set.
 */
export type RoomQuestion = NewQuestion & { id: string; questionId: string }

/** How a team has done over the questions that count for teams; `players` only once it is over. */
export interface TeamTally {
  players: number
  answers: number
  right: number
}

/** A set that is played together. */
export const quizRooms = pgTable(
  'quiz_rooms',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    quizId: uuid('quiz_id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    title: text('title').notNull(),
    code: text('code').notNull(),
    teams: jsonb('teams').$type<string[]>().notNull(),
    seconds: integer('seconds'),
    questions: jsonb('questions').$type<RoomQuestion[]>().notNull(),
    phase: text('phase').$type<RoomPhase>().notNull().default('gathering'),
    position: integer('position'),
    endsAt: instant('ends_at'),
    /** Of the questions whose answers were shown. */
    results: jsonb('results').$type<QuestionResult[]>().notNull().default([]),
    openedAt: instant('opened_at').notNull().defaultNow(),
    openedBy: text('opened_by').notNull(),
    endedAt: instant('ended_at'),
    /** What is left of who was there, once it is over. */
    players: integer('players').notNull().default(0),
    /** For each team, in their order. */
    teamTallies: jsonb('team_tallies').$type<TeamTally[]>().notNull().default([]),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('quiz_rooms_by_path').on(table.tenantId, table.path, table.openedAt),
    uniqueIndex('quiz_rooms_by_code').on(table.tenantId, table.code).where(sql`ended_at is null`),
  ],
)

/** Who is in a room, until a day after it. */
export const quizSeats = pgTable(
  'quiz_seats',
  {
    tenantId: tenantId(),
    mark: text('mark').notNull(),
    roomId: uuid('room_id').notNull(),
    team: integer('team'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.mark] }),
    index('quiz_seats_by_room').on(table.tenantId, table.roomId),
  ],
)

/** What was answered in a room, until a day after it. */
export const quizRoomAnswers = pgTable(
  'quiz_room_answers',
  {
    tenantId: tenantId(),
    mark: text('mark').notNull(),
    position: integer('position').notNull(),
    roomId: uuid('room_id').notNull(),
    answer: jsonb('answer').$type<Answer>().notNull(),
    isRight: boolean('is_right').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.mark, table.position] }),
    index('quiz_room_answers_by_room').on(table.tenantId, table.roomId, table.position),
  ],
)
