import { type ActKind, actKinds, addDays } from '@zhibu/rules'
import { type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { preparedRows } from '../../platform/prepared.ts'
import { countLimit, pageOfList, type Sorted } from '../../platform/sorted-list.ts'
import type { Page } from '../../platform/wire.ts'
import { factsOf } from './facts.ts'
import { dueFor } from './file-view.ts'
import { byDay, byPerson, byPlace, ofImport } from './lists.ts'
import { may } from './policy.ts'
import type { DueCountsQuery, DuesQuery } from './request-schema.ts'
import type { DueCounts, DueRow, Whose } from './schema.ts'
import { type Handed, handedTo, type Place, reached, rootsFor } from './scope.ts'
import { settingOf } from './settings.ts'
import { onSide, type Sides, sidesOf } from './sides.ts'
import { stateOf } from './standings.ts'
import { developmentDues } from './tables.ts'

const dueAct = alias(developmentDues, 's')
const ofDue: Place = { path: dueAct.path, person: dueAct.personId, kind: dueAct.kind }
const byKind: Sorted = { by: sql`${dueAct.kind}`, fits: z.enum(actKinds) }

/** A page of what is due, overdue first and then by the last day, or so within each organisation, with the reasons of each date. */
export async function listDues(ctx: Context, query: DuesQuery): Promise<Page<DueRow>> {
  const [roots, sides] = await Promise.all([rootsFor(ctx, query.organizationId), sidesOf(ctx)])
  const dressed = (page: SQL) => sql`select * from (${page}) page`
  const list = listOf(ctx, roots, sides, query, handedIn(ctx, query))
  return pageOfList<{ personId: string; kind: ActKind }, DueRow>(ctx.db, list, query, dressed, async (rows) => {
    const explained = await explain(ctx, [...new Set(rows.map((it) => it.personId))])
    return rows.flatMap(({ personId, kind }) => explained.get(`${personId} ${kind}`) ?? [])
  })
}

/**
 * How much there is on each side, and of the side that is shown how much is overdue or near. All is counted in one walk
 * through the rows: asked for one by one, each count walks through nearly all of a university.
 */
export async function countDues(ctx: Context, query: DueCountsQuery): Promise<DueCounts> {
  const [roots, sides] = await Promise.all([rootsFor(ctx, query.organizationId), sidesOf(ctx)])
  const { among, along } = reached(ctx, ofDue, roots, handedIn(ctx, query), () => ofQuery(ctx, query))
  const whose = [...new Set([query.whose ?? sides.choices[0] ?? 'all', ...sides.choices])]
  const lies = (one: Whose) => sql.identifier(`lies_${one}`)
  const isOverdue = sql`s.latest_on < ${ctx.today}`
  const isWithin = (days: number) => sql`s.latest_on between ${ctx.today} and ${addDays(ctx.today, days)}`
  const parts = [
    ...[isOverdue, isWithin(7), isWithin(30)].map((day) => sql`${lies(whose[0] ?? 'all')} and ${day}`),
    ...sides.choices.flatMap((one) => [sql`${lies(one)}${byLatest(ctx, query)}`, sql`${lies(one)} and ${isOverdue}`]),
  ]
  const counted = parts.map((part, at) => sql`count(*) filter (where ${part})::int as ${sql.identifier(`c${at}`)}`)
  const sided = whose.map((one) => sql`${onSide(ctx, sides, ofDue, one)} as ${lies(one)}`)
  // Without “offset” the sides would be found out anew for each count.
  const [row] = await preparedRows<Record<string, number>>(
    ctx.db,
    sql`select ${sql.join(counted, sql`, `)} from (select s.latest_on, ${sql.join(sided, sql`, `)}
      from development_dues s where ${among ?? along} offset 0) s`,
  )
  const counts = parts.map((_, at) => readable(row?.[`c${at}`]))
  const [overdue = null, week = null, month = null, ...ofSides] = counts
  return {
    whose: sides.choices.map((whose, at) => ({
      whose,
      count: ofSides[2 * at] ?? null,
      overdue: ofSides[2 * at + 1] ?? null,
    })),
    overdue,
    week,
    month,
  }
}

/** A count as it is told: nobody reads a list that is longer. */
const readable = (count: number | undefined): number | null =>
  count !== undefined && count <= countLimit ? count : null

/** What is due `s` that a question means, of what the actor reads by an office: delegations hand over nothing that is counted. */
export async function duesByOffice(ctx: Context, query: DueCountsQuery): Promise<SQL> {
  const [roots, sides] = await Promise.all([rootsFor(ctx, query.organizationId), sidesOf(ctx)])
  const { among, along } = listOf(ctx, roots, sides, query, [])
  return among ?? along
}

function listOf(
  ctx: Context,
  roots: readonly OrgPath[],
  sides: Sides,
  query: DueCountsQuery,
  handed: readonly Handed[],
) {
  const whose = query.whose ?? sides.choices[0] ?? 'all'
  const filters = (place: Place) =>
    sql` and ${onSide(ctx, sides, place, whose)}${ofQuery(ctx, query)}${byLatest(ctx, query)}`
  return {
    table: sql`development_dues s`,
    columns: sql`s.person_id as "personId", s.kind`,
    order: orders[query.sort],
    ...reached(ctx, ofDue, roots, handed, filters),
  }
}

/** What delegations hand to the actor, as far as the whole desk is asked for. */
const handedIn = ({ actor }: Context, { organizationId, importId }: DueCountsQuery): Handed[] =>
  organizationId === undefined && importId === undefined ? handedTo(actor) : []

/** What narrows the list for all sides, each with its “and”. */
const ofQuery = (ctx: Context, { kind, importId }: DueCountsQuery): SQL =>
  sql`${kind ? sql` and s.kind = ${kind}` : sql``}${ofImport(ctx, importId)}`

/** What narrows the list by the last day, each with its “and”. */
const byLatest = ({ today }: Context, { only, withinDays }: DueCountsQuery): SQL =>
  sql.join([
    only === 'overdue' ? sql` and s.latest_on < ${today}` : sql``,
    withinDays === undefined ? sql`` : sql` and s.latest_on <= ${addDays(today, withinDays)}`,
  ])

/** What is due for these persons, worked out anew with its reasons, by person and kind. */
async function explain(ctx: Context, personIds: string[]): Promise<Map<string, DueRow>> {
  if (personIds.length === 0) return new Map()
  const { setting } = await settingOf(ctx)
  const rows = new Map<string, DueRow>()
  for (const { person, facts } of await factsOf(ctx, personIds)) {
    const { stage, due } = stateOf(facts, ctx.today, setting)
    const { see, record } = may(ctx.actor, { path: person.path, personId: person.id })
    const seen = new Set(see)
    for (const act of due.map((it) => dueFor(seen, it))) {
      const key = `${person.id} ${act.kind}`
      if (rows.has(key)) continue
      const { id: personId, name, studentNumber, organizationId, organization } = person
      const can = { record: record.includes(act.kind) }
      rows.set(key, { personId, name, studentNumber, organizationId, organization, stage: stage ?? null, act, can })
    }
  }
  return rows
}

const orders: Record<DuesQuery['sort'], Sorted[]> = {
  due: [byDay(dueAct.latestOn), byPerson, byKind],
  organization: [byPlace(dueAct.path), byDay(dueAct.latestOn), byPerson, byKind],
}
