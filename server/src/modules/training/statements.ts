import {
  type Basis,
  type Day,
  heardIn,
  prospectTraining,
  type Stage,
  type TrainingMeasure,
  yearOfStudy,
} from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { settingOf } from '../development/settings.ts'
import { officesOfBranch } from '../organization/policy.ts'
import { findOrganization } from '../organization/queries.ts'
import { meantBy } from '../people/search.ts'
import { persons } from '../people/tables.ts'
import type { Statement, Statements, StatementsQuery } from './attendance-schema.ts'
import type { Attendance, Audience, Category, Form } from './names-schema.ts'
import { mayRun, maySeeHours } from './policy.ts'

/**
 * The class hours of a year (年度学时): sums of the sessions at which somebody was. They are for the person and for those who keep their file or train
 * them; no sum of a screen goes in. Everything here runs over the whole university, after it was settled who may.
 */

/** The statement of one person for a year. */
export async function readStatement(ctx: Context, personId: string, year: number): Promise<Statement> {
  const [person] = await ctx.db
    .select({ id: persons.id, name: persons.name, path: persons.path })
    .from(persons)
    .where(sql`${persons.tenantId} = ${ctx.tenantId} and ${persons.id} = ${personId}`)
  const seen = person && maySeeHours(ctx.actor, { path: person.path, personId }) ? person : undefined
  const { id, name } = found(seen, '位人员')
  const sessions = await sessionsHeard(ctx, personId, year)
  const heard = heardIn(sessions)
  const who = await standingOf(ctx, personId, year)
  const prospects = sessions.filter((it) => it.audience === 'prospects')
  const last = prospects.at(-1)?.on
  const measures = [
    ...yearOfStudy(who, heard, year),
    ...(last === undefined ? [] : [prospectTraining(heardIn(prospects), last, await localLeast(ctx))]),
  ]
  const byCategory = Map.groupBy(sessions, (it) => it.category)
  return {
    person: { id, name },
    year,
    ...heard,
    byCategory: [...byCategory].map(([category, of]) => ({ category, hours: heardIn(of).hours })),
    sessions: sessions.map(({ programmeId, programme, audience, title, on, hours, category, form, attendance }) => ({
      ...{ programmeId, programme, audience, title, on, hours, category, form, attendance },
    })),
    requirements: measures.map(measureShown),
    remarks: remarksOf(who, measures),
  }
}

interface Heard extends Record<string, unknown> {
  programmeId: string
  programme: string
  audience: Audience
  title: string
  on: Day
  hours: number
  category: Category
  form: Form
  attendance: Attendance
}

async function sessionsHeard({ db, tenantId }: Context, personId: string, year: number): Promise<Heard[]> {
  const { rows } = await db.execute<Heard>(sql`
    select c.programme_id as "programmeId", q.title as programme, q.audience, c.title, c."on"::text as "on",
      c.hours::float8 as hours, c.category, c.form, a.attendance
    from training_attendances a
    join training_sessions c on c.tenant_id = a.tenant_id and c.id = a.session_id
    join training_programmes q on q.tenant_id = c.tenant_id and q.id = c.programme_id
    where a.tenant_id = ${tenantId} and a.person_id = ${personId} and a.attendance in ('present', 'madeUp')
      and c."on" between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
    order by c."on", c.start_minute nulls first, c.id`)
  return rows
}

/** Whether somebody is a member today, and held an office of a branch in a year. */
async function standingOf(
  { db, tenantId }: Context,
  personId: string,
  year: number,
): Promise<{ isMember: boolean; isOfficer: boolean }> {
  const { rows } = await db.execute<{ stage: Stage | null; isOfficer: boolean }>(sql`
    select (select stage from development_standings where tenant_id = ${tenantId} and person_id = ${personId}) as stage,
      exists (select from offices f where f.tenant_id = ${tenantId} and f.person_id = ${personId} and ${heldIn(year)}) as "isOfficer"`)
  const [row] = rows
  return { isMember: row?.stage === 'full' || row?.stage === 'probationary', isOfficer: row?.isOfficer ?? false }
}

/** True for an office `f` of a branch that was held on a day of a year. */
const heldIn = (year: number) => sql`f.office = any(${sql.param(officesOfBranch)}::text[])
  and f.from_on <= ${`${year}-12-31`}::date and (f.until_on is null or f.until_on >= ${`${year}-01-01`}::date)`

async function localLeast(ctx: Context) {
  const { setting } = await settingOf(ctx)
  return setting.practice.stricter
}

const measureShown = ({ text, hours, hoursToCome, basis }: TrainingMeasure) => ({
  ...{ text, hours, hoursToCome },
  ...citedIn(basis),
})

const citedIn = ({ cited, toVerify }: Basis) => ({ cited, isToVerify: toVerify })

function remarksOf(who: { isMember: boolean; isOfficer: boolean }, measures: readonly TrainingMeasure[]): string[] {
  const isShort = measures.some((it) => !it.isReached)
  return [
    ...(who.isMember && isShort
      ? ['年老体弱、患病、行动不便的党员不作硬性要求（《党员教育管理工作条例》第 23 条）。']
      : []),
    '只计已登记到课或补课的课程，不计看屏幕的时间。有漏登的，在课程上写“到课未登记”。',
  ]
}

/** The hours of a year of everybody below an organisation, in the order of branches and names: of the members, or of the officers of branches. */
export async function listStatements(
  ctx: Context,
  { organizationId, year, of, q, cursor, limit }: StatementsQuery,
): Promise<Statements> {
  const { path } = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayRun(ctx.actor, path), '查看这个组织的年度学时')
  const after = cursor === undefined ? undefined : readCursor(cursor, placeInList)
  const { rows } = await ctx.db.execute<Row>(sql`
    with p as materialized (
      select p.tenant_id, p.id, p.name, p.path, p.pinyin, p.organization_id from persons p
      left join development_standings s on s.tenant_id = p.tenant_id and s.person_id = p.id
      where p.tenant_id = ${ctx.tenantId} and ${within(sql`p.path`, [path])} and ${whose(of, year)}
        ${q ? sql`and p.id in (select id from ${persons} where ${meantBy(ctx, q, within(persons.path, [path]))})` : sql``}
        ${after ? sql`and (p.path, p.pinyin, p.id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)` : sql``}
      order by p.path, p.pinyin, p.id limit ${limit + 1})
    select p.id, p.name, p.path, p.pinyin, o.name as organization, h.hours, h.days,
      exists (select from offices f where f.tenant_id = p.tenant_id and f.person_id = p.id and ${heldIn(year)}) as "isOfficer"
    from p join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    left join lateral (select coalesce(sum(c.hours), 0)::float8 as hours, count(distinct c."on")::int as days
      from training_attendances a join training_sessions c on c.tenant_id = a.tenant_id and c.id = a.session_id
      where a.tenant_id = p.tenant_id and a.person_id = p.id and a.attendance in ('present', 'madeUp')
        and c."on" between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date) h on true
    order by p.path, p.pinyin, p.id`)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const measure = yearOfStudy({ isMember: of === 'members', isOfficer: of === 'officers' }, { hours: 0 }, year).at(-1)
  return {
    items: shown.map((it) => ({
      person: { id: it.id, name: it.name },
      ...{ organization: it.organization, hours: it.hours, days: it.days, isOfficer: it.isOfficer },
    })),
    requirement: {
      text: measure ? measure.text.replace(/；.*$/, '。') : '这一年还没有关于学时的规定。',
      hours: measure?.hours ?? 0,
      ...(measure ? citedIn(measure.basis) : { cited: '', isToVerify: false }),
    },
    ...(last && { next: writeCursor([last.path, last.pinyin, last.id]) }),
  }
}

/** Path, pinyin and id of the last one shown. */
const placeInList = z.tuple([z.string().max(200), z.string().max(200), z.uuid()])

interface Row extends Record<string, unknown> {
  id: string
  name: string
  path: string
  pinyin: string
  organization: string
  hours: number
  days: number
  isOfficer: boolean
}

const whose = (of: StatementsQuery['of'], year: number) =>
  of === 'members'
    ? sql`s.stage in ('probationary', 'full')`
    : sql`exists (select from offices f where f.tenant_id = p.tenant_id and f.person_id = p.id and ${heldIn(year)})`
