import { and, asc, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isAnyOf, reachOf } from '../../platform/reach.ts'
import { found } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { listPlaces } from '../activities/queries.ts'
import { organizations } from '../organization/tables.ts'
import { ownAnswers } from './alone.ts'
import { mayRead, mayWrite, type QuizFacts } from './policy.ts'
import { questionsOf } from './questions.ts'
import type { QuizList, QuizRow, QuizView } from './schema.ts'
import { askedOf } from './solving.ts'
import { ofQuiz } from './stored.ts'
import { quizzes } from './tables.ts'

/** The sets that the actor may read: those that are published first, each part with the newest one first. */
export async function listQuizzes(ctx: Context): Promise<QuizList> {
  const { places, roots } = reachOf(ctx.actor)
  const { items } = await listPlaces(ctx)
  const rows = await rowsOf(
    ctx,
    sql`(${within(quizzes.path, ctx.actor.rootsOf('hold-activities'))}
      or (${isNotNull(quizzes.publishedAt)} and (${isAnyOf(quizzes.path, places)} or ${within(quizzes.path, roots)})))`,
  )
  return { items: rows.map((it) => it.row), organizations: items }
}

/** A set as its page shows it, with what the actor has answered in it, in a fixed number of statements. */
export async function viewOf(ctx: Context, quizId: string): Promise<QuizView> {
  const [wanted] = await rowsOf(ctx, ofQuiz(ctx, quizId))
  const { row, stored } = found(wanted && mayRead(ctx.actor, wanted.stored) ? wanted : undefined, '个题集')
  const questions = await questionsOf(ctx, quizId)
  return {
    ...row,
    questions: questions.map(askedOf),
    own: await ownAnswers(ctx, quizId, questions),
    revision: stored.revision,
    can: { write: mayWrite(ctx.actor, stored.path), play: ctx.actor.holdsAnywhere('hold-activities') },
  }
}

/** Sets as they are listed, beside what decides who may do what with them. */
async function rowsOf(
  { db, tenantId }: Context,
  wanted: SQL,
): Promise<{ row: QuizRow; stored: QuizFacts & { revision: number } }[]> {
  const { id, title, summary, path, publishedAt, revision } = quizzes
  const rows = await db
    .select({
      facts: { id, title, summary },
      organization: { id: organizations.id, name: organizations.name },
      questionCount: sql<number>`(select count(*)::int from quiz_questions q
        where q.tenant_id = ${quizzes.tenantId} and q.quiz_id = ${quizzes.id})`,
      stored: { path, publishedAt, revision },
    })
    .from(quizzes)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, quizzes.tenantId), eq(organizations.id, quizzes.organizationId)),
    )
    .where(and(eq(quizzes.tenantId, tenantId), wanted))
    .orderBy(asc(sql`${quizzes.publishedAt} is null`), desc(quizzes.publishedAt), desc(quizzes.id))
  return rows.map(({ facts, organization, questionCount, stored }) => ({
    row: { ...facts, organization, questionCount, isPublished: stored.publishedAt !== null },
    stored,
  }))
}
