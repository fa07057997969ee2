import { type Day, type Month, stageLabels, stages } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { found } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { openPlace } from './place.ts'
import type { Comparison, ComparisonQuery } from './schema.ts'

/** Sums that are kept of each month, so that two days can be compared. They count people, and name nobody. */

/** Counts a university as it is today into the row of this month, which tells of the last day on which it was counted. Done again, it is the same. */
export async function keepMonth({ db, tenantId, today }: Pick<Context, 'db' | 'tenantId' | 'today'>): Promise<void> {
  const month = today.slice(0, 7)
  await db.execute(sql`delete from report_months where tenant_id = ${tenantId} and month = ${month}`)
  await db.execute(sql`
    insert into report_months (tenant_id, path, month, stage, "on", count)
    select s.tenant_id, s.path, ${month}, s.stage, ${today}::date, count(*)::int from development_standings s
    where s.tenant_id = ${tenantId} and s.stage is not null group by s.tenant_id, s.path, s.stage`)
}

/** The months of which something is kept, the newest first. */
export async function listMonths(
  ctx: Context,
  organizationId: string,
): Promise<{ items: { month: Month; on: Day }[] }> {
  const place = await openPlace(ctx, organizationId)
  const { rows } = await ctx.db.execute<{ month: Month; on: Day }>(sql`
    select month, max("on")::text as "on" from report_months where tenant_id = ${ctx.tenantId}
      and (${within(sql`path`, [place.path])}) group by month order by month desc limit 240`)
  return { items: rows }
}

/** The stages of two kept months, or of one and today. */
export async function compareMonths(
  ctx: Context,
  organizationId: string,
  { from, until }: ComparisonQuery,
): Promise<Comparison> {
  const place = await openPlace(ctx, organizationId)
  const [then, now] = [
    await keptOf(ctx, place.path, from),
    until ? await keptOf(ctx, place.path, until) : await today(ctx, place.path),
  ]
  return {
    organization: { id: place.id, name: place.name },
    ...{ fromOn: then.on, untilOn: now.on },
    rows: stages.map((key) => ({
      ...{ key, label: stageLabels[key], from: then.counts.get(key) ?? 0, until: now.counts.get(key) ?? 0 },
    })),
    definitions: [
      '每月留存当月最后一次计数的合计，只有人数，没有姓名。',
      '留存的是当时系统里登记的情况；以后补录、更正的，不改以前的合计。',
      '人按当时所在的组织计；组织调整以后，以前的合计仍在原来的位置。',
    ],
  }
}

interface Counted {
  on: Day
  counts: Map<string, number>
}

async function keptOf({ db, tenantId }: Context, path: string, month: Month): Promise<Counted> {
  const { rows } = await db.execute<{ stage: string; on: Day; count: number }>(sql`
    select stage, max("on")::text as "on", sum(count)::int as count from report_months
    where tenant_id = ${tenantId} and month = ${month} and (${within(sql`path`, [path])}) group by stage`)
  const { on } = found(rows[0], '个月的合计')
  return { on, counts: new Map(rows.map((it) => [it.stage, it.count])) }
}

async function today({ db, tenantId, today: on }: Context, path: string): Promise<Counted> {
  const { rows } = await db.execute<{ stage: string; count: number }>(sql`
    select s.stage, count(*)::int as count from development_standings s
    where s.tenant_id = ${tenantId} and (${within(sql`s.path`, [path])}) and s.stage is not null group by s.stage`)
  return { on, counts: new Map(rows.map((it) => [it.stage, it.count])) }
}
