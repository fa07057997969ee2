import { addDays, type Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { dayInChina, dayInChinaOf } from '../../platform/today.ts'
import { dayInWords, instantOf } from '../activities/when.ts'
import { type OwnTelling, tellByItself } from '../notices/by-themselves.ts'
import { universities } from '../organization/tables.ts'
import { heldInWords, pageOf, tellingTo } from './informing.ts'

/** So many days before its day whoever has a next step is reminded of it, and again on the day. */
const daysBefore = 3

interface Place extends Record<string, unknown> {
  organizationId: string
  path: OrgPath
}

interface DueTalk extends Place {
  id: string
  personId: string
  mentorPersonId: string
  heldOn: Day
  startMinute: number
  endMinute: number
}

interface DueStep extends Place {
  id: string
  bookingId: string
  owner: string
  dueOn: Day
}

/**
 * The job `guidance.remind`: in the course of the day before a talk both are told of it, and three days before and on its day whoever has a
 * next step. Each notice has a key, so that it goes once however often this runs. What was booked today for tomorrow was told today.
 */
export async function remindOfGuidance(
  database: Database,
  { now, baseUrl }: { now: Date; baseUrl: string },
): Promise<void> {
  const today = dayInChina(now)
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities))
    await database.transaction(wholeUniversity(tenantId), async (db) => {
      const { rows: talks } = await db.execute<DueTalk>(sql`
        select b.id, b.person_id as "personId", b.mentor_person_id as "mentorPersonId", t.held_on::text as "heldOn",
          t.start_minute as "startMinute", t.end_minute as "endMinute", m.organization_id as "organizationId", m.path
        from guidance_bookings b join guidance_times t on t.tenant_id = b.tenant_id and t.id = b.time_id
        join guidance_mentors m on m.tenant_id = b.tenant_id and m.id = b.mentor_id
        where b.tenant_id = ${tenantId} and b.cancelled_at is null and t.held_on = ${addDays(today, 1)}::date
          and ${dayInChinaOf(sql`b.placed_at`)} < ${today}::date`)
      const { rows: steps } = await db.execute<DueStep>(sql`
        select s.id, s.booking_id as "bookingId", s.due_on::text as "dueOn", m.organization_id as "organizationId", m.path,
          case s.side when 'mentor' then s.mentor_person_id else s.person_id end as owner
        from guidance_steps s join guidance_bookings b on b.tenant_id = s.tenant_id and b.id = s.booking_id
        join guidance_mentors m on m.tenant_id = b.tenant_id and m.id = b.mentor_id
        where s.tenant_id = ${tenantId} and s.done_on is null and s.due_on in (${today}::date, ${addDays(today, daysBefore)}::date)`)
      await tellByItself(db, tenantId, [
        ...talks.map((it) => ofTalk(it, baseUrl)),
        ...steps.map((it) => ofStep(it, today, baseUrl)),
      ])
    })
}

function ofTalk(it: DueTalk, base: string): OwnTelling {
  const { id, personId, mentorPersonId, heldOn, startMinute } = it
  return tellingTo(it, [personId, mentorPersonId], {
    ...{ key: `${id}:tomorrow:${heldOn} ${startMinute}`, heading: `明天有一对一指导：${heldInWords(it)}` },
    lines: [
      `明天（${heldInWords(it)}）有一次一对一指导。`,
      '和谁谈、在哪里，请登录查看。来不了的，请在页面上改期或者取消。',
    ],
    url: `${base}${pageOf(id)}`,
    until: instantOf(heldOn, startMinute),
  })
}

function ofStep({ id, bookingId, owner, dueOn, ...place }: DueStep, today: Day, base: string): OwnTelling {
  const isToday = dueOn === today
  return tellingTo(place, [owner], {
    ...{ key: `step:${id}:${isToday ? 'today' : 'before'}:${dueOn}` },
    heading: isToday ? '一对一指导的约定事项今天到期' : `一对一指导的约定事项${dayInWords(dueOn)}到期`,
    lines: [
      isToday ? '指导时约定由您办的一件事今天到期。' : `指导时约定由您办的一件事到${dayInWords(dueOn)}为止。`,
      '是什么事，请登录查看；办好的，请勾选。',
    ],
    url: `${base}${pageOf(bookingId)}`,
    until: instantOf(dueOn, 24 * 60),
  })
}
