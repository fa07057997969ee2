import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { findOrganization } from '../organization/queries.ts'
import { mayRun } from './policy.ts'
import { examBanks, examCandidates, exams } from './tables.ts'

export type StoredExam = typeof exams.$inferSelect
export type StoredBank = typeof examBanks.$inferSelect

type Lock = 'update' | 'share'

/** An examination for whoever runs it. Whoever takes it knows of it, and is told that it is not theirs to run. Runs over the whole university. */
export async function openExam(ctx: Context, examId: string, named: string, lock?: Lock): Promise<StoredExam> {
  const row = await findExam(ctx, examId, lock)
  if (row && mayRun(ctx.actor, row.path)) return row
  const isKnown = row !== undefined && row.publishedAt !== null && (await isCandidate(ctx, examId))
  authorize(!isKnown, named)
  return found<StoredExam>(undefined, '场考试')
}

/** An examination for whoever takes it, once it was published. Runs over the whole university. */
export async function openOwnExam(ctx: Context, examId: string, lock?: Lock): Promise<StoredExam> {
  const row = await findExam(ctx, examId, lock)
  const isOwn = row !== undefined && row.publishedAt !== null && (await isCandidate(ctx, examId))
  return found(isOwn ? row : undefined, '场考试')
}

async function findExam(ctx: Context, examId: string, lock?: Lock): Promise<StoredExam | undefined> {
  const query = ctx.db.select().from(exams).where(ofExam(ctx, examId)).$dynamic()
  const [row] = await (lock ? query.for(lock) : query)
  return row
}

async function isCandidate(ctx: Context, examId: string): Promise<boolean> {
  const { tenantId } = ctx
  const own = and(
    eq(examCandidates.tenantId, tenantId),
    eq(examCandidates.examId, examId),
    eq(examCandidates.personId, personOf(ctx)),
  )
  return personOf(ctx) !== '' && (await ctx.db.$count(examCandidates, own)) > 0
}

/** A bank for whoever keeps it. To others there is none: it holds what is right. */
export async function openBank(ctx: Context, bankId: string, lock?: Lock): Promise<StoredBank> {
  const query = ctx.db.select().from(examBanks).where(ofBank(ctx, bankId)).$dynamic()
  const [row] = await (lock ? query.for(lock) : query)
  return found(row && mayRun(ctx.actor, row.path) ? row : undefined, '个题库')
}

/** Where an organisation stands for which the actor holds examinations and keeps banks. */
export async function placeFor(ctx: Context, organizationId: string, named: string): Promise<OrgPath> {
  const { path, dissolvedOn } = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayRun(ctx.actor, path), `为这个组织${named}`)
  if (dissolvedOn !== null) throw new Refusal('conflict', `这个组织已经撤销，不能再${named}。`)
  return path
}

/** Writes down what has become of an examination. */
export async function changeExamRow(ctx: Context, examId: string, set: Partial<StoredExam>): Promise<void> {
  await ctx.db.update(exams).set(set).where(ofExam(ctx, examId))
}

/** One examination, and one bank, by the keys of their tables. */
export const ofExam = ({ tenantId }: Pick<Context, 'tenantId'>, examId: string): SQL =>
  and(eq(exams.tenantId, tenantId), eq(exams.id, examId)) ?? sql`false`
export const ofBank = ({ tenantId }: Pick<Context, 'tenantId'>, bankId: string): SQL =>
  and(eq(examBanks.tenantId, tenantId), eq(examBanks.id, bankId)) ?? sql`false`

export const examSubject = ({ id, path }: Pick<StoredExam, 'id' | 'path'>, personId?: string): Subject => ({
  ...{ kind: 'exam', id, orgPath: path },
  ...(personId !== undefined && { personId }),
})
export const bankSubject = ({ id, path }: Pick<StoredBank, 'id' | 'path'>): Subject => ({
  kind: 'examBank',
  id,
  orgPath: path,
})
