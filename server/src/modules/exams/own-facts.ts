import { asc } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { confirmationsOf, isWanted, outcomeKey, outcomesOf } from './outcomes.ts'
import type { ExamOutcome } from './schema.ts'
import type { StoredExam } from './stored.ts'
import { examArrangements, examAttempts } from './tables.ts'
import { timesFor } from './times.ts'

/** What there is of the actor in an examination. */
export interface OwnFacts {
  arrangement: typeof examArrangements.$inferSelect | undefined
  attempts: Pick<
    typeof examAttempts.$inferSelect,
    'id' | 'examId' | 'number' | 'startedAt' | 'endsAt' | 'handedInAt' | 'earned' | 'total'
  >[]
  best: ExamOutcome | null
  isConfirmed: boolean
}

/** The same for several, in a fixed number of statements. */
export async function ownFactsOf(ctx: Context, examIds: readonly string[]): Promise<Map<string, OwnFacts>> {
  const wanted = { examIds, personId: personOf(ctx) }
  const arrangements = await ctx.db
    .select()
    .from(examArrangements)
    .where(isWanted(ctx, examArrangements, wanted))
  const { id, examId, number, startedAt, endsAt, handedInAt, earned, total } = examAttempts
  const attempts = await ctx.db
    .select({ id, examId, number, startedAt, endsAt, handedInAt, earned, total })
    .from(examAttempts)
    .where(isWanted(ctx, examAttempts, wanted))
    .orderBy(asc(number))
  const outcomes = await outcomesOf(ctx, wanted)
  const confirmations = await confirmationsOf(ctx, wanted)
  return new Map(
    examIds.map((examId) => {
      const key = outcomeKey({ examId, personId: wanted.personId })
      return [
        examId,
        {
          arrangement: arrangements.find((it) => it.examId === examId),
          attempts: attempts.filter((it) => it.examId === examId),
          best: outcomes.get(key)?.best ?? null,
          isConfirmed: confirmations.has(key),
        },
      ]
    }),
  )
}

/** Why the actor cannot begin an attempt now; null where they can. */
export function whyNotBegun(exam: StoredExam, own: OwnFacts | undefined, now: Date): string | null {
  if (exam.form === 'paper' || own?.arrangement?.isOnPaper) return '这场考试您用纸笔作答，不在网上进行。'
  const { opensAt, closesAt } = timesFor(exam, own?.arrangement)
  if (now < opensAt) return '考试还没有开始。'
  if (now >= closesAt) return '考试已经结束。'
  if (own?.isConfirmed) return '您的成绩已经确认，不用再考。'
  if ((own?.attempts.length ?? 0) >= exam.attempts) return `这场考试可以参加 ${exam.attempts} 次，您已经用完。`
  return null
}
