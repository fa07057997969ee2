import { addDays, type Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { CalendarEntry } from '../../platform/calendar-text.ts'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { isAnyOf } from '../../platform/reach.ts'
import { officeLabels } from '../accounts/names-schema.ts'
import type { OfficeKind } from '../organization/schema.ts'

const daysAhead = 366
const daysBack = 31

/** The calls for candidates that are open at these places, on the last day of each. */
export async function postCallEntries(ctx: Context, paths: readonly OrgPath[], base: string): Promise<CalendarEntry[]> {
  const { rows } = await ctx.db.execute<{ id: string; title: string; organization: string; on: Day }>(sql`
    select c.id, q.title, o.name as organization, c.until_on::text as "on"
    from talent_calls c join talent_posts q on q.tenant_id = c.tenant_id and q.id = c.post_id and q.closed_at is null
    join organizations o on o.tenant_id = q.tenant_id and o.id = q.organization_id
    where c.tenant_id = ${ctx.tenantId} and c.closed_at is null and ${isAnyOf(sql`c.path`, paths)}
      and c.until_on between ${ctx.today}::date and ${addDays(ctx.today, daysAhead)}::date
    order by c.until_on, c.id limit 100`)
  return rows.map(({ id, title, organization, on }) => ({
    id: `post-call-${id}@zhibu`,
    on,
    title: `岗位征集报名截止：${title}`,
    description: `${organization}的岗位征集，在您的日历里，因为您属于这个单位。要求请登录后查看。`,
    url: `${base}/staff/calls/${id}`,
  }))
}

/** The last day of an office that a person hands over, and the first day of one that they come into. */
export async function successionEntries(ctx: Context, personId: string, base: string): Promise<CalendarEntry[]> {
  const { rows } = await ctx.db.execute<{
    id: string
    organization: string
    office: OfficeKind
    isFirst: boolean
    on: Day
  }>(sql`
    select s.id, o.name as organization, s.office, day.is_first as "isFirst", day.day::text as "on"
    from talent_successions s join organizations o on o.tenant_id = s.tenant_id and o.id = s.organization_id
    cross join lateral (values (s.outgoing_person_id, s.last_on, false), (s.incoming_person_id, s.first_on, true)) day (whose, day, is_first)
    where s.tenant_id = ${ctx.tenantId} and s.dropped_on is null and day.whose = ${personId}::uuid
      and day.day between ${addDays(ctx.today, -daysBack)}::date and ${addDays(ctx.today, daysAhead)}::date
    order by day.day, s.id limit 50`)
  return rows.map(({ id, organization, office, isFirst, on }) => ({
    id: `succession-${id}-${isFirst ? 'first' : 'last'}@zhibu`,
    on,
    title: `${organization} ${officeLabels[office]}：${isFirst ? '开始任职' : '任职的最后一天'}`,
    description: '工作交接，交接单请登录后查看。',
    url: `${base}/staff/successions/${id}`,
  }))
}
