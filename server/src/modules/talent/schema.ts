import { z } from 'zod'
import { codesOf, cursor, day, line, page, pageSize, prose } from '../../platform/wire.ts'
import { officeKinds } from '../organization/schema.ts'
import {
  type Availability,
  availabilityNames,
  type Correction,
  correctionNames,
  type Duty,
  dutyNames,
  type Employment,
  employmentNames,
  type Fluency,
  fluencyNames,
  type Mastery,
  masteryNames,
  type SkillGroup,
  skillGroupNames,
} from './names-schema.ts'

/** What crosses the wire about the staff (工作队伍): the record of a person, corrections of it, and the list of skills. */

export const employments = codesOf<Employment>(employmentNames)
export const duties = codesOf<Duty>(dutyNames)
export const availabilities = codesOf<Availability>(availabilityNames)
export const masteries = codesOf<Mastery>(masteryNames)
export const fluencies = codesOf<Fluency>(fluencyNames)
export const skillGroups = codesOf<SkillGroup>(skillGroupNames)
export const corrections = codesOf<Correction>(correctionNames)

const instant = z.iso.datetime()
const count = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })

export const created = z.object({ id: z.uuid() })

/** So many skills stand in the list of a university, and in a record. */
export const mostSkills = 200
export const mostOwnSkills = 40

const skillFields = {
  name: line.min(2, '名称至少 2 个字').max(30, '不超过 30 个字'),
  group: skillGroups,
}
export const newSkills = z.object({
  skills: z.array(z.object(skillFields)).min(1, '请填写技能').max(60, '一次不超过 60 项'),
})
export type NewSkills = z.infer<typeof newSkills>
export const skillChange = z.object({ ...skillFields, isRetired: z.boolean() })
export type SkillChange = z.infer<typeof skillChange>

export const skillRow = z.object({
  id: z.uuid(),
  name: z.string(),
  group: skillGroups,
  /** Whether it is no longer offered; it stays in the records that have it. */
  isRetired: z.boolean(),
  revision: count,
})
export type SkillRow = z.infer<typeof skillRow>
export const skillList = z.object({ items: z.array(skillRow), can: z.object({ change: z.boolean() }) })
export type SkillList = z.infer<typeof skillList>

const language = z.object({ name: line.min(1, '请填写语言').max(20, '不超过 20 个字'), fluency: fluencies })

/** What a person says of themselves: theirs at once. */
export const ownFields = z.object({
  skills: z
    .array(z.object({ skillId: z.uuid(), mastery: masteries }))
    .max(mostOwnSkills, `技能不超过 ${mostOwnSkills} 项`)
    .refine((all) => new Set(all.map((it) => it.skillId)).size === all.length, '有技能重复，请只选一次'),
  languages: z
    .array(language)
    .max(10, '语言不超过 10 种')
    .refine((all) => new Set(all.map((it) => it.name)).size === all.length, '有语言重复，请只填一次'),
  availability: availabilities.nullable(),
  /** When somebody has time, in their own words; read by those who give tasks alone. */
  availabilityNote: prose.max(300, '不超过 300 个字'),
})
export type OwnFields = z.infer<typeof ownFields>

/** What whoever keeps the record has entered; all empty where somebody does the work no more. */
export const officialFields = z
  .object({
    employment: employments.nullable(),
    duty: duties.nullable(),
    title: line.max(40, '不超过 40 个字'),
    since: day.nullable(),
  })
  .superRefine((it, ctx) => {
    const isBlank = it.duty === null && it.title === '' && it.since === null
    if (it.employment === null && !isBlank)
      ctx.addIssue({ code: 'custom', path: ['employment'], message: '请选专职、兼职或学生兼任' })
    if (it.employment !== null && it.duty === null)
      ctx.addIssue({ code: 'custom', path: ['duty'], message: '请选岗位类别' })
  })
export type OfficialFields = z.infer<typeof officialFields>

/** 更正申请: one thing that is not right, and what would be. */
export const newCorrection = z
  .object({ field: corrections, proposed: prose.min(1, '请写明应当是什么').max(300, '不超过 300 个字') })
  .superRefine(({ field, proposed }, ctx) => {
    const wrong = (message: string) => ctx.addIssue({ code: 'custom', path: ['proposed'], message })
    if (field === 'employment' && !employments.safeParse(proposed).success) wrong('请从列出的几项里选')
    if (field === 'duty' && !duties.safeParse(proposed).success) wrong('请从列出的几项里选')
    if (field === 'title' && (proposed.length > 40 || proposed.includes('\n'))) wrong('岗位名称不超过 40 个字')
    if (field === 'since' && !day.safeParse(proposed).success) wrong('请填写真实存在的日期，格式如 2026-05-11')
  })
export type NewCorrection = z.infer<typeof newCorrection>

export const correctionAnswer = z
  .object({ isGranted: z.boolean(), answer: prose.max(300, '不超过 300 个字') })
  .refine((it) => it.isGranted || it.answer.length >= 2, { path: ['answer'], message: '不同意的，请写明原因' })
export type CorrectionAnswer = z.infer<typeof correctionAnswer>

const correction = z.object({
  id: z.uuid(),
  field: corrections,
  proposed: z.string(),
  raisedAt: instant,
  isGranted: z.boolean().nullable(),
  answer: z.string(),
  answeredBy: z.string().nullable(),
})
export type CorrectionRow = z.infer<typeof correction>

const officeHeld = z.object({
  id: z.uuid(),
  office: z.enum(officeKinds),
  organization: named,
  from: day,
  until: day.nullable(),
  /** The last day of the present term of the organisation, where one is registered. */
  termUntil: day.nullable(),
})
export type OfficeHeld = z.infer<typeof officeHeld>

/** The record of a person (队伍信息). */
export const staffRecord = z.object({
  person: named,
  organization: named,
  /** Whether they do the work: hold an office today or later, or are entered as doing it. */
  isStaff: z.boolean(),
  offices: z.array(officeHeld),
  formerOffices: z.array(officeHeld),
  official: z.object({
    employment: employments.nullable(),
    duty: duties.nullable(),
    title: z.string(),
    since: day.nullable(),
    by: z.string().nullable(),
    on: day.nullable(),
  }),
  skills: z.array(z.object({ skillId: z.uuid(), name: z.string(), group: skillGroups, mastery: masteries })),
  languages: z.array(language),
  availability: availabilities.nullable(),
  /** Null for whoever gives no tasks there. */
  availabilityNote: z.string().nullable(),
  /** 学时 of this year and the last; null for whoever neither keeps the file nor trains there. */
  hours: z.array(z.object({ year: count, hours: z.number() })).nullable(),
  /** Those that hold; null likewise. */
  certificates: z
    .array(z.object({ id: z.uuid(), title: z.string(), programme: z.string(), number: z.string(), issuedOn: day }))
    .nullable(),
  confirmedOn: day.nullable(),
  /** The first day of the present half-year, since which a record that holds was confirmed. */
  confirmSince: day,
  isStale: z.boolean(),
  corrections: z.array(correction),
  /** Who has opened the record, the last one first; for the person alone. */
  readings: z.array(z.object({ by: z.string(), at: instant })).nullable(),
  revision: count,
  can: z.object({
    changeOwn: z.boolean(),
    confirm: z.boolean(),
    ask: z.boolean(),
    setOfficial: z.boolean(),
    decide: z.boolean(),
  }),
})
export type StaffRecord = z.infer<typeof staffRecord>

/** Whether the reader is asked to look at their record, and what stands in it in short. */
export const confirmCard = z.object({
  isAsked: z.boolean(),
  confirmSince: day,
})
export type ConfirmCard = z.infer<typeof confirmCard>

export const staffQuery = z.object({
  q: line.max(50).optional(),
  organizationId: z.uuid().optional(),
  employment: employments.optional(),
  duty: duties.optional(),
  skillId: z.uuid().optional(),
  availability: availabilities.optional(),
  /** Those not confirmed in this half-year, those with a correction to be answered, those who hold several offices. */
  only: z.enum(['stale', 'asking', 'several']).optional(),
  cursor,
  limit: pageSize,
})
export type StaffQuery = z.infer<typeof staffQuery>
export const staffExport = staffQuery.omit({ cursor: true, limit: true })
export type StaffExport = z.infer<typeof staffExport>

export const staffRow = z.object({
  person: named,
  organization: named,
  employment: employments.nullable(),
  duty: duties.nullable(),
  title: z.string(),
  offices: z.array(
    z.object({ office: z.enum(officeKinds), organization: z.string(), from: day, until: day.nullable() }),
  ),
  skills: z.array(z.string()),
  availability: availabilities.nullable(),
  confirmedOn: day.nullable(),
  isStale: z.boolean(),
  openCorrections: count,
})
export type StaffRow = z.infer<typeof staffRow>
export const staffList = page(staffRow)
export type StaffList = z.infer<typeof staffList>

/** Where the reader keeps records. */
export const staffPlaces = z.object({ items: z.array(named) })

/** Corrections that the reader answers, the first that was asked for first. */
export const openCorrections = z.object({
  items: z.array(correction.extend({ person: named, organization: named, present: z.string() })),
  isCut: z.boolean(),
})
export type OpenCorrections = z.infer<typeof openCorrections>

export const recordOrder = z.object({ form: z.enum(['word', 'pdf']) })
export type RecordOrder = z.infer<typeof recordOrder>
