import { and, eq, inArray, type SQL } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { organizations } from '../organization/tables.ts'
import { organizationOfPerson } from './queries.ts'
import { persons } from './tables.ts'

/**
 * Persons within a reach by their numbers, in the order of the list; `missing` are the places of the other numbers in it, from 0.
 * Who may ask for whom is up to the caller.
 */
export async function numbered({ db, tenantId }: Context, numbers: readonly string[], reach: SQL) {
  const asked = numbers.map((it) => it.normalize('NFKC'))
  const rows = await db
    .select({
      id: persons.id,
      name: persons.name,
      number: persons.studentNumber,
      organizationName: organizations.name,
    })
    .from(persons)
    .innerJoin(organizations, organizationOfPerson)
    .where(and(eq(persons.tenantId, tenantId), inArray(persons.studentNumber, asked), reach))
  const byNumber = new Map(rows.map(({ number, ...it }) => [number, it]))
  return {
    items: [...new Set(asked)].flatMap((it) => byNumber.get(it) ?? []),
    missing: asked.flatMap((it, at) => (byNumber.has(it) ? [] : [at])),
  }
}
