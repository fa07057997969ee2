import {
  type ActKind,
  actLabels,
  addYears,
  type Day,
  repeatableKinds,
  type Stage,
  stageLabels,
  stages,
} from '@zhibu/rules'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/within.ts'
import { personKindNames, sexNames } from '../people/names-schema.ts'
import { type CardKind, headingsOf, table } from './figures.ts'
import { type HalfYear, halfYearsUntil } from './half-years.ts'
import type { Trait } from './names-schema.ts'
import { ownKey } from './picture-names-schema.ts'
import { lineAt, linesOf, type Place } from './place.ts'

/** Cards that count people. */

const pathOfStanding = sql`s.path`

/** No act has been recorded, or none that says where somebody stands. */
const noStage = 'none'
const stageOrNone = sql`coalesce(s.stage, ${noStage})`
const stageColumns = [
  ...stages.map((key) => ({ key, label: stageLabels[key] })),
  { key: noStage, label: '未登记发展记录' },
]

/** Rows behind a figure, people `p`. */
const people = (from: SQL, on: SQL = sql`null::date`): SQL => sql`
  select p.id, 'person' as kind, p.name, o.name as organization, ${on} as "on", p.pinyin as sort
  ${from} join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id`

const standing = (ctx: Context, place: Pick<Place, 'path'>): SQL => sql`from development_standings s
  join persons p on p.tenant_id = s.tenant_id and p.id = s.person_id and s.tenant_id = ${ctx.tenantId}
    and (${within(pathOfStanding, [place.path])})`

/** 队伍构成: how many stand where, by the organisations directly below. */
export const stagesCard: CardKind = {
  async figures(ctx, place) {
    const { rows } = await ctx.db.execute<{ path: string; column: string; count: number }>(sql`
      select left(s.path, ${place.path.length + segment}) as path, ${stageOrNone} as column, count(*)::int as count
      from development_standings s where s.tenant_id = ${ctx.tenantId} and (${within(pathOfStanding, [place.path])}) group by 1, 2`)
    return {
      ...table(
        stageColumns,
        linesOf(place),
        rows.map((it) => ({ ...it, row: lineAt(place, it.path) })),
      ),
      definitions: [
        '每人所处的阶段由已经登记的记录推算，和“发展党员”里看到的一样。',
        '每行是一个下级组织连同它下面的全部组织；“本级”是直接登记在本组织的人，也包括已撤销的下级组织里的人。',
        '“未登记发展记录”是在册、但还没有登记过发展记录的人。',
      ],
    }
  },
  async behind(ctx, place, _, { row, column }) {
    const line = linesOf(place).find((it) => it.key === row)
    if (!line || !stageColumns.some((it) => it.key === column)) return undefined
    const others =
      line.key === ownKey ? place.children.map((it) => sql` and not (${within(pathOfStanding, [it.path])})`) : []
    return sql`${people(standing(ctx, line))} where ${stageOrNone} = ${column}${sql.join(others)}`
  },
}

/** Four characters and a dot. */
const segment = 5

const memberStages: readonly Stage[] = ['probationary', 'full']
const memberColumns = memberStages.map((key) => ({ key, label: stageLabels[key] }))
const ofMembers = sql`s.stage in ('probationary', 'full')`

/** Not filled in. */
const unknown = 'unknown'
const unknownRow = { key: unknown, label: '未填写' }

/** The oldest age of each band as annual statistics have them; what is above the last is the last row. */
const bands = [30, 35, 40, 45, 50, 55, 60] as const

/** The rows of each trait, and what they are worked out from; `null` rows where every value that occurs is one. */
const traitsOf: Record<
  Trait,
  { rows: { key: string; label: string }[] | null; value: (today: Day) => SQL; says: string }
> = {
  sex: {
    rows: [...headingsOf(sexNames), unknownRow],
    value: () => sql`coalesce(p.sex, ${unknown})`,
    says: '按登记信息里的性别。',
  },
  ethnicity: {
    rows: [{ key: 'han', label: '汉族' }, { key: 'minority', label: '少数民族' }, unknownRow],
    value: () => sql`case when coalesce(p.ethnicity, '') = '' then ${unknown}
      when p.ethnicity in ('汉', '汉族') then 'han' else 'minority' end`,
    says: '按登记信息里的民族；“汉”和“汉族”以外的计为少数民族。',
  },
  age: {
    rows: [
      ...bands.map((oldest, at) => ({
        key: String(oldest),
        label: at === 0 ? `${oldest} 岁及以下` : `${(bands[at - 1] ?? 0) + 1}—${oldest} 岁`,
      })),
      { key: 'older', label: `${(bands.at(-1) ?? 0) + 1} 岁及以上` },
      unknownRow,
    ],
    // A month alone counts as its first day.
    value: (today) => sql`case when p.born_on is null then ${unknown}
      ${sql.join(bands.map((oldest) => sql` when rpad(p.born_on, 10, '-01') > ${addYears(today, -(oldest + 1))} then ${String(oldest)}`))}
      else 'older' end`,
    says: '按登记的出生日期算到今天的周岁；只登记了年月的，按当月 1 日算。',
  },
  education: {
    rows: null,
    value: () => sql`coalesce(nullif(p.education, ''), ${unknown})`,
    says: '按登记信息里的学历，写法不同的分开列。',
  },
  kind: {
    rows: [...headingsOf(personKindNames), unknownRow],
    value: () => sql`coalesce(p.kind, ${unknown})`,
    says: '按登记信息里的人员类别。',
  },
}

/** 党员构成: probationary and full members, by one trait. */
export const membersCard: CardKind = {
  async figures(ctx, place, { by }) {
    const trait = traitsOf[by]
    const { rows } = await ctx.db.execute<{ row: string; column: string; count: number }>(sql`
      select ${trait.value(ctx.today)} as row, s.stage as column, count(*)::int as count ${standing(ctx, place)}
      where ${ofMembers} group by 1, 2 order by 1`)
    return {
      ...table(memberColumns, trait.rows ?? occurring(rows), rows),
      definitions: [
        '只计预备党员和正式党员，阶段由已经登记的记录推算。',
        trait.says,
        '用于核对；党内统计以专用系统的上报为准。',
      ],
    }
  },
  async behind(ctx, place, { by }, { row, column }) {
    if (!memberStages.some((it) => it === column)) return undefined
    return sql`${people(standing(ctx, place))} where s.stage = ${column} and ${traitsOf[by].value(ctx.today)} = ${row}`
  },
}

function occurring(rows: readonly { row: string }[]): { key: string; label: string }[] {
  const found = [...new Set(rows.map((it) => it.row))].filter((it) => it !== unknown)
  return [...found.map((key) => ({ key, label: key })), unknownRow]
}

/** The acts by which people pass from one stage to the next. Whose taking in and confirmation counts is approved by the organisation above (8.6 of the field's statistics). */
const steps = [
  'application',
  'activistDecision',
  'prospectListing',
  'admissionApproval',
  'confirmationApproval',
] as const
const stepsAgain = steps.filter((it) => repeatableKinds.some((kind) => kind === it))
const stepsOnce = steps.filter((it) => !repeatableKinds.some((kind) => kind === it))
const stepColumns = steps.map((key) => ({ key, label: actLabels[key] }))

/** So many half years are looked back on. */
const halfYears = 8

const pathOfAct = sql`a.path`
const counts = sql`not a.is_struck_out and not exists (select from development_acts c
  where c.tenant_id = a.tenant_id and c.corrects = a.id)`

/** 发展情况: how many reached which step, by half years as terms divide them. */
export const developmentCard: CardKind = {
  async figures(ctx, place) {
    const spans = halfYearsUntil(ctx.today, halfYears)
    const first = spans[0]?.from ?? ctx.today
    const counted = (kinds: readonly ActKind[], count: SQL) => sql`
      select ${spanOf(spans)} as row, a.kind as column, ${count}::int as count from development_acts a
      where a.tenant_id = ${ctx.tenantId} and (${within(pathOfAct, [place.path])}) and a.kind in ${[...kinds]}
        and a."on" between ${first}::date and ${ctx.today}::date and ${counts} group by 1, 2`
    // Of a kind that stands in a file once, acts are people; to tell people apart takes longer than all the rest.
    const { rows } = await ctx.db.execute<{ row: string; column: string; count: number }>(
      sql`${counted(stepsOnce, sql`count(*)`)} union all ${counted(stepsAgain, sql`count(distinct a.person_id)`)}`,
    )
    return {
      ...table(stepColumns, spans, rows),
      definitions: [
        '按登记的日期计人数，同一人在半年内同一事项只计一次；更正以前的记录不计。',
        '2 月至 7 月计为春季学期，8 月至次年 1 月计为秋季学期；最近一个学期算到今天。',
        '人按现在所在的组织计；转出的人跟着人走。只登记“已完成”、没有日期的不计。',
      ],
    }
  },
  async behind(ctx, place, _, { row, column }) {
    const span = halfYearsUntil(ctx.today, halfYears).find((it) => it.key === row)
    if (!span || !steps.some((it) => it === column)) return undefined
    return people(
      sql`from (select a.person_id, max(a."on") as "on" from development_acts a where a.tenant_id = ${ctx.tenantId}
          and (${within(pathOfAct, [place.path])}) and a.kind = ${column} and a."on" between ${span.from}::date and ${span.until}::date
          and ${counts} group by a.person_id) a
        join persons p on p.tenant_id = ${ctx.tenantId} and p.id = a.person_id`,
      sql`a."on"`,
    )
  },
}

const spanOf = (spans: readonly HalfYear[]): SQL =>
  sql`case ${sql.join(spans.map((it) => sql` when a."on" <= ${it.until}::date then ${it.key}::text`))} end`
