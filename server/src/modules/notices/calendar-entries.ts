import { actLabels, addDays, citationOf, type Day, type DueAct, dayWritten, waitingLabels } from '@zhibu/rules'
import { type SQL, sql } from 'drizzle-orm'
import type { CalendarEntry } from '../../platform/calendar-text.ts'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { dayInChinaOf } from '../../platform/today.ts'
import { listDues } from '../development/dues.ts'
import { factsOf } from '../development/facts.ts'
import { settingOf } from '../development/settings.ts'
import { stateOf } from '../development/standings.ts'
import { listTermEnds } from '../organization/terms.ts'
import { isUniversity, maySend } from './policy.ts'
import { isCorrected } from './queries.ts'
import { explained } from './reminder-texts.ts'

/** What a calendar is called, and what is on its days. */
export interface Calendar {
  name: string
  entries: CalendarEntry[]
}

/** How far a calendar looks ahead, and how long a day that is past stays. What is overdue stays until it is done. */
const daysAhead = 366
const daysBack = 31

/** So many acts stand in the calendar of an organisation; where there are more, it says so. */
const mostDues = 500

/** What is due for the person, and the notices with a day that they got. `base` is the address of the platform. */
export async function ownCalendar(ctx: Context, personId: string, base: string): Promise<Calendar> {
  const { setting } = await settingOf(ctx)
  const [file] = await factsOf(ctx, [personId])
  const acts = file ? stateOf(file.facts, ctx.today, setting).due : []
  const dues = acts.flatMap((act) => dueEntry(act, { personId, url: `${base}/my` }))
  return { name: '支部工作台：本人', entries: [...dues, ...(await noticeEntries(ctx, isReceived(personId), base))] }
}

/**
 * Of a branch or committee: what is due for its people, named as on the desk of the actor, the terms that end there and below, and its
 * notices with a day, as far as the actor may read them. That of the university, which everybody may have, has no persons.
 */
export async function organizationCalendar(
  ctx: Context,
  { id, name, path }: { id: string; name: string; path: OrgPath },
  base: string,
): Promise<Calendar> {
  const dues = isUniversity(path) ? [] : await dueEntries(ctx, id, base)
  const terms = await termEntries(ctx, path, base)
  const isReadable = maySend(ctx.actor, path) ? sql`true` : isReceived(ctx.actor.personId)
  const announced = await noticeEntries(ctx, sql`n.path = ${path} and ${isReadable}`, base)
  return { name: `支部工作台：${name}`, entries: [...dues, ...terms, ...announced] }
}

async function dueEntries(ctx: Context, organizationId: string, base: string): Promise<CalendarEntry[]> {
  const asked = { organizationId, whose: 'all', withinDays: daysAhead, sort: 'due', descending: false } as const
  const { items, next } = await listDues(ctx, { ...asked, limit: mostDues })
  const entries = items.flatMap(({ act, personId, name, organization }) =>
    dueEntry(act, { personId, name, organization, url: `${base}/development/${personId}` }),
  )
  const last = entries.at(-1)
  if (next === undefined || last === undefined) return entries
  const more = {
    id: `due-more-${organizationId}@zhibu`,
    on: last.on,
    title: '以后还有到期事项，请登录查看',
    description: `日历只列最先到期的 ${mostDues} 项，其余请登录后在“待办事项”中查看。`,
    url: base,
  }
  return [...entries, more]
}

/** An act on its last day, with why it is that day; nothing where the rules set none. */
function dueEntry(
  { kind, latestOn, overdue, reasons, waitingOn, provisional }: DueAct,
  whose: { personId: string; name?: string; organization?: string; url: string },
): CalendarEntry[] {
  if (latestOn === undefined) return []
  const what = `${actLabels[kind]}（${overdue ? '已超过期限' : '最迟'}）`
  const why = reasons.map(({ text, article, ruleBook }) =>
    article === undefined || ruleBook === undefined ? text : `${text}（${citationOf(article, ruleBook)}）`,
  )
  return [
    {
      id: `due-${whose.personId}-${kind}@zhibu`,
      on: latestOn,
      title: whose.name === undefined ? what : `${whose.name}：${what}`,
      description: [
        ...(whose.organization === undefined ? [] : [whose.organization]),
        `由${waitingLabels[waitingOn]}办理`,
        '为什么是这一天：',
        ...why,
        ...(provisional ? ['放假安排尚未公布，日期待定'] : []),
      ].join('\n'),
      url: whose.url,
    },
  ]
}

async function termEntries(ctx: Context, path: OrgPath, base: string): Promise<CalendarEntry[]> {
  const ends = await listTermEnds(ctx, path, addDays(ctx.today, daysAhead))
  return ends.map(({ organization: { id, name }, report: { reElectBy, explanations } }) => ({
    id: `term-${id}@zhibu`,
    on: reElectBy,
    title: `${name}：任期届满${reElectBy < ctx.today ? '（尚未登记换届结果）' : ''}`,
    description: ['为什么是这一天：', ...explanations.map(explained)].join('\n'),
    url: `${base}/organization/${id}`,
  }))
}

/** Whether the person has a copy of the notice `n`. */
const isReceived = (personId: string | null): SQL =>
  sql`exists (select from notice_deliveries d where d.tenant_id = n.tenant_id and d.notice_id = n.id
    and d.person_id = ${personId}::uuid)`

interface AnnouncedRow extends Record<string, unknown> {
  id: string
  title: string
  on: Day
  isDue: boolean
  sentOn: Day
  organization: string
}

/** Notices that stand and have a day, of the event or by which something is to be done. Their text is read after signing in. */
async function noticeEntries({ db, tenantId, today }: Context, which: SQL, base: string): Promise<CalendarEntry[]> {
  const { rows } = await db.execute<AnnouncedRow>(sql`
    select n.id, n.title, day.day as "on", day.is_due as "isDue", o.name as organization,
      ${dayInChinaOf(sql`n.sent_at`)} as "sentOn"
    from notices n join organizations o on o.tenant_id = n.tenant_id and o.id = n.organization_id
    cross join lateral (values (n.happens_on, false), (n.due_on, true)) day (day, is_due)
    where n.tenant_id = ${tenantId} and n.sent_at is not null and n.recalled_at is null and ${which}
      and day.day between ${addDays(today, -daysBack)}::date and ${addDays(today, daysAhead)}::date
      and not ${isCorrected()}
    order by day.day, n.id, day.is_due`)
  return rows.map(({ id, title, on, isDue, sentOn, organization }) => ({
    id: `notice-${id}-${isDue ? 'due' : 'event'}@zhibu`,
    on,
    title: isDue ? `${title}（办理期限）` : title,
    description: `${organization}${dayWritten(sentOn)}的通知${isDue ? '，要求在这一天以前办理' : ''}。正文请登录后查看。`,
    url: `${base}/n/${id}`,
  }))
}
