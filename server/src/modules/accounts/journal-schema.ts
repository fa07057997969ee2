import { z } from 'zod'
import { cursor, day, page, pageSize } from '../../platform/wire.ts'

/** What crosses the wire about the journal. */

const instant = z.string()

export const journalQuery = z.object({
  /** The beginning of an event: a module (`people`) or one event (`people.moved`). */
  event: z.string().trim().max(60).optional(),
  accountId: z.uuid().optional(),
  personId: z.uuid().optional(),
  subjectId: z.string().max(100).optional(),
  from: day.optional(),
  until: day.optional(),
  /** The entries of one group, each by itself: from its first to its last, as the list names them. */
  first: z.uuid().optional(),
  last: z.uuid().optional(),
  /** The last event first, unless the first is asked for. */
  sort: z.enum(['at']).default('at'),
  descending: z.stringbool().default(true),
  cursor,
  limit: pageSize,
})
export type JournalQuery = z.infer<typeof journalQuery>

/** The journal to be written out. */
export const journalExport = journalQuery.omit({ cursor: true, limit: true })
export type JournalExport = z.infer<typeof journalExport>

/** An entry; or as one, entries of the same event that one request left about many, such as the persons of a pre-check. */
export const journalRow = z.object({
  id: z.uuid(),
  /** How many entries it stands for, and the last of them. */
  count: z.number().int(),
  lastId: z.uuid(),
  at: instant,
  accountId: z.uuid().nullable(),
  actorName: z.string(),
  event: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  personId: z.uuid().nullable(),
  /** Of many entries, what they have in common. */
  details: z.record(z.string(), z.unknown()),
  requestId: z.string(),
})
export type JournalRow = z.infer<typeof journalRow>
export const journalPage = page(journalRow)

export const verification = z.object({
  sealedRows: z.number().int(),
  /** The end of the chain; kept elsewhere it proves later that nothing before it was changed. */
  anchors: z.array(z.object({ number: z.number().int(), hash: z.string() })),
  /** Null where every sealed row is as it was sealed. */
  problem: z
    .object({
      kind: z.string(),
      message: z.string(),
      sealNumber: z.number().int().nullable(),
      rowId: z.string().nullable(),
    })
    .nullable(),
})
export type VerificationView = z.infer<typeof verification>
