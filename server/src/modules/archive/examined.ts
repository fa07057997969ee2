import { and, desc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isOneOf } from '../../platform/within.ts'
import type { SealRow } from './seal-schema.ts'
import { archiveExaminations } from './tables.ts'

/** The last examination of each seal. */
export async function lastExaminations(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  seals: readonly { id: string }[],
): Promise<Map<string, NonNullable<SealRow['examination']>>> {
  if (seals.length === 0) return new Map()
  const rows = await db
    .selectDistinctOn([archiveExaminations.sealId])
    .from(archiveExaminations)
    .where(
      and(
        eq(archiveExaminations.tenantId, tenantId),
        isOneOf(
          archiveExaminations.sealId,
          seals.map((it) => it.id),
        ),
      ),
    )
    .orderBy(archiveExaminations.sealId, desc(archiveExaminations.examinedAt))
  return new Map(
    rows.map((it) => [it.sealId, { report: it.report, by: it.examinedByName, at: it.examinedAt.toISOString() }]),
  )
}
