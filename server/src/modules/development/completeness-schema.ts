import { type Day, type Deliverer, type PaperGap, type RemarkState, remarkStates, stages } from '@zhibu/rules'
import { z } from 'zod'
import { cursor, pageSize } from '../../platform/wire.ts'
import { writtenLine } from './act-schema.ts'
import type { FileRow, RemarkOnRun } from './schema.ts'

/** What crosses the wire about the papers of many persons, and of organisations themselves. */

/** A kind of remark on a place; `differs`: the day on a paper is not that of the record. What is not due yet is not told of many. */
export type PaperState = Exclude<RemarkState, 'notDue'> | 'differs'
export const paperStates: readonly PaperState[] = [
  ...remarkStates.filter((it): it is Exclude<RemarkState, 'notDue'> => it !== 'notDue'),
  'differs',
]

export const completenessQuery = z.object({
  q: writtenLine.max(50).optional(),
  organizationId: z.uuid().optional(),
  stage: z.enum(stages).optional(),
  state: z.enum(paperStates).optional(),
  /** The code of a place of the filing list. */
  place: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]{1,60}$/)
    .optional(),
  cursor,
  limit: pageSize,
})
export type CompletenessQuery = z.infer<typeof completenessQuery>

export const completenessCountsQuery = completenessQuery.omit({ cursor: true, limit: true })
export type CompletenessCountsQuery = z.infer<typeof completenessCountsQuery>
export type CompletenessExport = CompletenessCountsQuery

export const keepersQuery = completenessQuery
  .pick({ organizationId: true, cursor: true, limit: true })
  .extend({ year: z.coerce.number().int().min(2000).max(2100).optional() })
export type KeepersQuery = z.infer<typeof keepersQuery>

/** A person whose papers are not all there and in order, with what is to be said of them; narrowed as the list is. */
export interface PersonPapers
  extends Pick<FileRow, 'personId' | 'name' | 'studentNumber' | 'organizationId' | 'organization' | 'stage'> {
  remarks: RemarkOnRun[]
  /** Where a paper bears another day than the record; the texts of papers are not looked at. */
  differences: { place: string; message: string }[]
}

/** How many persons have a remark of a kind. */
export interface PaperCount {
  state: PaperState
  persons: number
}

/** How many persons each place and each organisation has, in the order of the filing list and of the tree. */
export interface CompletenessCounts {
  on: Day
  /** False where the reader sees no paper of anybody: then nothing is counted. */
  isUsed: boolean
  persons: number
  states: PaperCount[]
  places: {
    code: string
    number: string
    label: string
    deliveredBy: Deliverer
    states: PaperCount[]
  }[]
  organizations: { id: string; name: string; persons: number; states: PaperCount[] }[]
}

/** An organisation with the papers of its own that are not there where the rules say how often they come about. */
export interface KeeperPapers {
  id: string
  name: string
  /** How many papers of the year it has filed; of any kind. */
  filed: number
  gaps: PaperGap[]
}
