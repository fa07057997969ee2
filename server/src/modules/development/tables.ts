import type { Act, ActKind, Day, LocalPractice, PlanConstraints, Stage } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { byteText, instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { PaperState } from './completeness-schema.ts'
import type { BatchEntry } from './schema.ts'

/**
 * A person's dated acts. Rows are added, never changed: a correction is a new row that names the one it corrects;
 * a correction without a kind strikes the act out.
 */
export const developmentActs = pgTable(
  'development_acts',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    kind: text('kind').$type<ActKind>().notNull(),
    on: date('on').$type<Day>(),
    /** Everything of the act but its kind and day. */
    details: jsonb('details').$type<Omit<Act, 'id' | 'kind' | 'on'>>().notNull().default({}),
    /** The act that this row corrects; the corrected row counts no longer. */
    corrects: uuid('corrects'),
    /** True where the correction only strikes out: the row itself counts as nothing. */
    isStruckOut: boolean('is_struck_out').notNull().default(false),
    correctionReason: text('correction_reason'),
    /** Rules that contradict this act and were acknowledged by the person who recorded it, and why it stands. */
    acknowledged: jsonb('acknowledged').$type<{ rules: string[]; reason: string }>(),
    importId: uuid('import_id'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('development_acts_by_person').on(table.tenantId, table.personId),
    uniqueIndex('development_acts_corrected_once').on(table.tenantId, table.corrects).where(sql`corrects is not null`),
    /** What counts by kinds and spans looks at. */
    index('development_acts_by_kind')
      .on(table.tenantId, table.kind, table.on, table.path, table.personId, table.id)
      .where(sql`not is_struck_out`),
    index('development_acts_by_import').on(table.tenantId, table.importId).where(sql`import_id is not null`),
  ],
)

/** A last day for the order of lists: what has none comes after everything that has one. */
export const orNever = (latestOn: AnyPgColumn) => sql`coalesce(${latestOn}, '9999-12-31'::date)`

/**
 * What the acts say in short, for lists over many persons: written anew by `restate` in the transaction
 * that changes a file, and able to be thrown away and made again.
 */
export const developmentStandings = pgTable(
  'development_standings',
  {
    tenantId: tenantId(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    /** Copied from the person, so that lists sort without a join. */
    pinyin: byteText('pinyin').notNull(),
    stage: text('stage').$type<Stage>(),
    nextKind: text('next_kind').$type<ActKind>(),
    nextEarliestOn: date('next_earliest_on').$type<Day>(),
    /** The earliest of the last days of all acts that are due; a file is overdue when it is past. */
    nextLatestOn: date('next_latest_on').$type<Day>(),
    errorCount: integer('error_count').notNull(),
    warningCount: integer('warning_count').notNull(),
    /** The day on which this last changed. */
    restatedOn: date('restated_on').$type<Day>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.personId] }),
    /** All that counting and the usual order look at, so that the rows themselves are not read. */
    index('development_standings_by_path').on(table.tenantId, table.path, table.personId, table.nextLatestOn),
    index('development_standings_by_name').on(table.tenantId, table.pinyin, table.personId),
    index('development_standings_by_due').on(table.tenantId, orNever(table.nextLatestOn), table.personId),
  ],
)

/**
 * What the papers of a person came to when they were last looked at: one row for a place of the filing list and a kind of remark.
 * Like the standings it can be thrown away and made again.
 */
export const developmentPaperRemarks = pgTable(
  'development_paper_remarks',
  {
    tenantId: tenantId(),
    personId: uuid('person_id').notNull(),
    /** The code of the place. */
    place: text('place').notNull(),
    state: text('state').$type<PaperState>().notNull(),
    path: orgPath('path').notNull(),
    /** Copied from the person, so that lists sort without a join. */
    pinyin: byteText('pinyin').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.personId, table.place, table.state] }),
    index('development_paper_remarks_by_path').on(
      table.tenantId,
      table.path,
      table.pinyin,
      table.personId,
      table.place,
      table.state,
    ),
  ],
)

/** Every act that is still to come, one row each, for the due list over many branches. Written by `restate` too. */
export const developmentDues = pgTable(
  'development_dues',
  {
    tenantId: tenantId(),
    personId: uuid('person_id').notNull(),
    kind: text('kind').$type<ActKind>().notNull(),
    path: orgPath('path').notNull(),
    step: integer('step').notNull(),
    earliestOn: date('earliest_on').$type<Day>(),
    latestOn: date('latest_on').$type<Day>(),
    waitingOn: text('waiting_on').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.personId, table.kind] }),
    index('development_dues_by_latest').on(table.tenantId, orNever(table.latestOn), table.personId, table.kind),
    index('development_dues_by_path').on(table.tenantId, table.path, table.personId, table.kind, table.latestOn),
  ],
)

/** What a person's plan has to fit into; the plan itself is computed. One per person, the newest counts. */
export const developmentPlans = pgTable(
  'development_plans',
  {
    tenantId: tenantId(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    constraints: jsonb('constraints').$type<PlanConstraints>().notNull(),
    plannedBy: uuid('planned_by').notNull(),
    plannedAt: instant('planned_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.personId] })],
)

/**
 * Facts that stand on a paper and were left: they are not offered again. What stands there is kept as a keyed hash only, so that
 * nothing of a paper outlives its content; whose mind changed says so in the same row.
 */
export const developmentFactDecisions = pgTable(
  'development_fact_decisions',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    /** The row of the archive from which it was offered. */
    documentId: uuid('document_id').notNull(),
    /** The content on which it stands: a document that is described anew has the same. */
    contentId: text('content_id').notNull(),
    /** What it would have been in the record, such as `actDay.application`. */
    fact: text('fact').notNull(),
    valueHash: text('value_hash').notNull(),
    reason: text('reason'),
    leftBy: uuid('left_by').notNull(),
    leftByName: text('left_by_name').notNull(),
    leftAt: instant('left_at').notNull().defaultNow(),
    takenBackBy: uuid('taken_back_by'),
    takenBackAt: instant('taken_back_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('development_fact_decisions_once')
      .on(table.tenantId, table.personId, table.contentId, table.fact, table.valueHash)
      .where(sql`taken_back_at is null`),
  ],
)

/** A batch of files under pre-check (批量预审). */
export const developmentBatches = pgTable(
  'development_batches',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    path: orgPath('path').notNull(),
    title: text('title').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
)

/** One run over a batch: what was missing and contradictory in each file that day. A later run shows what was cured. */
export const developmentBatchRuns = pgTable(
  'development_batch_runs',
  {
    tenantId: tenantId(),
    batchId: uuid('batch_id').notNull(),
    number: integer('number').notNull(),
    path: orgPath('path').notNull(),
    ranOn: date('ran_on').$type<Day>().notNull(),
    ranBy: uuid('ran_by').notNull(),
    entries: jsonb('entries').$type<BatchEntry[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.batchId, table.number] })],
)

/** Local practice of the university (stricter than the national rule only), newest row in force. */
export const localPractices = pgTable(
  'local_practices',
  {
    tenantId: tenantId(),
    from: instant('from_at').notNull().defaultNow(),
    practice: jsonb('practice').$type<LocalPractice>().notNull(),
    setBy: uuid('set_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.from] })],
)

/** The table of working days of a year as the administrator has it: holidays and make-up days by name. */
export const workingYears = pgTable(
  'working_years',
  {
    tenantId: tenantId(),
    year: integer('year').notNull(),
    holidays: jsonb('holidays').$type<Record<Day, string>>().notNull(),
    makeUpDays: jsonb('make_up_days').$type<Record<Day, string>>().notNull(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.year] })],
)
