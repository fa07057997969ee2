import type { Day } from '@zhibu/rules'
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { dayInChina } from '../../platform/today.ts'
import { isOneOf } from '../../platform/within.ts'
import { archiveSeals } from './tables.ts'

/** That a file was closed: under which number, and when last. */
export interface Closure {
  number: string
  on: Day
}

/** Which of these persons' files were closed, by person. One statement. */
export async function closuresOf(ctx: Context, personIds: readonly string[]): Promise<Map<string, Closure>> {
  const rows = await ctx.db
    .selectDistinctOn([archiveSeals.personId], columns)
    .from(archiveSeals)
    .where(and(eq(archiveSeals.tenantId, ctx.tenantId), isOneOf(archiveSeals.personId, personIds)))
    .orderBy(archiveSeals.personId, desc(archiveSeals.version))
  return new Map(rows.flatMap((it) => (it.personId === null ? [] : [[it.personId, closureOf(it)]])))
}

/** Whether the file of an organisation was closed. */
export async function closureOfOrganization(ctx: Context, organizationId: string): Promise<Closure | undefined> {
  const [row] = await ctx.db
    .select(columns)
    .from(archiveSeals)
    .where(
      and(
        eq(archiveSeals.tenantId, ctx.tenantId),
        isNull(archiveSeals.personId),
        eq(archiveSeals.organizationId, organizationId),
      ),
    )
    .orderBy(desc(archiveSeals.version))
    .limit(1)
  return row && closureOf(row)
}

const columns = { personId: archiveSeals.personId, number: archiveSeals.number, sealedAt: archiveSeals.sealedAt }

const closureOf = ({ number, sealedAt }: { number: string; sealedAt: Date }): Closure => ({
  number,
  on: dayInChina(sealedAt),
})
