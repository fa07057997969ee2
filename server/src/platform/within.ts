import { and, gte, lt, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { type OrgPath, subtree } from './org-path.ts'

/** True for a path in one of the subtrees, written as ranges that an index understands; false where there is none. */
export function within(column: PgColumn | SQL, roots: readonly OrgPath[]): SQL {
  const ranges = roots.map(subtree).map(({ lo, hi }) => sql`${column} >= ${lo} and ${column} < ${hi}`)
  return or(...ranges) ?? sql`false`
}

/** True for a byte text that begins with a prefix, as a range: row-level security would not let `like` use an index. */
export function beginsWith(column: PgColumn, prefix: string): SQL {
  return and(gte(column, prefix), lt(column, `${prefix}\u{10ffff}`)) ?? sql`false`
}

/** `column = any(ids)`: one parameter, however many ids there are. */
export const isOneOf = (column: PgColumn, ids: readonly string[]): SQL =>
  sql`${column} = any(${sql.param(ids)}::uuid[])`
