import { z } from 'zod'
import { day, prose, reason } from '../../platform/wire.ts'

/** What crosses the wire about calls for candidates (岗位征集): the call, applications, and what is decided. */

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })

export const newCall = z.object({
  untilOn: day,
  /** What candidates should know beside what stands in the post. */
  text: prose.max(500, '不超过 500 个字'),
})
export type NewCall = z.infer<typeof newCall>
export const callClosing = z.object({ reason })

/** 报名: in a few words, and to each skill that is asked for, what somebody has done of it. */
export const applicationFields = z.object({
  statement: prose.min(2, '请写几句话').max(500, '不超过 500 个字'),
  answers: z
    .array(z.object({ skillId: z.uuid(), words: prose.max(200, '不超过 200 个字') }))
    .max(15, '不超过 15 项')
    .refine((all) => new Set(all.map((it) => it.skillId)).size === all.length, '有技能重复，请刷新页面重新填写'),
})
export type ApplicationFields = z.infer<typeof applicationFields>

export const applicationDecision = z
  /** `appliedAt`: what was read, as it was written last. */
  .object({ isChosen: z.boolean(), reason, fromOn: day.nullable(), appliedAt: instant })
  .refine((it) => !it.isChosen || it.fromOn !== null, { path: ['fromOn'], message: '请填写到岗日期' })
export type ApplicationDecision = z.infer<typeof applicationDecision>

const skill = z.object({ skillId: z.uuid(), name: z.string() })

export const callRow = z.object({
  id: z.uuid(),
  title: z.string(),
  organization: named,
  untilOn: day,
  isOpen: z.boolean(),
  hasApplied: z.boolean(),
  runs: z.boolean(),
})
export type CallRow = z.infer<typeof callRow>
export const callList = z.object({ items: z.array(callRow), isCut: z.boolean() })
export type CallList = z.infer<typeof callList>

const application = z.object({
  id: z.uuid(),
  person: named,
  organization: named,
  statement: z.string(),
  answers: applicationFields.shape.answers,
  /** What they say of these skills in their record. */
  recorded: z.array(skill),
  offices: z.number().int(),
  appliedAt: instant,
  isChosen: z.boolean().nullable(),
  reason: z.string(),
  decidedBy: z.string().nullable(),
})
export type Application = z.infer<typeof application>

export const callView = z.object({
  id: z.uuid(),
  title: z.string(),
  organization: named,
  about: z.string(),
  text: z.string(),
  places: z.number().int(),
  vacant: z.number().int(),
  skills: z.array(skill),
  untilOn: day,
  isOpen: z.boolean(),
  closeReason: z.string().nullable(),
  /** What the reader has sent in, and what became of it. */
  own: application.pick({ id: true, statement: true, answers: true, isChosen: true, reason: true }).nullable(),
  /** By name; null for whoever does not decide there. */
  applications: z.array(application).nullable(),
  can: z.object({ apply: z.boolean(), withdraw: z.boolean(), close: z.boolean(), decide: z.boolean() }),
})
export type CallView = z.infer<typeof callView>
