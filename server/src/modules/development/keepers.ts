import { type Day, periodicGaps } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { filingListOf } from '../archive/template.ts'
import { branchKinds, type OrganizationKind } from '../organization/kinds-schema.ts'
import type { KeeperPapers, KeepersQuery } from './completeness-schema.ts'
import { rootsFor } from './scope.ts'

/**
 * A page of the branches and committees in the order of the tree, with the papers of their own that are not there for a year, as
 * far as the rules say how often they come about. Of an organisation that has never filed a paper of its own nothing is said to
 * be missing.
 */
export async function listKeepers(ctx: Context, { year, ...query }: KeepersQuery): Promise<Page<KeeperPapers>> {
  const roots = await rootsFor(ctx, query.organizationId)
  const asked = year ?? Number(ctx.today.slice(0, 4))
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([z.string().max(200)]))[0]
  const { rows } = await ctx.db.execute<KeeperRow>(sql`
    select o.id, o.name, o.path, o.kind, o.established_on as "establishedOn", o.dissolved_on as "dissolvedOn",
      (select count(distinct f.person_id)::int from offices f where f.tenant_id = o.tenant_id and f.organization_id = o.id
        and f.from_on <= ${ctx.today} and (f.until_on is null or f.until_on >= ${ctx.today})
        and f.office in ('secretary', 'deputySecretary', 'orgMember', 'publicityMember', 'disciplineMember')) as officers,
      coalesce(lying.papers, '[]') as papers
    from organizations o
    left join lateral (
      select json_agg(json_build_object('place', d.place, 'on', d."on")) as papers from archive_documents d
      where d.tenant_id = o.tenant_id and d.organization_id = o.id and d.person_id is null and not d.is_withdrawal
        and not exists (select from archive_documents later where later.tenant_id = d.tenant_id and later.supersedes = d.id)
    ) lying on true
    where o.tenant_id = ${ctx.tenantId} and (${within(sql`o.path`, roots)}) and o.dissolved_on is null
      and o.kind = any(${sql.param(kinds)}::text[]) ${after === undefined ? sql`` : sql`and o.path > ${after}`}
    order by o.path limit ${query.limit + 1}`)
  const list = await filingListOf(ctx)
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return {
    items: shown.map(({ id, name, kind, officers, establishedOn, dissolvedOn, papers }) => {
      const filed = papers.map(({ place, on }) => ({ place, ...(on !== null && { on }) }))
      const keeper = {
        kind: committees.includes(kind) ? ('partyCommittee' as const) : ('branch' as const),
        hasCommittee: officers >= leastInCommittee,
        ...(establishedOn !== null && { establishedOn }),
        ...(dissolvedOn !== null && { dissolvedOn }),
      }
      return {
        id,
        name,
        filed: filed.filter(({ on }) => on?.startsWith(`${asked}-`)).length,
        gaps: filed.length === 0 ? [] : [...periodicGaps(list, keeper, filed, asked, ctx.today)],
      }
    }),
    ...(last && { next: writeCursor([last.path]) }),
  }
}

/** A branch with so many in office has a committee (支部工作条例 ch. 6: 3 to 5 members). */
const leastInCommittee = 3

const committees: readonly OrganizationKind[] = ['universityCommittee', 'partyCommittee']

/** A temporary branch and one for a task hold no assemblies of their own. */
const kinds: readonly OrganizationKind[] = [
  ...committees,
  ...branchKinds.filter((it) => it !== 'temporaryBranch' && it !== 'functionalBranch'),
]

interface KeeperRow extends Record<string, unknown> {
  id: string
  name: string
  path: OrgPath
  kind: OrganizationKind
  officers: number
  establishedOn: Day | null
  dissolvedOn: Day | null
  papers: { place: string; on: Day | null }[]
}
