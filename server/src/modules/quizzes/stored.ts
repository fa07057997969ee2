import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { findOrganization } from '../organization/queries.ts'
import { mayRead, mayWrite } from './policy.ts'
import { quizzes } from './tables.ts'

export type StoredQuiz = typeof quizzes.$inferSelect

/** A set for whoever may read it. Locked: nobody else changes it until the transaction ends; shared: others lock it so, too. */
export async function openQuiz(ctx: Context, quizId: string, strength?: 'update' | 'share'): Promise<StoredQuiz> {
  const query = ctx.db.select().from(quizzes).where(ofQuiz(ctx, quizId)).$dynamic()
  const [row] = await (strength ? query.for(strength) : query)
  return found(row && mayRead(ctx.actor, row) ? row : undefined, '个题集')
}

/** The same, locked, for what only whoever writes it does. */
export async function lockQuiz(ctx: Context, quizId: string, named: string): Promise<StoredQuiz> {
  const quiz = await openQuiz(ctx, quizId, 'update')
  authorize(mayWrite(ctx.actor, quiz.path), named)
  return quiz
}

/** Where an organisation stands for which the actor writes sets and opens rooms. */
export async function placeFor(ctx: Context, organizationId: string, named: string): Promise<OrgPath> {
  const { path, dissolvedOn } = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayWrite(ctx.actor, path), `为这个组织${named}`)
  if (dissolvedOn !== null) throw new Refusal('conflict', `这个组织已经撤销，不能再${named}。`)
  return path
}

/** One set, by the key of its table. */
export const ofQuiz = ({ tenantId }: Pick<Context, 'tenantId'>, quizId: string): SQL =>
  and(eq(quizzes.tenantId, tenantId), eq(quizzes.id, quizId)) ?? sql`false`

/** Writes down what has become of a set. */
export async function changeStored(ctx: Context, quizId: string, set: Partial<StoredQuiz>): Promise<void> {
  await ctx.db.update(quizzes).set(set).where(ofQuiz(ctx, quizId))
}

export const subjectOf = ({ id, path }: Pick<StoredQuiz, 'id' | 'path'>): Subject => ({
  kind: 'quiz',
  id,
  orgPath: path,
})
