import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { found } from '../../platform/refusal.ts'
import { askedOf, solutionOf } from '../quizzes/solving.ts'
import type { AttemptView } from './attempt-schema.ts'
import { answersOf, openAttempt, type StoredAttempt } from './attempts.ts'
import { isAnsweredRight } from './marking.ts'
import { graceMs } from './names-schema.ts'
import { ofExam, type StoredExam } from './stored.ts'
import { examArrangements, examAttempts, exams } from './tables.ts'

/** An attempt as its own page shows it: while it is taken nothing of what is right, afterwards what is to be shown. */
export async function viewAttempt(ctx: Context, attemptId: string, now: Date): Promise<AttemptView> {
  const attempt = await openAttempt(ctx, attemptId)
  const [row] = await ctx.db.select().from(exams).where(ofExam(ctx, attempt.examId))
  const exam = found(row, '场考试')
  const answers = await answersOf(ctx, attemptId)
  const { id, examId, number, paper, startedAt, endsAt } = attempt
  return {
    ...{ id, examId, title: exam.title, number },
    ...{ startedAt: startedAt.toISOString(), endsAt: endsAt.toISOString() },
    questions: paper.map((it) => ({ ...askedOf(it), worth: it.worth })),
    answers: [...answers].map(([questionId, answer]) => ({ questionId, ...answer })),
    handedIn: await resultOf(ctx, { attempt, exam, answers, now }),
  }
}

async function resultOf(
  ctx: Context,
  {
    attempt,
    exam,
    answers,
    now,
  }: { attempt: StoredAttempt; exam: StoredExam; answers: Awaited<ReturnType<typeof answersOf>>; now: Date },
): Promise<AttemptView['handedIn']> {
  const { handedInAt, handedInBy, earned, total, paper } = attempt
  if (handedInAt === null || handedInBy === null || earned === null) return null
  const isShown = exam.explains === 'afterEach' || (exam.explains === 'afterEnd' && now > (await lastEndOf(ctx, exam)))
  return {
    ...{ at: handedInAt.toISOString(), by: handedInBy, earned, total, isPassed: earned >= exam.passAt },
    explains: exam.explains,
    solved: isShown
      ? paper.map((it) => ({
          questionId: it.id,
          isRight: isAnsweredRight(it, answers),
          solution: solutionOf(it),
        }))
      : null,
  }
}

/** When nobody takes an examination any more: behind its end, the times of those for whom others hold, and what they have begun. */
async function lastEndOf({ db, tenantId }: Context, { id, closesAt }: StoredExam): Promise<Date> {
  const { rows } = await db.execute<{ last: Date | string | null }>(sql`
    select greatest(
      (select max(closes_at) from ${examArrangements} where tenant_id = ${tenantId} and exam_id = ${id}),
      (select max(ends_at) from ${examAttempts} where tenant_id = ${tenantId} and exam_id = ${id} and handed_in_at is null)) as last`)
  const last = rows[0]?.last
  const ownEnd = last ? new Date(last).getTime() : 0
  return new Date(Math.max(closesAt.getTime(), ownEnd) + graceMs)
}
