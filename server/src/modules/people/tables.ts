import type { Day, Month } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { byteText, instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { PersonFields } from './schema.ts'

/** The register of persons. How far someone has come on the way to membership stands in the acts, not here. */
export const persons = pgTable(
  'persons',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    path: orgPath('path').notNull(),
    name: byteText('name').notNull(),
    /** The name from its second, third and fourth character on: every part of a name begins one of them, so that a range finds it. */
    nameFrom2: byteText('name_from_2').generatedAlwaysAs(sql`nullif(substr(name, 2), '')`),
    nameFrom3: byteText('name_from_3').generatedAlwaysAs(sql`nullif(substr(name, 3), '')`),
    nameFrom4: byteText('name_from_4').generatedAlwaysAs(sql`nullif(substr(name, 4), '')`),
    /** Pinyin with tone numbers left out, syllables joined: the order of lists, the same on every server. */
    pinyin: byteText('pinyin').notNull(),
    initials: byteText('initials').notNull(),
    kind: text('kind').$type<NonNullable<PersonFields['kind']>>(),
    studentNumber: byteText('student_number'),
    /** The student number for the order of lists: who has none stands last. */
    numberKey: byteText('number_key').notNull().generatedAlwaysAs(sql`coalesce(student_number, '~')`),
    sex: text('sex').$type<'male' | 'female'>(),
    ethnicity: text('ethnicity'),
    /** A day, or a month where only that is known. */
    bornOn: text('born_on').$type<Day | Month>(),
    nativePlace: text('native_place'),
    /** Sealed with the field key; opened only by `readIdentity`, which records the reading. */
    idNumberSealed: text('id_number_sealed'),
    /** Keyed hash: finds the same number again without opening it. */
    idNumberHash: text('id_number_hash'),
    /** First three and last two characters. */
    idNumberMask: text('id_number_mask'),
    /** Day of birth by the number, for the check against `bornOn` (T59); absent where the number is not valid. */
    idNumberBornOn: date('id_number_born_on').$type<Day>(),
    phoneSealed: text('phone_sealed'),
    phoneMask: text('phone_mask'),
    education: text('education'),
    degree: text('degree'),
    department: text('department'),
    major: text('major'),
    grade: text('grade'),
    className: text('class_name'),
    enrolledOn: text('enrolled_on').$type<Day | Month>(),
    leavesOn: date('leaves_on').$type<Day>(),
    isMobile: boolean('is_mobile').notNull().default(false),
    details: jsonb('details').$type<Record<string, string>>().notNull().default({}),
    /** Counts every change of the person or of their file: the ETag. */
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** The import that brought the person in, for its undoing. */
    importId: uuid('import_id'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('persons_by_path').on(table.tenantId, table.path, table.pinyin, table.id),
    index('persons_by_pinyin').on(table.tenantId, table.pinyin, table.id),
    index('persons_by_initials').on(table.tenantId, table.initials),
    index('persons_by_name').on(table.tenantId, table.name),
    index('persons_by_name_from_2').on(table.tenantId, table.nameFrom2),
    index('persons_by_name_from_3').on(table.tenantId, table.nameFrom3),
    index('persons_by_name_from_4').on(table.tenantId, table.path, table.nameFrom4).where(sql`name_from_4 is not null`),
    index('persons_by_number_key').on(table.tenantId, table.numberKey, table.id),
    uniqueIndex('persons_by_student_number')
      .on(table.tenantId, table.studentNumber)
      .where(sql`student_number is not null`),
    uniqueIndex('persons_by_id_number').on(table.tenantId, table.idNumberHash).where(sql`id_number_hash is not null`),
    index('persons_by_import').on(table.tenantId, table.importId).where(sql`import_id is not null`),
  ],
)

/** Moves between organisations: the training clock continues, the history stays (Art. 12). */
export const moves = pgTable(
  'moves',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    personId: uuid('person_id').notNull(),
    path: orgPath('path').notNull(),
    fromOrganizationId: uuid('from_organization_id').notNull(),
    toOrganizationId: uuid('to_organization_id').notNull(),
    on: date('on').$type<Day>().notNull(),
    reason: text('reason'),
    movedBy: uuid('moved_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('moves_by_person').on(table.tenantId, table.personId),
  ],
)
