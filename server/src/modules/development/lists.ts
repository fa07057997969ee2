import { type ActKind, actKinds, addDays, type Day, isDay, stages } from '@zhibu/rules'
import { or, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { preparedRows } from '../../platform/prepared.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { meantBy } from '../people/search.ts'
import { persons } from '../people/tables.ts'
import { factsOf, isOneOf } from './facts.ts'
import { may } from './policy.ts'
import type { DuesQuery, FilesQuery } from './request-schema.ts'
import type { DueRow, FileRow } from './schema.ts'
import { handedTo, rootsFor } from './scope.ts'
import { settingOf } from './settings.ts'
import { stateOf } from './standings.ts'
import { developmentDues, developmentStandings, orNever } from './tables.ts'

const standing = alias(developmentStandings, 's')
const dueAct = alias(developmentDues, 's')

/** A page of the files that the actor reads. The first page tells how many rows match, up to `countLimit`. */
export async function listFiles(ctx: Context, query: FilesQuery): Promise<Page<FileRow>> {
  const roots = await rootsFor(ctx, query.organizationId)
  const where = sql`s.tenant_id = ${ctx.tenantId} and ${withinReach(ctx, ofStanding, roots, query)}
    ${matching(ctx, query, withinReach(ctx, ofPerson, roots, query))}`
  const order = orders[query.sort]
  const rows = await preparedRows<StandingRow>(
    ctx.db,
    sql`
    select s.person_id as "personId", p.name, p.student_number as "studentNumber", s.path,
      p.organization_id as "organizationId", o.name as organization, s.stage, s.next_kind as "nextKind",
      s.next_earliest_on as "earliestOn", s.next_latest_on as "latestOn", s.error_count as "errorCount",
      s.warning_count as "warningCount", s.key
    from (
      select s.*, json_build_array(${listed(order)}) as key from development_standings s
      where ${where} ${after(order, query)}
      order by ${ordered(order, query.descending)} limit ${query.limit + 1}
    ) s
    join persons p on p.tenant_id = ${ctx.tenantId} and p.id = s.person_id
    join organizations o on o.tenant_id = ${ctx.tenantId} and o.id = p.organization_id
    order by ${ordered(order, query.descending)}`,
  )
  const page = pageOf(rows, query.limit, (row) => fileRowFrom(ctx, row))
  const total = query.cursor === undefined ? await countOf(ctx, sql`development_standings s`, where) : undefined
  return { ...page, ...(total !== undefined && { total }) }
}

/** A page of what is due, overdue first and then by the last day, with the reasons of each date. */
export async function listDues(ctx: Context, query: DuesQuery): Promise<Page<DueRow>> {
  const roots = await rootsFor(ctx, query.organizationId)
  const where = sql`s.tenant_id = ${ctx.tenantId} and ${withinReach(ctx, ofDue, roots, query)}
    ${query.kind ? sql`and s.kind = ${query.kind}` : sql``}
    ${query.only === 'overdue' ? sql`and s.latest_on < ${ctx.today}` : sql``}
    ${query.withinDays === undefined ? sql`` : sql`and s.latest_on <= ${addDays(ctx.today, query.withinDays)}`}`
  const rows = await preparedRows<{ personId: string; kind: ActKind; key: (string | number)[] }>(
    ctx.db,
    sql`
    select s.person_id as "personId", s.kind, json_build_array(${listed(dueOrder)}) as key
    from development_dues s
    where ${where} ${after(dueOrder, query)}
    order by ${ordered(dueOrder, false)} limit ${query.limit + 1}`,
  )
  const explained = await explain(ctx, [...new Set(rows.slice(0, query.limit).map((it) => it.personId))])
  const page = pageOf(rows, query.limit, ({ personId, kind }) => explained.get(`${personId} ${kind}`))
  const items = page.items.filter((it) => it !== undefined)
  const total = query.cursor === undefined ? await countOf(ctx, sql`development_dues s`, where) : undefined
  return { ...page, items, ...(total !== undefined && { total }) }
}

/** What is due for these persons, worked out anew with its reasons, by person and kind. */
async function explain(ctx: Context, personIds: string[]): Promise<Map<string, DueRow>> {
  if (personIds.length === 0) return new Map()
  const { setting } = await settingOf(ctx)
  const rows = new Map<string, DueRow>()
  for (const { person, facts } of await factsOf(ctx, personIds)) {
    const { stage, due } = stateOf(facts, ctx.today, setting)
    for (const act of due) {
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
  errorCount: number
  warningCount: number
  key: (string | number)[]
}

function fileRowFrom({ actor, today }: Context, row: StandingRow): FileRow {
  const { personId, name, studentNumber, organizationId, organization, stage, nextKind, earliestOn, latestOn } = row
  const { see } = may(actor, { path: row.path, personId })
  const isWhole = actor.holds('read-files', row.path)
  const next = nextKind && see.includes(nextKind) ? nextKind : null
  return {
    personId,
    name,
    studentNumber,
    organizationId,
    organization,
    stage,
    next: next && { kind: next, earliestOn, latestOn, overdue: latestOn !== null && latestOn < today },
    errorCount: isWhole ? row.errorCount : null,
    warningCount: isWhole ? row.warningCount : null,
  }
}

/** The rows of the subtrees, and of the persons whom a delegation hands over. Over the whole university it says nothing, so that the plan follows the order. */
function withinReach(
  { actor }: Context,
  it: Place,
  roots: readonly OrgPath[],
  query: { organizationId?: string | undefined },
): SQL {
  const handed = query.organizationId === undefined ? handedTo(actor) : []
  const delegated = handed.map(
    ({ personIds, fields }) =>
      sql`(${isOneOf(it.person, personIds)}${it.kind ? sql` and ${it.kind} = any(${sql.param(fields)}::text[])` : sql``})`,
  )
  const everywhere = roots.some((root) => ancestors(root).length === 0)
  return everywhere ? sql`true` : sql`(${or(within(it.path, roots), ...delegated)})`
}

/** The columns that say whose a row is; with a kind, a helper sees the kinds of the task only. */
interface Place {
  path: PgColumn
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

/** A column by which a list is ordered, and what a cursor may hold for it. */
interface Sorted {
  by: SQL
  fits: z.ZodType<string | number>
}

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

const listed = (order: readonly Sorted[]): SQL =>
  sql.join(
    order.map((it) => it.by),
    sql`, `,
  )

const ordered = (order: readonly Sorted[], descending: boolean): SQL =>
  sql.join(
    order.map((it) => sql`${it.by} ${sql.raw(descending ? 'desc' : 'asc')}`),
    sql`, `,
  )

/** The rows behind the last one of the page before. */
function after(
  order: readonly Sorted[],
  { cursor, descending }: { cursor?: string | undefined; descending?: boolean },
): SQL {
  if (cursor === undefined) return sql``
  const keys = z.array(z.union([z.string(), z.number()])).length(order.length)
  const isKey = (key: readonly unknown[]) => order.every((it, at) => it.fits.safeParse(key[at]).success)
  const values = readCursor(cursor, keys.refine(isKey)).map((it) => sql`${it}`)
  return sql`and (${listed(order)}) ${sql.raw(descending ? '<' : '>')} (${sql.join(values, sql`, `)})`
}

/** The page without the row that only tells whether there is more. */
function pageOf<Row extends { key: (string | number)[] }, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map(itemOf),
    ...(last && { next: writeCursor(last.key) }),
  }
}

/** How many rows match; undefined where they are more than anybody reads. */
async function countOf({ db }: Context, table: SQL, where: SQL): Promise<number | undefined> {
  const [row] = await preparedRows<{ count: number }>(
    db,
    sql`select count(*)::int as count from (select from ${table} where ${where} limit ${countLimit + 1}) s`,
  )
  return row && row.count <= countLimit ? row.count : undefined
}

const countLimit = 10_000
