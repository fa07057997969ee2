import { isDay } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { isWithin } from '../../platform/org-path.ts'
import { preparedRows } from '../../platform/prepared.ts'
import { found as existing, Refusal } from '../../platform/refusal.ts'
import { noDay } from '../../platform/search/entries.ts'
import { type Found, found, type Reach } from '../../platform/search/finding.ts'
import { piecesOf } from '../../platform/search/folding.ts'
import { marked, snippetOf } from '../../platform/search/snippets.ts'
import { day, type Page } from '../../platform/wire.ts'
import { findOrganization } from '../organization/queries.ts'
import { mayFind } from './policy.ts'
import { type Hit, type SearchQuery, searchKinds } from './schema.ts'

interface HitRow extends Found {
  personName: string | null
  organizationId: string | null
  organizationName: string | null
}

/** A page of what is found in the texts that the actor may read, the newest first. One statement, two below an organisation. */
export async function search(ctx: Context, query: SearchQuery): Promise<Page<Hit>> {
  const pieces = piecesOf(query.q)
  if (pieces.length === 0) throw new Refusal('malformed', '请填写要查找的字词。')
  const last =
    query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([day.or(z.literal(noDay)), z.uuid()]))
  const table = found({
    pieces,
    reach: await reachFor(ctx, query.organizationId),
    // Posts of discussions stand in the same index and are found there.
    kinds: query.kind ? [query.kind] : searchKinds.options,
    year: query.year,
    after: last && { on: last[0], id: last[1] },
    count: query.limit + 1,
  })
  const rows = await preparedRows<HitRow>(
    ctx.db,
    sql`select found.kind, found.id, found.page, found.dated_on as "on", found.person_id as "personId", found.code,
      found.title, found.body, p.name as "personName", o.id as "organizationId", o.name as "organizationName"
    from ${table}
    left join persons p on p.tenant_id = ${ctx.tenantId} and p.id = found.person_id
    left join organizations o on o.tenant_id = ${ctx.tenantId} and o.path = found.path
    order by found.dated_on desc, found.id desc`,
  )
  const shown = rows.slice(0, query.limit)
  const end = rows.length > query.limit ? shown.at(-1) : undefined
  return { items: shown.map((row) => hitOf(row, pieces)), ...(end && { next: writeCursor([end.on, end.id]) }) }
}

/** What the actor finds, or as much of it as lies below an organisation. */
async function reachFor(ctx: Context, organizationId: string | undefined): Promise<Reach> {
  const reach = mayFind(ctx.actor)
  if (organizationId === undefined) return reach
  const { path } = existing(await findOrganization(ctx, organizationId), '个组织')
  const isBelow = reach.roots.some((root) => isWithin(path, root))
  return { roots: isBelow ? [path] : reach.roots.filter((root) => isWithin(root, path)), own: null, handed: [] }
}

function hitOf(row: HitRow, pieces: readonly string[]): Hit {
  return {
    kind: searchKinds.parse(row.kind),
    id: row.id,
    code: row.code,
    title: marked(row.title, pieces),
    snippet: snippetOf(row.body, pieces),
    page: row.page === 0 ? null : row.page,
    on: row.on !== noDay && isDay(row.on) ? row.on : null,
    person: row.personId && row.personName !== null ? { id: row.personId, name: row.personName } : null,
    organization:
      row.organizationId && row.organizationName !== null
        ? { id: row.organizationId, name: row.organizationName }
        : null,
  }
}
