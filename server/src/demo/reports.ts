import { addDays, addMonths } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'

/** What would have been kept of the last months, had the software run then: worked out from the days of the acts. In the transaction of the context. */
export async function keepMonths({ db, tenantId, today }: Context): Promise<void> {
  const firstOfMonth = addDays(today, 1 - Number(today.slice(8)))
  for (const back of [3, 2, 1, 0]) {
    const on = addDays(addMonths(firstOfMonth, -back), -1)
    await db.execute(sql`
      insert into report_months (tenant_id, path, month, stage, "on", count)
      select tenant_id, path, ${on.slice(0, 7)}, case furthest when 5 then 'full' when 4 then 'probationary' when 3 then 'prospect'
        when 2 then 'activist' else 'applicant' end, ${on}::date, count(*)::int
      from (select tenant_id, path, person_id, max(array_position(array['application', 'activistDecision', 'prospectListing',
          'admissionAssembly', 'confirmationAssembly'], kind)) as furthest
        from development_acts where tenant_id = ${tenantId} and "on" <= ${on}::date group by tenant_id, path, person_id) it
      where furthest is not null group by tenant_id, path, furthest`)
  }
}
