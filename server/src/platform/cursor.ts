import type { z } from 'zod'
import { Refusal } from './refusal.ts'
import { unstorable } from './storable.ts'

/** The place in a list after which the next page begins, as text for a URL: the sort key of the last row. */
export function writeCursor(key: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The sort key in a cursor; refused where it is not one of this list, or holds what the database cannot compare with. */
export function readCursor<Key>(cursor: string, schema: z.ZodType<Key>): Key {
  const read = schema.safeParse(parsed(cursor))
  if (!read.success || unstorable(read.data).length > 0)
    throw new Refusal('malformed', '翻页位置无效，请从第一页重新打开列表。')
  return read.data
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
