import { z } from 'zod'
import { withoutMarks } from '../../platform/visible-text.ts'
import { cursor, day, line, month, page, pageSize } from '../../platform/wire.ts'
import { officeKinds } from '../organization/schema.ts'

/** What crosses the wire about persons. */

export const sexes = ['male', 'female'] as const

/** 本科生、研究生、教师、职工、离退休 … */
export const personKinds = ['undergraduate', 'postgraduate', 'teacher', 'staff', 'retired', 'other'] as const

const short = line.max(100, '不超过 100 个字')

/** What is recorded about a person, except the way to membership. Identity number and phone are sealed at rest. */
export const personFields = z.object({
  name: line.min(1, '请填写姓名').max(50, '姓名不超过 50 个字'),
  kind: z.enum(personKinds).exactOptional(),
  studentNumber: short.exactOptional(),
  sex: z.enum(sexes).exactOptional(),
  ethnicity: short.exactOptional(),
  bornOn: z.union([day, month]).exactOptional(),
  nativePlace: short.exactOptional(),
  idNumber: line.max(30).exactOptional(),
  phone: line.max(30).exactOptional(),
  education: short.exactOptional(),
  degree: short.exactOptional(),
  department: short.exactOptional(),
  major: short.exactOptional(),
  grade: short.exactOptional(),
  className: short.exactOptional(),
  enrolledOn: z.union([day, month]).exactOptional(),
  /** The day on which the person is expected to leave (graduation). */
  leavesOn: day.exactOptional(),
  isMobile: z.boolean().exactOptional(),
  /** Columns of a register that have no field of their own, by their header; nothing of a row is lost. */
  details: z.record(line.max(100), z.string().overwrite(withoutMarks).max(2000)).exactOptional(),
})
export type PersonFields = z.infer<typeof personFields>

export const fieldNames = personFields.keyof().options
export type FieldName = keyof PersonFields

export const newPerson = personFields.extend({ organizationId: z.uuid() })
export type NewPerson = z.infer<typeof newPerson>

/** Fields to set, and fields to empty. */
export const personChange = z.object({
  set: personFields.extend({ name: personFields.shape.name.exactOptional() }).default({}),
  clear: z.array(personFields.keyof().exclude(['name'])).default([]),
})
export type PersonChange = z.infer<typeof personChange>

export const move = z.object({ organizationId: z.uuid(), on: day, reason: z.string().trim().max(500).exactOptional() })
export type Move = z.infer<typeof move>

/** Asking to see a masked field in the clear. The reading is recorded and shown to the person. */
export const reading = z.object({
  field: z.enum(['idNumber', 'phone']),
  purpose: line.min(2, '请写明查看用途').max(200),
})
export type Reading = z.infer<typeof reading>

export const peopleSorts = ['name', 'studentNumber', 'organization'] as const

export const peopleQuery = z.object({
  /** A part of the name, or the beginning of a student number, of the pinyin or of its initials. */
  q: line.max(50).optional(),
  /** This organisation and all below it. */
  organizationId: z.uuid().optional(),
  kind: z.enum(personKinds).optional(),
  grade: short.optional(),
  isMobile: z.stringbool().optional(),
  /** Those whom this import has entered. */
  importId: z.uuid().optional(),
  sort: z.enum(peopleSorts).default('name'),
  descending: z.stringbool().default(false),
  cursor,
  limit: pageSize,
})
export type PeopleQuery = z.infer<typeof peopleQuery>

export const readingsQuery = z.object({ cursor, limit: pageSize })
export type ReadingsQuery = z.infer<typeof readingsQuery>

const organizationNamed = z.object({ id: z.uuid(), name: z.string() })

/** A row of the register. What the reader may not see is null, as what is not known. */
export const personRow = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(personKinds).nullable(),
  studentNumber: z.string().nullable(),
  sex: z.enum(sexes).nullable(),
  major: z.string().nullable(),
  grade: z.string().nullable(),
  className: z.string().nullable(),
  isMobile: z.boolean().nullable(),
  organization: organizationNamed,
  can: z.object({ change: z.boolean(), move: z.boolean() }),
})
export type PersonRow = z.infer<typeof personRow>
export const people = page(personRow)

/** The answers of the policy for one person. `see` are the fields that are shown, `changeFields` those that may be entered. */
export const personCan = z.object({
  read: z.boolean(),
  see: z.array(personFields.keyof()),
  change: z.boolean(),
  changeFields: z.array(personFields.keyof()),
  move: z.boolean(),
  readIdNumber: z.boolean(),
  readPhone: z.boolean(),
  seeReadings: z.boolean(),
})

/**
 * One person with all that their page shows. What is not known, or not seen by the reader, is null; identity number and
 * phone are masked.
 */
export const personPage = z.object({
  id: z.uuid(),
  name: z.string(),
  pinyin: z.string(),
  kind: z.enum(personKinds).nullable(),
  studentNumber: z.string().nullable(),
  sex: z.enum(sexes).nullable(),
  ethnicity: z.string().nullable(),
  bornOn: z.union([day, month]).nullable(),
  nativePlace: z.string().nullable(),
  idNumberMask: z.string().nullable(),
  phoneMask: z.string().nullable(),
  education: z.string().nullable(),
  degree: z.string().nullable(),
  department: z.string().nullable(),
  major: z.string().nullable(),
  grade: z.string().nullable(),
  className: z.string().nullable(),
  enrolledOn: z.union([day, month]).nullable(),
  leavesOn: day.nullable(),
  isMobile: z.boolean().nullable(),
  details: z.record(z.string(), z.string()),
  organization: organizationNamed,
  /** From the root down, the organisation itself left out. */
  above: z.array(organizationNamed),
  /** The last move first. */
  moves: z.array(
    z.object({
      id: z.uuid(),
      on: day,
      from: organizationNamed,
      to: organizationNamed,
      reason: z.string().nullable(),
    }),
  ),
  /** Offices held today, before and later, the last one first. */
  offices: z.array(
    z.object({
      id: z.uuid(),
      office: z.enum(officeKinds),
      organization: organizationNamed,
      from: day,
      until: day.nullable(),
    }),
  ),
  revision: z.number().int(),
  can: personCan,
})
export type PersonPage = z.infer<typeof personPage>

/** A field in the clear, after its reading was recorded. */
export const fieldRead = z.object({ value: z.string() })

/** Somebody read something of the file. */
export const readingRow = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  by: z.string(),
  what: z.string(),
  /** Of a document: what it is called. */
  title: z.string().nullable(),
  purpose: z.string().nullable(),
})
export type ReadingRow = z.infer<typeof readingRow>
export const readings = page(readingRow)

export const created = z.object({ id: z.uuid() })
