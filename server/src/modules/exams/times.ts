import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { StoredExam } from './stored.ts'
import { examArrangements, examAttempts } from './tables.ts'

/** The arrangement of a candidate as far as it moves times. */
export type TimeArrangement = Pick<typeof examArrangements.$inferSelect, 'moreMinutes' | 'opensAt' | 'closesAt'>

/** When an examination may be taken by one candidate, and how long an attempt lasts; `minutes` is null where only the end counts. */
export function timesFor(
  { opensAt, closesAt, minutes }: Pick<StoredExam, 'opensAt' | 'closesAt' | 'minutes'>,
  own: TimeArrangement | undefined,
): { opensAt: Date; closesAt: Date; minutes: number | null } {
  return {
    opensAt: own?.opensAt ?? opensAt,
    closesAt: own?.closesAt ?? closesAt,
    minutes: minutes === null ? null : minutes + (own?.moreMinutes ?? 0),
  }
}

/**
 * When an attempt that begins now is over: after its minutes, not after the end of the examination. Whoever has more minutes has them behind
 * that end, too, as long as they begin in time for everybody's.
 */
export function endOf(
  exam: Pick<StoredExam, 'opensAt' | 'closesAt' | 'minutes'>,
  own: TimeArrangement | undefined,
  now: Date,
): Date {
  const { closesAt, minutes } = timesFor(exam, own)
  const last = new Date(closesAt.getTime() + (own?.moreMinutes ?? 0) * minuteMs)
  if (minutes === null) return last
  const ownEnd = new Date(now.getTime() + minutes * minuteMs)
  return ownEnd < last ? ownEnd : last
}

const minuteMs = 60_000

/**
 * Gives those who are writing, or one of them, what is given now by a later end or an arrangement; nobody loses any of their time. Runs over the
 * whole university.
 */
export async function lengthenAttempts(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  exam: StoredExam,
  personId?: string,
): Promise<void> {
  const { id, startedAt, endsAt } = examAttempts
  const open = await db
    .select({ id, startedAt, endsAt, arrangement: examArrangements })
    .from(examAttempts)
    .leftJoin(
      examArrangements,
      and(
        eq(examArrangements.tenantId, examAttempts.tenantId),
        eq(examArrangements.examId, examAttempts.examId),
        eq(examArrangements.personId, examAttempts.personId),
      ),
    )
    .where(
      and(
        eq(examAttempts.tenantId, tenantId),
        eq(examAttempts.examId, exam.id),
        isNull(examAttempts.handedInAt),
        personId === undefined ? undefined : eq(examAttempts.personId, personId),
      ),
    )
    .orderBy(id)
    .for('update', { of: examAttempts })
  const longer = open.flatMap((it) => {
    const end = endOf(exam, it.arrangement ?? undefined, it.startedAt)
    return end > it.endsAt ? [{ id: it.id, end }] : []
  })
  if (longer.length === 0) return
  await db.execute(sql`update ${examAttempts} as a set ends_at = longer."end"
    from json_to_recordset(${JSON.stringify(longer)}::json) as longer (id uuid, "end" timestamptz)
    where a.tenant_id = ${tenantId} and a.id = longer.id`)
}
