import type { Day } from '@zhibu/rules'
import { date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { ActivityKind } from './names-schema.ts'
import type { Attachment, Plan, RecordText, SignUpRule } from './schema.ts'

/** What an organisation holds for those who belong to it: from the plan to the record. */
export const activities = pgTable(
  'activities',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    kind: text('kind').$type<ActivityKind>().notNull(),
    title: text('title').notNull(),
    summary: text('summary').notNull(),
    /** The memorial day or own day that it marks. */
    dayKey: text('day_key'),
    fromOn: date('from_on').$type<Day>(),
    untilOn: date('until_on').$type<Day>(),
    startMinute: integer('start_minute'),
    endMinute: integer('end_minute'),
    place: text('place').notNull(),
    link: text('link').notNull(),
    speaker: text('speaker').notNull(),
    aboutSpeaker: text('about_speaker').notNull(),
    plan: jsonb('plan').$type<Plan>().notNull(),
    attachments: jsonb('attachments').$type<Attachment[]>().notNull(),
    signUp: jsonb('sign_up').$type<SignUpRule>(),
    /** Title, summary, place and speaker as they are compared in a search. */
    folded: text('folded').notNull(),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
    announcedAt: instant('announced_at'),
    announcedBy: text('announced_by'),
    cancelledAt: instant('cancelled_at'),
    cancelReason: text('cancel_reason'),
    record: jsonb('record').$type<RecordText>(),
    recordedAt: instant('recorded_at'),
    recordedBy: text('recorded_by'),
    /** The paper of the record in the archive, and of which revision of the activity it tells. */
    documentId: uuid('document_id'),
    filedRevision: integer('filed_revision'),
    articleId: uuid('article_id'),
    /** The notice that was drafted of it last. */
    noticeId: uuid('notice_id'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('activities_by_place').on(table.tenantId, table.path, table.fromOn, table.id),
    index('activities_by_day').on(table.tenantId, table.dayKey, table.path),
  ],
)

/** A day of an organisation that comes round each year. */
export const activityDays = pgTable(
  'activity_days',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    name: text('name').notNull(),
    monthDay: text('month_day').notNull(),
    sentence: text('sentence').notNull(),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('activity_days_by_path').on(table.tenantId, table.path),
  ],
)

/** A plan that proved good, for everybody at the university to take: a copy, without who took part and what was written of it. */
export const activityKits = pgTable(
  'activity_kits',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    activityId: uuid('activity_id').notNull(),
    title: text('title').notNull(),
    kind: text('kind').$type<ActivityKind>().notNull(),
    dayKey: text('day_key'),
    plan: jsonb('plan').$type<Plan>().notNull(),
    /** Title and aim as they are compared in a search. */
    folded: text('folded').notNull().default(''),
    offeredAt: instant('offered_at').notNull().defaultNow(),
    offeredBy: text('offered_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('activity_kits_once').on(table.tenantId, table.activityId),
  ],
)

/** Who wants to come. The order of their coming says who has a place and who waits. */
export const activitySignUps = pgTable(
  'activity_sign_ups',
  {
    tenantId: tenantId(),
    activityId: uuid('activity_id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    signedUpAt: instant('signed_up_at').notNull().defaultNow(),
    /** In the order of their coming, also where two come at the same instant. */
    seq: integer('seq').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.activityId, table.personId] }),
    uniqueIndex('activity_sign_ups_in_order').on(table.tenantId, table.activityId, table.seq),
    index('activity_sign_ups_by_person').on(table.tenantId, table.personId, table.activityId),
  ],
)
