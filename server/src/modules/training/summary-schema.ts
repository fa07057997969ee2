import { z } from 'zod'
import { article } from '../../platform/rich-text/schema.ts'
import { day } from '../../platform/wire.ts'

/** What crosses the wire about the summary of a cohort (培训总结): counts of the records, never of a person, and the text that is written over them. */

const count = z.number().int()

/** From so many participants on whose results two assessors looked at, it is counted who reached which level: of fewer it would be told of persons. */
export const leastCounted = 5

/** What the records say of a programme, in sums. */
export const figures = z.object({
  sessions: count,
  hours: z.number(),
  fromOn: day.nullable(),
  untilOn: day.nullable(),
  /** Those with a place, and what was decided of them. */
  participants: count,
  passed: count,
  unfinished: count,
  /** In the order of the organisations, by where people belong today. */
  byOrganization: z.array(
    /** How many of them passed; null in all where it would be told of persons, because an organisation has fewer than the least. */
    z.object({ organization: z.string(), participants: count, passed: count.nullable() }),
  ),
  /** How many were assessed by two on whom something was decided; null below the least. */
  assessed: count.nullable(),
  /** By criterion: how many both assessors saw at each level, and on how many they differ. Empty below the least. */
  criteria: z.array(
    z.object({
      name: z.string(),
      levels: z.array(z.object({ name: z.string(), people: count })),
      differing: count,
    }),
  ),
  /** What participants asked for, and how often it was granted. */
  leaves: z.object({
    ...{ asked: count, granted: count },
    /** By kind of leave; empty where fewer than the least have asked for one, and absent from what was signed before it was counted. */
    kinds: z.array(z.object({ name: z.string(), asked: count })).exactOptional(),
  }),
  claims: z.object({ asked: count, granted: count }),
})
export type Figures = z.infer<typeof figures>

export const summaryText = z.object({ text: article })

export const summaryView = z.object({
  programme: z.object({ id: z.uuid(), name: z.string() }),
  text: article,
  /** What the records propose today. */
  proposed: article,
  figures,
  isWritten: z.boolean(),
  writtenBy: z.string().nullable(),
  signed: z.object({ by: z.string(), on: day }).nullable(),
  revision: count,
  can: z.object({ write: z.boolean(), sign: z.boolean() }),
})
export type SummaryView = z.infer<typeof summaryView>
