import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { beginningOf } from '../../platform/storable.ts'
import { dayInChina, instantInChina } from '../../platform/today.ts'
import { instantOf, whenInWords } from '../activities/when.ts'
import { type OwnTelling, tellByItself } from '../notices/by-themselves.ts'
import { mostOfTitle } from '../notices/schema.ts'
import { universities } from '../organization/tables.ts'
import { lectureKinds } from './names-schema.ts'

/** So many minutes before it begins people are reminded of a lecture. */
const minutesBefore = 60

interface Due extends Record<string, unknown> {
  id: string
  organizationId: string
  path: OrgPath
  title: string
  fromOn: Day
  startMinute: number
  endMinute: number | null
  place: string
  persons: string[]
}

/**
 * The job `lectures.remind`: every minute a notice to those who have a place in a lecture that begins within the hour, by the channels
 * that they have chosen. Notice, sending and the key by which the same is told once are one transaction: begun again it tells nobody
 * twice. What was put off to another time is told again; what has begun, no more, whatever the quiet hours of those who are told.
 */
export async function remindOfLectures(
  database: Database,
  { now, baseUrl }: { now: Date; baseUrl: string },
): Promise<void> {
  const [today, minute] = [dayInChina(now), minuteInChina(now)]
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities))
    await database.transaction(wholeUniversity(tenantId), async (db) => {
      const { rows } = await db.execute<Due>(sql`
        select a.id, a.organization_id as "organizationId", a.path, a.title, a.from_on::text as "fromOn", a.start_minute as "startMinute",
          a.end_minute as "endMinute", a.place,
          array(select s.person_id from activity_sign_ups s where s.tenant_id = a.tenant_id and s.activity_id = a.id
            order by s.seq limit (a.sign_up->>'capacity')::int) as persons
        from activities a
        where a.tenant_id = ${tenantId} and a.kind = any(${sql.param(lectureKinds)}::text[]) and a.sign_up is not null
          and a.announced_at is not null and a.cancelled_at is null and a.recorded_at is null and a.from_on = ${today}
          and a.start_minute > ${minute} and a.start_minute <= ${minute + minutesBefore}`)
      await tellByItself(
        db,
        tenantId,
        rows.filter((it) => it.persons.length > 0).map((it) => reminderOf(it, baseUrl)),
      )
    })
}

function reminderOf(it: Due, baseUrl: string): OwnTelling {
  const { id, organizationId, path, title, fromOn, startMinute, endMinute, place, persons } = it
  const when = whenInWords({ fromOn, untilOn: null, startMinute, endMinute })
  return {
    ...{ organizationId, path, audience: { groups: [], personIds: [...persons].sort(), exceptIds: [] } },
    title: beginningOf(`即将开始：${title}`, mostOfTitle),
    body: [
      `您报名的“${title}”将在一小时内开始。`,
      `时间：${when}`,
      ...(place === '' ? [] : [`地点：${place}`]),
      `现场页和入会链接：${baseUrl}/activities/${id}/live`,
    ].join('\n'),
    tellUntilAt: instantOf(fromOn, startMinute),
    ...{ source: 'lecture', sourceKey: `lecture:${id}:${fromOn} ${startMinute}` },
  }
}

function minuteInChina(at: Date): number {
  const [hour = 0, minute = 0] = instantInChina(at).slice(11).split(':').map(Number)
  return 60 * hour + minute
}
