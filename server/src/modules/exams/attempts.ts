import { randomUUID } from 'node:crypto'
import { and, eq, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { found, Refusal, refuseField } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import type { Answer } from '../quizzes/schema.ts'
import type { PaperAnswer, SavedAnswers } from './attempt-schema.ts'
import { poolOf } from './banks.ts'
import { ofCandidates } from './candidates.ts'
import { drawPaper, shortagesOf } from './drawing.ts'
import { refuseFlood } from './limits.ts'
import { type Answers, earnedOf, totalOf } from './marking.ts'
import { graceMs } from './names-schema.ts'
import { ownFactsOf, whyNotBegun } from './own-facts.ts'
import { examSubject, openOwnExam } from './stored.ts'
import { examAnswers, examAttempts, examCandidates, exams, type PaperQuestion } from './tables.ts'
import { endOf } from './times.ts'

/** What those do who take an examination. The clock is the server's. Runs over the whole university. */

export type StoredAttempt = typeof examAttempts.$inferSelect

/** Begins an attempt with a paper of its own, or finds the one that was begun and is not handed in. Returns its id. */
export async function beginAttempt(ctx: Context, examId: string, now: Date): Promise<string> {
  const exam = await openOwnExam(ctx, examId, 'share')
  refuseFlood('attempts', personOf(ctx))
  const { tenantId } = ctx
  const personId = personOf(ctx)
  // Two who press at once as the same person come one after the other.
  await ctx.db
    .select({ personId: examCandidates.personId })
    .from(examCandidates)
    .where(and(ofCandidates(ctx, examId), eq(examCandidates.personId, personId)))
    .for('update')
  await closeOverdue(ctx, eq(examAttempts.personId, personId), now)
  const own = (await ownFactsOf(ctx, [examId])).get(examId)
  const open = own?.attempts.find((it) => it.handedInAt === null)
  if (open) return open.id
  const whyNot = whyNotBegun(exam, own, now)
  if (whyNot !== null) throw new Refusal('conflict', whyNot)

  const pool = await poolOf(ctx, exam.paper.bankIds)
  if (shortagesOf(exam.paper, pool).length > 0)
    throw new Refusal('conflict', '题库里的题目现在不够出一份试卷。请告诉主办这场考试的同志。')
  const paper = drawPaper(exam.paper, pool)
  const id = newId()
  await ctx.db.insert(examAttempts).values({
    ...{ tenantId, id, examId, personId, number: (own?.attempts.length ?? 0) + 1, paper, total: totalOf(paper) },
    ...{ seat: randomUUID(), startedAt: now, endsAt: endOf(exam, own?.arrangement, now) },
  })
  await record(ctx, 'exams.attempt-begun', examSubject(exam, personId), { title: exam.title })
  return id
}

/** Takes the paper into a window: from now on answers are kept from there alone. Returns what the window shows it with. */
export async function takeSeat(ctx: Context, attemptId: string): Promise<string> {
  const attempt = await openAttempt(ctx, attemptId, 'update')
  const seat = randomUUID()
  if (attempt.handedInAt === null) await ctx.db.update(examAttempts).set({ seat }).where(ofAttempt(ctx, attemptId))
  return seat
}

/** Keeps answers, each in the place of the one before; what is empty takes one back. */
export async function saveAnswers(
  ctx: Context,
  attemptId: string,
  { seat, answers }: SavedAnswers,
  now: Date,
): Promise<void> {
  const attempt = await openAttempt(ctx, attemptId, 'share')
  refuseFlood('answers', personOf(ctx))
  refuseOver(attempt, now)
  refuseOtherWindow(attempt, seat)
  const last = new Map(answers.map((it) => [it.questionId, it]))
  for (const [at, it] of answers.entries()) refuseNoAnswer(attempt.paper, it, `answers.${at}`)
  const [empty, written] = [[...last.values()].filter(isEmpty), [...last.values()].filter((it) => !isEmpty(it))]
  const { db, tenantId } = ctx
  if (empty.length > 0)
    await db.delete(examAnswers).where(
      and(
        ofAnswers(ctx, attemptId),
        isOneOf(
          examAnswers.questionId,
          empty.map((it) => it.questionId),
        ),
      ),
    )
  if (written.length > 0)
    await db
      .insert(examAnswers)
      .values(written.map(({ questionId, ...answer }) => ({ tenantId, attemptId, questionId, answer, savedAt: now })))
      .onConflictDoUpdate({
        target: [examAnswers.tenantId, examAnswers.attemptId, examAnswers.questionId],
        set: { answer: sql`excluded.answer`, savedAt: sql`excluded.saved_at` },
      })
}

/** Hands an attempt in with what is kept of it; asked again it stays as it is. After its end any window may. */
export async function handIn(ctx: Context, attemptId: string, seat: string, now: Date): Promise<void> {
  const attempt = await openAttempt(ctx, attemptId, 'update')
  if (attempt.handedInAt !== null) return
  const isOver = now >= attempt.endsAt
  if (!isOver) refuseOtherWindow(attempt, seat)
  await close(ctx, attempt, isOver ? 'time' : 'person', now)
  const [exam] = await ctx.db
    .select()
    .from(exams)
    .where(and(eq(exams.tenantId, ctx.tenantId), eq(exams.id, attempt.examId)))
  if (exam) await record(ctx, 'exams.attempt-handed-in', examSubject(exam, attempt.personId), { title: exam.title })
}

/** Hands in with what is there whatever is over among some attempts. Done again it does nothing more. Returns how many there were. */
export async function closeOverdue(
  rows: Pick<Context, 'db' | 'tenantId'>,
  wanted: SQL | undefined,
  now: Date,
): Promise<number> {
  const overdue = await rows.db
    .select()
    .from(examAttempts)
    .where(
      and(
        eq(examAttempts.tenantId, rows.tenantId),
        isNull(examAttempts.handedInAt),
        lt(examAttempts.endsAt, new Date(now.getTime() - graceMs)),
        wanted,
      ),
    )
    .for('update', { skipLocked: true })
  for (const it of overdue) await close(rows, it, 'time', now)
  return overdue.length
}

async function close(
  rows: Pick<Context, 'db' | 'tenantId'>,
  { id, paper, endsAt }: StoredAttempt,
  handedInBy: 'person' | 'time',
  now: Date,
): Promise<void> {
  const earned = earnedOf(paper, await answersOf(rows, id))
  const handedInAt = handedInBy === 'time' ? endsAt : now
  await rows.db.update(examAttempts).set({ handedInAt, handedInBy, earned }).where(ofAttempt(rows, id))
}

/** An attempt of the actor. Nobody else opens it, whatever they run. */
export async function openAttempt(ctx: Context, attemptId: string, lock?: 'update' | 'share'): Promise<StoredAttempt> {
  const query = ctx.db
    .select()
    .from(examAttempts)
    .where(and(ofAttempt(ctx, attemptId), eq(examAttempts.personId, personOf(ctx))))
    .$dynamic()
  const [row] = await (lock ? query.for(lock) : query)
  return found(row, '份答卷')
}

/** What is kept of an attempt, by question. */
export async function answersOf(rows: Pick<Context, 'db' | 'tenantId'>, attemptId: string): Promise<Answers> {
  const { questionId, answer } = examAnswers
  const kept = await rows.db.select({ questionId, answer }).from(examAnswers).where(ofAnswers(rows, attemptId))
  return new Map(kept.map((it) => [it.questionId, it.answer]))
}

function refuseOver({ handedInAt, endsAt }: StoredAttempt, now: Date): void {
  if (handedInAt !== null) throw new Refusal('conflict', '这份答卷已经交了，不能再改。请刷新页面查看结果。')
  if (now.getTime() > endsAt.getTime() + graceMs)
    throw new Refusal('conflict', '考试时间已到，按已经保存的答案收卷。请刷新页面查看结果。')
}

function refuseOtherWindow(attempt: StoredAttempt, seat: string): void {
  if (attempt.seat !== seat)
    throw new Refusal(
      'changed',
      '这份试卷已经在另一个窗口打开，这里不再保存。要在这里继续作答，请点“在这个窗口继续”；已经保存的答案都在。',
    )
}

const isEmpty = ({ choices, text }: Answer): boolean => choices.length === 0 && text === ''

function refuseNoAnswer(paper: readonly PaperQuestion[], { questionId, ...answer }: PaperAnswer, path: string): void {
  const question = paper.find((it) => it.id === questionId)
  if (!question) refuseField(`${path}.questionId`, '试卷上没有这道题')
  const { kind, options } = question
  if (kind === 'blank') {
    if (answer.choices.length > 0) refuseField(`${path}.choices`, '填空题请填写文字')
    return
  }
  if (answer.text !== '') refuseField(`${path}.text`, '选择题、判断题请选择选项')
  if (answer.choices.some((it) => it >= options.length)) refuseField(`${path}.choices`, '没有这个选项')
  if (kind !== 'multiple' && answer.choices.length > 1) refuseField(`${path}.choices`, '请选择 1 个选项')
}

const ofAttempt = ({ tenantId }: Pick<Context, 'tenantId'>, attemptId: string): SQL =>
  and(eq(examAttempts.tenantId, tenantId), eq(examAttempts.id, attemptId)) ?? sql`false`

const ofAnswers = ({ tenantId }: Pick<Context, 'tenantId'>, attemptId: string): SQL =>
  and(eq(examAnswers.tenantId, tenantId), eq(examAnswers.attemptId, attemptId)) ?? sql`false`
