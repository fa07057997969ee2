import { SQL, sql } from 'drizzle-orm'
import type { Db } from '../../platform/database.ts'

/** What is told again of a notice: the notice itself, that it was taken back, or a reminder with its instant. */
export type Occasion = 'notice' | 'recall' | `reminder:${string}`

/**
 * Writes what has to go out of a notice by the channels that its recipients have chosen, in the transaction that writes their deliveries
 * (which stand already). Persons are given by their ids, or as a subselect of ids. Called again for the same occasion it adds nothing.
 * Needs the scope of the whole university: preferences are seen by nobody else.
 */
export async function dispatchesFor(
  db: Db,
  tenantId: string,
  noticeId: string,
  occasion: Occasion,
  persons: readonly string[] | SQL,
  now = new Date(),
): Promise<void> {
  const some = persons instanceof SQL ? persons : sql`select unnest(${sql.param(persons)}::uuid[])`
  const [atOnce, weekly] = [now, nextDigestAt(now)].map((it) => sql`${it.toISOString()}::timestamptz`)
  await db.execute(sql`
    insert into notice_dispatches (tenant_id, notice_id, person_id, channel, occasion, sender_account_id, not_before, in_digest)
    select d.tenant_id, d.notice_id, d.person_id, c.channel, ${occasion}, d.sender_account_id,
      ${outsideQuietHours(sql`case when c.choice = 'weekly' then ${weekly} else ${atOnce} end`, sql`p.quiet_hours`)},
      c.choice = 'weekly'
    from notice_deliveries d
    join notice_preferences p on p.tenant_id = d.tenant_id and p.person_id = d.person_id
    cross join lateral (values
      ('email', p.choices->>'email', p.email_sealed),
      ('wecom', p.choices->>'wecom', p.wecom_user_sealed),
      ('dingtalk', p.choices->>'dingtalk', p.dingtalk_user_sealed)) as c (channel, choice, address)
    where d.tenant_id = ${tenantId} and d.notice_id = ${noticeId} and d.person_id in (${some})
      and c.choice in ('atOnce', 'weekly') and c.address is not null
    on conflict do nothing`)
}

/** The next Monday, eight in the morning in China, after an instant. */
export function nextDigestAt(now: Date): Date {
  const intoWeek = (now.getTime() - someMonday) % weekMs
  return new Date(now.getTime() + weekMs - intoWeek)
}

const weekMs = 7 * 24 * 3_600_000
const someMonday = Date.UTC(2024, 0, 1, 0)

/** An instant, or the end of the quiet hours in which it lies. */
export const outsideQuietHours = (instant: SQL, quiet: SQL): SQL => sql`case when ${isQuiet(instant, quiet)}
  then date_trunc('minute', ${instant}) + make_interval(mins => mod((${quiet}->>'until')::int - ${minuteInChina(instant)} + 1440, 1440))
  else ${instant} end`

/** Whether an instant lies in quiet hours, which may pass midnight. */
export const isQuiet = (instant: SQL, quiet: SQL): SQL => sql`coalesce(case
  when (${quiet}->>'from')::int < (${quiet}->>'until')::int
  then ${minuteInChina(instant)} >= (${quiet}->>'from')::int and ${minuteInChina(instant)} < (${quiet}->>'until')::int
  else ${minuteInChina(instant)} >= (${quiet}->>'from')::int or ${minuteInChina(instant)} < (${quiet}->>'until')::int
  end, false)`

const minuteInChina = (instant: SQL): SQL =>
  sql`(extract(hour from (${instant}) at time zone 'Asia/Shanghai') * 60 + extract(minute from (${instant}) at time zone 'Asia/Shanghai'))::int`
