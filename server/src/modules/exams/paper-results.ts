import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { found, Refusal, refuseField } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { candidatesOf } from './candidate-list.ts'
import { ofCandidates, refuseOwnConcern } from './candidates.ts'
import { outcomeKey, outcomesOf } from './outcomes.ts'
import { totalOfExam } from './queries.ts'
import type { ListedCandidate } from './results-reading.ts'
import type { NewResults, ResultsImport } from './schema.ts'
import { examSubject, openExam, type StoredExam } from './stored.ts'
import { examCandidates, examConfirmations, examImports, examPaperResults } from './tables.ts'

/** Results of the hall, taken in from a list once somebody has looked at what was read. Runs over the whole university. */

/** The candidates of an examination and the total of its paper, for reading a list of results. */
export async function groundOfResults(
  ctx: Context,
  examId: string,
): Promise<{ candidates: ListedCandidate[]; total: number }> {
  const exam = await openExam(ctx, examId, '登记这场考试的纸笔成绩')
  const outcomes = await outcomesOf(ctx, { examIds: [examId] })
  const candidates = (await candidatesOf(ctx, examId)).map(({ person, organization }) => ({
    ...{ personId: person.id, name: person.name, studentNumber: person.studentNumber, organization },
    before: outcomes.get(outcomeKey({ examId, personId: person.id }))?.last?.earned ?? null,
  }))
  return { candidates, total: await totalOfExam(ctx, exam) }
}

/** Takes a list of results in, all of it or nothing. Returns the id of the import. */
export async function importResults(ctx: Context, examId: string, wanted: NewResults): Promise<string> {
  const { fileName, satOn, results } = wanted
  const exam = await openExam(ctx, examId, '登记这场考试的纸笔成绩', 'update')
  if (exam.publishedAt === null) throw new Refusal('conflict', '考试还没有发布。请先发布考试，再登记成绩。')
  if (satOn > ctx.today) refuseField('satOn', '考试日期不能晚于今天')
  for (const { personId } of results) refuseOwnConcern(ctx, personId)
  const personIds = results.map((it) => it.personId)
  await refuseUnfit(ctx, exam, results, personIds)

  const { db, tenantId, actor } = ctx
  const id = newId()
  const total = await totalOfExam(ctx, exam)
  await db
    .insert(examImports)
    .values({ tenantId, id, examId, fileName, satOn, count: results.length, importedBy: actor.name })
  await db
    .insert(examPaperResults)
    .values(results.map(({ personId, earned }) => ({ tenantId, importId: id, examId, personId, earned, total, satOn })))
  await record(ctx, 'exams.results-imported', examSubject(exam), { title: exam.title, fileName, count: results.length })
  return id
}

async function refuseUnfit(
  ctx: Context,
  exam: StoredExam,
  results: NewResults['results'],
  personIds: readonly string[],
): Promise<void> {
  const total = await totalOfExam(ctx, exam)
  for (const [at, { earned }] of results.entries())
    if (earned > total) refuseField(`results.${at}.earned`, `超过满分 ${total}`)
  if (new Set(personIds).size < personIds.length) throw new Refusal('malformed', '有人出现了两次。请重新选择文件。')
  const known = await ctx.db.$count(
    examCandidates,
    and(ofCandidates(ctx, exam.id), isOneOf(examCandidates.personId, personIds)),
  )
  if (known < personIds.length)
    throw new Refusal('conflict', `有 ${personIds.length - known} 人已经不在考生名单里。请刷新名单，重新读取文件。`)
  const confirmed = await ctx.db.$count(
    examConfirmations,
    and(ofConfirmed(ctx, exam.id), isOneOf(examConfirmations.personId, personIds)),
  )
  if (confirmed > 0) throw new Refusal('conflict', `有 ${confirmed} 人的成绩已经确认。请先撤销确认，再登记新的成绩。`)
}

const ofConfirmed = ({ tenantId }: Context, examId: string) =>
  and(
    eq(examConfirmations.tenantId, tenantId),
    eq(examConfirmations.examId, examId),
    isNull(examConfirmations.takenBackAt),
  )

/** Undoes an import: its results count no more, and what was there before counts again. Not once somebody has confirmed one of them. */
export async function undoImport(ctx: Context, examId: string, importId: string, now: Date): Promise<void> {
  const exam = await openExam(ctx, examId, '登记这场考试的纸笔成绩', 'update')
  const [row] = await ctx.db
    .select()
    .from(examImports)
    .where(and(eq(examImports.tenantId, ctx.tenantId), eq(examImports.examId, examId), eq(examImports.id, importId)))
  const { undoneAt, fileName } = found(row, '次导入')
  if (undoneAt !== null) throw new Refusal('conflict', '这次导入已经撤销。请刷新页面查看。')
  const confirmed = await confirmedIn(ctx, examId, importId)
  if (confirmed > 0)
    throw new Refusal('conflict', `其中 ${confirmed} 人的成绩已经确认，不能撤销导入。请先撤销这些确认。`)
  await ctx.db
    .update(examImports)
    .set({ undoneAt: now, undoneBy: ctx.actor.name })
    .where(and(eq(examImports.tenantId, ctx.tenantId), eq(examImports.id, importId)))
  await record(ctx, 'exams.import-undone', examSubject(exam), { title: exam.title, fileName })
}

async function confirmedIn({ db, tenantId }: Context, examId: string, importId: string): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from ${examPaperResults} r join ${examConfirmations} c
      on c.tenant_id = r.tenant_id and c.exam_id = r.exam_id and c.person_id = r.person_id and c.taken_back_at is null
    where r.tenant_id = ${tenantId} and r.exam_id = ${examId} and r.import_id = ${importId}`)
  return rows[0]?.count ?? 0
}

/** The lists that were taken in, the newest first. */
export async function listImports(ctx: Context, examId: string): Promise<ResultsImport[]> {
  await openExam(ctx, examId, '查看这场考试的纸笔成绩')
  const rows = await ctx.db
    .select()
    .from(examImports)
    .where(
      and(eq(examImports.tenantId, ctx.tenantId), eq(examImports.examId, examId), isNotNull(examImports.importedAt)),
    )
    .orderBy(desc(examImports.importedAt), desc(examImports.id))
  return rows.map(({ id, fileName, satOn, importedAt, importedBy, count, undoneAt }) => ({
    ...{ id, fileName, satOn, importedBy, results: count },
    importedAt: importedAt.toISOString(),
    undoneAt: undoneAt?.toISOString() ?? null,
    can: { undo: undoneAt === null },
  }))
}
