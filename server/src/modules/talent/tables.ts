import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, tenantId } from '../../platform/columns.ts'
import type { Availability, Correction, Duty, Employment, Mastery, SkillGroup } from './names-schema.ts'
import type { OwnFields } from './schema.ts'

/** The skills of which a record is made, as the university lists them. */
export const talentSkills = pgTable(
  'talent_skills',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    group: text('group').$type<SkillGroup>().notNull(),
    isRetired: boolean('is_retired').notNull().default(false),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('talent_skills_by_name').on(table.tenantId, table.name),
  ],
)

/**
 * What is known of somebody who does the work beside what other modules know: what they say of themselves, and what whoever keeps
 * the record has entered. Offices, hours and certificates are read where they are kept.
 */
export const talentRecords = pgTable(
  'talent_records',
  {
    tenantId: tenantId(),
    personId: uuid('person_id').notNull(),
    employment: text('employment').$type<Employment>(),
    duty: text('duty').$type<Duty>(),
    title: text('title').notNull().default(''),
    since: date('since_on').$type<Day>(),
    officialBy: text('official_by'),
    officialOn: date('official_on').$type<Day>(),
    languages: jsonb('languages').$type<OwnFields['languages']>().notNull().default([]),
    availability: text('availability').$type<Availability>(),
    availabilityNote: text('availability_note').notNull().default(''),
    confirmedOn: date('confirmed_on').$type<Day>(),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.personId] }),
    index('talent_records_employed').on(table.tenantId, table.personId).where(sql`employment is not null`),
  ],
)

/** A skill that somebody says they have. */
export const talentPersonSkills = pgTable(
  'talent_person_skills',
  {
    tenantId: tenantId(),
    personId: uuid('person_id').notNull(),
    skillId: uuid('skill_id').notNull(),
    mastery: text('mastery').$type<Mastery>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.personId, table.skillId] }),
    index('talent_person_skills_by_skill').on(table.tenantId, table.skillId),
  ],
)

/** What somebody asks to have corrected in their record, and what was answered. One that waits of each thing. */
export const talentCorrections = pgTable(
  'talent_corrections',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    personId: uuid('person_id').notNull(),
    field: text('field').$type<Correction>().notNull(),
    proposed: text('proposed').notNull(),
    raisedAt: instant('raised_at').notNull().defaultNow(),
    isGranted: boolean('is_granted'),
    answer: text('answer').notNull().default(''),
    answeredBy: text('answered_by'),
    answeredAt: instant('answered_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('talent_corrections_by_person').on(table.tenantId, table.personId, table.id),
    uniqueIndex('talent_corrections_waiting')
      .on(table.tenantId, table.personId, table.field)
      .where(sql`answered_at is null`),
  ],
)
