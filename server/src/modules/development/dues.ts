import { type ActKind, actKinds, addDays } from '@zhibu/rules'
import { type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { countOfList, pageOfList, type Sorted } from '../../platform/sorted-list.ts'
import type { Page } from '../../platform/wire.ts'
import { factsOf } from './facts.ts'
import { dueFor } from './file-view.ts'
import { byDay, byPerson, byPlace, ofImport } from './lists.ts'
import { may } from './policy.ts'
import type { DueCountsQuery, DuesQuery } from './request-schema.ts'
import type { DueCounts, DueRow } from './schema.ts'
import { handedTo, type Place, reached, rootsFor } from './scope.ts'
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
  const list = listOf(ctx, roots, sides, query)
  return pageOfList<{ personId: string; kind: ActKind }, DueRow>(ctx.db, list, query, dressed, async (rows) => {
    const explained = await explain(ctx, [...new Set(rows.map((it) => it.personId))])
    return rows.flatMap(({ personId, kind }) => explained.get(`${personId} ${kind}`) ?? [])
  })
}

/** How much there is on each side, and of the side that is shown how much is overdue or near. */
export async function countDues(ctx: Context, query: DueCountsQuery): Promise<DueCounts> {
  const [roots, sides] = await Promise.all([rootsFor(ctx, query.organizationId), sidesOf(ctx)])
  const count = async (part: Partial<DuesQuery>, more = sql``) =>
    (await countOfList(ctx.db, listOf(ctx, roots, sides, { ...query, ...part }, more))) ?? null
  const within = { only: undefined, withinDays: undefined }
  const notYet = sql` and s.latest_on >= ${ctx.today}`
  const [overdue, week, month, ...counts] = await Promise.all([
    count({ ...within, only: 'overdue' }),
    count({ ...within, withinDays: 7 }, notYet),
    count({ ...within, withinDays: 30 }, notYet),
    ...sides.choices.flatMap((whose) => [count({ whose }), count({ ...within, whose, only: 'overdue' })]),
  ])
  return {
    whose: sides.choices.map((whose, at) => ({
      whose,
      count: counts[2 * at] ?? null,
      overdue: counts[2 * at + 1] ?? null,
    })),
    overdue: overdue ?? null,
    week: week ?? null,
    month: month ?? null,
  }
}

function listOf(
  ctx: Context,
  roots: readonly OrgPath[],
  sides: Sides,
  query: Omit<DuesQuery, 'cursor' | 'limit'>,
  more = sql``,
) {
  const whose = query.whose ?? sides.choices[0] ?? 'all'
  const isOfAll = query.organizationId === undefined && query.importId === undefined
  const handed = isOfAll ? handedTo(ctx.actor) : []
  const filters = (place: Place) =>
    sql.join([
      sql` and ${onSide(ctx, sides, place, whose)}`,
      query.kind ? sql` and s.kind = ${query.kind}` : sql``,
      query.only === 'overdue' ? sql` and s.latest_on < ${ctx.today}` : sql``,
      query.withinDays === undefined ? sql`` : sql` and s.latest_on <= ${addDays(ctx.today, query.withinDays)}`,
      ofImport(ctx, query.importId),
      more,
    ])
  return {
    table: sql`development_dues s`,
    columns: sql`s.person_id as "personId", s.kind`,
    order: orders[query.sort],
    ...reached(ctx, ofDue, roots, handed, filters),
  }
}

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
