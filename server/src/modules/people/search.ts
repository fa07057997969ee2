import { and, eq, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Context } from '../../platform/context.ts'
import { beginsWith } from '../../platform/within.ts'
import { lettersOf } from '../organization/pinyin.ts'
import { persons } from './tables.ts'

/**
 * True for the persons whom a query means: by a part of the name where it is written in characters,
 * else by the beginning of the student number, of the pinyin, or of its initials.
 * All of it is ranges of bytes, because row-level security lets no other comparison of text use an index.
 * `reach` bounds the search to the part of the register that the actor sees.
 */
export function meantBy(ctx: Pick<Context, 'tenantId'>, query: string, reach: SQL): SQL {
  if (/[^\x20-\x7f]/.test(query)) return inName(ctx, query, reach)
  return startingWith(query)
}

function startingWith(query: string): SQL {
  const letters = lettersOf(query)
  const byNumber = beginsWith(persons.numberKey, query)
  if (letters === '' || /^\d/.test(letters)) return byNumber
  return oneOf(byNumber, beginsWith(persons.pinyin, letters), beginsWith(persons.initials, letters))
}

/** A part of a name begins at its first, second or third character, or lies in what follows, which few names have. */
function inName({ tenantId }: Pick<Context, 'tenantId'>, part: string, reach: SQL): SQL {
  const ofTenant = eq(persons.tenantId, tenantId)
  const early = oneOf(...[persons.name, persons.nameFrom2, persons.nameFrom3].map((it) => beginsWith(it, part)))
  const late = and(isNotNull(persons.nameFrom4), sql`strpos(${persons.nameFrom4}, ${part}) > 0`)
  return inEither(persons.id, and(ofTenant, reach, early), and(ofTenant, reach, late))
}

/** Two searches side by side: joined by `or` the second would keep the first from its indexes. */
function inEither(column: PgColumn, first: SQL | undefined, second: SQL | undefined): SQL {
  return sql`${column} in (select id from ${persons} where ${first} union all select id from ${persons} where ${second})`
}

const oneOf = (...conditions: SQL[]): SQL => or(...conditions) ?? sql`false`
