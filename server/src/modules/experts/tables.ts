import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { byteText, instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { activities } from '../activities/tables.ts'
import type { Agreement, Evaluation } from './invitation-schema.ts'
import type { Venue } from './names-schema.ts'

/** Somebody who may be asked to lecture, kept by the organisation that entered them. There is no column for a fee. */
export const experts = pgTable(
  'experts',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    name: text('name').notNull(),
    /** By what names are ordered. */
    pinyin: byteText('pinyin').notNull(),
    institution: text('institution').notNull(),
    title: text('title').notNull(),
    topics: jsonb('topics').$type<string[]>().notNull(),
    about: text('about').notNull(),
    phoneSealed: text('phone_sealed'),
    phoneMask: text('phone_mask'),
    emailSealed: text('email_sealed'),
    emailMask: text('email_mask'),
    /** The expert as a person of the register. */
    personId: uuid('person_id'),
    consentOn: date('consent_on').$type<Day>(),
    consentHow: text('consent_how'),
    consentBy: text('consent_by'),
    withdrawnAt: instant('withdrawn_at'),
    /** Name and institution as they are told apart from others. */
    foldedName: byteText('folded_name').notNull(),
    /** Everything in it as it is compared in a search. */
    folded: text('folded').notNull(),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
    changedAt: instant('changed_at').notNull().defaultNow(),
    changedBy: text('changed_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('experts_once')
      .on(table.tenantId, table.organizationId, table.foldedName)
      .where(sql`withdrawn_at is null`),
    index('experts_by_name').on(table.tenantId, table.pinyin, table.id),
    index('experts_by_change').on(table.tenantId, table.changedAt, table.id),
    index('experts_by_person').on(table.tenantId, table.personId),
  ],
)

/** When and where a lecture is held, as its expert was told last. */
export type ToldLecture = Pick<
  typeof activities.$inferSelect,
  'fromOn' | 'untilOn' | 'startMinute' | 'endMinute' | 'place' | 'link'
> & { isCancelled: boolean }

/** What an organisation asked of an expert, and what came of it. `personId`: the expert, where they are a person of the register. */
export const expertInvitations = pgTable(
  'expert_invitations',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    expertId: uuid('expert_id').notNull(),
    personId: uuid('person_id'),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    topic: text('topic').notNull(),
    purpose: text('purpose').notNull(),
    audience: text('audience').notNull(),
    expectedCount: integer('expected_count'),
    wishedOn: jsonb('wished_on').$type<Day[]>().notNull(),
    venue: text('venue').$type<Venue>().notNull(),
    place: text('place').notNull(),
    revision: integer('revision').notNull().default(1),
    askedAt: instant('asked_at').notNull().defaultNow(),
    askedBy: text('asked_by').notNull(),
    /** Who is told what the expert answers. */
    askedPersonId: uuid('asked_person_id').notNull(),
    agreement: jsonb('agreement').$type<Agreement>(),
    agreedAt: instant('agreed_at'),
    agreedBy: text('agreed_by'),
    declinedAt: instant('declined_at'),
    declinedBy: text('declined_by'),
    declineWords: text('decline_words'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: text('withdrawn_by'),
    withdrawReason: text('withdraw_reason'),
    /** The lecture that was begun from what was agreed on. */
    activityId: uuid('activity_id'),
    /** Null while the expert knows no more of it than what was agreed on. */
    toldLecture: jsonb('told_lecture').$type<ToldLecture>(),
    evaluation: jsonb('evaluation').$type<Evaluation>(),
    evaluatedAt: instant('evaluated_at'),
    evaluatedBy: text('evaluated_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('expert_invitations_of').on(table.tenantId, table.expertId, table.id),
    index('expert_invitations_by_place').on(table.tenantId, table.path, table.id),
    index('expert_invitations_by_person').on(table.tenantId, table.personId, table.id),
    uniqueIndex('expert_invitations_by_activity').on(table.tenantId, table.activityId),
  ],
)

/** Whose lecture an activity is. `path`: where the activity stands. */
export const expertLectures = pgTable(
  'expert_lectures',
  {
    tenantId: tenantId(),
    expertId: uuid('expert_id').notNull(),
    activityId: uuid('activity_id').notNull(),
    path: orgPath('path').notNull(),
    linkedAt: instant('linked_at').notNull().defaultNow(),
    linkedBy: text('linked_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.expertId, table.activityId] })],
)
