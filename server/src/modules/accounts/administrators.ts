import { and, eq, gte, isNotNull, isNull, or } from 'drizzle-orm'
import type { AdministratorRole, Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { checkAppointments } from '../organization/offices.ts'
import { offices } from '../organization/tables.ts'
import { administratorNames } from './names-schema.ts'
import { type FilledRoles, may, mayAppoint, mayBeAppointed } from './policy.ts'
import { findAccount } from './queries.ts'
import { accounts, delegations, signInSessions } from './tables.ts'

/**
 * Makes an account one of the three administrators. Refuses who has no second factor, holds another role of them, an office
 * now or later, or a running delegation: the three hold no other right.
 */
export async function appointAdministrator(ctx: Context, accountId: string, role: AdministratorRole): Promise<void> {
  const filled = await lockRoles(ctx)
  const it = found(await findAccount(ctx, accountId, { lock: true }), '个账号')
  if (it.administrator) {
    throw new Refusal('conflict', `${it.name}已是${administratorNames[it.administrator]}，三员不能由同一账号兼任。`)
  }
  authorize(mayAppoint(ctx.actor, it, filled).includes(role), `任命${administratorNames[role]}`)
  if (it.isLocked) throw new Refusal('conflict', '账号已停用，请先恢复再任命。')
  if (!mayBeAppointed(it)) {
    throw new Refusal('conflict', `${it.name}还没有绑定动态口令。请其本人登录，在“本人账号”中绑定以后再任命。`)
  }
  await refuseOfficer(ctx, it)
  await refuseDelegate(ctx, it)

  await setRole(ctx, it, role)
  await record(ctx, 'accounts.administrator-appointed', { kind: 'account', id: accountId }, { role })
}

/** Takes the role from an administrator. The last one of a role stays, so that none of the three is ever vacant. */
export async function dismissAdministrator(ctx: Context, accountId: string): Promise<void> {
  await lockRoles(ctx)
  const it = found(await findAccount(ctx, accountId, { lock: true }), '个账号')
  authorize(may(ctx.actor, it).dismiss, '免去管理员')
  if (!it.administrator) return
  const role = it.administrator
  await refuseLast(ctx, it)

  await setRole(ctx, it, null)
  await record(ctx, 'accounts.administrator-dismissed', { kind: 'account', id: accountId }, { role })
}

/** Refuses to take away the last administrator of a role who can still sign in. Call it under the lock of `lockRoles`. */
export async function refuseLast(ctx: Context, it: Ranked): Promise<void> {
  const { administrator: role, isLocked, name } = it
  if (!role || isLocked) return
  const active = and(
    eq(accounts.tenantId, ctx.tenantId),
    eq(accounts.administrator, role),
    eq(accounts.isLocked, false),
  )
  if ((await ctx.db.$count(accounts, active)) > 1) return
  throw new Refusal('conflict', `${name}是唯一在用的${administratorNames[role]}。请先任命另一人，再办理。`)
}

/** Which of the three roles somebody holds, whether locked or not. */
export async function filledRoles(ctx: Pick<Context, 'db' | 'tenantId'>): Promise<FilledRoles> {
  const rows = await ctx.db
    .select({ role: accounts.administrator })
    .from(accounts)
    .where(and(eq(accounts.tenantId, ctx.tenantId), isNotNull(accounts.administrator)))
  return new Set(rows.flatMap(({ role }) => (role ? [role] : [])))
}

/** The other way round: nobody whose account is one of the three is given an office. */
checkAppointments(async (ctx, personId) => {
  const [account] = await ctx.db
    .select({ name: accounts.name, administrator: accounts.administrator })
    .from(accounts)
    .where(and(eq(accounts.tenantId, ctx.tenantId), eq(accounts.personId, personId)))
    .for('share')
  if (account?.administrator) {
    throw new Refusal(
      'conflict',
      `${account.name}是${administratorNames[account.administrator]}，三员不能兼任党内职务。`,
    )
  }
})

/** Appointments and dismissals one after another, so that two at once do not both count on the other. */
export async function lockRoles(ctx: Context): Promise<FilledRoles> {
  await ctx.db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.tenantId, ctx.tenantId), eq(accounts.administrator, 'sysadmin')))
    .orderBy(accounts.id)
    .for('update')
  return filledRoles(ctx)
}

type Ranked = NonNullable<Awaited<ReturnType<typeof findAccount>>>

async function refuseOfficer(ctx: Context, { personId, name }: Ranked): Promise<void> {
  if (!personId) return
  const [office] = await ctx.db
    .select({ id: offices.id })
    .from(offices)
    .where(
      and(
        eq(offices.tenantId, ctx.tenantId),
        eq(offices.personId, personId),
        or(isNull(offices.until), gte(offices.until, ctx.today)),
      ),
    )
    .limit(1)
  if (office) throw new Refusal('conflict', `${name}现有党内任职，不能担任三员。请另选他人，或先免去其任职。`)
}

async function refuseDelegate(ctx: Context, { id, name }: Ranked): Promise<void> {
  const [delegation] = await ctx.db
    .select({ id: delegations.id })
    .from(delegations)
    .where(
      and(
        eq(delegations.tenantId, ctx.tenantId),
        or(eq(delegations.helperAccountId, id), eq(delegations.giverAccountId, id)),
        isNull(delegations.endedOn),
        gte(delegations.until, ctx.today),
      ),
    )
    .limit(1)
  if (delegation) throw new Refusal('conflict', `${name}还有未到期的协助授权，不能担任三员。请先结束授权。`)
}

/** A change of role ends the sessions: rights and limits of time are those of the new role from the next sign-in. */
async function setRole(ctx: Context, { id, userId }: Ranked, administrator: AdministratorRole | null): Promise<void> {
  await ctx.db
    .update(accounts)
    .set({ administrator })
    .where(and(eq(accounts.tenantId, ctx.tenantId), eq(accounts.id, id)))
  await ctx.db.delete(signInSessions).where(eq(signInSessions.userId, userId))
}
