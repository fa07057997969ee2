import { addDays, addMonths } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { setUpSchedule } from '../modules/reports/schedules.ts'
import type { Context } from '../platform/context.ts'
import type { DiscussionCast } from './discussion.ts'

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

/** A college tells the university each month where it stands, and each half year who its members are. In the transaction of the context. */
export async function reportUpward(ctx: Context, { university, college }: DiscussionCast): Promise<void> {
  const by = { ...ctx, actor: college.organiser }
  const recipients = [{ organizationId: university.id, office: 'orgDepartment' as const }]
  await setUpSchedule(by, college.id, {
    ...{
      title: '发展党员工作月报',
      cards: ['stages', 'development', 'dues'],
      every: 'month',
      dayOfMonth: 5,
      recipients,
    },
  })
  await setUpSchedule(by, college.id, {
    ...{ title: '党员队伍和任期情况', cards: ['members', 'terms'], every: 'halfYear', dayOfMonth: 31, recipients },
  })
}
