import type { Stage } from '@zhibu/rules'
import { type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { filedOf, hasDocuments } from '../archive/filed.ts'
import { filingListOf, placesOf } from '../archive/template.ts'
import { meantBy } from '../people/search.ts'
import { persons } from '../people/tables.ts'
import { lengthOfGroups } from './board.ts'
import type {
  CompletenessCounts,
  CompletenessCountsQuery,
  CompletenessQuery,
  PaperCount,
  PaperState,
  PersonPapers,
} from './completeness-schema.ts'
import { paperStates } from './completeness-schema.ts'
import { factsOf } from './facts.ts'
import { papersOf } from './papers.ts'
import { rootsFor } from './scope.ts'
import { settingOf } from './settings.ts'
import { developmentPaperRemarks } from './tables.ts'

const remark = alias(developmentPaperRemarks, 'r')

/**
 * A page of the persons whose papers are not all there and in order, in the order of the tree and of names, each worked out anew.
 * The own papers of the reader are not among them. A fixed number of statements, and no text of a paper is opened.
 */
export async function listCompleteness(ctx: Context, query: CompletenessQuery): Promise<Page<PersonPapers>> {
  const matching = await remarksOf(ctx, query)
  if (!(await hasDocuments(ctx))) return { items: [], total: 0 }
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, key)
  const { rows } = await ctx.db.execute<{ id: string; path: OrgPath; pinyin: string; stage: Stage | null }>(sql`
    select it.person_id as id, it.path, it.pinyin, s.stage
    from (select distinct r.path, r.pinyin, r.person_id from development_paper_remarks r where ${matching}
      ${after ? sql`and (r.path, r.pinyin, r.person_id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)` : sql``}
      order by r.path, r.pinyin, r.person_id limit ${query.limit + 1}) it
    left join development_standings s on s.tenant_id = ${ctx.tenantId} and s.person_id = it.person_id
    order by it.path, it.pinyin, it.person_id`)
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return {
    items: await explained(ctx, shown, query),
    ...(last && { next: writeCursor([last.path, last.pinyin, last.id]) }),
    ...(after === undefined && { total: await countOf(ctx, matching) }),
  }
}

const plain = z
  .string()
  .max(200)
  .regex(/^[^\0]*$/)
const key = z.tuple([plain, plain, z.uuid()])

async function countOf(ctx: Context, matching: SQL): Promise<number> {
  const { rows } = await ctx.db.execute<{ count: number }>(sql`
    select count(distinct r.person_id)::int as count from development_paper_remarks r where ${matching}`)
  return rows[0]?.count ?? 0
}

/** What is to be said of these persons today, in their order; who has been put right since is left out. */
async function explained(
  ctx: Context,
  rows: readonly { id: string; stage: Stage | null }[],
  { state, place }: CompletenessQuery,
): Promise<PersonPapers[]> {
  const ids = rows.map((it) => it.id)
  const { setting } = await settingOf(ctx)
  const files = new Map((await factsOf(ctx, ids)).map((it) => [it.person.id, it]))
  const filed = await filedOf(ctx, ids)
  const isAsked = (it: { place: string; state: string }) =>
    it.state !== 'notDue' && (state === undefined || it.state === state) && (place === undefined || it.place === place)
  return rows.flatMap(({ id, stage }) => {
    const file = files.get(id)
    if (file === undefined) return []
    const { remarks, findings } = papersOf(ctx, file, filed, setting)
    const said = remarks.filter(isAsked).map(({ facts: _, documentIds: __, ...it }) => it)
    const differences = findings
      .filter((it) => isAsked({ place: it.place, state: 'differs' }))
      .map((it) => ({ place: it.place, message: it.message }))
    if (said.length + differences.length === 0) return []
    const { name, studentNumber, organizationId, organization } = file.person
    return [{ personId: id, name, studentNumber, organizationId, organization, stage, remarks: said, differences }]
  })
}

/** How many persons have what remark: by place of the filing list, and by the organisations one level below, or by the one that has none below. */
export async function countCompleteness(ctx: Context, query: CompletenessCountsQuery): Promise<CompletenessCounts> {
  const nothing = { on: ctx.today, isUsed: false, persons: 0, states: [], places: [], organizations: [] }
  const roots = await rootsFor(ctx, query.organizationId)
  if (!(await hasDocuments(ctx))) return nothing
  const matching = await remarksOf(ctx, query, roots)
  const seen = await organizationsTo(ctx, roots, lengthOfGroups(roots))
  const level = Math.max(0, ...seen.map((it) => it.path.length))
  const { rows } = await ctx.db.execute<Counted>(sql`
    select place, part, state, count(distinct person_id)::int as persons,
      grouping(place) as "overPlaces", grouping(part) as "overParts", grouping(state) as "overStates"
    from (select r.person_id, r.place, r.state, left(r.path, ${level}) as part
      from development_paper_remarks r where ${matching}) r
    group by grouping sets ((), (state), (place, state), (part), (part, state))`)
  const list = await filingListOf(ctx)
  const counts = (of: (row: Counted) => boolean): PaperCount[] =>
    paperStates.flatMap((state) => {
      const row = rows.find((it) => it.state === state && of(it))
      return row ? [{ state, persons: row.persons }] : []
    })
  return {
    on: ctx.today,
    isUsed: true,
    persons: rows.find((it) => it.overPlaces + it.overParts + it.overStates === 3)?.persons ?? 0,
    states: counts((it) => it.overPlaces === 1 && it.overParts === 1),
    places: placesOf(list).flatMap(({ code, number, label, deliveredBy }) => {
      const states = counts((it) => it.place === code)
      return states.length === 0 ? [] : [{ code, number, label, deliveredBy, states }]
    }),
    organizations: seen
      .filter(({ path }) => path.length === level)
      .map(({ id, name, path }) => ({
        id,
        name,
        persons: rows.find((it) => it.part === path && it.overStates === 1)?.persons ?? 0,
        states: counts((it) => it.part === path),
      })),
  }
}

interface Counted extends Record<string, unknown> {
  place: string | null
  part: OrgPath | null
  state: PaperState | null
  persons: number
  /** 1 where all are counted together. */
  overPlaces: number
  overParts: number
  overStates: number
}

/** The organisations from the roots down to those by which is counted, in the order of the tree, also those where nothing is to be said. */
async function organizationsTo({ db, tenantId }: Context, roots: readonly OrgPath[], level: number) {
  const { rows } = await db.execute<{ id: string; name: string; path: OrgPath }>(sql`
    select o.id, o.name, o.path from organizations o
    where o.tenant_id = ${tenantId} and (${within(sql`o.path`, roots)}) and o.dissolved_on is null
      and o.kind <> 'partyGroup' and length(o.path) <= ${level}
    order by o.path limit 500`)
  return rows
}

/** The rows of the projection that are asked for, as a condition on `r`. */
async function remarksOf(ctx: Context, query: CompletenessCountsQuery, known?: readonly OrgPath[]): Promise<SQL> {
  const roots = known ?? (await rootsFor(ctx, query.organizationId))
  return sql.join(
    [
      sql`r.tenant_id = ${ctx.tenantId} and (${within(remark.path, roots)})`,
      ctx.actor.personId === null ? sql`` : sql`and r.person_id <> ${ctx.actor.personId}`,
      query.state ? sql`and r.state = ${query.state}` : sql``,
      query.place ? sql`and r.place = ${query.place}` : sql``,
      query.stage
        ? sql`and r.person_id in (select s.person_id from development_standings s
            where s.tenant_id = ${ctx.tenantId} and s.stage = ${query.stage})`
        : sql``,
      query.q
        ? sql`and r.person_id in (select id from ${persons} where ${persons.tenantId} = ${ctx.tenantId}
            and ${meantBy(ctx, query.q, within(persons.path, roots))})`
        : sql``,
    ],
    sql` `,
  )
}
