import { addDays, type Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { CalendarEntry } from '../../platform/calendar-text.ts'
import type { Context } from '../../platform/context.ts'
import { hoursInWords } from '../activities/when.ts'

const daysAhead = 366
const daysBack = 31

/**
 * The sessions of the programmes on whose lists a person stands, as entries of their own calendar. Its owner sees no other rows of a list, so it does
 * not say whether they have a place or wait.
 */
export async function trainingEntries(ctx: Context, personId: string, base: string): Promise<CalendarEntry[]> {
  const { rows } = await ctx.db.execute<{
    id: string
    programmeId: string
    programme: string
    title: string
    on: Day
    startMinute: number | null
    endMinute: number | null
    place: string
  }>(sql`
    select c.id, p.id as "programmeId", p.title as programme, c.title, c."on"::text as "on", c.start_minute as "startMinute",
      c.end_minute as "endMinute", c.place
    from training_participants t
    join training_programmes p on p.tenant_id = t.tenant_id and p.id = t.programme_id
      and p.announced_at is not null and p.cancelled_at is null
    join training_sessions c on c.tenant_id = p.tenant_id and c.programme_id = p.id and c.cancelled_at is null
      and c."on" between ${addDays(ctx.today, -daysBack)}::date and ${addDays(ctx.today, daysAhead)}::date
    where t.tenant_id = ${ctx.tenantId} and t.person_id = ${personId}
    order by c."on", c.start_minute, c.id limit 500`)
  return rows.map((it) => ({
    id: `training-${it.id}@zhibu`,
    on: it.on,
    title: [hoursInWords(it), it.title].filter(Boolean).join(' '),
    description: [
      `培训班“${it.programme}”的课程，在您的日历里，因为您在名单上。`,
      ...(it.place === '' ? [] : [`地点：${it.place}`]),
      '详情请登录后查看。',
    ].join('\n'),
    url: `${base}/training/${it.programmeId}`,
  }))
}
