import { z } from 'zod'
import { cursor, day, line, pageSize, prose } from '../../platform/wire.ts'
import { attendances, audiences, categories, forms, hours, leaveKinds, places, requestKinds } from './schema.ts'

/** What crosses the wire about attendance, leave, making up, and the hours of a year. */

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })
const note = prose.max(200, '不超过 200 个字')

/** Of one participant at one session. */
export const attendanceMark = z
  .object({
    personId: z.uuid(),
    attendance: attendances,
    leaveKind: leaveKinds.nullable().default(null),
    /** Where and when somebody made up, or what else is to be known. */
    note: note.default(''),
  })
  .superRefine((it, ctx) => {
    if (it.attendance === 'leave' && it.leaveKind === null)
      ctx.addIssue({ code: 'custom', path: ['leaveKind'], message: '请选择请假的种类' })
    if (it.attendance !== 'leave' && it.leaveKind !== null)
      ctx.addIssue({ code: 'custom', path: ['leaveKind'], message: '没有请假的，不填请假的种类' })
    if (it.attendance === 'madeUp' && it.note === '')
      ctx.addIssue({ code: 'custom', path: ['note'], message: '请写明补课的时间和方式' })
  })
export type AttendanceMark = z.infer<typeof attendanceMark>

/** 登记到课: what is said of these, and that all others with a place were there. */
export const attendanceRecord = z.object({
  marks: z.array(attendanceMark).max(5_000, '一次不超过 5000 人'),
  restArePresent: z.boolean(),
})
export type AttendanceRecord = z.infer<typeof attendanceRecord>

export const attendanceRow = z.object({
  person: named.extend({ studentNumber: z.string().nullable() }),
  organization: z.string(),
  place: places,
  attendance: attendances.nullable(),
  leaveKind: leaveKinds.nullable(),
  note: z.string(),
  recordedBy: z.string().nullable(),
  requests: z.array(
    z.object({
      id: z.uuid(),
      kind: requestKinds,
      leaveKind: leaveKinds.nullable(),
      text: z.string(),
      raisedAt: instant,
      isGranted: z.boolean().nullable(),
      answer: z.string().nullable(),
    }),
  ),
  /** What else this person has at the same time: the name of another session, or that there is something that they have signed up for. */
  conflicts: z.array(z.string()),
})
export type AttendanceRow = z.infer<typeof attendanceRow>

/** Everybody on the list of a session with what was recorded, for whoever runs the programme. */
export const attendanceSheet = z.object({
  programme: named,
  session: z.object({
    title: z.string(),
    on: day,
    startMinute: z.number().int().nullable(),
    endMinute: z.number().int().nullable(),
    hours,
    place: z.string(),
    lecturers: z.array(z.string()),
    isRecorded: z.boolean(),
  }),
  can: z.object({ record: z.boolean() }),
  items: z.array(attendanceRow),
  /** Pictures of the signed paper list (签到表). */
  sheets: z.array(z.object({ mediaId: z.uuid(), fileName: z.string(), kind: z.string() })),
  revision: z.number().int(),
})
export type AttendanceSheet = z.infer<typeof attendanceSheet>

/** Pictures of the signed list to be put beside those that are there. */
export const newSheets = z.object({ mediaIds: z.array(z.uuid()).max(20, '不超过 20 张') })

/** 请假、到课未登记 */
export const newRequest = z
  .object({
    kind: requestKinds,
    leaveKind: leaveKinds.nullable().default(null),
    text: prose.max(300, '不超过 300 个字').default(''),
  })
  .superRefine((it, ctx) => {
    if (it.kind === 'leave' && it.leaveKind === null)
      ctx.addIssue({ code: 'custom', path: ['leaveKind'], message: '请选择请假的种类' })
    if (it.kind === 'claim' && it.leaveKind !== null)
      ctx.addIssue({ code: 'custom', path: ['leaveKind'], message: '没有请假的，不填请假的种类' })
    if (it.kind === 'claim' && it.text === '')
      ctx.addIssue({ code: 'custom', path: ['text'], message: '请写几句，例如坐在哪里、和谁一起' })
  })
export type NewRequest = z.infer<typeof newRequest>

export const requestAnswer = z
  .object({ isGranted: z.boolean(), answer: prose.max(300, '不超过 300 个字').default('') })
  .superRefine((it, ctx) => {
    if (!it.isGranted && it.answer.length < 2)
      ctx.addIssue({ code: 'custom', path: ['answer'], message: '请写明为什么不同意' })
  })
export type RequestAnswer = z.infer<typeof requestAnswer>

/** Sessions to come in which what was missed can be heard (补课建议): of the same title, or of the same category for the same people. */
export const makeUps = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      programmeId: z.uuid(),
      programme: z.string(),
      title: z.string(),
      on: day,
      startMinute: z.number().int().nullable(),
      place: z.string(),
      isSameTitle: z.boolean(),
    }),
  ),
})
export type MakeUps = z.infer<typeof makeUps>

export const statementQuery = z.object({ year: z.coerce.number().int().min(2000).max(2100) })

/** One figure of a regulation that a year or a training is looked at by. */
const requirement = z.object({
  /** In Chinese, in soft words. */
  text: z.string(),
  hours: z.number(),
  cited: z.string(),
  isToVerify: z.boolean(),
})

/** 年度学时: the sessions of a year at which a person was, in order of day, and what the regulations say of the sum. */
export const statement = z.object({
  person: named,
  year: z.number().int(),
  hours: z.number(),
  days: z.number().int(),
  byCategory: z.array(z.object({ category: categories, hours: z.number() })),
  sessions: z.array(
    z.object({
      programmeId: z.uuid(),
      programme: z.string(),
      audience: audiences,
      title: z.string(),
      on: day,
      hours,
      category: categories,
      form: forms,
      attendance: attendances,
    }),
  ),
  /** Each with the class hours that are still to come; 0 where it is reached. */
  requirements: z.array(requirement.extend({ hoursToCome: z.number() })),
  /** What is to be known beside the figures. */
  remarks: z.array(z.string()),
})
export type Statement = z.infer<typeof statement>

export const statementsQuery = statementQuery.extend({
  organizationId: z.uuid(),
  of: z.enum(['members', 'officers']).default('members'),
  q: line.max(50).optional(),
  cursor,
  limit: pageSize,
})
export type StatementsQuery = z.infer<typeof statementsQuery>

/** The hours of a year of everybody below an organisation, in the order of branches and names; for those who keep their files. */
export const statements = z.object({
  items: z.array(
    z.object({
      person: named,
      organization: z.string(),
      hours: z.number(),
      days: z.number().int(),
      isOfficer: z.boolean(),
    }),
  ),
  requirement,
  next: z.string().optional(),
})
export type Statements = z.infer<typeof statements>
