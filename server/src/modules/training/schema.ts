import { stages } from '@zhibu/rules'
import { z } from 'zod'
import { codesOf, cursor, day, line, minuteOfDay, page, pageSize, prose, reason } from '../../platform/wire.ts'
import {
  type Attendance,
  type Audience,
  attendanceNames,
  audienceNames,
  type Category,
  categoryNames,
  type DeskKind,
  deskKindNames,
  type Form,
  formNames,
  type LeaveKind,
  leaveNames,
  type Place,
  type ProgrammeState,
  placeNames,
  programmeStateNames,
  type RequestKind,
  requestNames,
  type Source,
  sourceNames,
  type Term,
  termNames,
} from './names-schema.ts'

/** What crosses the wire about training (培训): programmes, stages, sessions and participants. Attendance: `attendance-schema.ts`. */

export const audiences = codesOf<Audience>(audienceNames)
export const categories = codesOf<Category>(categoryNames)
export const forms = codesOf<Form>(formNames)
export const trainingTerms = codesOf<Term>(termNames)
const programmeStates = codesOf<ProgrammeState>(programmeStateNames)
export const sources = codesOf<Source>(sourceNames)
export const places = codesOf<Place>(placeNames)
export const attendances = codesOf<Attendance>(attendanceNames)
export const leaveKinds = codesOf<LeaveKind>(leaveNames)
export const requestKinds = codesOf<RequestKind>(requestNames)

const instant = z.iso.datetime()
const count = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })
const year = z.number().int().min(2000, '请填写年份').max(2100, '请填写年份')

/** 学时, in halves. */
export const hours = z
  .number()
  .min(0.5, '至少 0.5 学时')
  .max(12, '一次课不超过 12 学时')
  .refine((it) => Number.isInteger(it * 2), '按 0.5 学时的整数倍填写')

/** A part of a programme (阶段), such as 集中学习, 实践, 结业. Its id is made where it is added, and sessions name it. */
export const stage = z.object({
  id: z.uuid(),
  title: line.min(1, '请填写阶段名称').max(40, '不超过 40 个字'),
  aim: prose.max(300, '不超过 300 个字'),
})
export type Stage = z.infer<typeof stage>

/** How people come onto the list beside being put there by the organiser. */
const admission = z.object({
  /** Branches propose their own people. */
  byNomination: z.boolean(),
  /** People sign up themselves. */
  bySignUp: z.boolean(),
  /** The last day of both; null: until the first session. */
  untilOn: day.nullable(),
})
export type Admission = z.infer<typeof admission>

/** Everything that is written of a programme. */
export const programmeFields = z.object({
  title: line.min(4, '名称至少 4 个字').max(80, '不超过 80 个字'),
  audience: audiences,
  year,
  term: trainingTerms,
  summary: prose.max(1000, '不超过 1000 个字'),
  /** 学时 that this programme asks for; null: it names none. */
  requiredHours: z.number().min(0.5, '至少 0.5 学时').max(500, '不超过 500 学时').nullable(),
  capacity: z.number().int().min(1, '至少 1 人').max(100_000, '不超过 100000 人').nullable(),
  admission,
  stages: z
    .array(stage)
    .max(12, '阶段不超过 12 个')
    .refine((all) => new Set(all.map((it) => it.id)).size === all.length, '阶段重复，请刷新页面重新填写'),
})
export type ProgrammeFields = z.infer<typeof programmeFields>

export const newProgramme = programmeFields.safeExtend({ organizationId: z.uuid() })
export type NewProgramme = z.infer<typeof newProgramme>
export const created = z.object({ id: z.uuid() })
export const withReason = z.object({ reason })

/** 沿用: a programme of another term with the stages and sessions of this one, moved as a whole so that the first is on `firstOn`. */
export const copyWanted = z.object({
  title: programmeFields.shape.title,
  year,
  term: trainingTerms,
  /** The day of the first session; the others keep their distance. Left out where there is none. */
  firstOn: day.nullable(),
})
export type CopyWanted = z.infer<typeof copyWanted>

const webAddress = line
  .max(500, '不超过 500 个字')
  .refine((it) => URL.canParse(it) && /^https?:\/\//i.test(it), '请填写以 http 或 https 开头的网址')

/** What is read or watched for a session: something of the library of media, a piece of courseware, or an address. */
export const material = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('courseware'), coursewareId: z.uuid(), label: line.max(100, '不超过 100 个字') }),
  z.object({ kind: z.literal('medium'), mediaId: z.uuid(), label: line.max(100, '不超过 100 个字') }),
  z.object({
    kind: z.literal('link'),
    url: webAddress,
    label: line.min(1, '请填写名称').max(100, '不超过 100 个字'),
  }),
])
export type Material = z.infer<typeof material>

/** 主讲人 as they are named on the plan; where they stand in the base of experts, for readers who see them there. */
export const lecturer = z.object({
  name: line.min(1, '请填写主讲人姓名').max(50, '不超过 50 个字'),
  about: line.max(100, '不超过 100 个字'),
  expertId: z.uuid().optional(),
})

/** Everything that is written of a session (课次) before it is held. */
export const sessionFields = z
  .object({
    stageId: z.uuid().nullable(),
    title: line.min(2, '请填写课程名称').max(80, '不超过 80 个字'),
    on: day,
    startMinute: minuteOfDay.nullable(),
    endMinute: minuteOfDay.nullable(),
    hours,
    category: categories,
    form: forms,
    lecturers: z.array(lecturer).max(10, '主讲人不超过 10 位'),
    place: line.max(100, '不超过 100 个字'),
    link: z.union([z.literal(''), webAddress]),
    materials: z.array(material).max(30, '材料不超过 30 份'),
  })
  .superRefine((it, ctx) => {
    const wrong = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
    if (it.endMinute !== null && it.startMinute === null) wrong('startMinute', '请填写开始的时间')
    if (it.startMinute !== null && it.endMinute !== null && it.endMinute <= it.startMinute)
      wrong('endMinute', '结束的时间要晚于开始的时间')
  })
export type SessionFields = z.infer<typeof sessionFields>

export const programmesQuery = z.object({
  organizationId: z.uuid().optional(),
  audience: audiences.optional(),
  /** Those to come and under way, those that are over, those in which the reader takes part, those that the reader runs. */
  only: z.enum(['present', 'past', 'mine', 'own']).default('present'),
  q: line.max(50).optional(),
  cursor,
  limit: pageSize,
})
export type ProgrammesQuery = z.infer<typeof programmesQuery>

/** Where the reader stands on a list: with a place, or waiting as the so-manieth. */
const ownPlace = z.object({ place: places, queue: count, source: sources })
export type OwnPlace = z.infer<typeof ownPlace>

export const programmeRow = z.object({
  id: z.uuid(),
  title: z.string(),
  audience: audiences,
  year: count,
  term: trainingTerms,
  state: programmeStates,
  organization: named,
  /** The days of the first and of the last session. */
  fromOn: day.nullable(),
  untilOn: day.nullable(),
  sessionCount: count,
  /** 学时 of all its sessions. */
  hours: z.number(),
  own: ownPlace.nullable(),
})
export type ProgrammeRow = z.infer<typeof programmeRow>
export const programmeList = page(programmeRow)

/** Where the reader runs trainings. */
export const trainingPlaces = z.object({ items: z.array(named) })

/** What the reader wrote to the organiser of a session, and what was answered. */
const ownRequest = z.object({
  id: z.uuid(),
  kind: requestKinds,
  leaveKind: leaveKinds.nullable(),
  text: z.string(),
  raisedAt: instant,
  isGranted: z.boolean().nullable(),
  answer: z.string().nullable(),
})

export const sessionView = z.object({
  id: z.uuid(),
  ...sessionFields.shape,
  materials: z.array(
    z.object({
      kind: z.enum(['medium', 'courseware', 'link']),
      /** Of something of the library. */
      mediaId: z.uuid().nullable(),
      /** Of courseware; `url` is its page here, and empty for whoever may not read it. */
      coursewareId: z.uuid().nullable(),
      mediumKind: z.enum(['picture', 'video', 'sound', 'file']).nullable(),
      fileName: z.string(),
      url: z.string(),
      label: z.string(),
      sizeBytes: count.nullable(),
    }),
  ),
  cancelledAt: instant.nullable(),
  cancelReason: z.string().nullable(),
  /** Whether attendance has been recorded. */
  isRecorded: z.boolean(),
  /** Whether the reader was there, and what they wrote; null for whoever does not take part. */
  own: z
    .object({
      attendance: attendances.nullable(),
      leaveKind: leaveKinds.nullable(),
      note: z.string(),
      requests: z.array(ownRequest),
    })
    .nullable(),
  /** What participants wrote that waits for an answer; for whoever runs the programme. */
  waitingRequests: count.nullable(),
  revision: count,
  can: z.object({
    change: z.boolean(),
    remove: z.boolean(),
    cancel: z.boolean(),
    record: z.boolean(),
    ask: z.array(requestKinds),
  }),
})
export type SessionView = z.infer<typeof sessionView>

const can = z.object({
  change: z.boolean(),
  announce: z.boolean(),
  cancel: z.boolean(),
  /** Add sessions. */
  plan: z.boolean(),
  /** See and change the list of participants, and what was recorded of them. */
  enrol: z.boolean(),
  /** Propose people of the own branch. */
  nominate: z.boolean(),
  signUp: z.boolean(),
  leave: z.boolean(),
  copy: z.boolean(),
})
export type ProgrammeCan = z.infer<typeof can>

export const programmeView = programmeRow.extend({
  summary: z.string(),
  requiredHours: z.number().nullable(),
  capacity: count.nullable(),
  admission,
  stages: z.array(stage),
  sessions: z.array(sessionView),
  taken: count,
  waiting: count,
  /** Why the reader cannot sign up although people do; null where they can, or where nobody does. */
  closedBecause: z.string().nullable(),
  /** What was heard of the hours so far by the reader, where they take part. */
  ownHours: z.number().nullable(),
  announcedAt: instant.nullable(),
  announcedBy: z.string().nullable(),
  cancelledAt: instant.nullable(),
  cancelReason: z.string().nullable(),
  createdBy: z.string(),
  copiedFrom: named.nullable(),
  can,
})
export type ProgrammeView = z.infer<typeof programmeView>

/** A year with its programmes and sessions, as a plan (年度培训计划). */
export const yearQuery = z.object({ year: z.coerce.number().pipe(year) })
export const yearPlan = z.object({
  year: count,
  programmes: z.array(programmeRow),
  sessions: z.array(
    z.object({
      id: z.uuid(),
      programmeId: z.uuid(),
      programme: z.string(),
      title: z.string(),
      on: day,
      startMinute: count.nullable(),
      endMinute: count.nullable(),
      place: z.string(),
      isCancelled: z.boolean(),
    }),
  ),
  /** True where there are more sessions than are shown. */
  isCut: z.boolean(),
})
export type YearPlan = z.infer<typeof yearPlan>

/** What waits for the reader in trainings, and their own sessions of the next days. */
export const trainingDesk = z.object({
  toDo: z.array(
    z.object({
      kind: codesOf<DeskKind>(deskKindNames),
      programmeId: z.uuid(),
      programme: z.string(),
      /** Of what is to be done for one session. */
      sessionId: z.uuid().nullable(),
      session: z.string().nullable(),
      on: day.nullable(),
      count,
    }),
  ),
  coming: z.array(
    z.object({
      id: z.uuid(),
      programmeId: z.uuid(),
      programme: z.string(),
      title: z.string(),
      on: day,
      startMinute: count.nullable(),
      endMinute: count.nullable(),
      place: z.string(),
    }),
  ),
})
export type TrainingDesk = z.infer<typeof trainingDesk>

/** Who may come onto the list: the people of the programme's part of the tree, or with `nominate` of the reader's own. */
export const eligibleQuery = z.object({
  organizationId: z.uuid().optional(),
  /** `eligible`: whom the programme is for; `all`: everybody, with what speaks against it. */
  among: z.enum(['eligible', 'all']).default('eligible'),
  /** Those who had no such training yet. */
  isUntrained: z.stringbool().default(false),
  q: line.max(50).optional(),
  cursor,
  limit: pageSize,
})
export type EligibleQuery = z.infer<typeof eligibleQuery>

export const eligibleRow = z.object({
  person: named.extend({ studentNumber: z.string().nullable() }),
  organization: named,
  stage: z.enum(stages).nullable(),
  /** What the record knows of such a training of theirs: the day of the last one. */
  trainedOn: day.nullable(),
  /** Whether the programme is for them, by what is recorded. */
  isEligible: z.boolean(),
})
export type EligibleRow = z.infer<typeof eligibleRow>
export const eligibleList = page(eligibleRow)

/** Puts people onto the list: those named, or everybody of the eligible list as it is filtered. Who is not eligible needs a reason. */
export const enrolment = z.union([
  z.object({
    personIds: z.array(z.uuid()).min(1, '请选择人员').max(500, '一次不超过 500 人'),
    reason: z.union([z.literal(''), reason]).default(''),
  }),
  z.object({ all: z.literal(true), organizationId: z.uuid().optional(), isUntrained: z.boolean().default(false) }),
])
export type Enrolment = z.infer<typeof enrolment>
/** How many were put there; those who stood there already are left as they are. */
export const enrolled = z.object({ added: count, waiting: count })
export type Enrolled = z.infer<typeof enrolled>

export const nomination = z.object({
  personIds: z.array(z.uuid()).min(1, '请选择人员').max(200, '一次不超过 200 人'),
  note: prose.max(300, '不超过 300 个字').default(''),
})
export type Nomination = z.infer<typeof nomination>

export const participantsQuery = z.object({
  place: places.optional(),
  q: line.max(50).optional(),
  cursor,
  limit: pageSize,
})
export type ParticipantsQuery = z.infer<typeof participantsQuery>

export const participantRow = z.object({
  person: named.extend({ studentNumber: z.string().nullable() }),
  organization: named,
  stage: z.enum(stages).nullable(),
  source: sources,
  note: z.string(),
  enrolledBy: z.string(),
  enrolledAt: instant,
  place: places,
  queue: count,
  /** 学时 of the sessions at which they were, or that they made up. */
  hours: z.number(),
})
export type ParticipantRow = z.infer<typeof participantRow>
export const participants = page(participantRow)
