import { z } from 'zod'
import { cursor, day, page } from '../../platform/wire.ts'
import { searchKindNames } from './names-schema.ts'

/** What crosses the wire about a search. */

export const searchKinds = z.enum(Object.keys(searchKindNames) as [keyof typeof searchKindNames])

/** Words of a query; each of them has to stand in what is found. */
export const searchQuery = z.object({
  q: z.string().trim().min(1, '请填写要查找的字词').max(100, '查找的字词不超过 100 个字'),
  kind: searchKinds.optional(),
  /** Narrows the search to an organisation and those below it. */
  organizationId: z.uuid().optional(),
  year: z.coerce.number().int().min(1850).max(2199).optional(),
  cursor,
  limit: z.coerce.number().int().min(1).max(50).default(20),
})
export type SearchQuery = z.infer<typeof searchQuery>

/** A text and where the words of the query stand in it: beginnings and ends in code units. Plain text, never HTML. */
const markedText = z.object({ text: z.string(), marks: z.array(z.tuple([z.int(), z.int()])) })

const named = z.object({ id: z.uuid(), name: z.string() })

export const hit = z.object({
  kind: searchKinds,
  /** Of the document, or of the act. */
  id: z.uuid(),
  /** The kind of the act or the filing place. */
  code: z.string(),
  title: markedText,
  snippet: markedText,
  /** The first page on which everything stands; null for what has no pages. */
  page: z.int().nullable(),
  on: day.nullable(),
  person: named.nullable(),
  organization: named.nullable(),
})
export type Hit = z.infer<typeof hit>

/** The newest first. */
export const hits = page(hit)
