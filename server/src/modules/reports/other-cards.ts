import { actKinds, actLabels, addDays, type Day, type TermStanding } from '@zhibu/rules'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { within } from '../../platform/within.ts'
import { activityKindNames } from '../activities/names-schema.ts'
import type { OrganizationKind } from '../organization/kinds-schema.ts'
import { reportOn } from '../organization/terms.ts'
import { audienceNames } from '../training/names-schema.ts'
import { leastCounted } from '../training/summary-schema.ts'
import { type CardKind, type Figures, headingsOf, table } from './figures.ts'
import { lineAt, linesOf, type Place } from './place.ts'

/** Cards that count what is to be done, terms, trainings and activities. */

const dueColumns = headingsOf({ overdue: '已逾期', month: '30 天内到期', later: '30 天以后到期', open: '没有期限' })

/** 待办事项: what is due, by its kind. */
export const duesCard: CardKind = {
  async figures(ctx, place) {
    const { rows } = await ctx.db.execute<{ row: string; column: string; count: number }>(sql`
      select s.kind as row, case when s.latest_on is null then 'open' when s.latest_on < ${ctx.today} then 'overdue'
        when s.latest_on <= ${addDays(ctx.today, 30)} then 'month' else 'later' end as column, count(*)::int as count
      from development_dues s where s.tenant_id = ${ctx.tenantId} and (${within(sql`s.path`, [place.path])}) group by 1, 2`)
    const kinds = actKinds.filter((kind) => rows.some((it) => it.row === kind))
    return {
      ...table(
        dueColumns,
        kinds.map((key) => ({ key, label: actLabels[key] })),
        rows,
      ),
      definitions: [
        '每人每个待办的下一步计一项，期限由有关条款和已经登记的记录推算，和工作台上的一样。',
        '逾期的是期限早于今天的；“没有期限”的是条款没有规定最晚日期的。',
      ],
    }
  },
}

const standings: Record<TermStanding, string> = {
  overdue: '已届满，还没有换届',
  request: '三个月内届满，或者在延期',
  plan: '六个月内届满',
  running: '任期内',
  ended: '已换届',
}
const termColumns = [
  ...headingsOf(standings).filter((it) => it.key !== 'ended'),
  { key: 'none', label: '没有登记任期' },
]

interface Elected extends Record<string, unknown> {
  id: string
  path: OrgPath
  kind: OrganizationKind
  from: Day | null
  until: Day | null
  delayedUntil: Day | null
}

async function electedIn(ctx: Context, { path }: Pick<Place, 'path'>) {
  const { rows } = await ctx.db.execute<Elected>(sql`
    select o.id, o.path, o.kind, t.from_on::text as "from", t.until_on::text as until,
      t.delayed_until::text as "delayedUntil"
    from organizations o
    left join lateral (select from_on, until_on, delayed_until from terms t where t.tenant_id = o.tenant_id and t.organization_id = o.id
      and t.from_on <= ${ctx.today} order by t.from_on desc limit 1) t on true
    where o.tenant_id = ${ctx.tenantId} and o.dissolved_on is null and (${within(sql`o.path`, [path])}) order by o.path`)
  return rows.flatMap((it) => {
    const today = { from: ctx.today, until: ctx.today, delayedUntil: null }
    if (reportOn(it, today, ctx.today) === undefined) return []
    const { from, until, delayedUntil } = it
    const report = from && until ? reportOn(it, { from, until, delayedUntil }, ctx.today) : undefined
    return [{ id: it.id, path: it.path, standing: report?.standing ?? 'none' }]
  })
}

/** 任期: where the terms of the committees and branches stand. */
export const termsCard: CardKind = {
  async figures(ctx, place) {
    const elected = await electedIn(ctx, place)
    return {
      ...table(
        termColumns,
        linesOf(place),
        elected.map((it) => ({ row: lineAt(place, it.path), column: it.standing, count: 1 })),
      ),
      definitions: [
        '计选举产生的组织（党委、党总支、党支部），每行是一个下级组织连同它下面的全部组织。',
        '届满日期按最近一届的选举日期和任期年限推算，批准延期的算到延期截止日，和“组织”里看到的一样。',
      ],
    }
  },
  async behind(ctx, place, _, { row, column }) {
    if (!linesOf(place).some((it) => it.key === row) || !termColumns.some((it) => it.key === column)) return undefined
    const ids = (await electedIn(ctx, place))
      .filter((it) => it.standing === column && lineAt(place, it.path) === row)
      .map((it) => it.id)
    return sql`select o.id, 'organization' as kind, o.name, coalesce(up.name, '') as organization, null::date as "on", o.pinyin as sort
      from organizations o left join organizations up on up.tenant_id = o.tenant_id and up.id = o.parent_id
      where o.tenant_id = ${ctx.tenantId} and o.id = any(${sql.param(ids)}::uuid[])`
  },
}

const yearOf = (column: SQL, year: number): SQL =>
  sql`${column} between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`
const yearAsked = (ctx: Context, year: number | undefined) => year ?? Number(ctx.today.slice(0, 4))

/** Sums of one kind, under the keys of the columns. */
type Sums = Record<string, number> & { key: string }

/** A table of the kinds that occur, in the order of their names. */
const occurring = (columns: Figures['columns'], names: Readonly<Record<string, string>>, rows: readonly Sums[]) =>
  table(
    columns,
    headingsOf(names).filter((it) => rows.some((row) => row.key === it.key)),
    rows.flatMap((row) => columns.map(({ key }) => ({ row: row.key, column: key, count: row[key] ?? 0 }))),
  )

/** The sum of something that is known of participants, over programmes with so many that it tells of nobody. */
const ofMany = (of: string): SQL =>
  sql`coalesce(sum(${sql.raw(of)}) filter (where d.listed >= ${leastCounted}), 0)::int`

const trainingColumns = headingsOf({
  ...{ programmes: '培训班', sessions: '课次', hours: '学时', heard: '到课人次' },
  ...{ passed: '验收通过', unfinished: '未完成', open: '还没有结论' },
})

/** 培训: programmes whose organisation lies here, by the people they are for. Sums alone; who took part no office reads here. */
export const trainingCard: CardKind = {
  async figures(ctx, place, { year: asked }) {
    const year = yearAsked(ctx, asked)
    const { rows } = await ctx.db.execute<Sums>(sql`
      select p.audience as key, count(*)::int as programmes, sum(c.sessions)::int as sessions, sum(c.hours)::float8 as hours,
        ${ofMany('c.heard')} as heard, ${ofMany('d.passed')} as passed, ${ofMany('d.unfinished')} as unfinished,
        ${ofMany('d.listed - d.passed - d.unfinished')} as open
      from training_programmes p
      cross join lateral (select count(*) as sessions, coalesce(sum(c.hours), 0) as hours,
        coalesce(sum((select count(*) from training_attendances a where a.tenant_id = c.tenant_id and a.session_id = c.id
          and a.attendance in ('present', 'madeUp'))), 0) as heard
        from training_sessions c where c.tenant_id = p.tenant_id and c.programme_id = p.id and c.cancelled_at is null
          and c."on" <= ${ctx.today}) c
      cross join lateral (select count(*) as listed, count(*) filter (where l.decision = 'passed') as passed,
          count(*) filter (where l.decision = 'unfinished') as unfinished
        from (select (select d.decision from training_decisions d where d.tenant_id = t.tenant_id and d.programme_id = t.programme_id
            and d.person_id = t.person_id order by d.number desc limit 1) as decision,
            row_number() over (order by t.seq) as rank
          from training_participants t where t.tenant_id = p.tenant_id and t.programme_id = p.id) l
        where p.capacity is null or l.rank <= p.capacity) d
      where p.tenant_id = ${ctx.tenantId} and p.year = ${year} and (${within(sql`p.path`, [place.path])})
        and p.announced_at is not null and p.cancelled_at is null
      group by p.audience`)
    return {
      ...occurring(trainingColumns, audienceNames, rows),
      definitions: [
        `计 ${year} 年举办单位在这个组织及其下级、已经发布的培训班；取消的不计。`,
        '课次、学时计到今天为止已上的课；到课人次计登记为到课和已补课的，不是看屏幕的时间。',
        '验收结论计录取的学员，每人以最后一次结论为准。',
        `录取不到 ${leastCounted} 人的培训班，不计到课人次和验收结论：人少，数字就说到了个人。`,
      ],
    }
  },
}

const activityColumns = headingsOf({ held: '已举办', coming: '将举办', headcount: '登记参加人次', signUps: '报名人次' })

/** 活动: what was held and is to come in a year, by its kind. */
export const activitiesCard: CardKind = {
  async figures(ctx, place, { year: asked }) {
    const year = yearAsked(ctx, asked)
    const { rows } = await ctx.db.execute<Sums>(sql`
      select v.kind as key, count(*) filter (where coalesce(v.until_on, v.from_on) < ${ctx.today})::int as held,
        count(*) filter (where coalesce(v.until_on, v.from_on) >= ${ctx.today})::int as coming,
        coalesce(sum((v.record->>'headcount')::int), 0)::int as headcount,
        coalesce(sum((select count(*) from activity_sign_ups u where u.tenant_id = v.tenant_id and u.activity_id = v.id)), 0)::int as "signUps"
      from activities v where v.tenant_id = ${ctx.tenantId} and (${within(sql`v.path`, [place.path])}) and v.announced_at is not null
        and v.cancelled_at is null and ${yearOf(sql`v.from_on`, year)} group by v.kind`)
    return {
      ...occurring(activityColumns, activityKindNames, rows),
      definitions: [
        `计 ${year} 年由这个组织及其下级举办、已经发布的活动，按第一天所在的年份；取消的不计。`,
        '登记参加人次是活动记录里写的人数；没有写记录的按 0 计。谁参加了什么，这里不列。',
      ],
    }
  },
}
