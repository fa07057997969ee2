import { z } from 'zod'
import { mediaKinds } from '../../platform/media/media-kinds.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import { article } from '../../platform/rich-text/schema.ts'
import { codesOf, line, prose } from '../../platform/wire.ts'
import {
  largestPackageMb,
  mostChapters,
  mostUnits,
  type Standard,
  standardNames,
  type UnitKind,
  unitKindNames,
} from './names-schema.ts'

/** What crosses the wire about courseware (课件): pieces of it, and their units (单元). */

const count = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })
const kinds = codesOf<UnitKind>(unitKindNames)
const standards = codesOf<Standard>(standardNames)

export const created = z.object({ id: z.uuid() })

export const newCourseware = z.object({
  organizationId: z.uuid(),
  title: line.min(2, '请填写课件的名称').max(60, '不超过 60 个字'),
  summary: prose.max(300, '不超过 300 个字'),
  /** Begins with the units of another one that the actor may read. */
  copyOf: z.uuid().exactOptional(),
})
export type NewCourseware = z.infer<typeof newCourseware>

export const coursewareText = newCourseware.pick({ title: true, summary: true })
export type CoursewareText = z.infer<typeof coursewareText>

/** A part of a film or a sound, from a moment on. */
export const chapter = z.object({
  atSeconds: z.number().int().min(0).max(86_399, '不超过 24 小时'),
  title: line.min(1, '请填写章节名称').max(80, '不超过 80 个字'),
})
export type Chapter = z.infer<typeof chapter>

const title = line.min(2, '请填写单元的名称').max(80, '不超过 80 个字')
const chapters = z
  .array(chapter)
  .max(mostChapters, `不超过 ${mostChapters} 章`)
  .refine((them) => them.every((it, at) => it.atSeconds > (them[at - 1]?.atSeconds ?? -1)), '各章的时间要一章比一章晚')

const textUnit = z.object({ kind: z.literal('text'), title, body: article })
const fileUnit = z.object({ kind: z.literal('file'), title, mediaId: z.uuid() })
const filmUnit = z.object({ kind: z.literal('film'), title, mediaId: z.uuid(), chapters })

/** A unit as it is added. A package without a title takes that of its own list of contents. */
export const newUnit = z.discriminatedUnion('kind', [
  textUnit,
  fileUnit,
  filmUnit,
  z.object({
    kind: z.literal('package'),
    title: line.max(80, '不超过 80 个字'),
    uploadId: z.uuid(),
  }),
])
export type NewUnit = z.infer<typeof newUnit>

/** The same as it is changed: its kind stays, and a package too where no other one was sent. */
export const unitChange = z.discriminatedUnion('kind', [
  textUnit,
  fileUnit,
  filmUnit,
  z.object({ kind: z.literal('package'), title, uploadId: z.uuid().exactOptional() }),
])
export type UnitChange = z.infer<typeof unitChange>

/** Where a unit is put in the order, from 1. */
export const unitPlace = z.object({ place: z.number().int().min(1, '从 1 起').max(mostUnits) })

export const newPackageUpload = z.object({
  fileName: line.min(1, '请给出文件名').max(255, '文件名不超过 255 个字'),
  sizeBytes: z
    .number()
    .int()
    .min(1, '这是一个空文件')
    .max(largestPackageMb * 1024 ** 2, `课件包不超过 ${largestPackageMb} MB`),
})

/** How far the actor is in a unit; nobody else is told. */
export const ownUnit = z.object({
  isFinished: z.boolean(),
  /** Where they were in a film or a sound. */
  atSeconds: count,
})
export type OwnUnit = z.infer<typeof ownUnit>

export const unitRow = z.object({
  id: z.uuid(),
  kind: kinds,
  title: z.string(),
  /** Of a film or a sound. */
  durationSeconds: z.number().nullable(),
  /** False where what is shown in it was withdrawn from the library. */
  isThere: z.boolean(),
  /** Null where the actor has not opened it. */
  own: ownUnit.nullable(),
})
export type UnitRow = z.infer<typeof unitRow>

const facts = z.object({
  id: z.uuid(),
  title: z.string(),
  summary: z.string(),
  organization: named,
  unitCount: count,
  isPublished: z.boolean(),
  /** How many of its units the actor has finished. */
  ownFinished: count,
})

export const coursewareRow = facts
export type CoursewareRow = z.infer<typeof coursewareRow>

export const coursewareList = z.object({
  items: z.array(coursewareRow),
  /** Where the actor may begin one. */
  organizations: z.array(named),
})
export type CoursewareList = z.infer<typeof coursewareList>

export const coursewareView = facts.extend({
  units: z.array(unitRow),
  revision: count,
  can: z.object({
    /** Change, publish and take it back. */
    write: z.boolean(),
    /** Begin one somewhere, also as a copy of this one. */
    begin: z.boolean(),
  }),
})
export type CoursewareView = z.infer<typeof coursewareView>

/** What of a package can be started, in the order of its list of contents; `depth` as it stands there, from 0. */
export const scoRow = z.object({
  id: z.string(),
  title: z.string(),
  depth: count,
  isFinished: z.boolean(),
})
export type ScoRow = z.infer<typeof scoRow>

const neighbour = z.object({ id: z.uuid(), title: z.string() }).nullable()

export const unitView = z.object({
  id: z.uuid(),
  courseware: z.object({ id: z.uuid(), title: z.string(), isPublished: z.boolean() }),
  kind: kinds,
  title: z.string(),
  revision: count,
  /** Which one it is, from 1, and what stands before and behind it. */
  place: count,
  unitCount: count,
  before: neighbour,
  behind: neighbour,
  body: z.custom<RichText>().nullable().meta({ type: 'object' }),
  medium: z
    .object({
      id: z.uuid(),
      kind: z.enum(mediaKinds),
      fileName: z.string(),
      altText: z.string(),
      durationSeconds: z.number().nullable(),
      isThere: z.boolean(),
      hasCaptions: z.boolean(),
      hasChapters: z.boolean(),
    })
    .nullable(),
  chapters: z.array(chapter),
  package: z.object({ fileName: z.string(), sizeBytes: count, standard: standards, scos: z.array(scoRow) }).nullable(),
  own: ownUnit.nullable(),
  can: z.object({ write: z.boolean() }),
})
export type UnitView = z.infer<typeof unitView>

/** The pages of a PDF or a picture. */
export const unitPages = z.object({ pages: z.array(z.object({ width: z.number(), height: z.number() })) })

/** That the actor has opened a unit, and what of it they want to have remembered. */
export const progress = z.object({
  isFinished: z.boolean().exactOptional(),
  atSeconds: z.number().int().min(0).max(86_399).exactOptional(),
})
export type Progress = z.infer<typeof progress>

/** Ids come from the list of contents of the package. */
const scoId = z.string().min(1).max(300)

export const newLaunch = z.object({ scoId })

/** The elements of SCORM's data model that a package has set, flat: `cmi.suspend_data` and so on. */
const elements = z
  .record(z.string().min(1).max(100), z.string().max(65_536, '不超过 65536 个字符'))
  .refine((it) => Object.keys(it).length <= 1_000, '不超过 1000 项')
  .refine((it) => JSON.stringify(it).length <= 262_144, '课件要保存的内容过多')

/** Where a package is started, for a few hours and for whoever asked, and what it is told. */
export const launch = z.object({
  src: z.string(),
  standard: standards,
  elements: z.record(z.string(), z.string()),
})
export type Launch = z.infer<typeof launch>

/** What a package wants to have kept until it is started again. */
export const scoState = z.object({ scoId, elements })
export type ScoState = z.infer<typeof scoState>
