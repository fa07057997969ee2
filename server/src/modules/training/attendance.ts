import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { isAnyOf, isInReach, personOf } from '../../platform/reach.ts'
import { authorize, Refusal, refuseStale } from '../../platform/refusal.ts'
import { assertUsable, findMedia } from '../media/queries.ts'
import { setUses } from '../media/uses.ts'
import type { AttendanceMark, AttendanceRecord, AttendanceRow, AttendanceSheet, MakeUps } from './attendance-schema.ts'
import { lockForRecord, write } from './marks.ts'
import type { Attendance, LeaveKind } from './names-schema.ts'
import { withPlace } from './places.ts'
import { mayRun, mayWithSession } from './policy.ts'
import { requestsOfSession } from './requests.ts'
import { mediaOf, ownerOf } from './sessions.ts'
import { ofSession, openSession, type StoredSession, subjectOfSession } from './stored.ts'
import { trainingSessions } from './tables.ts'

/**
 * Who was at a session: said by whoever runs the programme, of the whole list in one go, and never by a device. Nobody but they and the person
 * themselves sees it. Everything here runs over the whole university, after it was settled who may.
 */

/** Everybody with a place in a programme, and whoever something was recorded of, with what was recorded at one of its sessions and what they have at the same time. */
export async function readSheet(ctx: Context, sessionId: string): Promise<AttendanceSheet> {
  const { programme, session } = await openSession(ctx, sessionId)
  authorize(mayRun(ctx.actor, programme.path), '查看到课情况')
  const { rows } = await ctx.db.execute<Row>(sql`
    select p.id, p.name, p.student_number as "studentNumber", o.name as organization, a.attendance, a.leave_kind as "leaveKind",
      coalesce(a.note, '') as note, a.recorded_by as "recordedBy", coalesce(t.rank <= ${programme.capacity}, t.rank is not null) as "hasPlace"
    from (select person_id, (row_number() over (order by seq))::int as rank from training_participants
        where tenant_id = ${ctx.tenantId} and programme_id = ${programme.id}) t
      full join (select * from training_attendances
        where tenant_id = ${ctx.tenantId} and session_id = ${sessionId}) a on a.person_id = t.person_id
    join persons p on p.tenant_id = ${ctx.tenantId} and p.id = coalesce(t.person_id, a.person_id)
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    where a.person_id is not null or ${programme.capacity}::int is null or t.rank <= ${programme.capacity}
    order by p.path, p.pinyin, p.id`)
  const requests = await requestsOfSession(ctx, sessionId)
  const conflicts = await conflictsOf(ctx, session)
  const items = await findMedia(ctx, session.sheets)
  const can = mayWithSession(ctx.actor, programme, session, nobodys, ctx.today)
  const { title, on, startMinute, endMinute, hours, place, lecturers } = session
  return {
    programme: { id: programme.id, name: programme.title },
    session: {
      ...{ title, on, startMinute, endMinute, hours, place },
      lecturers: lecturers.map((it) => it.name),
      isRecorded: session.recordedAt !== null,
    },
    can: { record: can.record },
    items: rows.map((it) => ({
      person: { id: it.id, name: it.name, studentNumber: it.studentNumber },
      ...{ organization: it.organization, place: it.hasPlace ? 'taken' : 'waiting' },
      ...{ attendance: it.attendance, leaveKind: it.leaveKind, note: it.note, recordedBy: it.recordedBy },
      requests: requests.get(it.id) ?? [],
      conflicts: conflicts.get(it.id) ?? [],
    })),
    sheets: session.sheets.flatMap((id) => {
      const item = items.get(id)
      return item && item.withdrawnAt === null ? [{ mediaId: id, fileName: item.fileName, kind: item.kind }] : []
    }),
    revision: session.revision,
  }
}

/** What whoever records does here is asked of them alone, not as a participant. */
const nobodys = { hasPlace: false, attendance: null, isWaiting: false }

interface Row extends Record<string, unknown> {
  id: string
  name: string
  studentNumber: string | null
  organization: string
  attendance: Attendance | null
  leaveKind: LeaveKind | null
  note: string
  recordedBy: string | null
  hasPlace: boolean
}

/**
 * What those on the list have at the same time as a session that is still to come: another session, with its name where the reader may know its
 * programme, or that there is an activity for which they have signed up; which one is theirs to say. Without hours a session meets everything of its day.
 */
async function conflictsOf(ctx: Context, session: StoredSession): Promise<Map<string, AttendanceRow['conflicts']>> {
  if (session.on < ctx.today || session.cancelledAt !== null) return new Map()
  const { id, programmeId, on, startMinute, endMinute } = session
  const meets = (start: string, end: string) =>
    sql`(${startMinute}::int is null or ${sql.raw(start)} is null
      or (${sql.raw(start)} < coalesce(${endMinute}::int, ${startMinute}::int + 60) and coalesce(${sql.raw(end)}, ${sql.raw(start)} + 60) > ${startMinute}::int))`
  const { rows } = await ctx.db.execute<{ personId: string; what: string; path: OrgPath | null }>(sql`
    with listed as (select person_id from training_participants
      where tenant_id = ${ctx.tenantId} and programme_id = ${programmeId})
    select l.person_id as "personId", c.title as what, q.path
    from listed l
    join training_participants t on t.tenant_id = ${ctx.tenantId} and t.person_id = l.person_id
    join training_programmes q on q.tenant_id = t.tenant_id and q.id = t.programme_id and q.announced_at is not null
      and q.cancelled_at is null
    join training_sessions c on c.tenant_id = t.tenant_id and c.programme_id = t.programme_id and c.id <> ${id}
      and c."on" = ${on} and c.cancelled_at is null and ${meets('c.start_minute', 'c.end_minute')}
    union
    select l.person_id, '已报名的活动', null
    from listed l
    join activity_sign_ups u on u.tenant_id = ${ctx.tenantId} and u.person_id = l.person_id
    join activities v on v.tenant_id = u.tenant_id and v.id = u.activity_id and v.cancelled_at is null and v.sign_up is not null
      and v.from_on <= ${on} and coalesce(v.until_on, v.from_on) >= ${on} and ${meets('v.start_minute', 'v.end_minute')}
    order by 1, 2`)
  const named = ({ what, path }: (typeof rows)[number]) =>
    path === null || mayRun(ctx.actor, path) || isInReach(ctx.actor, path) ? what : '别的培训班的课程'
  return new Map(
    [...Map.groupBy(rows, (it) => it.personId)].map(([person, of]) => [person, [...new Set(of.map(named))]]),
  )
}

/** Records who was at a session, as read at this revision, from its day on: what is said of some, and of all others with a place that they were there. Nobody records their own. */
export async function recordAttendance(
  ctx: Context,
  sessionId: string,
  { marks, restArePresent }: AttendanceRecord,
  revision: number,
): Promise<void> {
  const { programme, session } = await lockForRecord(ctx, sessionId)
  refuseStale(session, revision, '这次课的到课登记')
  const placed = await withPlace(ctx, programme)
  const said = await fittingMarks(ctx, session, placed, marks)
  const rest = restArePresent ? restOf(ctx, placed, said) : []
  await write(ctx, session, [...said, ...rest])

  await ctx.db
    .update(trainingSessions)
    .set({ recordedAt: session.recordedAt ?? new Date(), revision: revision + 1 })
    .where(ofSession(ctx, sessionId))
  const counts = Object.fromEntries(
    [...Map.groupBy([...said, ...rest], (it) => it.attendance)].map(([kind, of]) => [`${kind}Count`, of.length]),
  )
  await record(ctx, 'training.attendance-recorded', subjectOfSession(session), { title: session.title, ...counts })
}

/** Nobody is marked who is not on the list, nor by themselves. */
async function fittingMarks(
  ctx: Context,
  session: StoredSession,
  placed: readonly string[],
  marks: readonly AttendanceMark[],
): Promise<AttendanceMark[]> {
  if (marks.some((it) => it.personId === ctx.actor.personId))
    throw new Refusal('forbidden', '自己的到课情况要由别的组织者登记。请把自己的一行留空，其他人照常登记。')
  if (new Set(marks.map((it) => it.personId)).size < marks.length)
    throw new Refusal('malformed', '同一个人登记了两次。请刷新页面，核对后重新登记。')
  const known = new Set([...placed, ...(await recordedOf(ctx, session.id))])
  const strangers = marks.filter((it) => !known.has(it.personId))
  if (strangers.length > 0)
    throw new Refusal('conflict', `有 ${strangers.length} 人已经不在名单上，这次没有登记。请刷新页面，核对后重新登记。`)
  return [...marks]
}

async function recordedOf({ db, tenantId }: Context, sessionId: string): Promise<string[]> {
  const { rows } = await db.execute<{ personId: string }>(sql`
    select person_id as "personId" from training_attendances where tenant_id = ${tenantId} and session_id = ${sessionId}`)
  return rows.map((it) => it.personId)
}

/** All others with a place, beside the actor. */
function restOf(ctx: Context, placed: readonly string[], said: readonly AttendanceMark[]): AttendanceMark[] {
  const named = new Set([...said.map((it) => it.personId), personOf(ctx)])
  return placed
    .filter((it) => !named.has(it))
    .map((personId) => ({ personId, attendance: 'present', leaveKind: null, note: '' }))
}

/** So many pictures of a signed list a session has. */
const mostSheets = 20

/**
 * Puts pictures of the signed paper list to a session, beside those that are there. What lies in the library for others to see has no place
 * here: a list says who was there, and how they sign.
 */
export async function addSheets(ctx: Context, sessionId: string, mediaIds: readonly string[]): Promise<void> {
  const { session } = await lockForRecord(ctx, sessionId)
  const added = [...new Set(mediaIds)].filter((it) => !session.sheets.includes(it))
  for (const { kind, isPrivate } of await assertUsable(ctx, added))
    if (kind !== 'picture' || !isPrivate)
      throw new Refusal('conflict', '签到表的照片要在这一页直接上传：素材库里的图片，别人也看得到。')
  if (session.sheets.length + added.length > mostSheets)
    throw new Refusal('conflict', `一次课最多放 ${mostSheets} 张签到表照片。请先去掉不要的。`)
  await setSheets(ctx, session, [...session.sheets, ...added])
}

/** Takes a picture of the signed list away from a session. */
export async function removeSheet(ctx: Context, sessionId: string, mediaId: string): Promise<void> {
  const { session } = await lockForRecord(ctx, sessionId)
  await setSheets(
    ctx,
    session,
    session.sheets.filter((it) => it !== mediaId),
  )
}

async function setSheets(ctx: Context, session: StoredSession, sheets: string[]): Promise<void> {
  await setUses(ctx, ownerOf(session), mediaOf({ ...session, sheets }))
  await ctx.db.update(trainingSessions).set({ sheets }).where(ofSession(ctx, session.id))
  await record(ctx, 'training.sheets-set', subjectOfSession(session), { title: session.title, count: sheets.length })
}

/**
 * Sessions to come in which what was missed can be heard: those of the same title first, then of the same category in another programme for the same
 * people that the reader may know. To another session of this programme they come anyway, so it counts where it is the same one once more.
 */
export async function listMakeUps(ctx: Context, sessionId: string): Promise<MakeUps> {
  const { programme, session } = await openSession(ctx, sessionId)
  const { rows } = await ctx.db.execute<MakeUps['items'][number] & Record<string, unknown>>(sql`
    select c.id, c.programme_id as "programmeId", q.title as programme, c.title, c."on"::text as "on",
      c.start_minute as "startMinute", c.place, c.title = ${session.title} as "isSameTitle"
    from training_sessions c
    join training_programmes q on q.tenant_id = c.tenant_id and q.id = c.programme_id
    where c.tenant_id = ${ctx.tenantId} and c.id <> ${sessionId} and c.cancelled_at is null and c."on" > ${ctx.today}
      and q.announced_at is not null and q.cancelled_at is null and q.closed_at is null
      and case when q.id = ${programme.id} then c.title = ${session.title}
        else q.audience = ${programme.audience} and (c.title = ${session.title} or c.category = ${session.category})
          and ${isAnyOf(sql`q.path`, [...ancestors(programme.path), programme.path])} end
    order by c.title <> ${session.title}, c."on", c.id limit 10`)
  return { items: rows }
}
