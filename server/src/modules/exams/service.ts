import { isDeepStrictEqual } from 'node:util'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import type { Paper } from '../../platform/papers/official-paper.ts'
import { authorize, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { poolOf } from './banks.ts'
import { hasBegun } from './candidates.ts'
import { drawPaper, shortagesOf } from './drawing.ts'
import { examPaper } from './exam-paper.ts'
import { mostExams } from './limits.ts'
import { may, mayRun } from './policy.ts'
import { totalOfExam } from './queries.ts'
import type { ExamSettings, NewExam, PaperPlan } from './schema.ts'
import { changeExamRow, examSubject, ofExam, openExam, placeFor, type StoredExam } from './stored.ts'
import { examArrangements, examBanks, examCandidates, exams } from './tables.ts'
import { lengthenAttempts } from './times.ts'

/** Setting an examination. Runs over the whole university. */

/** Begins an examination of an organisation, seen by those who run it until it is published. Returns its id. */
export async function createExam(ctx: Context, { organizationId, ...settings }: NewExam): Promise<string> {
  const path = await placeFor(ctx, organizationId, '办考试')
  const { db, tenantId, actor } = ctx
  const known = and(eq(exams.tenantId, tenantId), eq(exams.organizationId, organizationId))
  if ((await db.$count(exams, known)) >= mostExams)
    throw new Refusal('conflict', `一个组织最多 ${mostExams} 场考试。请先删除没有用过的考试。`)
  await refuseBanks(ctx, settings.paper, [])
  const id = newId()
  await db.insert(exams).values({ tenantId, id, organizationId, path, ...storedFrom(settings), createdBy: actor.name })
  await record(ctx, 'exams.created', examSubject({ id, path }), { title: settings.title })
  return id
}

/** Changes an examination as read at this revision. Once somebody has begun, what is asked and how it counts stays as it is; a later end is a later end for whoever is writing, too. */
export async function changeExam(
  ctx: Context,
  examId: string,
  settings: ExamSettings,
  revision: number,
): Promise<void> {
  const exam = await openExam(ctx, examId, '修改这场考试', 'update')
  refuseStale(exam, revision, '这场考试')
  const now = storedFrom(settings)
  if (await hasBegun(ctx, examId)) refuseUnfair(exam, now)
  await refuseBanks(ctx, settings.paper, exam.paper.bankIds)
  const isOtherPaper = !isDeepStrictEqual(exam.paper, now.paper)
  const changed = { ...exam, ...now, print: isOtherPaper ? null : exam.print }
  if (exam.publishedAt !== null) await refuseIncomplete(ctx, changed)
  await changeExamRow(ctx, examId, { ...now, print: changed.print, revision: revision + 1 })
  if (now.closesAt > exam.closesAt) await lengthenAttempts(ctx, changed)
  await record(ctx, 'exams.changed', examSubject(exam), { title: settings.title })
}

/** What must be the same for all who take it. */
function refuseUnfair(before: StoredExam, now: ReturnType<typeof storedFrom>): void {
  const fixed = [
    ['paper', '试卷'],
    ['passAt', '及格线'],
    ['minutes', '时长'],
    ['form', '考试方式'],
  ] as const
  for (const [key, name] of fixed)
    if (!isDeepStrictEqual(before[key], now[key]))
      refuseField(key, `已经有人参加考试，${name}不能再改，否则前后不公平。需要改的，请另办一场考试`)
  if (now.attempts < before.attempts) refuseField('attempts', '已经有人参加考试，可以参加的次数只能增加')
  if (now.closesAt < before.closesAt) refuseField('closesAt', '已经有人参加考试，结束时间只能推迟')
}

/** Shows an examination to its candidates. Its papers must be there to be made, and the pass mark within reach. */
export async function publishExam(ctx: Context, examId: string): Promise<void> {
  const exam = await openExam(ctx, examId, '发布这场考试', 'update')
  if (exam.publishedAt !== null) throw new Refusal('conflict', '这场考试已经发布。请刷新页面查看。')
  await refuseIncomplete(ctx, exam)
  await changeExamRow(ctx, examId, {
    ...{ publishedAt: new Date(), publishedBy: ctx.actor.name, revision: exam.revision + 1 },
  })
  await record(ctx, 'exams.published', examSubject(exam), { title: exam.title })
}

async function refuseIncomplete(ctx: Context, exam: StoredExam): Promise<void> {
  const shortages = shortagesOf(exam.paper, await poolOf(ctx, exam.paper.bankIds))
  if (shortages.length > 0)
    throw new Refusal('incomplete', `还不能出卷：${shortages.join('；')}。请补充题库，或者修改试卷。`)
  const total = await totalOfExam(ctx, exam)
  if (exam.passAt > total) refuseField('passAt', `满分只有 ${total} 分，请把及格线改到 ${total} 以内`)
}

/** Shows it to its candidates no longer, as long as nobody has begun. */
export async function withdrawExam(ctx: Context, examId: string): Promise<void> {
  const exam = await openExam(ctx, examId, '撤回这场考试', 'update')
  if (exam.publishedAt === null) throw new Refusal('conflict', '这场考试没有发布。请刷新页面查看。')
  if (!may(ctx.actor, exam, await hasBegun(ctx, examId)).withdraw)
    throw new Refusal('conflict', '已经有人参加考试，或者登记了成绩，不能撤回。')
  await changeExamRow(ctx, examId, { publishedAt: null, publishedBy: null, revision: exam.revision + 1 })
  await record(ctx, 'exams.withdrawn', examSubject(exam), { title: exam.title })
}

/** Deletes an examination that is not published and that nobody has begun. */
export async function removeExam(ctx: Context, examId: string): Promise<void> {
  const exam = await openExam(ctx, examId, '删除这场考试', 'update')
  if (exam.publishedAt !== null) throw new Refusal('conflict', '已经发布的考试不能删除。请先撤回，再删除。')
  authorize(mayRun(ctx.actor, exam.path), '删除这场考试')
  if (await hasBegun(ctx, examId)) throw new Refusal('conflict', '已经有人参加过这场考试，不能删除。')
  for (const table of [examArrangements, examCandidates])
    await ctx.db.delete(table).where(and(eq(table.tenantId, ctx.tenantId), eq(table.examId, examId)))
  await ctx.db.delete(exams).where(ofExam(ctx, examId))
  await record(ctx, 'exams.removed', examSubject(exam), { title: exam.title })
}

/** Makes the paper for the hall, in place of the one before. Not once results of it are there. */
export async function makePrint(ctx: Context, examId: string): Promise<void> {
  const exam = await openExam(ctx, examId, '出这场考试的纸笔试卷', 'update')
  if (exam.print !== null && (await hasBegun(ctx, examId)))
    throw new Refusal('conflict', '已经有人参加考试，或者登记了成绩，纸笔试卷不能重出。')
  const pool = await poolOf(ctx, exam.paper.bankIds)
  const shortages = shortagesOf(exam.paper, pool)
  if (shortages.length > 0)
    throw new Refusal('incomplete', `还不能出卷：${shortages.join('；')}。请补充题库，或者修改试卷。`)
  const print = drawPaper(exam.paper, pool)
  await changeExamRow(ctx, examId, { print })
  await record(ctx, 'exams.print-made', examSubject(exam), { title: exam.title, questions: print.length })
}

/** The paper for the hall, for whoever runs the examination. */
export async function readPrint(ctx: Context, examId: string, isSolved: boolean): Promise<Paper> {
  const exam = await openExam(ctx, examId, '打印这场考试的试卷')
  if (exam.print === null) throw new Refusal('conflict', '还没有出纸笔试卷。请先点“出纸笔试卷”。')
  return examPaper(exam, exam.print, { isSolved, madeOn: ctx.today })
}

/** Questions come out of banks that the actor keeps, or that the examination uses already. */
async function refuseBanks(ctx: Context, { bankIds }: PaperPlan, known: readonly string[]): Promise<void> {
  const more = bankIds.filter((it) => !known.includes(it))
  if (more.length === 0) return
  const rows = await ctx.db
    .select({ path: examBanks.path })
    .from(examBanks)
    .where(and(eq(examBanks.tenantId, ctx.tenantId), isOneOf(examBanks.id, more)))
  const kept = rows.filter((it) => mayRun(ctx.actor, it.path)).length
  if (kept < new Set(more).size) refuseField('paper.bankIds', '有题库已经删除，或者不归您管理。请重新选择')
}

function storedFrom({ opensAt, closesAt, ...it }: ExamSettings) {
  const { title, summary, form, minutes, attempts, passAt, explains, paper } = it
  return {
    ...{ title, summary, form, minutes, passAt, explains, paper },
    attempts: form === 'paper' ? 1 : attempts,
    ...{ opensAt: new Date(opensAt), closesAt: new Date(closesAt) },
  }
}
