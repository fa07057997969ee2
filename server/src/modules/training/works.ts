import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { dayInChinaOf } from '../../platform/today.ts'
import type { OwnWorks } from './acceptance-schema.ts'
import type { WorkKind } from './names-schema.ts'

/** So many pieces of work are offered, the newest. */
const mostOffered = 50

/**
 * What the actor has done here and may name as results: practice cards and cases of their own, articles on the site, activities that they had
 * signed up for and that were recorded, reflections that they handed in. Who opens one of them sees what its page shows them.
 */
export async function listOwnWorks(ctx: Context): Promise<OwnWorks> {
  const { db, tenantId, actor } = ctx
  const personId = personOf(ctx)
  const { rows } = await db.execute<Row>(sql`
    select kind, title, url, "on"::text as "on" from (
      select 'card' as kind, k.text->>'title' as title, '/training/exchanges/cards/' || k.id as url,
        ${dayInChinaOf(sql`k.published_at`)} as "on", k.id
      from exchange_cards k join exchange_cases c on c.tenant_id = k.tenant_id and c.id = k.case_id
      where k.tenant_id = ${tenantId} and c.author_id = ${personId}::uuid and k.withdrawn_at is null
      union all
      select 'case', c.text->>'title', '/training/exchanges/' || c.exchange_id || '/cases/' || c.id,
        ${dayInChinaOf(sql`c.submitted_at`)}, c.id
      from exchange_cases c
      where c.tenant_id = ${tenantId} and c.author_id = ${personId}::uuid and c.submitted_at is not null
        and not exists (select from exchange_cards k where k.tenant_id = c.tenant_id and k.case_id = c.id and k.withdrawn_at is null)
      union all
      select 'article', s.title, '/site/articles/' || s.number, ${dayInChinaOf(sql`s.published_at`)}, s.article_id
      from site_articles s join articles a on a.tenant_id = s.tenant_id and a.id = s.article_id
      where s.tenant_id = ${tenantId} and a.author_account_id = ${actor.accountId}::uuid
      union all
      select 'activity', v.title, '/activities/' || v.id, v.from_on, v.id
      from activity_sign_ups u join activities v on v.tenant_id = u.tenant_id and v.id = u.activity_id
      where u.tenant_id = ${tenantId} and u.person_id = ${personId}::uuid and v.recorded_at is not null and v.cancelled_at is null
      union all
      select 'reflection', g.title || '：' || (q.prompt->>'title'), '/training/reflections/' || r.id,
        ${dayInChinaOf(sql`r.started_at`)}, r.id
      from training_reflections r
      join training_programmes g on g.tenant_id = r.tenant_id and g.id = r.programme_id
      join training_assignments t on t.tenant_id = r.tenant_id and t.programme_id = r.programme_id
      cross join lateral jsonb_array_elements(t.prompts) q (prompt)
      where r.tenant_id = ${tenantId} and r.person_id = ${personId}::uuid and r.versions > 0 and q.prompt->>'id' = r.prompt_id::text
    ) w order by "on" desc nulls last, id limit ${mostOffered}`)
  return { items: rows }
}

type Row = Record<string, unknown> & { kind: WorkKind; title: string; url: string; on: Day | null }
