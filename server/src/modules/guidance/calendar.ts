import { addDays } from '@zhibu/rules'
import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import type { CalendarEntry } from '../../platform/calendar-text.ts'
import type { Context } from '../../platform/context.ts'
import { hoursInWords } from '../activities/when.ts'
import { pageOf } from './informing.ts'
import { timeOfBooking } from './stored.ts'
import { guidanceBookings, guidanceTimes } from './tables.ts'

const daysAhead = 366
const daysBack = 31

/**
 * The talks of a person as entries of their own calendar, in the scope of its owner: the database shows no other. A calendar is read by
 * programs elsewhere, so it says when and where, and not with whom.
 */
export async function guidanceEntries(ctx: Context, personId: string, base: string): Promise<CalendarEntry[]> {
  const { heldOn, startMinute, endMinute, place } = guidanceTimes
  const rows = await ctx.db
    .select({ id: guidanceBookings.id, heldOn, startMinute, endMinute, place })
    .from(guidanceBookings)
    .innerJoin(guidanceTimes, timeOfBooking)
    .where(
      and(
        eq(guidanceBookings.tenantId, ctx.tenantId),
        or(eq(guidanceBookings.personId, personId), eq(guidanceBookings.mentorPersonId, personId)),
        isNull(guidanceBookings.cancelledAt),
        sql`${heldOn} between ${addDays(ctx.today, -daysBack)}::date and ${addDays(ctx.today, daysAhead)}::date`,
      ),
    )
    .orderBy(asc(heldOn), asc(startMinute), asc(guidanceBookings.id))
    .limit(500)
  return rows.map((it) => ({
    id: `guidance-${it.id}@zhibu`,
    on: it.heldOn,
    title: `${hoursInWords(it)} 一对一指导`,
    description: [...(it.place === '' ? [] : [`地点：${it.place}`]), '和谁谈、谈什么，请登录后查看。'].join('\n'),
    url: `${base}${pageOf(it.id)}`,
  }))
}
