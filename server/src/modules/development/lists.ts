import { type ActKind, actKinds, type Day, isDay, stages } from '@zhibu/rules'
import { type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { pageOfList, type Sorted } from '../../platform/sorted-list.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { meantBy } from '../people/search.ts'
import { persons } from '../people/tables.ts'
import { may } from './policy.ts'
import type { FilesQuery } from './request-schema.ts'
import type { FileRow } from './schema.ts'
import { type Handed, handedTo, type Place, reached, rootsFor, withinReach } from './scope.ts'
import { developmentStandings, orNever } from './tables.ts'

const standing = alias(developmentStandings, 's')

/** A page of the files that the actor reads. */
export async function listFiles(ctx: Context, query: FilesQuery): Promise<Page<FileRow>> {
  const roots = await rootsFor(ctx, query.organizationId)
  const handed = handedWhere(ctx, query)
  const filters = matching(ctx, query, withinReach(ofPerson, roots, handed))
  const list = {
    table: sql`development_standings s`,
    columns: sql`s.person_id`,
    order: handed.length > 0 ? inSight(orders[query.sort], roots) : orders[query.sort],
    ...reached(ctx, ofStanding, roots, handed, () => filters),
  }
  const dressed = (page: SQL) => sql`
    select s.person_id as "personId", p.name, p.student_number as "studentNumber", s.path,
      p.organization_id as "organizationId", o.name as organization, s.stage, s.next_kind as "nextKind",
      s.next_earliest_on as "earliestOn", s.next_latest_on as "latestOn", s.error_count as "errorCount",
      s.warning_count as "warningCount", due.kind as "latestKind", page.*
    from (${page}) page
    join development_standings s on s.tenant_id = ${ctx.tenantId} and s.person_id = page.person_id
    join persons p on p.tenant_id = ${ctx.tenantId} and p.id = page.person_id
    join organizations o on o.tenant_id = ${ctx.tenantId} and o.id = p.organization_id
    left join lateral (
      select d.kind from development_dues d
      where d.tenant_id = ${ctx.tenantId} and d.person_id = s.person_id and d.latest_on = s.next_latest_on
      order by d.kind <> s.next_kind, d.kind limit 1
    ) due on true`
  return pageOfList<StandingRow, FileRow>(ctx.db, list, query, dressed, (rows) =>
    rows.map((row) => fileRowFrom(ctx, row)),
  )
}

/** The files `s` that a question means, of those that the actor reads by an office: delegations hand over nothing that is counted. */
export async function filesByOffice(ctx: Context, query: Partial<FilesQuery>): Promise<SQL> {
  const roots = await rootsFor(ctx, query.organizationId)
  const filters = matching(ctx, query, withinReach(ofPerson, roots, []))
  const { among, along } = reached(ctx, ofStanding, roots, [], () => filters)
  return among ?? along
}

interface StandingRow {
  personId: string
  name: string
  studentNumber: string | null
  path: OrgPath
  organizationId: string
  organization: string
  stage: FileRow['stage']
  nextKind: ActKind | null
  earliestOn: Day | null
  latestOn: Day | null
  latestKind: ActKind | null
  errorCount: number
  warningCount: number
}

function fileRowFrom({ actor, today }: Context, row: StandingRow): FileRow {
  const { personId, name, studentNumber, organizationId, organization, stage, nextKind, earliestOn } = row
  const { see } = may(actor, { path: row.path, personId })
  const isWhole = actor.holds('read-files', row.path)
  const next = nextKind && see.includes(nextKind) ? nextKind : null
  const latestKind = row.latestKind && see.includes(row.latestKind) ? row.latestKind : null
  const latestOn = latestKind && row.latestOn
  return {
    personId,
    name,
    studentNumber,
    organizationId,
    organization,
    stage,
    next: next && { kind: next, earliestOn, latestOn, latestKind, overdue: latestOn !== null && latestOn < today },
    errorCount: isWhole ? row.errorCount : null,
    warningCount: isWhole ? row.warningCount : null,
  }
}

/**
 * The delegations whose persons a question about files may be asked of: what their rows do not show a helper is not told by
 * a filter either. One of fields of the register alone hands over no file.
 */
const handedWhere = ({ actor }: Context, { organizationId, only, next, importId }: FilesQuery): Handed[] =>
  organizationId !== undefined || only !== undefined || importId !== undefined
    ? []
    : handedTo(actor).filter(({ fields }) => (next === undefined ? actKinds : [next]).some((it) => fields.includes(it)))

/** An order in which rows outside the subtrees keep to themselves what only the whole file tells: they stand together. */
const inSight = (order: readonly OfFile[], roots: readonly OrgPath[]): OfFile[] =>
  order.map((it) =>
    it.unseen
      ? { ...it, by: sql`(case when ${within(standing.path, roots)} then ${it.by} else ${it.unseen} end)` }
      : it,
  )

/** A column of the order, and what stands in it for a file that is not seen as a whole; absent where everybody sees it. */
type OfFile = Sorted & { unseen?: SQL }

const ofStanding: Place = { path: standing.path, person: standing.personId }
const ofPerson: Place = { path: persons.path, person: persons.id }

/** The filters of the list of files, each with its “and”. */
export function matching(ctx: Pick<Context, 'tenantId' | 'today'>, query: Partial<FilesQuery>, reach: SQL): SQL {
  return sql.join([
    query.stage ? sql` and s.stage = ${query.stage}` : sql``,
    query.next ? sql` and s.next_kind = ${query.next}` : sql``,
    query.only === 'findings' ? sql` and s.error_count + s.warning_count > 0` : sql``,
    query.only === 'overdue' ? sql` and s.next_latest_on < ${ctx.today}` : sql``,
    query.q
      ? sql` and s.person_id in (select id from ${persons} where ${persons.tenantId} = ${ctx.tenantId}
          and ${meantBy(ctx, query.q, reach)})`
      : sql``,
    ofImport(ctx, query.importId),
  ])
}

/** Only persons in whose files an import recorded acts, with its “and”; everybody where none is named. */
export const ofImport = ({ tenantId }: Pick<Context, 'tenantId'>, importId: string | undefined): SQL =>
  importId === undefined
    ? sql``
    : sql` and s.person_id in (select a.person_id from development_acts a
        where a.tenant_id = ${tenantId} and a.import_id = ${importId})`

const stageNumber = sql`(case s.stage ${sql.join(
  stages.map((stage, at) => sql.raw(`when '${stage}' then ${at + 1}`)),
  sql` `,
)} else 0 end)`

const keyText = z
  .string()
  .max(200)
  .regex(/^[^\0]*$/)
const byName: Sorted = { by: sql`${standing.pinyin}`, fits: keyText }
export const byPlace = (path: PgColumn): Sorted => ({ by: sql`${path}`, fits: keyText })
export const byPerson: Sorted = { by: sql`${standing.personId}`, fits: z.uuid() }
/** Acts without a last day stand last, behind every day that can be entered. */
export const byDay = (column: PgColumn): Sorted => ({ by: orNever(column), fits: z.string().refine(isDay) })
const byNumber = (by: SQL): Sorted => ({ by, fits: z.int32() })

const orders: Record<FilesQuery['sort'], OfFile[]> = {
  name: [byName, byPerson],
  due: [{ ...byDay(standing.nextLatestOn), unseen: sql`'9999-12-31'::date` }, byPerson],
  stage: [byNumber(stageNumber), byName, byPerson],
  organization: [byPlace(standing.path), byName, byPerson],
  findings: [
    { ...byNumber(sql`${standing.errorCount}`), unseen: sql`-1` },
    { ...byNumber(sql`${standing.warningCount}`), unseen: sql`-1` },
    byPerson,
  ],
}
