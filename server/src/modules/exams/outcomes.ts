import { and, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Context } from '../../platform/context.ts'
import { dayInChina } from '../../platform/today.ts'
import { isOneOf } from '../../platform/within.ts'
import type { ExamOutcome } from './schema.ts'
import { examAttempts, examConfirmations, examImports, examPaperResults, exams } from './tables.ts'

/** What came of examinations: of attempts that were handed in, and of the hall. */

/** A result as it came about. */
interface Result extends ExamOutcome {
  examId: string
  personId: string
}

/** The best and the last result of a person in an examination. */
export interface Outcomes {
  best: ExamOutcome | null
  last: ExamOutcome | null
}

/** Which rows of attempts, results of the hall and confirmations are meant. */
export interface Wanted {
  examIds: readonly string[]
  /** Of everybody where it is left out. */
  personId?: string | undefined
}

/** The outcomes by `outcomeKey`. */
export async function outcomesOf(ctx: Context, wanted: Wanted): Promise<Map<string, Outcomes>> {
  const results = [...(await ofAttempts(ctx, wanted)), ...(await ofHall(ctx, wanted))]
  const byPerson = Map.groupBy(results, outcomeKey)
  return new Map(
    [...byPerson].map(([key, all]) => {
      const inOrder = all.toSorted((a, b) => (a.satOn < b.satOn ? -1 : a.satOn > b.satOn ? 1 : 0))
      const best = inOrder.reduce<Result | undefined>(
        (known, it) => (known === undefined || it.earned > known.earned ? it : known),
        undefined,
      )
      return [key, { best: outcomeOf(best), last: outcomeOf(inOrder.at(-1)) }]
    }),
  )
}

export const outcomeKey = ({ examId, personId }: { examId: string; personId: string }): string =>
  `${examId} ${personId}`

function outcomeOf(it: Result | undefined): ExamOutcome | null {
  if (it === undefined) return null
  const { earned, total, isPassed, satOn } = it
  return { earned, total, isPassed, satOn }
}

async function ofAttempts(ctx: Context, wanted: Wanted): Promise<Result[]> {
  const { examId, personId, earned, total, handedInAt } = examAttempts
  const rows = await ctx.db
    .select({ examId, personId, earned, total, handedInAt, passAt: exams.passAt })
    .from(examAttempts)
    .innerJoin(exams, and(eq(exams.tenantId, examAttempts.tenantId), eq(exams.id, examId)))
    .where(and(isWanted(ctx, examAttempts, wanted), isNotNull(handedInAt)))
    .orderBy(handedInAt)
  return rows.map(({ handedInAt, earned, passAt, ...it }) => ({
    ...it,
    earned: earned ?? 0,
    isPassed: (earned ?? 0) >= passAt,
    satOn: dayInChina(handedInAt ?? new Date(0)),
  }))
}

/** Of each person the list that came last. */
async function ofHall(ctx: Context, wanted: Wanted): Promise<Result[]> {
  const { examId, personId, earned, total, satOn } = examPaperResults
  const rows = await ctx.db
    .selectDistinctOn([examId, personId], { examId, personId, earned, total, satOn, passAt: exams.passAt })
    .from(examPaperResults)
    .innerJoin(
      examImports,
      and(eq(examImports.tenantId, examPaperResults.tenantId), eq(examImports.id, examPaperResults.importId)),
    )
    .innerJoin(exams, and(eq(exams.tenantId, examPaperResults.tenantId), eq(exams.id, examId)))
    .where(and(isWanted(ctx, examPaperResults, wanted), isNull(examImports.undoneAt)))
    .orderBy(examId, personId, desc(examImports.importedAt), desc(examImports.id))
  return rows.map(({ passAt, ...it }) => ({ ...it, isPassed: it.earned >= passAt }))
}

/** The confirmations in force, by `outcomeKey`. */
export async function confirmationsOf(
  ctx: Context,
  wanted: Wanted,
): Promise<Map<string, typeof examConfirmations.$inferSelect>> {
  const rows = await ctx.db
    .select()
    .from(examConfirmations)
    .where(and(isWanted(ctx, examConfirmations, wanted), isNull(examConfirmations.takenBackAt)))
  return new Map(rows.map((it) => [outcomeKey(it), it]))
}

/** True for the rows of a table that are meant. */
export const isWanted = (
  { tenantId }: Context,
  table: Readonly<Record<'tenantId' | 'examId' | 'personId', PgColumn>>,
  { examIds, personId }: Wanted,
): SQL =>
  and(
    eq(table.tenantId, tenantId),
    isOneOf(table.examId, examIds),
    personId === undefined ? undefined : eq(table.personId, personId),
  ) ?? sql`false`
