import { z } from 'zod'
import { codesOf, day, line, meetingLink, minuteOfDay, prose, reason } from '../../platform/wire.ts'
import { type MeetingState, meetingStateNames, mostParticipants } from './names-schema.ts'

/** What crosses the wire about exchange meetings (经验交流会): the meeting, its guests, the cases and what is said of them. */

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })
const count = z.number().int()
const meetingStates = codesOf<MeetingState>(meetingStateNames)

export const created = z.object({ id: z.uuid() })
export const withReason = z.object({ reason })

/** Everything that is written of a meeting before it is held. */
export const meetingFields = z
  .object({
    title: line.min(4, '标题至少 4 个字').max(80, '标题不超过 80 个字'),
    /** What is exchanged about, and what a case should tell. */
    theme: prose.min(2, '请写明交流什么').max(1_000, '不超过 1000 个字'),
    on: day.nullable(),
    startMinute: minuteOfDay.nullable(),
    endMinute: minuteOfDay.nullable(),
    place: line.max(100, '不超过 100 个字'),
    link: meetingLink,
    /** Besides the organisation that holds it. */
    participantIds: z.array(z.uuid()).max(mostParticipants, `参加的组织不超过 ${mostParticipants} 个`),
  })
  .superRefine((it, ctx) => {
    const wrong = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
    if (it.startMinute !== null && it.on === null) wrong('on', '填写了时间，请也填写日期')
    if (it.endMinute !== null && it.startMinute === null) wrong('startMinute', '请填写开始的时间')
    if (it.startMinute !== null && it.endMinute !== null && it.endMinute <= it.startMinute)
      wrong('endMinute', '结束的时间要晚于开始的时间')
    if (new Set(it.participantIds).size !== it.participantIds.length) wrong('participantIds', '有组织重复，请只选一次')
  })
export type MeetingFields = z.infer<typeof meetingFields>

export const newMeeting = meetingFields.safeExtend({ organizationId: z.uuid() })
export type NewMeeting = z.infer<typeof newMeeting>

/** 小结: what was exchanged, and what people mean to try. */
export const conclusion = z.object({ text: prose.min(2, '请写几句话').max(3_000, '不超过 3000 个字') })

/** The one form of a case (案例), which is that of a card, too. */
export const practiceText = z.object({
  title: line.min(4, '标题至少 4 个字').max(60, '标题不超过 60 个字'),
  /** 问题 */
  problem: prose.max(1_000, '不超过 1000 个字'),
  /** 做法 */
  done: prose.max(3_000, '不超过 3000 个字'),
  /** 成效 */
  effect: prose.max(1_500, '不超过 1500 个字'),
  /** 适用条件 */
  conditions: prose.max(1_000, '不超过 1000 个字'),
  /** 可以怎样学 */
  learning: prose.max(1_000, '不超过 1000 个字'),
  /** 联系人: whom others ask. */
  contact: line.max(100, '不超过 100 个字'),
})
export type PracticeText = z.infer<typeof practiceText>

/** What a text must say before others read it, by field. */
export const neededOfPractice = {
  problem: '请写明遇到了什么问题',
  done: '请写明具体怎样做',
  effect: '请写明有什么变化；还看不出来的，也请写明',
} as const satisfies Partial<Record<keyof PracticeText, string>>

/** A case as its author writes it: kept as a draft, or shown to those who take part. */
export const caseText = practiceText
  .extend({
    isSubmitted: z.boolean(),
    /** Whether it may become a card of the library. */
    agrees: z.boolean(),
  })
  .superRefine((it, ctx) => {
    if (!it.isSubmitted) return
    for (const [path, message] of Object.entries(neededOfPractice))
      if (it[path as keyof typeof neededOfPractice] === '') ctx.addIssue({ code: 'custom', path: [path], message })
  })
export type CaseText = z.infer<typeof caseText>

/** The cases that are presented, in this order. */
export const order = z.object({ caseIds: z.array(z.uuid()).max(200) })

export const newComment = z.object({ text: prose.min(2, '请写几个字').max(500, '不超过 500 个字') })

/** A guest (校外嘉宾) as whoever runs the meeting enters them. */
export const newGuest = z.object({
  name: line.min(2, '请填写姓名').max(30, '不超过 30 个字'),
  institution: line.min(2, '请填写单位').max(60, '不超过 60 个字'),
  email: z.union([z.literal(''), z.email('不是电子邮箱，请检查').max(100, '不超过 100 个字')]),
  untilOn: day,
})
export type NewGuest = z.infer<typeof newGuest>
export const newLink = newGuest.pick({ untilOn: true })

/** What is shown once: the path of the page with the secret behind the `#`, so that it reaches no log. */
export const guestLink = z.object({ id: z.uuid(), link: z.string(), untilOn: day })
export type GuestLink = z.infer<typeof guestLink>

const guestRow = z.object({
  id: z.uuid(),
  name: z.string(),
  institution: z.string(),
  email: z.string(),
  untilOn: day,
  /** Why it leads nowhere any more. */
  closed: z.enum(['revoked', 'over']).nullable(),
  firstOpenedAt: instant.nullable(),
})
export const guestList = z.object({ items: z.array(guestRow) })
export type GuestList = z.infer<typeof guestList>

export const meetingRow = z.object({
  id: z.uuid(),
  title: z.string(),
  state: meetingStates,
  organization: named,
  on: day.nullable(),
  startMinute: count.nullable(),
  endMinute: count.nullable(),
  place: z.string(),
})
export type MeetingRow = z.infer<typeof meetingRow>

/** The meetings that the reader may see: those to come first, and where the reader may hold one. */
export const meetingList = z.object({
  items: z.array(meetingRow),
  /** True where there are more than are shown. */
  isCut: z.boolean(),
  organizations: z.array(named),
})
export type MeetingList = z.infer<typeof meetingList>

/** A case as a meeting lists it. */
const caseRow = z.object({
  id: z.uuid(),
  title: z.string(),
  authorName: z.string(),
  institution: z.string(),
  isGuest: z.boolean(),
  isSubmitted: z.boolean(),
  /** Its number in the order of presentation, from 1. */
  place: count.nullable(),
  isOwn: z.boolean(),
})
export type CaseRow = z.infer<typeof caseRow>

export const meetingView = meetingRow.extend({
  theme: z.string(),
  link: z.string(),
  participants: z.array(named),
  /** In the order of presentation, then those that are not placed. */
  cases: z.array(caseRow),
  cancelReason: z.string().nullable(),
  conclusion: z.string(),
  createdBy: z.string(),
  can: z.object({
    change: z.boolean(),
    announce: z.boolean(),
    cancel: z.boolean(),
    invite: z.boolean(),
    seeGuests: z.boolean(),
    arrange: z.boolean(),
    conclude: z.boolean(),
    write: z.boolean(),
    comment: z.boolean(),
    makeCards: z.boolean(),
  }),
})
export type MeetingView = z.infer<typeof meetingView>
export type MeetingCan = MeetingView['can']

const comment = z.object({
  id: z.uuid(),
  authorName: z.string(),
  institution: z.string(),
  isGuest: z.boolean(),
  /** Empty where it was taken away. */
  text: z.string(),
  removedReason: z.string().nullable(),
  writtenAt: instant,
  isOwn: z.boolean(),
})
export type Comment = z.infer<typeof comment>

export const caseView = practiceText.extend({
  id: z.uuid(),
  meeting: z.object({ id: z.uuid(), title: z.string() }),
  authorName: z.string(),
  institution: z.string(),
  isGuest: z.boolean(),
  isSubmitted: z.boolean(),
  agrees: z.boolean(),
  place: count.nullable(),
  revision: count,
  comments: z.array(comment),
  /** The card that was made of it and stands. */
  cardId: z.uuid().nullable(),
  can: z.object({
    change: z.boolean(),
    disagree: z.boolean(),
    comment: z.boolean(),
    removeComments: z.boolean(),
    makeCard: z.boolean(),
  }),
})
export type CaseView = z.infer<typeof caseView>

/** What stands behind the `#` of an invitation. */
export const guestSecret = z.object({ secret: z.string().regex(/^[\w-]{43}$/, '链接不完整，请完整复制收到的链接') })

/** Everything that a guest sees: this meeting, the cases of its programme, and the own ones. */
export const guestView = z.object({
  guest: z.object({ name: z.string(), institution: z.string(), untilOn: day }),
  meeting: z.object({
    title: z.string(),
    state: meetingStates,
    theme: z.string(),
    organization: z.string(),
    on: day.nullable(),
    startMinute: count.nullable(),
    endMinute: count.nullable(),
    place: z.string(),
    link: z.string(),
    cancelReason: z.string().nullable(),
    conclusion: z.string(),
  }),
  cases: z.array(caseRow),
  can: z.object({ write: z.boolean() }),
})
export type GuestView = z.infer<typeof guestView>

/** A case as a guest reads it: whom the university would ask is told to nobody outside. */
export const guestCase = caseView.omit({ meeting: true, cardId: true, can: true }).extend({
  can: z.object({ change: z.boolean(), disagree: z.boolean(), comment: z.boolean() }),
})
export type GuestCase = z.infer<typeof guestCase>
