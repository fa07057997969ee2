import { type ActKind, type Stage, stages } from '@zhibu/rules'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Context } from '../../platform/context.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import type { Board } from './schema.ts'
import { rootsFor } from './scope.ts'
import { developmentStandings } from './tables.ts'

const standing = alias(developmentStandings, 's')

/** How many files stand where, in what the actor reads or in as much of it as lies below an organisation. */
export async function readBoard(ctx: Context, organizationId: string | undefined): Promise<Board> {
  const roots = await rootsFor(ctx, organizationId)
  const level = lengthOfGroups(roots)
  const { rows: groups } = await ctx.db.execute<Group>(sql`
    select left(s.path, ${level}) as place, s.stage, s.next_kind as "nextKind", count(*)::int as total,
      (count(*) filter (where s.next_latest_on < ${ctx.today}))::int as overdue,
      (count(*) filter (where s.error_count + s.warning_count > 0))::int as "withFindings"
    from development_standings s where s.tenant_id = ${ctx.tenantId} and (${within(standing.path, roots)})
    group by 1, 2, 3`)
  const places = Map.groupBy(
    groups,
    ({ place }) => roots.find((root) => roots.length > 1 && isWithin(place, root)) ?? place,
  )
  return {
    ...sumsOf(groups),
    next: countsOf(groups, (it) => it.nextKind).flatMap(([kind, count]) => (kind === null ? [] : [{ kind, count }])),
    organizations: (await namesOf(ctx, [...places.keys()])).map(({ id, name, path }) => ({
      id,
      name,
      ...sumsOf(places.get(path) ?? []),
    })),
  }
}

interface Group extends Record<string, unknown> {
  place: OrgPath
  stage: Stage | null
  nextKind: ActKind | null
  total: number
  overdue: number
  withFindings: number
}

/** Below one root: its children. Of several roots: as deep as the deepest, so that each group belongs to one of them. */
export function lengthOfGroups(roots: readonly OrgPath[]): number {
  const deepest = Math.max(0, ...roots.map((it) => it.length))
  return roots.length > 1 ? deepest : deepest + segmentLength
}

/** Four characters and a dot. */
const segmentLength = 5

const sum = (groups: readonly Group[], of: 'total' | 'overdue' | 'withFindings'): number =>
  groups.reduce((total, it) => total + it[of], 0)

function sumsOf(groups: readonly Group[]) {
  const byStage = Map.groupBy(groups, (it) => it.stage)
  return {
    total: sum(groups, 'total'),
    overdue: sum(groups, 'overdue'),
    withFindings: sum(groups, 'withFindings'),
    stages: [...stages, null].flatMap((stage) => {
      const of = byStage.get(stage)
      return of
        ? [{ stage, count: sum(of, 'total'), overdue: sum(of, 'overdue'), withFindings: sum(of, 'withFindings') }]
        : []
    }),
  }
}

/** Most frequent first. */
const countsOf = <Key>(groups: readonly Group[], keyOf: (group: Group) => Key): [Key, number][] =>
  [...Map.groupBy(groups, keyOf)]
    .map(([key, of]): [Key, number] => [key, sum(of, 'total')])
    .sort(([, a], [, b]) => b - a)

async function namesOf({ db, tenantId }: Context, paths: OrgPath[]) {
  if (paths.length === 0) return []
  return db
    .select({ id: organizations.id, name: organizations.name, path: organizations.path })
    .from(organizations)
    .where(and(eq(organizations.tenantId, tenantId), inArray(organizations.path, paths)))
    .orderBy(organizations.path)
}
