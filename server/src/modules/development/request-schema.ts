import { actKinds, stages } from '@zhibu/rules'
import { z } from 'zod'
import { cursor, day, pageSize } from '../../platform/wire.ts'
import { writtenLine } from './act-schema.ts'
import { whoseChoices } from './schema.ts'

/** What crosses the wire to ask for lists, to plan, and to open a batch. */

/** What a plan has to fit into (按期限倒排). */
export const planConstraints = z.object({
  target: z.object({ kind: z.enum(actKinds), by: day }),
  assemblyDays: z.array(day).max(200).exactOptional(),
  committeeDays: z.array(day).max(200).exactOptional(),
  closed: z
    .array(z.object({ from: day, until: day }))
    .max(50)
    .exactOptional(),
})

const filesSorts = ['name', 'organization', 'due', 'stage', 'findings'] as const

/** The list of files (发展党员). */
export const filesQuery = z.object({
  q: writtenLine.max(50).optional(),
  organizationId: z.uuid().optional(),
  stage: z.enum(stages).optional(),
  next: z.enum(actKinds).optional(),
  /** Only files with contradictions, or only overdue ones. */
  only: z.enum(['findings', 'overdue']).optional(),
  /** Only files in which this import recorded acts. */
  importId: z.uuid().optional(),
  sort: z.enum(filesSorts).default('due'),
  descending: z.stringbool().default(false),
  cursor,
  limit: pageSize,
})
export type FilesQuery = z.infer<typeof filesQuery>

/** The due list of the workbench (工作台). */
export const duesQuery = z.object({
  organizationId: z.uuid().optional(),
  kind: z.enum(actKinds).optional(),
  /** Only what is overdue, or due within so many days. */
  withinDays: z.coerce.number().int().min(0).max(3660).optional(),
  only: z.enum(['overdue']).optional(),
  /** Whose turn it is: the actor's own, unless the actor records nothing. */
  whose: z.enum(whoseChoices).optional(),
  importId: z.uuid().optional(),
  /** By the last day, or by organisation and in each by the last day. */
  sort: z.enum(['due', 'organization']).default('due'),
  descending: z.stringbool().default(false),
  cursor,
  limit: pageSize,
})
export type DuesQuery = z.infer<typeof duesQuery>

/** The figures above the due list. */
export const dueCountsQuery = duesQuery.omit({ cursor: true, limit: true })
export type DueCountsQuery = z.infer<typeof dueCountsQuery>
/** The due list to be written out. */
export const duesExport = duesQuery.omit({ cursor: true, limit: true })
export type DuesExport = z.infer<typeof duesExport>

/** The summary of a batch to be written out: of everybody, or of those with contradictions or gaps. */
export const batchExport = z.object({ only: z.enum(['open']).optional() })
export type BatchExport = z.infer<typeof batchExport>

/** Pages of a list that has no filters. */
export const batchesQuery = z.object({ cursor: z.uuid().optional(), limit: pageSize })

export const boardQuery = filesQuery.pick({ organizationId: true })

export const newBatch = z.object({
  title: writtenLine.min(1, '请填写批次名称').max(100),
  /** The persons by id, or all files that match. */
  personIds: z.array(z.uuid()).max(2000).optional(),
  matching: filesQuery.pick({ organizationId: true, stage: true, next: true, only: true }).optional(),
})
export type NewBatch = z.infer<typeof newBatch>

/** A place of the filing list, and the act after which its paper is asked for; what is absent counts as nothing. */
export const filingEffectQuery = z.object({
  place: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]{1,60}$/, '没有这一类材料')
    .optional(),
  from: z.enum(actKinds).optional(),
})
export type FilingEffectQuery = z.infer<typeof filingEffectQuery>

/** How much lies in the place, in how many files; who has the act recorded, and of them who has nothing there. */
export const filingEffect = z.object({
  documents: z.number().int(),
  files: z.number().int(),
  reached: z.number().int(),
  lacking: z.number().int(),
})
export type FilingEffect = z.infer<typeof filingEffect>
