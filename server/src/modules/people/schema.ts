import { z } from 'zod'
import { cursor, day, month, pageSize } from '../../platform/wire.ts'

/** What crosses the wire about persons. */

export const sexes = ['male', 'female'] as const

/** 本科生、研究生、教师、职工、离退休 … */
export const personKinds = ['undergraduate', 'postgraduate', 'teacher', 'staff', 'retired', 'other'] as const

const short = z.string().trim().max(100, '不超过 100 个字')

/** What is recorded about a person, except the way to membership. Identity number and phone are sealed at rest. */
export const personFields = z.object({
  name: z.string().trim().min(1, '请填写姓名').max(50, '姓名不超过 50 个字'),
  kind: z.enum(personKinds).exactOptional(),
  studentNumber: short.exactOptional(),
  sex: z.enum(sexes).exactOptional(),
  ethnicity: short.exactOptional(),
  bornOn: z.union([day, month]).exactOptional(),
  nativePlace: short.exactOptional(),
  idNumber: z.string().trim().max(30).exactOptional(),
  phone: z.string().trim().max(30).exactOptional(),
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
  details: z.record(z.string().max(100), z.string().max(2000)).exactOptional(),
})
export type PersonFields = z.infer<typeof personFields>

export const newPerson = personFields.extend({ organizationId: z.uuid() })
export type NewPerson = z.infer<typeof newPerson>

/** Fields to set, and fields to empty. */
export const personChange = z.object({
  set: personFields.partial().default({}),
  clear: z.array(personFields.keyof().exclude(['name'])).default([]),
})
export type PersonChange = z.infer<typeof personChange>

export const move = z.object({ organizationId: z.uuid(), on: day, reason: z.string().trim().max(500).exactOptional() })
export type Move = z.infer<typeof move>

/** Asking to see a masked field in the clear. The reading is recorded and shown to the person. */
export const reading = z.object({
  field: z.enum(['idNumber', 'phone']),
  purpose: z.string().trim().min(2, '请写明查看用途').max(200),
})
export type Reading = z.infer<typeof reading>

export const peopleSorts = ['name', 'studentNumber', 'organization'] as const

export const peopleQuery = z.object({
  /** Name, student number, pinyin or its initials. */
  q: z.string().trim().max(50).optional(),
  organizationId: z.uuid().optional(),
  kind: z.enum(personKinds).optional(),
  sort: z.enum(peopleSorts).default('name'),
  descending: z.stringbool().default(false),
  cursor,
  limit: pageSize,
})
export type PeopleQuery = z.infer<typeof peopleQuery>
