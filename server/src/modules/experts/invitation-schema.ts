import { z } from 'zod'
import { codesOf, day, line, meetingLink, minuteOfDay, prose, reason } from '../../platform/wire.ts'
import { type InvitationState, invitationStateNames, mostWishedDays, type Venue, venueNames } from './names-schema.ts'

/** What crosses the wire about invitations (邀请): what is wished, what was agreed, and what is said afterwards. */

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })
const count = z.number().int()
const invitationStates = codesOf<InvitationState>(invitationStateNames)
const venues = codesOf<Venue>(venueNames)

export const withReason = z.object({ reason })

/** What an organisation asks of an expert. */
export const invitationFields = z.object({
  topic: line.min(4, '主题至少 4 个字').max(80, '主题不超过 80 个字'),
  /** 为什么请、想解决什么问题 */
  purpose: prose.min(2, '请写明为什么请').max(500, '不超过 500 个字'),
  /** 听众 */
  audience: line.min(2, '请写明讲给谁听').max(100, '不超过 100 个字'),
  expectedCount: z.number().int().min(1, '至少 1 人').max(100_000, '不超过 100000 人').nullable(),
  wishedOn: z
    .array(day)
    .min(1, '请填写希望的日期')
    .max(mostWishedDays, `希望的日期不超过 ${mostWishedDays} 个`)
    .refine((it) => new Set(it).size === it.length, '有日期重复，请只填一次'),
  venue: venues,
  place: line.max(100, '不超过 100 个字'),
})
export type InvitationFields = z.infer<typeof invitationFields>

export const newInvitation = invitationFields.extend({ organizationId: z.uuid() })
export type NewInvitation = z.infer<typeof newInvitation>

/** What both agreed on: topic, day, hour, where; `how` says in which way it was said, where the expert has not answered themselves. */
export const agreement = z
  .object({
    topic: line.min(4, '题目至少 4 个字').max(80, '题目不超过 80 个字'),
    on: day,
    startMinute: minuteOfDay,
    endMinute: minuteOfDay.nullable(),
    place: line.max(100, '不超过 100 个字'),
    link: meetingLink,
    how: prose.max(200, '不超过 200 个字'),
  })
  .superRefine((it, ctx) => {
    if (it.endMinute !== null && it.endMinute <= it.startMinute)
      ctx.addIssue({ code: 'custom', path: ['endMinute'], message: '结束的时间要晚于开始的时间' })
    if (it.place === '' && it.link === '')
      ctx.addIssue({ code: 'custom', path: ['place'], message: '请填写地点，或者线上会议的网址' })
  })
export type Agreement = z.infer<typeof agreement>

/** That it did not come to an agreement, in the words of whoever was asked. */
export const refusal = z.object({ words: prose.min(2, '请写几个字').max(500, '不超过 500 个字') })

/** 评价: plain questions, answered in words by whoever invited. No marks of any kind. */
export const evaluation = z.object({
  /** 切题吗 */
  fits: prose.min(2, '请写几句话').max(1_000, '不超过 1000 个字'),
  /** 适合谁听 */
  suits: prose.max(500, '不超过 500 个字'),
  /** 还想听什么 */
  more: prose.max(500, '不超过 500 个字'),
})
export type Evaluation = z.infer<typeof evaluation>

export const invitationRow = z.object({
  id: z.uuid(),
  topic: z.string(),
  expert: named.extend({ institution: z.string() }),
  organization: named,
  state: invitationStates,
  wishedOn: z.array(day),
  /** The day that was agreed on, or that of the lecture by now. */
  on: day.nullable(),
  startMinute: count.nullable(),
  endMinute: count.nullable(),
})
export type InvitationRow = z.infer<typeof invitationRow>
export const invitationList = z.object({
  items: z.array(invitationRow),
  /** True where there are more than are shown. */
  isCut: z.boolean(),
})
export type InvitationList = z.infer<typeof invitationList>

/** A day on which somebody else wishes, or has agreed with, the same expert. */
export const takenDay = z.object({ on: day, organization: z.string(), isAgreed: z.boolean() })
export type TakenDay = z.infer<typeof takenDay>

/** Somebody's step, with name and day. */
const step = z.object({ at: instant, by: z.string(), words: z.string() })

export const invitationView = invitationRow.extend({
  purpose: z.string(),
  audience: z.string(),
  expectedCount: count.nullable(),
  venue: venues,
  /** What was wished; what was agreed on stands in the agreement. */
  place: z.string(),
  asked: step,
  agreed: z
    .object({
      topic: z.string(),
      on: day,
      startMinute: count,
      endMinute: count.nullable(),
      place: z.string(),
      link: z.string(),
      how: z.string(),
      at: instant,
      by: z.string(),
    })
    .nullable(),
  declined: step.nullable(),
  withdrawn: step.nullable(),
  activity: z
    .object({
      id: z.uuid(),
      title: z.string(),
      isCancelled: z.boolean(),
      canOpen: z.boolean(),
      isAnnounced: z.boolean(),
    })
    .nullable(),
  evaluation: evaluation.extend({ at: instant, by: z.string() }).nullable(),
  /** Who else wishes the same days. Shown, and nothing is forbidden by it. */
  clashes: z.array(takenDay),
  /** Whether the expert is the reader. */
  isOwn: z.boolean(),
  can: z.object({
    change: z.boolean(),
    agree: z.boolean(),
    decline: z.boolean(),
    withdraw: z.boolean(),
    begin: z.boolean(),
    evaluate: z.boolean(),
    seeFeedback: z.boolean(),
    openExpert: z.boolean(),
  }),
})
export type InvitationView = z.infer<typeof invitationView>
export type InvitationCan = Omit<InvitationView['can'], 'seeFeedback' | 'openExpert'>
