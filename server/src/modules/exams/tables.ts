import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { QuestionKind } from '../quizzes/names-schema.ts'
import type { Answer, NewQuestion, Option } from '../quizzes/schema.ts'
import type { ExamForm, Explains, HandedInBy } from './names-schema.ts'
import type { PaperPlan } from './schema.ts'

/** A bank of questions of an organisation. */
export const examBanks = pgTable(
  'exam_banks',
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
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('exam_banks_by_path').on(table.tenantId, table.path),
  ],
)

/** The questions of banks. One that is changed is retired, and another takes its place: what was asked stays what it was. */
export const examQuestions = pgTable(
  'exam_questions',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** The question through all its changes. */
    lineId: uuid('line_id').notNull(),
    bankId: uuid('bank_id').notNull(),
    path: orgPath('path').notNull(),
    seq: integer('seq').notNull(),
    topic: text('topic').notNull(),
    kind: text('kind').$type<QuestionKind>().notNull(),
    text: text('text').notNull(),
    options: jsonb('options').$type<Option[]>().notNull(),
    accepted: jsonb('accepted').$type<string[]>().notNull(),
    explanation: text('explanation').notNull(),
    source: text('source').notNull(),
    writtenAt: instant('written_at').notNull().defaultNow(),
    writtenBy: text('written_by').notNull(),
    retiredAt: instant('retired_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('exam_questions_in_order').on(table.tenantId, table.bankId, table.seq).where(sql`retired_at is null`),
    uniqueIndex('exam_questions_in_force').on(table.tenantId, table.lineId).where(sql`retired_at is null`),
  ],
)

/** A question as it stands on a paper, with what it is worth there. */
export type PaperQuestion = NewQuestion & { id: string; topic: string; worth: number }

/** Examinations. */
export const exams = pgTable(
  'exams',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    title: text('title').notNull(),
    summary: text('summary').notNull(),
    form: text('form').$type<ExamForm>().notNull(),
    opensAt: instant('opens_at').notNull(),
    closesAt: instant('closes_at').notNull(),
    minutes: integer('minutes'),
    attempts: integer('attempts').notNull(),
    passAt: integer('pass_at').notNull(),
    explains: text('explains').$type<Explains>().notNull(),
    paper: jsonb('paper').$type<PaperPlan>().notNull(),
    /** The paper for the hall, once it was made. */
    print: jsonb('print').$type<PaperQuestion[]>(),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
    publishedAt: instant('published_at'),
    publishedBy: text('published_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('exams_by_path').on(table.tenantId, table.path, table.opensAt),
  ],
)

/** Who takes an examination. */
export const examCandidates = pgTable(
  'exam_candidates',
  {
    tenantId: tenantId(),
    examId: uuid('exam_id').notNull(),
    personId: uuid('person_id').notNull(),
    addedAt: instant('added_at').notNull().defaultNow(),
    addedBy: text('added_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.examId, table.personId] }),
    index('exam_candidates_by_person').on(table.tenantId, table.personId),
  ],
)

/** 便利安排: what holds for one candidate instead. The reason is sealed. */
export const examArrangements = pgTable(
  'exam_arrangements',
  {
    tenantId: tenantId(),
    examId: uuid('exam_id').notNull(),
    personId: uuid('person_id').notNull(),
    moreMinutes: integer('more_minutes'),
    opensAt: instant('opens_at'),
    closesAt: instant('closes_at'),
    isOnPaper: boolean('is_on_paper').notNull(),
    reasonSealed: text('reason_sealed').notNull(),
    arrangedAt: instant('arranged_at').notNull().defaultNow(),
    arrangedBy: text('arranged_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.examId, table.personId] })],
)

/** Attempts, each with the paper that was drawn for it. */
export const examAttempts = pgTable(
  'exam_attempts',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    examId: uuid('exam_id').notNull(),
    personId: uuid('person_id').notNull(),
    number: integer('number').notNull(),
    paper: jsonb('paper').$type<PaperQuestion[]>().notNull(),
    total: integer('total').notNull(),
    /** The window that holds the paper: no other one keeps answers. */
    seat: uuid('seat').notNull(),
    startedAt: instant('started_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    handedInAt: instant('handed_in_at'),
    handedInBy: text('handed_in_by').$type<HandedInBy>(),
    earned: integer('earned'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('exam_attempts_by_number').on(table.tenantId, table.examId, table.personId, table.number),
    uniqueIndex('exam_attempts_open').on(table.tenantId, table.examId, table.personId).where(sql`handed_in_at is null`),
    index('exam_attempts_overdue').on(table.tenantId, table.endsAt).where(sql`handed_in_at is null`),
    index('exam_attempts_by_person').on(table.tenantId, table.personId),
  ],
)

/** What was answered last to each question of an attempt. */
export const examAnswers = pgTable(
  'exam_answers',
  {
    tenantId: tenantId(),
    attemptId: uuid('attempt_id').notNull(),
    questionId: uuid('question_id').notNull(),
    answer: jsonb('answer').$type<Answer>().notNull(),
    savedAt: instant('saved_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.attemptId, table.questionId] })],
)

/** Lists of results of the hall that were taken in. */
export const examImports = pgTable(
  'exam_imports',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    examId: uuid('exam_id').notNull(),
    fileName: text('file_name').notNull(),
    satOn: date('sat_on').$type<Day>().notNull(),
    count: integer('count').notNull(),
    importedAt: instant('imported_at').notNull().defaultNow(),
    importedBy: text('imported_by').notNull(),
    undoneAt: instant('undone_at'),
    undoneBy: text('undone_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('exam_imports_by_exam').on(table.tenantId, table.examId),
  ],
)

/** A result of the hall, by the list that brought it. The list that came last counts; one that is undone takes its own away. */
export const examPaperResults = pgTable(
  'exam_paper_results',
  {
    tenantId: tenantId(),
    importId: uuid('import_id').notNull(),
    examId: uuid('exam_id').notNull(),
    personId: uuid('person_id').notNull(),
    earned: integer('earned').notNull(),
    total: integer('total').notNull(),
    satOn: date('sat_on').$type<Day>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.importId, table.personId] }),
    index('exam_paper_results_by_exam').on(table.tenantId, table.examId, table.personId),
  ],
)

/** A result that somebody has confirmed. One that was taken back stays with its reason. */
export const examConfirmations = pgTable(
  'exam_confirmations',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    examId: uuid('exam_id').notNull(),
    personId: uuid('person_id').notNull(),
    earned: integer('earned').notNull(),
    total: integer('total').notNull(),
    isPassed: boolean('is_passed').notNull(),
    satOn: date('sat_on').$type<Day>().notNull(),
    confirmedAt: instant('confirmed_at').notNull(),
    confirmedBy: text('confirmed_by').notNull(),
    takenBackAt: instant('taken_back_at'),
    takenBackBy: text('taken_back_by'),
    takenBackReason: text('taken_back_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('exam_confirmations_in_force')
      .on(table.tenantId, table.examId, table.personId)
      .where(sql`taken_back_at is null`),
  ],
)
