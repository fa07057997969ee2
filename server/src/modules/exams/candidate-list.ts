import { and, asc, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { dayInChina } from '../../platform/today.ts'
import { organizations } from '../organization/tables.ts'
import { organizationOfPerson } from '../people/queries.ts'
import { persons } from '../people/tables.ts'
import { ofCandidates } from './candidates.ts'
import { confirmationsOf, outcomeKey, outcomesOf } from './outcomes.ts'
import { isOwnConcern } from './policy.ts'
import type { CandidateRow } from './schema.ts'
import { openExam } from './stored.ts'
import { examArrangements, examAttempts, examCandidates, type examConfirmations } from './tables.ts'

/** The candidates with what came of it so far, by organisation and name, in a fixed number of statements. Runs over the whole university. */
export async function listCandidates(ctx: Context, examId: string): Promise<CandidateRow[]> {
  await openExam(ctx, examId, '查看这场考试的考生')
  const rows = await candidatesOf(ctx, examId)
  const outcomes = await outcomesOf(ctx, { examIds: [examId] })
  const confirmations = await confirmationsOf(ctx, { examIds: [examId] })
  return rows.map(({ arrangement, attempts, isUnderWay, ...named }): CandidateRow => {
    const personId = named.person.id
    const key = outcomeKey({ examId, personId })
    const { best = null, last = null } = outcomes.get(key) ?? {}
    const confirmed = confirmedOf(confirmations.get(key))
    const isOwn = isOwnConcern(ctx.actor, personId)
    return {
      ...named,
      arrangement: arrangement && {
        ...{ moreMinutes: arrangement.moreMinutes, isOnPaper: arrangement.isOnPaper },
        opensAt: arrangement.opensAt?.toISOString() ?? null,
        closesAt: arrangement.closesAt?.toISOString() ?? null,
      },
      state: isUnderWay ? 'underWay' : best === null ? 'none' : 'done',
      ...{ attempts, best, last, confirmed },
      can: {
        remove: attempts === 0 && best === null && confirmed === null,
        arrange: !isOwn && confirmed === null,
        confirm: !isOwn && best !== null && confirmed === null,
      },
    }
  })
}

function confirmedOf(it: typeof examConfirmations.$inferSelect | undefined): CandidateRow['confirmed'] {
  if (it === undefined) return null
  const { earned, total, isPassed, satOn, confirmedBy, confirmedAt } = it
  return { earned, total, isPassed, satOn, confirmedBy, confirmedOn: dayInChina(confirmedAt) }
}

/** The candidates as they are named, with their arrangements and how many attempts they have begun. */
export async function candidatesOf(ctx: Context, examId: string) {
  const ofCandidate = sql`from ${examAttempts} as it where it.tenant_id = ${examCandidates.tenantId}
    and it.exam_id = ${examCandidates.examId} and it.person_id = ${examCandidates.personId}`
  return await ctx.db
    .select({
      person: { id: persons.id, name: persons.name, studentNumber: persons.studentNumber },
      organization: organizations.name,
      arrangement: examArrangements,
      attempts: sql<number>`(select count(*)::int ${ofCandidate})`,
      isUnderWay: sql<boolean>`exists (select ${ofCandidate} and it.handed_in_at is null)`,
    })
    .from(examCandidates)
    .innerJoin(persons, and(eq(persons.tenantId, examCandidates.tenantId), eq(persons.id, examCandidates.personId)))
    .innerJoin(organizations, organizationOfPerson)
    .leftJoin(
      examArrangements,
      and(
        eq(examArrangements.tenantId, examCandidates.tenantId),
        eq(examArrangements.examId, examCandidates.examId),
        eq(examArrangements.personId, examCandidates.personId),
      ),
    )
    .where(ofCandidates(ctx, examId))
    .orderBy(asc(persons.path), asc(persons.pinyin), asc(persons.id))
}
