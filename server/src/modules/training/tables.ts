import type { Day } from '@zhibu/rules'
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import type { Criterion } from '../calls/schema.ts'
import type { Levels, SelfAssessment } from './acceptance-schema.ts'
import type {
  Attendance,
  Audience,
  Category,
  Decision,
  Form,
  LeaveKind,
  RequestKind,
  Source,
  Term,
} from './names-schema.ts'
import type { Prompt } from './reflection-schema.ts'
import type { Admission, Material, SessionFields, Stage } from './schema.ts'
import type { Figures } from './summary-schema.ts'

/** 学时, in halves. */
const hours = (name: string) => numeric(name, { precision: 5, scale: 1, mode: 'number' })

/** A programme (培训班) of an organisation, for people of one kind, in one term. */
export const trainingProgrammes = pgTable(
  'training_programmes',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    title: text('title').notNull(),
    audience: text('audience').$type<Audience>().notNull(),
    year: integer('year').notNull(),
    term: text('term').$type<Term>().notNull(),
    summary: text('summary').notNull(),
    requiredHours: hours('required_hours'),
    capacity: integer('capacity'),
    admission: jsonb('admission').$type<Admission>().notNull(),
    stages: jsonb('stages').$type<Stage[]>().notNull(),
    /** Title and summary as they are compared in a search. */
    folded: text('folded').notNull(),
    copiedFrom: uuid('copied_from'),
    /** The number of the last who came onto the list. */
    lastSeq: integer('last_seq').notNull().default(0),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
    announcedAt: instant('announced_at'),
    announcedBy: text('announced_by'),
    cancelledAt: instant('cancelled_at'),
    cancelReason: text('cancel_reason'),
    closedAt: instant('closed_at'),
    closedBy: text('closed_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('training_programmes_by_place').on(table.tenantId, table.path, table.year, table.id),
  ],
)

/** A session (课次) of a programme, on one day. */
export const trainingSessions = pgTable(
  'training_sessions',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    programmeId: uuid('programme_id').notNull(),
    path: orgPath('path').notNull(),
    stageId: uuid('stage_id'),
    title: text('title').notNull(),
    on: date('on').$type<Day>().notNull(),
    startMinute: integer('start_minute'),
    endMinute: integer('end_minute'),
    hours: hours('hours').notNull(),
    category: text('category').$type<Category>().notNull(),
    form: text('form').$type<Form>().notNull(),
    lecturers: jsonb('lecturers').$type<SessionFields['lecturers']>().notNull(),
    place: text('place').notNull(),
    link: text('link').notNull(),
    materials: jsonb('materials').$type<Material[]>().notNull(),
    /** Pictures of the signed paper list. */
    sheets: jsonb('sheets').$type<string[]>().notNull().default([]),
    revision: integer('revision').notNull().default(1),
    recordedAt: instant('recorded_at'),
    cancelledAt: instant('cancelled_at'),
    cancelReason: text('cancel_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('training_sessions_in_order').on(table.tenantId, table.programmeId, table.on, table.startMinute, table.id),
    index('training_sessions_by_day').on(table.tenantId, table.on, table.path),
  ],
)

/** Who is on the list of a programme. The order of their coming says who has a place and who waits. */
export const trainingParticipants = pgTable(
  'training_participants',
  {
    tenantId: tenantId(),
    programmeId: uuid('programme_id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    seq: integer('seq').notNull(),
    source: text('source').$type<Source>().notNull(),
    /** Why somebody is proposed, or put there though the programme is not for them. */
    note: text('note').notNull().default(''),
    enrolledAt: instant('enrolled_at').notNull().defaultNow(),
    enrolledBy: text('enrolled_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.programmeId, table.personId] }),
    uniqueIndex('training_participants_in_order').on(table.tenantId, table.programmeId, table.seq),
    index('training_participants_by_person').on(table.tenantId, table.personId, table.programmeId),
  ],
)

/** What was recorded of somebody at a session. */
export const trainingAttendances = pgTable(
  'training_attendances',
  {
    tenantId: tenantId(),
    sessionId: uuid('session_id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    attendance: text('attendance').$type<Attendance>().notNull(),
    leaveKind: text('leave_kind').$type<LeaveKind>(),
    note: text('note').notNull().default(''),
    recordedAt: instant('recorded_at').notNull().defaultNow(),
    recordedBy: text('recorded_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.sessionId, table.personId] }),
    index('training_attendances_by_person').on(table.tenantId, table.personId, table.sessionId),
  ],
)

/** What a participant writes to whoever holds a session: that they cannot come, or that they were there and are not recorded. */
export const trainingRequests = pgTable(
  'training_requests',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    sessionId: uuid('session_id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    kind: text('kind').$type<RequestKind>().notNull(),
    leaveKind: text('leave_kind').$type<LeaveKind>(),
    text: text('text').notNull(),
    raisedAt: instant('raised_at').notNull().defaultNow(),
    isGranted: boolean('is_granted'),
    answer: text('answer'),
    answeredAt: instant('answered_at'),
    answeredBy: text('answered_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('training_requests_by_session').on(table.tenantId, table.sessionId, table.personId),
    index('training_requests_by_person').on(table.tenantId, table.personId, table.sessionId),
  ],
)

/** 验收标准: what the results of a programme are looked at by. */
export const trainingRubrics = pgTable(
  'training_rubrics',
  {
    tenantId: tenantId(),
    programmeId: uuid('programme_id').notNull(),
    path: orgPath('path').notNull(),
    criteria: jsonb('criteria').$type<Criterion[]>().notNull(),
    revision: integer('revision').notNull().default(1),
    changedAt: instant('changed_at').notNull().defaultNow(),
    changedBy: text('changed_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.programmeId] })],
)

/** Who assesses the results of a programme. */
export const trainingAssessors = pgTable(
  'training_assessors',
  {
    tenantId: tenantId(),
    programmeId: uuid('programme_id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    appointedAt: instant('appointed_at').notNull().defaultNow(),
    appointedBy: text('appointed_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.programmeId, table.personId] }),
    index('training_assessors_by_person').on(table.tenantId, table.personId, table.programmeId),
  ],
)

/** What a participant says of themselves in one round. */
export const trainingRounds = pgTable(
  'training_rounds',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    programmeId: uuid('programme_id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    number: integer('number').notNull(),
    self: jsonb('self').$type<SelfAssessment>().notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
    handedInAt: instant('handed_in_at'),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('training_rounds_in_order').on(table.tenantId, table.programmeId, table.personId, table.number),
  ],
)

/** What an assessor says of a round. Two say something, each in a seat of their own. */
export const trainingAssessments = pgTable(
  'training_assessments',
  {
    tenantId: tenantId(),
    roundId: uuid('round_id').notNull(),
    assessorId: uuid('assessor_id').notNull(),
    path: orgPath('path').notNull(),
    seat: integer('seat').notNull(),
    levels: jsonb('levels').$type<Levels>().notNull(),
    words: text('words').notNull(),
    isSigned: boolean('is_signed').notNull(),
    givenAt: instant('given_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.roundId, table.assessorId] }),
    uniqueIndex('training_assessments_by_seat').on(table.tenantId, table.roundId, table.seat),
    index('training_assessments_by_assessor').on(table.tenantId, table.assessorId, table.roundId),
  ],
)

/** What was decided of a participant; the last one holds. */
export const trainingDecisions = pgTable(
  'training_decisions',
  {
    tenantId: tenantId(),
    programmeId: uuid('programme_id').notNull(),
    personId: uuid('person_id').notNull(),
    /** The so-manieth decision of this person. */
    number: integer('number').notNull(),
    path: orgPath('path').notNull(),
    /** The round that it was decided on; null where there was none. */
    roundId: uuid('round_id'),
    decision: text('decision').$type<Decision>().notNull(),
    missing: text('missing').notNull(),
    comment: text('comment').notNull(),
    decidedOn: date('decided_on').$type<Day>().notNull(),
    decidedBy: text('decided_by').notNull(),
    decidedAt: instant('decided_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.programmeId, table.personId, table.number] })],
)

/** Whether the training of somebody who passed stands in their development record, and if not, why. */
export const trainingFilings = pgTable(
  'training_filings',
  {
    tenantId: tenantId(),
    programmeId: uuid('programme_id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    /** The act of the file; null where it could not be recorded. */
    actId: uuid('act_id'),
    problem: text('problem').notNull().default(''),
    triedAt: instant('tried_at').notNull().defaultNow(),
    triedBy: text('tried_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.programmeId, table.personId] })],
)

/** 学习心得和考试: what a programme asks of its participants beside their results. */
export const trainingAssignments = pgTable(
  'training_assignments',
  {
    tenantId: tenantId(),
    programmeId: uuid('programme_id').notNull(),
    path: orgPath('path').notNull(),
    prompts: jsonb('prompts').$type<Prompt[]>().notNull(),
    /** The examination whose candidates its participants are; null: none. */
    examId: uuid('exam_id'),
    revision: integer('revision').notNull().default(1),
    changedAt: instant('changed_at').notNull().defaultNow(),
    changedBy: text('changed_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.programmeId] })],
)

/** 学习心得: what a participant is writing to a prompt. Nobody else reads it before it is handed in. */
export const trainingReflections = pgTable(
  'training_reflections',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    programmeId: uuid('programme_id').notNull(),
    promptId: uuid('prompt_id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    text: jsonb('text').$type<RichText>().notNull(),
    /** How often it was handed in. */
    versions: integer('versions').notNull().default(0),
    revision: integer('revision').notNull().default(1),
    startedAt: instant('started_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('training_reflections_of_person').on(table.tenantId, table.programmeId, table.personId, table.promptId),
  ],
)

/** What was handed in, as it was. Rows are only ever added. */
export const trainingReflectionVersions = pgTable(
  'training_reflection_versions',
  {
    tenantId: tenantId(),
    reflectionId: uuid('reflection_id').notNull(),
    number: integer('number').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    text: jsonb('text').$type<RichText>().notNull(),
    handedInAt: instant('handed_in_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.reflectionId, table.number] })],
)

/** 旁注: what a reader says to a passage of what was handed in, and what is answered. Rows are only ever added. */
export const trainingRemarks = pgTable(
  'training_remarks',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    reflectionId: uuid('reflection_id').notNull(),
    /** The version, the paragraph in it from 0, and the words that are meant; of an answer those of what it answers. */
    version: integer('version').notNull(),
    block: integer('block').notNull(),
    quote: text('quote').notNull(),
    /** Whose reflection it is. */
    personId: uuid('person_id').notNull(),
    authorPersonId: uuid('author_person_id').notNull(),
    path: orgPath('path').notNull(),
    /** The remark that it answers; null for one that begins. */
    answersId: uuid('answers_id'),
    text: text('text').notNull(),
    saidAt: instant('said_at').notNull().defaultNow(),
    saidBy: text('said_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('training_remarks_by_reflection').on(table.tenantId, table.reflectionId, table.id),
  ],
)

/** 摘录: a passage that its author lets be shown, with the day of the consent and of its end. */
export const trainingQuotations = pgTable(
  'training_quotations',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    programmeId: uuid('programme_id').notNull(),
    reflectionId: uuid('reflection_id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    quote: text('quote').notNull(),
    /** The name under it; empty where it is shown without one. */
    signature: text('signature').notNull(),
    consentedOn: date('consented_on').$type<Day>().notNull(),
    withdrawnOn: date('withdrawn_on').$type<Day>(),
    shownSince: date('shown_since').$type<Day>(),
    shownBy: text('shown_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('training_quotations_by_programme').on(table.tenantId, table.programmeId, table.id),
  ],
)

/** 培训总结: what whoever runs a closed programme writes of it. What was counted is kept with the signature. */
export const trainingSummaries = pgTable(
  'training_summaries',
  {
    tenantId: tenantId(),
    programmeId: uuid('programme_id').notNull(),
    path: orgPath('path').notNull(),
    text: jsonb('text').$type<RichText>().notNull(),
    revision: integer('revision').notNull().default(1),
    writtenAt: instant('written_at').notNull().defaultNow(),
    writtenBy: text('written_by').notNull(),
    figures: jsonb('figures').$type<Figures>(),
    signedOn: date('signed_on').$type<Day>(),
    signedBy: text('signed_by'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.programmeId] })],
)
