import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record, recordReading } from '../../platform/journal.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { persons } from '../people/tables.ts'
import { mostCandidates } from './names-schema.ts'
import { isOwnConcern } from './policy.ts'
import type { NewArrangement } from './schema.ts'
import { examSubject, openExam, type StoredExam } from './stored.ts'
import {
  examArrangements,
  examAttempts,
  examCandidates,
  examConfirmations,
  examImports,
  examPaperResults,
} from './tables.ts'
import { lengthenAttempts } from './times.ts'

/** Who takes an examination, and what is arranged for single ones. Runs over the whole university. */

/** Adds candidates to those that are there. */
export async function addCandidates(ctx: Context, examId: string, personIds: readonly string[]): Promise<void> {
  const exam = await openExam(ctx, examId, '安排这场考试的考生', 'update')
  const added = await insertCandidates(ctx, exam, personIds)
  await record(ctx, 'exams.candidates-added', examSubject(exam), { title: exam.title, count: added })
}

/**
 * Makes just these persons the candidates of an examination: others are taken off the list, but for those who have begun or have a result. For a
 * training that hands over its list; who runs the examination may.
 */
export async function setCandidates(ctx: Context, examId: string, personIds: readonly string[]): Promise<void> {
  const exam = await openExam(ctx, examId, '安排这场考试的考生', 'update')
  const added = await insertCandidates(ctx, exam, personIds)
  const gone = await ctx.db
    .delete(examCandidates)
    .where(
      and(
        ofCandidates(ctx, examId),
        sql`not (${isOneOf(examCandidates.personId, personIds)})`,
        sql`not ${hasTakenPart}`,
      ),
    )
    .returning({ personId: examCandidates.personId })
  await dropArrangements(
    ctx,
    examId,
    gone.map((it) => it.personId),
  )
  await record(ctx, 'exams.candidates-set', examSubject(exam), {
    title: exam.title,
    count: added,
    removed: gone.length,
  })
}

async function insertCandidates(ctx: Context, exam: StoredExam, personIds: readonly string[]): Promise<number> {
  const { db, tenantId, actor } = ctx
  const wanted = [...new Set(personIds)]
  const known = await db
    .select({ id: persons.id })
    .from(persons)
    .where(
      and(
        eq(persons.tenantId, tenantId),
        isOneOf(persons.id, wanted),
        within(persons.path, actor.rootsOf('read-files')),
      ),
    )
  if (known.length < wanted.length)
    throw new Refusal(
      'not-found',
      `有 ${wanted.length - known.length} 人没有找到，可能已被删除，或不在您的任职范围内。请刷新名单，重新选择。`,
    )
  if (known.length === 0) return 0
  const added = await db
    .insert(examCandidates)
    .values(wanted.map((personId) => ({ tenantId, examId: exam.id, personId, addedBy: actor.name })))
    .onConflictDoNothing()
    .returning({ personId: examCandidates.personId })
  if ((await db.$count(examCandidates, ofCandidates(ctx, exam.id))) > mostCandidates)
    throw new Refusal('conflict', `一场考试最多 ${mostCandidates} 名考生。请分成几场。`)
  return added.length
}

/** Takes somebody off the list who has not begun. */
export async function removeCandidate(ctx: Context, examId: string, personId: string): Promise<void> {
  const exam = await openExam(ctx, examId, '安排这场考试的考生', 'update')
  const [row] = await ctx.db
    .select({ hasTakenPart: sql<boolean>`${hasTakenPart}` })
    .from(examCandidates)
    .where(ofCandidate(ctx, examId, personId))
    .for('update')
  if (found(row, '名考生').hasTakenPart)
    throw new Refusal('conflict', '这名考生已经参加考试或者有了成绩，不能移出名单。')
  await ctx.db.delete(examCandidates).where(ofCandidate(ctx, examId, personId))
  await dropArrangements(ctx, examId, [personId])
  await record(ctx, 'exams.candidate-removed', examSubject(exam, personId), { title: exam.title })
}

/** The rows about a candidate in a table, as `it`. */
const ofThem = sql`it.tenant_id = ${examCandidates.tenantId} and it.exam_id = ${examCandidates.examId}
  and it.person_id = ${examCandidates.personId}`

/** Whether a candidate has begun, or has a result that counts. */
const hasTakenPart = sql`(exists (select from ${examAttempts} as it where ${ofThem})
  or exists (select from ${examPaperResults} as it join ${examImports} as brought on brought.tenant_id = it.tenant_id
    and brought.id = it.import_id and brought.undone_at is null where ${ofThem})
  or exists (select from ${examConfirmations} as it where ${ofThem} and it.taken_back_at is null))`

async function dropArrangements(
  { db, tenantId }: Context,
  examId: string,
  personIds: readonly string[],
): Promise<void> {
  if (personIds.length === 0) return
  await db
    .delete(examArrangements)
    .where(
      and(
        eq(examArrangements.tenantId, tenantId),
        eq(examArrangements.examId, examId),
        isOneOf(examArrangements.personId, personIds),
      ),
    )
}

/** Arranges something for a candidate, in place of what was arranged before; more time is more time for whoever is writing, too. The reason is sealed, and read by nobody without a row in the journal. */
export async function arrange(ctx: Context, examId: string, personId: string, it: NewArrangement): Promise<void> {
  const exam = await openExam(ctx, examId, '为考生作便利安排', 'update')
  refuseOwnConcern(ctx, personId)
  await refuseStranger(ctx, examId, personId)
  const { tenantId, actor, encryption } = ctx
  const own = {
    moreMinutes: it.moreMinutes,
    opensAt: it.opensAt === null ? null : new Date(it.opensAt),
    closesAt: it.closesAt === null ? null : new Date(it.closesAt),
    isOnPaper: it.isOnPaper,
    reasonSealed: encryption.sealField(it.reason, placeOf(examId, personId)),
    arrangedAt: new Date(),
    arrangedBy: actor.name,
  }
  const target = [examArrangements.tenantId, examArrangements.examId, examArrangements.personId]
  await ctx.db
    .insert(examArrangements)
    .values({ tenantId, examId, personId, ...own })
    .onConflictDoUpdate({ target, set: own })
  await lengthenAttempts(ctx, exam, personId)
  await record(ctx, 'exams.arranged', examSubject(exam, personId), { title: exam.title })
}

/** Takes an arrangement back. An attempt that goes on keeps its end. */
export async function dropArrangement(ctx: Context, examId: string, personId: string): Promise<void> {
  const exam = await openExam(ctx, examId, '为考生作便利安排', 'update')
  refuseOwnConcern(ctx, personId)
  await arrangementOf(ctx, examId, personId)
  await dropArrangements(ctx, examId, [personId])
  await record(ctx, 'exams.arrangement-dropped', examSubject(exam, personId), { title: exam.title })
}

/** Why something is arranged for a candidate. The reading is written down, and the person concerned sees it. */
export async function readArrangementReason(ctx: Context, examId: string, personId: string): Promise<string> {
  const exam = await openExam(ctx, examId, '查看便利安排的原因')
  const { reasonSealed } = await arrangementOf(ctx, examId, personId)
  await recordReading(ctx, '考试便利安排的原因', { ...examSubject(exam), personId })
  return ctx.encryption.openField(reasonSealed, placeOf(examId, personId))
}

async function arrangementOf({ db, tenantId }: Context, examId: string, personId: string) {
  const [row] = await db
    .select()
    .from(examArrangements)
    .where(
      and(
        eq(examArrangements.tenantId, tenantId),
        eq(examArrangements.examId, examId),
        eq(examArrangements.personId, personId),
      ),
    )
  return found(row, '项便利安排')
}

const placeOf = (examId: string, personId: string): string => `exam_arrangements.reason:${examId}:${personId}`

async function refuseStranger(ctx: Context, examId: string, personId: string): Promise<void> {
  const known = await ctx.db.$count(examCandidates, ofCandidate(ctx, examId, personId))
  found(known > 0 ? known : undefined, '名考生')
}

/** What concerns the actor is left to others. */
export function refuseOwnConcern({ actor }: Context, personId: string): void {
  if (isOwnConcern(actor, personId)) throw new Refusal('forbidden', '这是您本人的考试，请由其他负责同志办理。')
}

export const ofCandidates = ({ tenantId }: Pick<Context, 'tenantId'>, examId: string): SQL =>
  and(eq(examCandidates.tenantId, tenantId), eq(examCandidates.examId, examId)) ?? sql`false`

const ofCandidate = (ctx: Context, examId: string, personId: string): SQL =>
  and(ofCandidates(ctx, examId), eq(examCandidates.personId, personId)) ?? sql`false`

/** Whether anybody has begun an examination, or has a result of the hall. */
export async function hasBegun({ db, tenantId }: Context, examId: string): Promise<boolean> {
  const { rows } = await db.execute<{ begun: boolean }>(
    sql`select exists (select from ${examAttempts} where tenant_id = ${tenantId} and exam_id = ${examId})
      or exists (select from ${examImports} where tenant_id = ${tenantId} and exam_id = ${examId} and undone_at is null) as begun`,
  )
  return rows[0]?.begun ?? false
}
