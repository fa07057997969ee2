import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Answer } from '../quizzes/schema.ts'
import { analyse } from './analysis.ts'
import type { Analysis } from './schema.ts'
import { openExam } from './stored.ts'
import { examAnswers, examAttempts } from './tables.ts'

/** How the questions of an examination fell, over the first attempt of each: who comes again knows them. Runs over the whole university. */
export async function readAnalysis(ctx: Context, examId: string): Promise<Analysis> {
  await openExam(ctx, examId, '查看题目分析')
  const rows = await ctx.db
    .select({
      paper: examAttempts.paper,
      answers: sql<
        Record<string, Answer>
      >`coalesce((select json_object_agg(it.question_id, it.answer) from ${examAnswers} as it
        where it.tenant_id = ${examAttempts.tenantId} and it.attempt_id = ${examAttempts.id}), '{}'::json)`,
    })
    .from(examAttempts)
    .where(
      and(
        eq(examAttempts.tenantId, ctx.tenantId),
        eq(examAttempts.examId, examId),
        eq(examAttempts.number, 1),
        isNotNull(examAttempts.handedInAt),
      ),
    )
    .orderBy(asc(examAttempts.id))
  return analyse(rows.map(({ paper, answers }) => ({ paper, answers: new Map(Object.entries(answers)) })))
}
