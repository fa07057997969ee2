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
import { begunDraft } from '../notices/schema.ts'
import {
  type ActivityKind,
  type ActivityState,
  activityKindNames,
  activityStateNames,
  type KitLength,
  kitLengthNames,
  placeNames,
} from './names-schema.ts'

/** What crosses the wire about activities (活动): their plans, days, kits, sign-ups and records. */

export const activityKinds = codesOf<ActivityKind>(activityKindNames)
export const activityStates = codesOf<ActivityState>(activityStateNames)
export const kitLengths = codesOf<KitLength>(kitLengthNames)

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })
const count = z.number().int()

/** A memorial day (`memorial-` and its code), or a day of an organisation (its id). */
export const dayKey = z.union([z.uuid(), z.string().regex(/^memorial-[A-Za-z0-9]{2,40}$/)], '没有这个日子')

/** A plan that comes with the software (`shipped-` and its key), or one of the library (its id). */
export const kitKey = z.union([z.uuid(), z.string().regex(/^shipped-[A-Za-z0-9-]{2,80}$/)])

/** A step of a plan (环节); its minutes where they matter. */
export const planStep = z.object({
  minutes: z.number().int().min(1, '至少 1 分钟').max(1440, '不超过 24 小时').nullable(),
  what: prose.min(1, '请写明做什么').max(300, '不超过 300 个字'),
})
export type PlanStep = z.infer<typeof planStep>

/** 方案: what for, in which steps, with what, and how people are told of it. {时间}, {地点} and {单位} in the text for the notice are filled in when it is drafted. */
export const plan = z.object({
  aim: prose.max(500, '不超过 500 个字'),
  steps: z.array(planStep).max(40, '环节不超过 40 个'),
  materials: z.array(line.min(1, '请填写名称，或者删去这一行').max(100, '不超过 100 个字')).max(40, '物料不超过 40 项'),
  noticeText: prose.max(1000, '不超过 1000 个字'),
})
export type Plan = z.infer<typeof plan>
export const blankPlan: Plan = { aim: '', steps: [], materials: [], noticeText: '' }

/** A file, picture or film that goes with an activity, by its id in the library (素材). */
const attachment = z.object({ mediaId: z.uuid(), label: line.max(100, '不超过 100 个字') })
export type Attachment = z.infer<typeof attachment>

/** How people sign up (报名). No capacity: as many as want to. Whoever comes too late waits. */
export const signUpRule = z.object({
  capacity: z.number().int().min(1, '至少 1 人').max(100_000, '不超过 100000 人').nullable(),
  /** The last day; null: until it begins. */
  untilOn: day.nullable(),
})
export type SignUpRule = z.infer<typeof signUpRule>

/** Everything that is written of an activity before it is held. */
export const activityFields = z
  .object({
    kind: activityKinds,
    title: line.min(4, '标题至少 4 个字').max(80, '标题不超过 80 个字'),
    summary: prose.max(500, '不超过 500 个字'),
    dayKey: dayKey.nullable(),
    fromOn: day.nullable(),
    untilOn: day.nullable(),
    startMinute: minuteOfDay.nullable(),
    endMinute: minuteOfDay.nullable(),
    place: line.max(100, '不超过 100 个字'),
    link: meetingLink,
    /** 主讲人 and who they are; empty where nobody speaks. */
    speaker: line.max(60, '不超过 60 个字'),
    aboutSpeaker: prose.max(500, '不超过 500 个字'),
    plan,
    attachments: z.array(attachment).max(30, '附件不超过 30 个'),
    signUp: signUpRule.nullable(),
  })
  .superRefine((it, ctx) => {
    const wrong = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
    if (it.untilOn !== null && it.fromOn === null) wrong('fromOn', '请填写开始的日期')
    if (it.fromOn !== null && it.untilOn !== null && it.untilOn < it.fromOn)
      wrong('untilOn', '结束的日期不能早于开始的日期')
    if (it.startMinute !== null && it.fromOn === null) wrong('fromOn', '填写了时间，请也填写日期')
    if (it.endMinute !== null && it.startMinute === null) wrong('startMinute', '请填写开始的时间')
    const isOneDay = it.untilOn === null || it.untilOn === it.fromOn
    if (isOneDay && it.startMinute !== null && it.endMinute !== null && it.endMinute <= it.startMinute)
      wrong('endMinute', '结束的时间要晚于开始的时间')
    const last = it.untilOn ?? it.fromOn
    if (it.signUp?.untilOn && last !== null && it.signUp.untilOn > last)
      wrong('signUp', '报名截止的日期不能晚于活动的日期')
  })
export type ActivityFields = z.infer<typeof activityFields>

export const newActivity = activityFields.safeExtend({ organizationId: z.uuid() })
export type NewActivity = z.infer<typeof newActivity>
export const created = z.object({ id: z.uuid() })
export const withReason = z.object({ reason })

/** 活动记录: what happened, in the words of whoever held it. Numbers of heads where they matter, never names. */
export const recordText = z.object({
  happened: prose.min(2, '请写几句话').max(5_000, '不超过 5000 个字'),
  /** How many took part, where somebody counted. */
  headcount: z.number().int().min(0).max(100_000, '不超过 100000 人').nullable(),
  summary: prose.max(2_000, '不超过 2000 个字'),
  /** Pictures by choice; none is asked for. */
  pictureIds: z.array(z.uuid()).max(20, '照片不超过 20 张'),
})
export type RecordText = z.infer<typeof recordText>

export const activitiesQuery = z.object({
  organizationId: z.uuid().optional(),
  kind: activityKinds.optional(),
  /** Those to come and under way, those that are over, or those that the reader prepares or has to record. */
  only: z.enum(['coming', 'past', 'own']).default('coming'),
  q: line.max(50).optional(),
  cursor,
  limit: pageSize,
})
export type ActivitiesQuery = z.infer<typeof activitiesQuery>

export const activityRow = z.object({
  id: z.uuid(),
  kind: activityKinds,
  title: z.string(),
  state: activityStates,
  organization: named,
  fromOn: day.nullable(),
  untilOn: day.nullable(),
  startMinute: count.nullable(),
  endMinute: count.nullable(),
  place: z.string(),
  dayKey: z.string().nullable(),
})
export type ActivityRow = z.infer<typeof activityRow>
export const activityList = page(activityRow)

/** Where somebody stands who has signed up; their number in the queue where they wait, or 0. */
const ownPlace = z.object({ place: codesOf(placeNames), queue: count })
export type OwnPlace = z.infer<typeof ownPlace>

/** The activities to come for which the reader has signed up. */
export const ownSignUps = z.object({ items: z.array(activityRow.extend({ own: ownPlace })) })
export type OwnSignUps = z.infer<typeof ownSignUps>

const can = z.object({
  change: z.boolean(),
  announce: z.boolean(),
  cancel: z.boolean(),
  record: z.boolean(),
  /** Write its record, which is written, into the archive. */
  file: z.boolean(),
  notify: z.boolean(),
  beginArticle: z.boolean(),
  offer: z.boolean(),
  seeSignUps: z.boolean(),
  removeSignUps: z.boolean(),
})
export type ActivityCan = z.infer<typeof can>

/** A file, picture or film of an activity as its page shows it; withdrawn ones are left out. */
const shownMedium = z.object({
  mediaId: z.uuid(),
  kind: z.enum(['picture', 'video', 'sound', 'file']),
  fileName: z.string(),
  label: z.string(),
  altText: z.string(),
  sizeBytes: count,
})
export type ShownMedium = z.infer<typeof shownMedium>

export const activityView = activityRow.extend({
  /** What the day is called that it marks. */
  dayName: z.string().nullable(),
  summary: z.string(),
  link: z.string(),
  speaker: z.string(),
  aboutSpeaker: z.string(),
  plan,
  attachments: z.array(shownMedium),
  signUp: signUpRule
    .extend({
      taken: count,
      waiting: count,
      own: ownPlace.nullable(),
      isOpen: z.boolean(),
      /** Whether it has ended, so that nobody signs off any more either. */
      isOver: z.boolean(),
    })
    .nullable(),
  announcedAt: instant.nullable(),
  announcedBy: z.string().nullable(),
  cancelledAt: instant.nullable(),
  cancelReason: z.string().nullable(),
  createdBy: z.string(),
  record: recordText
    .omit({ pictureIds: true })
    .extend({
      pictures: z.array(shownMedium),
      recordedBy: z.string(),
      recordedAt: instant,
      isFiled: z.boolean(),
      hasChangedSince: z.boolean(),
    })
    .nullable(),
  /** The article that was made of the record, for those who may read it. */
  articleId: z.uuid().nullable(),
  /** A notice of it that waits to be sent, for those who may send it. */
  draft: begunDraft.nullable(),
  /** The notice of it that was drafted last, where it was sent and what it says does not hold any more; for the same. */
  toCorrect: begunDraft.omit({ revision: true }).nullable(),
  can,
})
export type ActivityView = z.infer<typeof activityView>

/** Where the reader holds activities. */
export const activityPlaces = z.object({ items: z.array(named) })

/** A day of the year that is marked: a memorial day of the table, or a day of an organisation. */
export const markedDay = z.object({
  dayKey: z.string(),
  name: z.string(),
  on: day,
  until: day,
  sentence: z.string(),
  isToVerify: z.boolean(),
  organization: named.nullable(),
  revision: count.nullable(),
  can: z.object({ change: z.boolean() }),
})
export type MarkedDay = z.infer<typeof markedDay>

export const yearQuery = z.object({ year: z.coerce.number().int().min(2000).max(2100) })
/** The year with its days and activities. `hasFestivals`: whether the lunar days of the year are known. */
export const yearView = z.object({
  year: count,
  hasFestivals: z.boolean(),
  days: z.array(markedDay),
  activities: z.array(activityRow),
  /** True where there are more activities than are shown. */
  isCut: z.boolean(),
})
export type YearView = z.infer<typeof yearView>

/** A day of an organisation that comes round each year, such as its founding day. */
export const ownDayFields = z.object({
  name: line.min(2, '请填写名称').max(40, '不超过 40 个字'),
  /** Month and day, `MM-DD`. */
  monthDay: z
    .string()
    .regex(/^\d{2}-\d{2}$/, '请选择日期')
    .refine((it) => day.safeParse(`2024-${it}`).success, '请填写真实存在的日期'),
  sentence: prose.max(200, '不超过 200 个字'),
})
export type OwnDayFields = z.infer<typeof ownDayFields>
export const newOwnDay = ownDayFields.extend({ organizationId: z.uuid() })
export type NewOwnDay = z.infer<typeof newOwnDay>

/** A plan ready to be taken: one that comes with the software, or one that somebody has given to the library. */
export const kitRow = z.object({
  kitKey: z.string(),
  title: z.string(),
  kind: activityKinds,
  dayKey: z.string().nullable(),
  length: kitLengths.nullable(),
  minutes: count,
  organization: named.nullable(),
})
export type KitRow = z.infer<typeof kitRow>
export const kits = z.object({ items: z.array(kitRow) })
export const kitsQuery = z.object({
  q: line.max(50).optional(),
  kind: activityKinds.optional(),
  length: kitLengths.optional(),
  dayKey: dayKey.optional(),
})
export type KitsQuery = z.infer<typeof kitsQuery>
export const kitView = kitRow.extend({
  plan,
  offeredBy: z.string().nullable(),
  offeredAt: instant.nullable(),
  can: z.object({ withdraw: z.boolean(), take: z.boolean() }),
})
export type KitView = z.infer<typeof kitView>

/** A day with everything that is ready for it: kits, and what was done on it in other years. */
export const dayView = markedDay.extend({
  kits: z.array(kitRow),
  activities: z.array(activityRow),
})
export type DayView = z.infer<typeof dayView>

/** Who has signed up, for whoever holds the activity. The order is that in which they came. */
export const signUps = z.object({
  items: z.array(
    z.object({
      person: named,
      organization: z.string(),
      place: codesOf(placeNames),
      signedUpAt: instant,
    }),
  ),
})
export type SignUps = z.infer<typeof signUps>

/** In which column of the site an article begins. */
export const newArticleOf = z.object({ sectionId: z.uuid() })
