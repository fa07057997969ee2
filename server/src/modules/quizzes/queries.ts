import { and, asc, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isAnyOf, reachOf } from '../../platform/reach.ts'
import { within } from '../../platform/within.ts'
import { listPlaces } from '../activities/queries.ts'
import { organizations } from '../organization/tables.ts'
import { ownAnswers } from './alone.ts'
import { mayWrite } from './policy.ts'
import { questionsOf } from './questions.ts'
import type { QuizList, QuizRow, QuizView } from './schema.ts'
import { askedOf } from './solving.ts'
import { ofQuiz, openQuiz } from './stored.ts'
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
  return { items: rows, organizations: items }
}

/** A set as its page shows it, with what the actor has answered in it, in a fixed number of statements. */
export async function viewOf(ctx: Context, quizId: string): Promise<QuizView> {
  const quiz = await openQuiz(ctx, quizId)
  const [row] = await rowsOf(ctx, ofQuiz(ctx, quizId))
  if (!row) throw new Error('a set that may be read has an organisation')
  const questions = await questionsOf(ctx, quizId)
  return {
    ...row,
    questions: questions.map(askedOf),
    own: await ownAnswers(ctx, quizId, questions),
    revision: quiz.revision,
    can: { write: mayWrite(ctx.actor, quiz.path), play: ctx.actor.holdsAnywhere('hold-activities') },
  }
}

function rowsOf({ db, tenantId }: Context, wanted: SQL): Promise<QuizRow[]> {
  return db
    .select({
      id: quizzes.id,
      title: quizzes.title,
      summary: quizzes.summary,
      organization: { id: organizations.id, name: organizations.name },
      questionCount: sql<number>`(select count(*)::int from quiz_questions q
        where q.tenant_id = ${quizzes.tenantId} and q.quiz_id = ${quizzes.id})`,
      isPublished: sql<boolean>`${quizzes.publishedAt} is not null`,
    })
    .from(quizzes)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, quizzes.tenantId), eq(organizations.id, quizzes.organizationId)),
    )
    .where(and(eq(quizzes.tenantId, tenantId), wanted))
    .orderBy(asc(sql`${quizzes.publishedAt} is null`), desc(quizzes.publishedAt), desc(quizzes.id))
}
