import { and, eq, sql } from 'drizzle-orm'
import type { AdministratorRole } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { found } from '../../platform/refusal.ts'
import type { OfficeKind } from '../organization/schema.ts'
import { sessionLimits } from './actor.ts'
import { administratorNames, officeLabels } from './names-schema.ts'
import { accounts, signInSessions } from './tables.ts'
import type { VisitorContext } from './visitor.ts'

/**
 * A few people of each role whom a visitor may be: administrators, officers of each kind (of branches of students before others,
 * since there is more to do), helpers, and persons without an office.
 */
export async function listDemoPeople({ db, tenantId, today }: VisitorContext) {
  const { rows } = await db.execute<DemoPerson>(sql`
    select "accountId", name, administrator, office, organization, helps from (
      select a.id as "accountId", a.name, a.administrator, h.office, task.helps,
        coalesce(o.short_name, o.name, own.short_name, own.name) as organization, coalesce(h.path, '~') as path,
        row_number() over (partition by a.administrator, h.office, o.kind, task.helps
          order by o.branch_type is distinct from 'undergraduate', h.path, a.id) as nth
      from accounts a
      left join lateral (select * from offices h where h.tenant_id = a.tenant_id and h.person_id = a.person_id
        and h.from_on <= ${today}::date and (h.until_on is null or h.until_on >= ${today}::date)
        order by h.path, h.id limit 1) h on true
      cross join lateral (select exists (select from delegations d where d.tenant_id = a.tenant_id
        and d.helper_account_id = a.id and d.ended_on is null and d.until_on >= ${today}::date) as helps) task
      left join organizations o on o.tenant_id = h.tenant_id and o.id = h.organization_id
      left join persons p on p.tenant_id = a.tenant_id and p.id = a.person_id
      left join organizations own on own.tenant_id = p.tenant_id and own.id = p.organization_id
      where a.tenant_id = ${tenantId} and not a.is_locked) ranked
    where nth <= ${ofEachRole}
    order by administrator nulls first, path, office, "accountId"`)
  return { items: rows.map((row) => ({ accountId: row.accountId, name: row.name, title: titleOf(row) })) }
}

/** Opens a session without a password; returns its token. */
export async function openDemoSession(ctx: VisitorContext, accountId: string): Promise<string> {
  const { db, tenantId, now, requestId } = ctx
  const [row] = await db
    .select()
    .from(accounts)
    .where(and(eq(accounts.tenantId, tenantId), eq(accounts.id, accountId), eq(accounts.isLocked, false)))
  const account = found(row, '个演示账号')
  const token = newId() + newId()
  await db.insert(signInSessions).values({
    id: newId(),
    userId: account.userId,
    token,
    expiresAt: new Date(now.getTime() + sessionLimits.everyone.absoluteHours * 3_600_000),
    createdAt: now,
    updatedAt: now,
  })
  const actor = { accountId, name: account.name }
  await record({ db, tenantId, actor, requestId }, 'accounts.signed-in', { kind: 'account', id: accountId })
  return token
}

const ofEachRole = 4

interface DemoPerson extends Record<string, unknown> {
  accountId: string
  name: string
  administrator: AdministratorRole | null
  office: OfficeKind | null
  organization: string | null
  helps: boolean
}

function titleOf({ administrator, office, organization, helps }: DemoPerson): string {
  if (administrator) return administratorNames[administrator]
  return [organization, office ? officeLabels[office] : helps && '协助人'].filter(Boolean).join(' ')
}
