import { dayWritten } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { AttendanceMark } from './attendance-schema.ts'
import { lockSession, type StoredProgramme, type StoredSession } from './stored.ts'
import { trainingAttendances } from './tables.ts'

/** What is stored of people at a session. Everything here runs over the whole university, after it was settled who may. */

/** A session whose attendance may be recorded, locked. */
export async function lockForRecord(
  ctx: Context,
  sessionId: string,
): Promise<{ programme: StoredProgramme; session: StoredSession }> {
  const { programme, session } = await lockSession(ctx, sessionId, '登记到课')
  if (programme.announcedAt === null) throw new Refusal('conflict', '培训班还没有发布。请先发布，再登记到课。')
  if (session.cancelledAt !== null) throw new Refusal('conflict', '这次课已经取消，不能登记到课。请刷新页面查看。')
  if (session.on > ctx.today)
    throw new Refusal('conflict', `这次课在${dayWritten(session.on)}，还没有上。请上课当天或以后再登记。`)
  return { programme, session }
}

/** Writes what is said of people at a session in one statement; what was recorded of them before is replaced. */
export async function write(ctx: Context, session: StoredSession, marks: readonly AttendanceMark[]): Promise<void> {
  if (marks.length === 0) return
  const { tenantId, actor } = ctx
  await ctx.db.execute(sql`
    insert into training_attendances (tenant_id, session_id, person_id, path, attendance, leave_kind, note, recorded_by)
    select ${tenantId}, ${session.id}::uuid, m."personId", ${session.path}, m.attendance, m."leaveKind", m.note, ${actor.name}
    from json_to_recordset(${JSON.stringify(marks)}::json)
      as m("personId" uuid, attendance text, "leaveKind" text, note text)
    on conflict (tenant_id, session_id, person_id) do update set attendance = excluded.attendance,
      leave_kind = excluded.leave_kind, note = excluded.note, recorded_by = excluded.recorded_by, recorded_at = now()
    where (training_attendances.attendance, training_attendances.leave_kind, training_attendances.note)
      is distinct from (excluded.attendance, excluded.leave_kind, excluded.note)`)
}

/** What was recorded of one person at a session; undefined where nothing was. */
export async function attendanceOf(ctx: Context, sessionId: string, personId: string) {
  const [row] = await ctx.db
    .select()
    .from(trainingAttendances)
    .where(
      sql`${trainingAttendances.tenantId} = ${ctx.tenantId} and ${trainingAttendances.sessionId} = ${sessionId}
        and ${trainingAttendances.personId} = ${personId}`,
    )
  return row
}
