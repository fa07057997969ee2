import type { Day } from '@zhibu/rules'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record, recordAll } from '../../platform/journal.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { closeOverdue } from './attempts.ts'
import { listCandidates } from './candidate-list.ts'
import { refuseOwnConcern } from './candidates.ts'
import { outcomeKey, outcomesOf } from './outcomes.ts'
import { examSubject, openExam } from './stored.ts'
import { examAttempts, examConfirmations } from './tables.ts'

/** What came of an examination, and that somebody stands for it. Runs over the whole university. */

/** Confirms the best results of some candidates, each as a dated fact. Whoever has none, or one that is confirmed, is named. */
export async function confirmResults(
  ctx: Context,
  examId: string,
  personIds: readonly string[],
  now: Date,
): Promise<void> {
  const exam = await openExam(ctx, examId, '确认这场考试的成绩', 'update')
  for (const personId of personIds) refuseOwnConcern(ctx, personId)
  const { db, tenantId, actor } = ctx
  await closeOverdue(ctx, eq(examAttempts.examId, examId), now)
  const wanted = [...new Set(personIds)]
  const outcomes = await outcomesOf(ctx, { examIds: [examId] })
  const rows = wanted.map((personId) => ({
    personId,
    best: outcomes.get(outcomeKey({ examId, personId }))?.best ?? null,
  }))
  const without = rows.filter((it) => it.best === null).length
  if (without > 0) throw new Refusal('conflict', `有 ${without} 人还没有成绩，不能确认。请刷新名单，重新选择。`)
  const known = await db.$count(
    examConfirmations,
    and(inForce(ctx, examId), isOneOf(examConfirmations.personId, wanted)),
  )
  if (known > 0) throw new Refusal('conflict', `有 ${known} 人的成绩已经确认过。请刷新名单，重新选择。`)

  await db
    .insert(examConfirmations)
    .values(
      rows.flatMap(({ personId, best }) =>
        best === null
          ? []
          : { tenantId, id: newId(), examId, personId, ...best, confirmedAt: now, confirmedBy: actor.name },
      ),
    )
  await recordAll(
    ctx,
    'exams.result-confirmed',
    wanted.map((personId) => ({ subject: examSubject(exam, personId), details: { title: exam.title } })),
  )
}

/** Takes a confirmation back, with the reason: it stays, and counts no more. */
export async function takeBackConfirmation(
  ctx: Context,
  examId: string,
  personId: string,
  reason: string,
  now: Date,
): Promise<void> {
  const exam = await openExam(ctx, examId, '确认这场考试的成绩', 'update')
  refuseOwnConcern(ctx, personId)
  const changed = await ctx.db
    .update(examConfirmations)
    .set({ takenBackAt: now, takenBackBy: ctx.actor.name, takenBackReason: reason })
    .where(and(inForce(ctx, examId), eq(examConfirmations.personId, personId)))
    .returning({ id: examConfirmations.id })
  found(changed[0], '项成绩确认')
  await record(ctx, 'exams.confirmation-taken-back', examSubject(exam, personId), { title: exam.title, reason })
}

const inForce = ({ tenantId }: Context, examId: string) =>
  and(
    eq(examConfirmations.tenantId, tenantId),
    eq(examConfirmations.examId, examId),
    isNull(examConfirmations.takenBackAt),
  )

/** A result as a training takes it over. */
export interface ExamResult {
  personId: string
  /** The best one, before somebody has confirmed it, too; null where there is none. */
  earned: number | null
  total: number | null
  isPassed: boolean
  /** When it was sat that is confirmed; null as long as nobody has confirmed it. */
  confirmedSatOn: Day | null
  /** The same where it was passed: the fact that counts. */
  passedOn: Day | null
}

/** Who has passed an examination by a result that somebody has confirmed, and on which day they sat it; no grade. Whoever asks has settled who may know; runs over the whole university. */
export async function passedDays(ctx: Context, examId: string): Promise<Map<string, Day>> {
  const { personId, satOn, isPassed } = examConfirmations
  const rows = await ctx.db
    .select({ personId, satOn })
    .from(examConfirmations)
    .where(and(inForce(ctx, examId), eq(isPassed, true)))
  return new Map(rows.map((it) => [it.personId, it.satOn]))
}

/** The results of all candidates, for a training that asks who has passed. Who runs the examination may; runs over the whole university. */
export async function resultsOf(ctx: Context, examId: string): Promise<ExamResult[]> {
  const rows = await listCandidates(ctx, examId)
  return rows.map(({ person, best, confirmed }) => {
    const { earned = null, total = null, isPassed = false } = confirmed ?? best ?? {}
    const confirmedSatOn = confirmed?.satOn ?? null
    return {
      ...{ personId: person.id, earned, total, isPassed, confirmedSatOn },
      passedOn: confirmed?.isPassed ? confirmed.satOn : null,
    }
  })
}
