import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import type { Page } from '../../platform/wire.ts'

/** A person as the pages of notices name them. */
export interface NamedPerson {
  id: string
  name: string
  organization: { id: string; name: string }
}

/**
 * A page of persons in the order of their names: `from` names `persons p` and what `more` takes from besides. Which persons these
 * may be is up to the caller.
 */
export async function pageOfPersons<More extends object = object>(
  { db, tenantId }: Context,
  from: SQL,
  where: SQL,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  more: SQL = sql``,
  moreOf: (row: Record<string, unknown>) => More = () => ({}) as More,
): Promise<Page<NamedPerson & More>> {
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.string(), z.uuid()]))
  const behind = after ? sql` and (p.pinyin, p.id) > (${after[0]}, ${after[1]}::uuid)` : sql``
  const { rows } = await db.execute<{ id: string; name: string; pinyin: string; orgId: string; orgName: string }>(sql`
    select p.id, p.name, p.pinyin, o.id as "orgId", o.name as "orgName"${more}
    from ${from} join organizations o on o.tenant_id = ${tenantId} and o.id = p.organization_id
    where ${where}${behind} order by p.pinyin, p.id limit ${limit + 1}`)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map((row) => ({
      ...{ id: row.id, name: row.name, organization: { id: row.orgId, name: row.orgName } },
      ...moreOf(row),
    })),
    ...(last && { next: writeCursor([last.pinyin, last.id]) }),
  }
}
