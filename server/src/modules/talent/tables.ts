import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { OfficeKind } from '../organization/schema.ts'
import type { ApplicationFields } from './call-schema.ts'
import type {
  Availability,
  Correction,
  Duty,
  Employment,
  EntryKind,
  Mastery,
  Side,
  SkillGroup,
} from './names-schema.ts'
import type { OwnFields } from './schema.ts'
import type { DecidedAccess, KeptKit } from './succession-schema.ts'

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
    /** What somebody says of their time; null where it is nothing. */
    availabilityNoteSealed: text('availability_note_sealed'),
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

/** A post (岗位) of an organisation: what is done there, by how many, and what they should be able to do. */
export const talentPosts = pgTable(
  'talent_posts',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    title: text('title').notNull(),
    duty: text('duty').$type<Duty>().notNull(),
    employment: text('employment').$type<Employment>().notNull(),
    places: integer('places').notNull(),
    skillIds: jsonb('skill_ids').$type<string[]>().notNull(),
    about: text('about').notNull(),
    revision: integer('revision').notNull().default(1),
    createdBy: text('created_by').notNull(),
    closedAt: instant('closed_at'),
    closeReason: text('close_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('talent_posts_by_place').on(table.tenantId, table.path, table.id),
  ],
)

/** Who holds a post, from a day until a day. */
export const talentHoldings = pgTable(
  'talent_holdings',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    postId: uuid('post_id').notNull(),
    path: orgPath('path').notNull(),
    personId: uuid('person_id').notNull(),
    fromOn: date('from_on').$type<Day>().notNull(),
    untilOn: date('until_on').$type<Day>(),
    givenBy: text('given_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('talent_holdings_of_post').on(table.tenantId, table.postId),
    uniqueIndex('talent_holdings_once').on(table.tenantId, table.postId, table.personId).where(sql`until_on is null`),
  ],
)

/** How many people there are in an organisation, as it says itself: for the ratios of the regulations. */
export const talentHeadcounts = pgTable(
  'talent_headcounts',
  {
    tenantId: tenantId(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    students: integer('students').notNull(),
    people: integer('people').notNull(),
    asOf: date('as_of').$type<Day>().notNull(),
    source: text('source').notNull(),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.organizationId] })],
)

/** A call for candidates for a post (岗位征集), open to whoever belongs to its organisation or below until a day. */
export const talentCalls = pgTable(
  'talent_calls',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    postId: uuid('post_id').notNull(),
    path: orgPath('path').notNull(),
    untilOn: date('until_on').$type<Day>().notNull(),
    text: text('text').notNull(),
    announcedBy: text('announced_by').notNull(),
    closedAt: instant('closed_at'),
    closeReason: text('close_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('talent_calls_by_place').on(table.tenantId, table.path, table.untilOn),
    uniqueIndex('talent_calls_once').on(table.tenantId, table.postId).where(sql`closed_at is null`),
  ],
)

/** What somebody sent in for a call, and what was decided. Seen by them and by who decides. */
export const talentApplications = pgTable(
  'talent_applications',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    callId: uuid('call_id').notNull(),
    personId: uuid('person_id').notNull(),
    statement: text('statement').notNull(),
    answers: jsonb('answers').$type<ApplicationFields['answers']>().notNull(),
    appliedAt: instant('applied_at').notNull().defaultNow(),
    isChosen: boolean('is_chosen'),
    reason: text('reason').notNull().default(''),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('talent_applications_once').on(table.tenantId, table.callId, table.personId),
  ],
)

/**
 * The hand-over of an office (工作交接) from who goes to who comes, begun by who gives the office. What the kit says of the work is
 * read from the records and not stored before it is signed.
 */
export const talentSuccessions = pgTable(
  'talent_successions',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    officeId: uuid('office_id').notNull(),
    office: text('office').$type<OfficeKind>().notNull(),
    outgoingPersonId: uuid('outgoing_person_id').notNull(),
    outgoingName: text('outgoing_name').notNull(),
    /** Null as long as there is no successor. */
    incomingPersonId: uuid('incoming_person_id'),
    incomingName: text('incoming_name'),
    begunBy: text('begun_by').notNull(),
    begunOn: date('begun_on').$type<Day>().notNull(),
    /** The last day of who goes, once it is settled; or where the office was over before. */
    lastOn: date('last_on').$type<Day>(),
    /** The first day of who comes, once the office was given. */
    firstOn: date('first_on').$type<Day>(),
    /** When it was decided what becomes of the accesses, by whom, and what. */
    settledOn: date('settled_on').$type<Day>(),
    settledBy: text('settled_by'),
    accesses: jsonb('accesses').$type<DecidedAccess[]>().notNull().default([]),
    closedOn: date('closed_on').$type<Day>(),
    /** Who closed it, and why, where a side had not signed; null where it ended with the last signature. */
    closedBy: text('closed_by'),
    closeReason: text('close_reason'),
    droppedOn: date('dropped_on').$type<Day>(),
    dropReason: text('drop_reason'),
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('talent_successions_by_place').on(table.tenantId, table.path, table.id),
    index('talent_successions_of_outgoing').on(table.tenantId, table.outgoingPersonId),
    index('talent_successions_of_incoming').on(table.tenantId, table.incomingPersonId),
    uniqueIndex('talent_successions_once')
      .on(table.tenantId, table.officeId)
      .where(sql`closed_on is null and dropped_on is null`),
  ],
)

/** What whoever goes (or who gives the office, for them) writes down of it: what was promised to whom until when, and where something lies. */
export const talentSuccessionEntries = pgTable(
  'talent_succession_entries',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    successionId: uuid('succession_id').notNull(),
    path: orgPath('path').notNull(),
    kind: text('kind').$type<EntryKind>().notNull(),
    text: text('text').notNull(),
    toWhom: text('to_whom').notNull(),
    untilOn: date('until_on').$type<Day>(),
    writerPersonId: uuid('writer_person_id').notNull(),
    writtenBy: text('written_by').notNull(),
    writtenOn: date('written_on').$type<Day>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('talent_succession_entries_of').on(table.tenantId, table.successionId, table.id),
  ],
)

/** The kit as it was when it was drawn up: what is signed. Never changed. */
export const talentSuccessionKits = pgTable(
  'talent_succession_kits',
  {
    tenantId: tenantId(),
    successionId: uuid('succession_id').notNull(),
    path: orgPath('path').notNull(),
    drawnUpOn: date('drawn_up_on').$type<Day>().notNull(),
    drawnUpBy: text('drawn_up_by').notNull(),
    kit: jsonb('kit').$type<KeptKit>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.successionId] })],
)

/** Who has signed for which side, with a remark. Never changed. */
export const talentSuccessionSignatures = pgTable(
  'talent_succession_signatures',
  {
    tenantId: tenantId(),
    successionId: uuid('succession_id').notNull(),
    path: orgPath('path').notNull(),
    side: text('side').$type<Side>().notNull(),
    signerPersonId: uuid('signer_person_id').notNull(),
    name: text('name').notNull(),
    remark: text('remark').notNull(),
    signedOn: date('signed_on').$type<Day>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.successionId, table.side] })],
)
