import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { authorize } from '../../platform/refusal.ts'
import { isCurrent } from '../archive/queries.ts'
import { archiveDocuments } from '../archive/tables.ts'
import { maySettle } from './policy.ts'
import type { FilingEffect, FilingEffectQuery } from './request-schema.ts'
import { developmentActs } from './tables.ts'

/**
 * What a change of the filing list would touch, as counts only: what lies in a place, and who has come so far that a required
 * paper would be asked of them.
 */
export async function countFilingEffect(ctx: Context, { place, from }: FilingEffectQuery): Promise<FilingEffect> {
  authorize(maySettle(ctx.actor).settle, '修改归档清单')
  const lying = sql`select ${archiveDocuments.personId} as person_id, ${archiveDocuments.organizationId} as organization_id
    from ${archiveDocuments} where ${archiveDocuments.tenantId} = ${ctx.tenantId} and ${archiveDocuments.place} = ${place ?? null}
      and ${isCurrent}`
  const reached = sql`select distinct ${developmentActs.personId} as id from ${developmentActs}
    where ${developmentActs.tenantId} = ${ctx.tenantId} and ${developmentActs.kind} = ${from ?? null}
      and not ${developmentActs.isStruckOut}
      and not exists (select from development_acts later where later.tenant_id = ${ctx.tenantId}
        and later.corrects = ${developmentActs.id})`
  const { rows } = await ctx.db.execute<Record<keyof FilingEffect, number>>(sql`
    with lying as (${lying}), reached as (${reached})
    select (select count(*) from lying)::int as documents,
      (select count(distinct coalesce(person_id, organization_id)) from lying)::int as files,
      (select count(*) from reached)::int as reached,
      (select count(*) from reached where not exists (select from lying where lying.person_id = reached.id))::int as lacking`)
  return rows[0] ?? { documents: 0, files: 0, reached: 0, lacking: 0 }
}
