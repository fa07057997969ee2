import { and, eq, isNotNull, or, type SQL, sql } from 'drizzle-orm'
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
export function meantBy({ tenantId }: Pick<Context, 'tenantId'>, query: string, reach: SQL): SQL {
  const bounds = and(eq(persons.tenantId, tenantId), reach)
  if (/[^\x20-\x7f]/.test(query)) return inName(query, bounds)
  const letters = lettersOf(query)
  const byNumber = beginsWith(persons.numberKey, query)
  return letters === '' || /^\d/.test(letters) ? byNumber : spelledLike(letters, byNumber, bounds)
}

function spelledLike(letters: string, byNumber: SQL, bounds: SQL | undefined): SQL {
  const short = or(byNumber, beginsWith(persons.initials, letters))
  return inEither(and(bounds, beginsWith(persons.pinyin, letters)), and(bounds, short))
}

/** A part of a name begins at its first, second or third character, or lies in what follows, which few names have. */
function inName(part: string, bounds: SQL | undefined): SQL {
  const early = or(...[persons.name, persons.nameFrom2, persons.nameFrom3].map((it) => beginsWith(it, part)))
  const late = and(isNotNull(persons.nameFrom4), sql`strpos(${persons.nameFrom4}, ${part}) > 0`)
  return inEither(and(bounds, early), and(bounds, late))
}

/**
 * Two searches side by side, before anything is put in order. Joined by `or`, the second would keep the first from its indexes,
 * and a list in order of pinyin would be walked from A to W for the one Wang. Materialized, because a database that has not yet
 * looked at what an import has brought plans as if there were one person, and would search anew for each of thousands.
 */
function inEither(first: SQL | undefined, second: SQL | undefined): SQL {
  return sql`${persons.id} in (with meant as materialized (
    select id from ${persons} where ${first} union all select id from ${persons} where ${second}
  ) select id from meant)`
}
