import { z } from 'zod'
import { codesOf, day, line, prose, reason } from '../../platform/wire.ts'
import { officeKinds } from '../organization/schema.ts'
import { type MeasureOf, measureNames } from './names-schema.ts'
import { duties, employments } from './schema.ts'

/** What crosses the wire about posts (岗位), what they need, and what there is (配备). */

const count = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })

/** Everything that is written of a post. */
export const postFields = z.object({
  title: line.min(2, '名称至少 2 个字').max(40, '不超过 40 个字'),
  duty: duties,
  employment: employments,
  /** How many people it is for. */
  places: count.min(1, '至少 1 人').max(200, '不超过 200 人'),
  /** What whoever holds it should be able to do. */
  skillIds: z
    .array(z.uuid())
    .max(15, '需要的技能不超过 15 项')
    .refine((all) => new Set(all).size === all.length, '有技能重复，请只选一次'),
  /** What is done there. */
  about: prose.max(500, '不超过 500 个字'),
})
export type PostFields = z.infer<typeof postFields>
export const newPost = postFields.safeExtend({ organizationId: z.uuid() })
export type NewPost = z.infer<typeof newPost>

export const postClosing = z.object({ reason })
export const newHolder = z.object({ personId: z.uuid(), fromOn: day })
export type NewHolder = z.infer<typeof newHolder>
/** The last day. */
export const holderEnd = z.object({ on: day })

export const postRow = z.object({
  id: z.uuid(),
  organization: named,
  ...postFields.shape,
  skills: z.array(z.string()),
  /** Who holds it today or later, by the day of their beginning. */
  holders: z.array(z.object({ id: z.uuid(), person: named, fromOn: day, untilOn: day.nullable() })),
  /** 空缺: places that nobody holds today. */
  vacant: count,
  revision: count,
})
export type PostRow = z.infer<typeof postRow>
export const postList = z.object({ items: z.array(postRow), isCut: z.boolean() })
export type PostList = z.infer<typeof postList>

/** How many people there are, for the ratios: what the university says itself. */
export const headcountFields = z
  .object({
    students: count.min(0).max(1_000_000, '请核对人数'),
    people: count.min(0).max(1_000_000, '请核对人数'),
    asOf: day,
    /** Where the numbers come from. */
    source: line.min(2, '请写明数据来源').max(60, '不超过 60 个字'),
  })
  .refine((it) => it.people >= it.students, { path: ['people'], message: '师生人数不会少于学生人数，请核对' })
export type HeadcountFields = z.infer<typeof headcountFields>

const gap = z.object({
  skillId: z.uuid(),
  name: z.string(),
  /** The places of the posts that ask for it. */
  needed: count,
  /** Those who do the work there and say they have it. */
  present: count,
  /** Whoever is the only one. */
  onlyOne: named.nullable(),
})
export type Gap = z.infer<typeof gap>

/** A school (or the university) with what it needs and has. */
const unitRow = z.object({
  organization: named,
  places: count,
  held: count,
  gaps: z.array(gap),
  measures: z.array(
    z.object({
      of: codesOf<MeasureOf>(measureNames),
      present: count,
      wanted: count.nullable(),
      isReached: z.boolean().nullable(),
      text: z.string(),
      cited: z.string(),
      isToVerify: z.boolean(),
    }),
  ),
  headcount: z.object({
    ...headcountFields.shape,
    students: count.nullable(),
    people: count.nullable(),
    asOf: day.nullable(),
    source: z.string(),
    revision: count,
  }),
})
export type UnitRow = z.infer<typeof unitRow>

export const establishment = z.object({
  units: z.array(unitRow),
  /** Terms and offices that end within a year or should have ended, the first to end first. */
  endings: z.array(
    z.object({
      organization: named,
      kind: z.enum(['term', 'office']),
      office: z.enum(officeKinds).nullable(),
      personName: z.string().nullable(),
      on: day,
      isOver: z.boolean(),
    }),
  ),
  /** Those who hold several offices at once, by name. */
  several: z.array(z.object({ person: named, offices: count })),
})
export type Establishment = z.infer<typeof establishment>

export const trainingWanted = z.object({ organizationId: z.uuid(), skillId: z.uuid() })
export type TrainingWanted = z.infer<typeof trainingWanted>
