import { type Day, isDay, memorialDaysOf, yearOf, yearsWithFestivals } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { isAnyOf, reachOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { mayHold } from './policy.ts'
import type { MarkedDay, NewOwnDay, OwnDayFields } from './schema.ts'
import { activityDays } from './tables.ts'

/** Days that are marked each year: those of the table of memorial days, and those of the organisations to which the reader belongs. */

const memorialKey = (code: string): string => `memorial-${code}`

/** The marked days of a year, in the order of the calendar. */
export async function markedDaysOf(ctx: Context, year: number): Promise<MarkedDay[]> {
  const own = await ownDays(ctx)
  const all = [...memorialDaysIn(year), ...own.flatMap((it) => ownDayIn(ctx, it, year) ?? [])]
  return all.sort((a, b) => (a.on === b.on ? (a.dayKey < b.dayKey ? -1 : 1) : a.on < b.on ? -1 : 1))
}

/** A marked day as it falls in a year, or refuses one that nobody knows, or that does not come round in it. */
export async function markedDayOf(ctx: Context, dayKey: string, year: number): Promise<MarkedDay> {
  if (dayKey.startsWith('memorial-'))
    return found(
      memorialDaysIn(year).find((it) => it.dayKey === dayKey),
      '个日子',
    )
  const [row] = await ownDays(ctx, dayKey)
  return found(row && ownDayIn(ctx, row, year), '个日子')
}

/** What a marked day is called, in whichever year it comes round; null where it is there no more. */
export async function dayNameOf(ctx: Context, dayKey: string): Promise<string | null> {
  if (dayKey.startsWith('memorial-'))
    return memorialDaysIn(yearOf(ctx.today)).find((it) => it.dayKey === dayKey)?.name ?? null
  const [row] = await ownDays(ctx, dayKey)
  return row?.day.name ?? null
}

/** Refuses an activity on a day that nobody knows. */
export async function refuseUnknownDay(ctx: Context, dayKey: string | null): Promise<void> {
  if (dayKey !== null && (await dayNameOf(ctx, dayKey)) === null) refuseField('dayKey', '没有这个日子，请重新选择')
}

/** Adds a day of an organisation. */
export async function addOwnDay(ctx: Context, { organizationId, ...fields }: NewOwnDay): Promise<string> {
  const { path, dissolvedOn } = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayHold(ctx.actor, path), '为这个组织设置日子')
  if (dissolvedOn !== null) throw new Refusal('conflict', '这个组织已经撤销，不能再设置日子。')

  const { tenantId } = ctx
  const id = newId()
  await ctx.db.insert(activityDays).values({ tenantId, id, organizationId, path, ...fields })
  await record(ctx, 'activities.day-added', subjectOf({ id, path }), { name: fields.name, monthDay: fields.monthDay })
  return id
}

/** Changes a day of an organisation as read at this revision. */
export async function changeOwnDay(ctx: Context, dayId: string, fields: OwnDayFields, revision: number): Promise<void> {
  const day = await lockOwnDay(ctx, dayId, '修改')
  refuseStale(day, revision, `“${day.name}”`)

  await ctx.db
    .update(activityDays)
    .set({ ...fields, revision: revision + 1 })
    .where(ofDay(ctx, dayId))
  await record(ctx, 'activities.day-changed', subjectOf(day), { name: fields.name, monthDay: fields.monthDay })
}

/** Takes a day of an organisation out of the calendar. Activities that were held on it stay. */
export async function removeOwnDay(ctx: Context, dayId: string): Promise<void> {
  const day = await lockOwnDay(ctx, dayId, '删除')
  await ctx.db.delete(activityDays).where(ofDay(ctx, dayId))
  await record(ctx, 'activities.day-removed', subjectOf(day), { name: day.name, monthDay: day.monthDay })
}

async function lockOwnDay(ctx: Context, dayId: string, named: string) {
  const [row] = await ctx.db.select().from(activityDays).where(ofDay(ctx, dayId)).for('update')
  const day = found(row, '个日子')
  authorize(mayHold(ctx.actor, day.path), `${named}这个日子`)
  return day
}

const memorialDaysIn = (year: number): MarkedDay[] =>
  memorialDaysOf(year).map(({ code, name, on, until, sentence, isToVerify }) => ({
    ...{ dayKey: memorialKey(code), name, on, until, sentence, isToVerify },
    ...{ organization: null, revision: null, can: { change: false } },
  }))

type OwnDayRow = Awaited<ReturnType<typeof ownDays>>[number]

/** The days of the organisations to which the actor belongs, or for which they hold an office, or one of them. */
function ownDays({ db, tenantId, actor }: Context, dayId?: string) {
  const { places, roots } = reachOf(actor)
  return db
    .select({ day: activityDays, organization: { id: organizations.id, name: organizations.name } })
    .from(activityDays)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, activityDays.tenantId), eq(organizations.id, activityDays.organizationId)),
    )
    .where(
      and(
        eq(activityDays.tenantId, tenantId),
        sql`(${isAnyOf(activityDays.path, places)} or ${within(activityDays.path, roots)})`,
        dayId === undefined ? undefined : eq(activityDays.id, dayId),
      ),
    )
    .orderBy(activityDays.monthDay, activityDays.id)
    .limit(mostOwnDays)
}

const mostOwnDays = 500

/** Undefined where the year has no such day: the 29th of February. */
function ownDayIn({ actor }: Context, { day, organization }: OwnDayRow, year: number): MarkedDay | undefined {
  const on: Day | string = `${year}-${day.monthDay}`
  if (!isDay(on)) return undefined
  const { id, name, sentence, revision, path } = day
  return {
    ...{ dayKey: id, name, on, until: on, sentence, isToVerify: false, organization, revision },
    can: { change: mayHold(actor, path) },
  }
}

/** Whether the days of the lunar calendar are known for a year. */
export const hasFestivals = (year: number): boolean => yearsWithFestivals.includes(year)

const ofDay = ({ tenantId }: Context, dayId: string) =>
  and(eq(activityDays.tenantId, tenantId), eq(activityDays.id, dayId))

const subjectOf = ({ id, path }: { id: string; path: string }) => ({ kind: 'activityDay', id, orgPath: path })
