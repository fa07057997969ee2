import { addDays } from '@zhibu/rules'
import type { CalendarEntry } from '../../platform/calendar-text.ts'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { activityKindNames } from './names-schema.ts'
import { announcedBetween } from './queries.ts'
import { whenInWords } from './when.ts'

const daysAhead = 366
const daysBack = 31

/** The announced activities at these places as entries of a calendar; each says where it comes from. Its text is read after signing in. */
export async function activityEntries(ctx: Context, paths: readonly OrgPath[], base: string): Promise<CalendarEntry[]> {
  const rows = await announcedBetween(ctx, addDays(ctx.today, -daysBack), addDays(ctx.today, daysAhead), paths)
  return rows.flatMap((it) =>
    it.fromOn === null
      ? []
      : [
          {
            id: `activity-${it.id}@zhibu`,
            on: it.fromOn,
            title: it.startMinute === null ? it.title : `${whenInWords(it).replace(/^\S+ /, '')} ${it.title}`,
            description: [
              `${activityKindNames[it.kind]}，在您的日历里，因为您属于组织这项活动的单位。`,
              ...(it.place === '' ? [] : [`地点：${it.place}`]),
              '详情请登录后查看。',
            ].join('\n'),
            url: `${base}/activities/${it.id}`,
          },
        ],
  )
}
