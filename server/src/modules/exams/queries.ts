import { and, asc, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { found } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { listStanding } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { poolOf } from './banks.ts'
import { hasBegun } from './candidates.ts'
import { sizeOf } from './drawing.ts'
import { totalOf } from './marking.ts'
import { type OwnFacts, ownFactsOf, whyNotBegun } from './own-facts.ts'
import { may, runRoots, stateOf } from './policy.ts'
import type { ExamList, ExamRow, ExamView, OwnExam, OwnExamRow } from './schema.ts'
import { ofExam, openExam, openOwnExam, type StoredExam } from './stored.ts'
import { examCandidates, exams } from './tables.ts'
import { timesFor } from './times.ts'

/** Examinations that the actor takes, those to come first; and those that they run, the newest first. Runs over the whole university. */
export async function listExams(ctx: Context, now: Date): Promise<ExamList> {
  const isOwn = sql`exists (select from ${examCandidates} as own where own.tenant_id = ${exams.tenantId}
    and own.exam_id = ${exams.id} and own.person_id = ${personOf(ctx)}::uuid)`
  const own = await examsWhere(ctx, and(isNotNull(exams.publishedAt), isOwn), [desc(exams.closesAt), desc(exams.id)])
  const run = await examsWhere(ctx, within(exams.path, runRoots(ctx.actor)), [desc(exams.opensAt), desc(exams.id)])
  const facts = await ownFactsOf(
    ctx,
    own.map((it) => it.exam.id),
  )
  return {
    own: own.map((it) => ownRowOf(it, facts.get(it.exam.id), now)),
    run: run.map((it) => rowOf(it, now)),
    organizations: await listStanding(ctx, runRoots(ctx.actor)),
  }
}

/** So many are listed: those of some years. */
const mostListed = 500

interface Listed {
  exam: StoredExam
  organization: { id: string; name: string }
  candidateCount: number
}

async function examsWhere(ctx: Context, wanted: SQL | undefined, order: SQL[]): Promise<Listed[]> {
  return await ctx.db
    .select({
      exam: exams,
      organization: { id: organizations.id, name: organizations.name },
      candidateCount: sql<number>`(select count(*)::int from ${examCandidates} as it
        where it.tenant_id = ${exams.tenantId} and it.exam_id = ${exams.id})`,
    })
    .from(exams)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, exams.tenantId), eq(organizations.id, exams.organizationId)),
    )
    .where(and(eq(exams.tenantId, ctx.tenantId), wanted))
    .orderBy(...order)
    .limit(mostListed)
}

function rowOf({ exam, organization, candidateCount }: Listed, now: Date): ExamRow {
  const { id, title, form, opensAt, closesAt } = exam
  return {
    ...{ id, title, organization, form, state: stateOf(exam, now), candidateCount },
    ...{ opensAt: opensAt.toISOString(), closesAt: closesAt.toISOString() },
  }
}

function ownRowOf({ exam, organization }: Listed, own: OwnFacts | undefined, now: Date): OwnExamRow {
  const { id, title, form, publishedAt } = exam
  const { opensAt, closesAt, minutes } = timesFor(exam, own?.arrangement)
  return {
    ...{ id, title, organization, form, state: stateOf({ publishedAt, opensAt, closesAt }, now), minutes },
    ...{ opensAt: opensAt.toISOString(), closesAt: closesAt.toISOString() },
    isOnPaper: form === 'paper' || own?.arrangement?.isOnPaper === true,
    attemptsLeft: Math.max(0, exam.attempts - (own?.attempts.length ?? 0)),
    openAttemptId: own?.attempts.find((it) => it.handedInAt === null)?.id ?? null,
    best: own?.best ?? null,
    isConfirmed: own?.isConfirmed ?? false,
  }
}

/** An examination for whoever runs it. */
export async function viewExam(ctx: Context, examId: string, now: Date): Promise<ExamView> {
  const exam = await openExam(ctx, examId, '管理这场考试')
  const [listed] = await examsWhere(ctx, ofExam(ctx, examId), [asc(exams.id)])
  const { questions, total } = await sizeOfExam(ctx, exam)
  const begun = await hasBegun(ctx, examId)
  const { summary, minutes, attempts, passAt, explains, paper, revision, print } = exam
  return {
    ...rowOf(found(listed, '场考试'), now),
    ...{ summary, minutes, attempts, passAt, explains, paper, revision },
    ...{ total, questionCount: questions, hasBegun: begun, hasPrint: print !== null },
    can: may(ctx.actor, exam, begun),
  }
}

/** An examination for whoever takes it: what they are told before, what they have done, whether they may begin. */
export async function viewOwnExam(ctx: Context, examId: string, now: Date): Promise<OwnExam> {
  const exam = await openOwnExam(ctx, examId)
  const [listed] = await examsWhere(ctx, ofExam(ctx, examId), [asc(exams.id)])
  const own = (await ownFactsOf(ctx, [examId])).get(examId)
  const { questions, total } = await sizeOfExam(ctx, exam)
  const { summary, passAt, explains } = exam
  return {
    ...ownRowOf(found(listed, '场考试'), own, now),
    ...{ summary, passAt, explains, total, questionCount: questions },
    attempts: (own?.attempts ?? []).map(({ id, number, startedAt, endsAt, handedInAt, earned, total }) => ({
      ...{ id, number, earned, total },
      ...{ startedAt: startedAt.toISOString(), endsAt: endsAt.toISOString() },
      handedInAt: handedInAt?.toISOString() ?? null,
    })),
    whyNot: whyNotBegun(exam, own, now),
  }
}

/** How many questions the paper of an examination has, and what they are worth together. */
async function sizeOfExam(
  ctx: Context,
  exam: Pick<StoredExam, 'paper' | 'print'>,
): Promise<{ questions: number; total: number }> {
  const { paper, print } = exam
  if (print !== null) return { questions: print.length, total: totalOf(print) }
  if (paper.way === 'drawn') return sizeOf(paper, [])
  const pool = await poolOf(ctx, paper.bankIds)
  return sizeOf(
    paper,
    paper.questionIds.flatMap((lineId) => pool.find((it) => it.lineId === lineId)?.kind ?? []),
  )
}

export const totalOfExam = async (ctx: Context, exam: Pick<StoredExam, 'paper' | 'print'>): Promise<number> =>
  (await sizeOfExam(ctx, exam)).total
