import { type ActKind, actKinds, addDays, type Day, isDay, stages } from '@zhibu/rules'
import { or, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { pageOfList, type Sorted, type SortedList } from '../../platform/sorted-list.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { meantBy } from '../people/search.ts'
import { persons } from '../people/tables.ts'
import { factsOf, isOneOf } from './facts.ts'
import { may } from './policy.ts'
import { dueFor } from './queries.ts'
import type { DuesQuery, FilesQuery } from './request-schema.ts'
import type { DueRow, FileRow } from './schema.ts'
import { handedTo, rootsFor } from './scope.ts'
import { settingOf } from './settings.ts'
import { stateOf } from './standings.ts'
import { developmentDues, developmentStandings, orNever } from './tables.ts'

const standing = alias(developmentStandings, 's')
const dueAct = alias(developmentDues, 's')

/** A page of the files that the actor reads. */
export async function listFiles(ctx: Context, query: FilesQuery): Promise<Page<FileRow>> {
  const roots = await rootsFor(ctx, query.organizationId)
  const filters = matching(ctx, query, withinReach(ctx, ofPerson, roots, query))
  const list = {
    table: sql`development_standings s`,
    columns: sql`s.person_id`,
    order: orders[query.sort],
    ...reached(ctx, ofStanding, roots, query, filters),
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

/** A page of what is due, overdue first and then by the last day, with the reasons of each date. */
export async function listDues(ctx: Context, query: DuesQuery): Promise<Page<DueRow>> {
  const roots = await rootsFor(ctx, query.organizationId)
  const filters = sql.join([
    query.kind ? sql` and s.kind = ${query.kind}` : sql``,
    query.only === 'overdue' ? sql` and s.latest_on < ${ctx.today}` : sql``,
    query.withinDays === undefined ? sql`` : sql` and s.latest_on <= ${addDays(ctx.today, query.withinDays)}`,
  ])
  const list = {
    table: sql`development_dues s`,
    columns: sql`s.person_id as "personId", s.kind`,
    order: dueOrder,
    ...reached(ctx, ofDue, roots, query, filters),
  }
  const dressed = (page: SQL) => sql`select * from (${page}) page`
  return pageOfList<{ personId: string; kind: ActKind }, DueRow>(ctx.db, list, query, dressed, async (rows) => {
    const explained = await explain(ctx, [...new Set(rows.map((it) => it.personId))])
    return rows.flatMap(({ personId, kind }) => explained.get(`${personId} ${kind}`) ?? [])
  })
}

/** What is due for these persons, worked out anew with its reasons, by person and kind. */
async function explain(ctx: Context, personIds: string[]): Promise<Map<string, DueRow>> {
  if (personIds.length === 0) return new Map()
  const { setting } = await settingOf(ctx)
  const rows = new Map<string, DueRow>()
  for (const { person, facts } of await factsOf(ctx, personIds)) {
    const { stage, due } = stateOf(facts, ctx.today, setting)
    const seen = new Set(may(ctx.actor, { path: person.path, personId: person.id }).see)
    for (const act of due.map((it) => dueFor(seen, it))) {
      const key = `${person.id} ${act.kind}`
      const { id: personId, name, organizationId, organization } = person
      if (!rows.has(key)) rows.set(key, { personId, name, organizationId, organization, stage: stage ?? null, act })
    }
  }
  return rows
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

/** The rows that the actor reads and the filters let through: looked up by their places, or along an order. */
function reached(
  ctx: Context,
  it: Place,
  roots: readonly OrgPath[],
  query: { organizationId?: string | undefined },
  filters: SQL,
): Pick<SortedList, 'among' | 'along'> {
  const where = (place: Place) =>
    sql`s.tenant_id = ${ctx.tenantId} and ${withinReach(ctx, place, roots, query)}${filters}`
  // As a part of an expression the path finds no index.
  const along = where({ ...it, path: sql`(${it.path} || '')` })
  return isEverywhere(roots) ? { along } : { among: where(it), along }
}

const isEverywhere = (roots: readonly OrgPath[]): boolean => roots.some((root) => ancestors(root).length === 0)

/** The rows of the subtrees, and of the persons whom a delegation hands over. Over the whole university it says nothing. */
function withinReach(
  { actor }: Context,
  it: Place,
  roots: readonly OrgPath[],
  query: { organizationId?: string | undefined },
): SQL {
  if (isEverywhere(roots)) return sql`true`
  const handed = query.organizationId === undefined ? handedTo(actor) : []
  const delegated = handed.map(
    ({ personIds, fields }) =>
      sql`(${isOneOf(it.person, personIds)}${it.kind ? sql` and ${it.kind} = any(${sql.param(fields)}::text[])` : sql``})`,
  )
  return sql`(${or(within(it.path, roots), ...delegated)})`
}

/** The columns that say whose a row is; with a kind, a helper sees the kinds of the task only. */
interface Place {
  path: PgColumn | SQL
  person: PgColumn
  kind?: PgColumn
}

const ofStanding: Place = { path: standing.path, person: standing.personId }
const ofPerson: Place = { path: persons.path, person: persons.id }
const ofDue: Place = { path: dueAct.path, person: dueAct.personId, kind: dueAct.kind }

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
  ])
}

const stageNumber = sql`(case s.stage ${sql.join(
  stages.map((stage, at) => sql.raw(`when '${stage}' then ${at + 1}`)),
  sql` `,
)} else 0 end)`

const byName: Sorted = {
  by: sql`${standing.pinyin}`,
  fits: z
    .string()
    .max(200)
    .regex(/^[^\0]*$/),
}
const byPerson: Sorted = { by: sql`${standing.personId}`, fits: z.uuid() }
const byKind: Sorted = { by: sql`${dueAct.kind}`, fits: z.enum(actKinds) }
/** Acts without a last day stand last, behind every day that can be entered. */
const byDay = (column: PgColumn): Sorted => ({ by: orNever(column), fits: z.string().refine(isDay) })
const byNumber = (by: SQL): Sorted => ({ by, fits: z.int32() })

const orders: Record<FilesQuery['sort'], Sorted[]> = {
  name: [byName, byPerson],
  due: [byDay(standing.nextLatestOn), byPerson],
  stage: [byNumber(stageNumber), byName, byPerson],
  findings: [byNumber(sql`${standing.errorCount}`), byNumber(sql`${standing.warningCount}`), byPerson],
}

const dueOrder: Sorted[] = [byDay(dueAct.latestOn), byPerson, byKind]
