import { z } from 'zod'
import {
  codesOf,
  cursor,
  day,
  line,
  meetingLink,
  minuteOfDay,
  page,
  pageSize,
  prose,
  reason,
} from '../../platform/wire.ts'
import {
  type BookingState,
  bookingStateNames,
  type ClashKind,
  clashNames,
  leastMinutes,
  mostMinutes,
  mostSteps,
  mostWeeks,
  type Side,
  sideNames,
} from './names-schema.ts'

/** What crosses the wire about one-to-one guidance (一对一指导): mentors, their times, bookings, records and next steps. */

const bookingStates = codesOf<BookingState>(bookingStateNames)
export const sides = codesOf<Side>(sideNames)

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })
const count = z.number().int()

export const created = z.object({ id: z.uuid() })
export const withReason = z.object({ reason })

/** What is said of a mentor (指导老师) when they are appointed, and until when. */
export const mentorFields = z.object({
  /** What they guide in, such as 入党申请书怎么写. */
  guidesIn: prose.min(2, '请写明指导什么').max(300, '不超过 300 个字'),
  /** The last day; null: until further notice. */
  untilOn: day.nullable(),
})
export type MentorFields = z.infer<typeof mentorFields>

export const newMentor = mentorFields
  .extend({ organizationId: z.uuid(), personId: z.uuid(), fromOn: day })
  .refine((it) => it.untilOn === null || it.untilOn >= it.fromOn, {
    path: ['untilOn'],
    message: '截止日期不能早于开始日期',
  })
export type NewMentor = z.infer<typeof newMentor>

/** A mentor as those see them who may book there. */
export const mentorRow = z.object({
  id: z.uuid(),
  person: named,
  organization: named,
  guidesIn: z.string(),
  fromOn: day,
  untilOn: day.nullable(),
  freeTimes: count,
})
export type MentorRow = z.infer<typeof mentorRow>

/** An appointment as whoever runs trainings there sees it. */
export const appointmentRow = mentorRow.extend({ appointedBy: z.string(), isOver: z.boolean(), revision: count })
export type AppointmentRow = z.infer<typeof appointmentRow>

/** Sums of an organisation; of whom they are is told to nobody. */
const sums = z.object({
  /** Free times to come, talks that are booked, and talks of the last twelve months. */
  freeTimes: count,
  coming: count,
  past: count,
})
export const appointments = z.object({
  items: z.array(appointmentRow),
  /** By organisation, as far as mentors were appointed there. */
  sums: z.array(sums.extend({ organization: named })),
  /** The organisations in which the reader appoints mentors. */
  places: z.array(named),
})
export type Appointments = z.infer<typeof appointments>

/** A time that a mentor offers, once or in several weeks. */
export const newTimes = z
  .object({
    mentorId: z.uuid(),
    heldOn: day,
    startMinute: minuteOfDay,
    endMinute: z.number().int().min(1).max(1440),
    place: line.max(100, '不超过 100 个字'),
    link: meetingLink,
    weeks: z.number().int().min(1, '至少 1 周').max(mostWeeks, `不超过 ${mostWeeks} 周`),
  })
  .superRefine((it, ctx) => {
    const wrong = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
    const minutes = it.endMinute - it.startMinute
    if (minutes <= 0) wrong('endMinute', '结束的时间要晚于开始的时间')
    else if (minutes < leastMinutes) wrong('endMinute', `一次至少 ${leastMinutes} 分钟`)
    else if (minutes > mostMinutes) wrong('endMinute', `一次不超过 ${mostMinutes / 60} 小时`)
    if (it.place === '' && it.link === '') wrong('place', '请填写地点，或者线上会议的网址')
  })
export type NewTimes = z.infer<typeof newTimes>

/** Where a time is held that was offered already. */
export const timePlace = z
  .object({ place: line.max(100, '不超过 100 个字'), link: meetingLink })
  .refine((it) => it.place !== '' || it.link !== '', { path: ['place'], message: '请填写地点，或者线上会议的网址' })
export type TimePlace = z.infer<typeof timePlace>

/** Withdraws one time, or all free ones of its series from it on. */
export const withdrawal = z.object({ isWhole: z.boolean() })

/** When and where. */
const held = z.object({
  heldOn: day,
  startMinute: count,
  endMinute: count,
  place: z.string(),
})

/** Something of one's own at the same time. */
const clash = z.object({ kind: codesOf<ClashKind>(clashNames), title: z.string() })
export type Clash = z.infer<typeof clash>

/** A free time, with what the reader has at the same time. */
export const freeTime = held.extend({
  id: z.uuid(),
  mentorId: z.uuid(),
  isOnline: z.boolean(),
  clashes: z.array(clash),
})
export type FreeTime = z.infer<typeof freeTime>

/** The mentors whom the reader may book, with their free times, and where the reader is a mentor. */
export const offers = z.object({
  mentors: z.array(mentorRow),
  times: z.array(freeTime),
  /** True where there are more times than are told. */
  isCut: z.boolean(),
  /** The appointments of the reader that are in force or begin later. */
  own: z.array(mentorRow),
  can: z.object({ appoint: z.boolean() }),
})
export type Offers = z.infer<typeof offers>

/** A time of the reader as a mentor. */
export const ownTime = held.extend({
  id: z.uuid(),
  mentorId: z.uuid(),
  link: z.string(),
  /** True where others of its series follow that are free. */
  hasMore: z.boolean(),
  booking: z.object({ id: z.uuid(), guided: named }).nullable(),
  clashes: z.array(clash),
  revision: count,
})
export type OwnTime = z.infer<typeof ownTime>
export const ownTimes = z.object({ items: z.array(ownTime) })

/** What somebody wants to talk about. */
const wish = prose.min(2, '请写明想谈什么').max(500, '不超过 500 个字')
export const newBooking = z.object({ timeId: z.uuid(), wish })
export type NewBooking = z.infer<typeof newBooking>
export const newWish = z.object({ wish })
export const move = z.object({ timeId: z.uuid() })

export const bookingsQuery = z.object({
  /** Those to come and under way, or those that are past or cancelled. */
  only: z.enum(['coming', 'past']).default('coming'),
  cursor,
  limit: pageSize,
})
export type BookingsQuery = z.infer<typeof bookingsQuery>

/** A booking of the reader, on whichever side. */
export const bookingRow = held.extend({
  id: z.uuid(),
  state: bookingStates,
  side: sides,
  /** Whom the reader meets. */
  other: named,
  organization: named,
})
export type BookingRow = z.infer<typeof bookingRow>
export const bookingList = page(bookingRow)

/** A next step (约定事项) as it is written: what, who has it, by when. */
export const stepFields = z.object({
  /** Of a step that stands already, its id. */
  id: z.uuid().nullable(),
  what: prose.min(2, '请写明做什么').max(200, '不超过 200 个字'),
  side: sides,
  dueOn: day.nullable(),
})
export type StepFields = z.infer<typeof stepFields>

/** 指导记录: what was talked about, and what was agreed. */
export const recordText = z.object({
  talked: prose.min(2, '请写几句谈了什么').max(5_000, '不超过 5000 个字'),
  steps: z.array(stepFields).max(mostSteps, `约定事项不超过 ${mostSteps} 项`),
})
export type RecordText = z.infer<typeof recordText>

export const step = stepFields.extend({
  id: z.uuid(),
  doneOn: day.nullable(),
  /** Whether the reader ticks it. */
  isOwn: z.boolean(),
})
export type Step = z.infer<typeof step>

export const bookingView = bookingRow.extend({
  link: z.string(),
  wish: z.string(),
  mentor: named,
  guided: named,
  mentorId: z.uuid(),
  cancelled: z.object({ by: sides, reason: z.string(), at: instant }).nullable(),
  record: z
    .object({ talked: z.string(), steps: z.array(step), writtenBy: sides, writtenAt: instant, versions: count })
    .nullable(),
  /** What the reader has at the same time. */
  clashes: z.array(clash),
  can: z.object({
    changeWish: z.boolean(),
    move: z.boolean(),
    cancel: z.boolean(),
    record: z.boolean(),
    tick: z.boolean(),
    remark: z.boolean(),
  }),
})
export type BookingView = z.infer<typeof bookingView>

/** The versions of a record, the newest first. */
export const recordVersions = z.object({
  items: z.array(
    z.object({
      version: count,
      talked: z.string(),
      steps: z.array(z.object({ what: z.string(), side: sides, dueOn: day.nullable() })),
      writtenBy: sides,
      writtenAt: instant,
    }),
  ),
})
export type RecordVersions = z.infer<typeof recordVersions>

/** 仅自己可见的备注: what somebody keeps for themselves about a talk; empty where they keep nothing. */
export const remark = z.object({ text: prose.max(2_000, '不超过 2000 个字') })
export type Remark = z.infer<typeof remark>

/** A next step of the reader that is not done. */
export const ownStep = z.object({
  id: z.uuid(),
  bookingId: z.uuid(),
  what: z.string(),
  dueOn: day.nullable(),
  other: z.string(),
  talkedOn: day,
})
export type OwnStep = z.infer<typeof ownStep>
export const ownSteps = z.object({ items: z.array(ownStep) })

/** Which of the own records are written out: of talks between these days. */
export const recordsOrder = z
  .object({ from: day, until: day, form: z.enum(['pdf', 'word']) })
  .refine((it) => it.until >= it.from, { path: ['until'], message: '结束的日期不能早于开始的日期' })
export type RecordsOrder = z.infer<typeof recordsOrder>
