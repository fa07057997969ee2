import {
  and,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { authorize, found } from '../../platform/refusal.ts'
import type { Session } from '../../platform/session.ts'
import type { Page } from '../../platform/wire.ts'
import { offices, organizations, universities } from '../organization/tables.ts'
import { meantBy } from '../people/search.ts'
import { persons } from '../people/tables.ts'
import { administratorNames, officeLabels } from './names-schema.ts'
import {
  areasOf,
  type FilledRoles,
  may,
  mayAppoint,
  mayBeAppointed,
  mayBeInvited,
  mayKeepAccounts,
  mayLoseSecondFactor,
  type RankedAccount,
} from './policy.ts'
import type { AccountRow, AccountsQuery, SessionRow, SessionView } from './schema.ts'
import { accounts, delegationPersons, signInSessions, signInUsers } from './tables.ts'

/** Who is signed in, with the offices held today and the parts of the web that are open. */
export async function readSession(ctx: Context, session: Session, isDemo: boolean): Promise<SessionView> {
  const [account] = await ctx.db
    .select({
      id: accounts.id,
      userName: signInUsers.username,
      personId: accounts.personId,
      hasPassword,
      hasSecondFactor: signInUsers.twoFactorEnabled,
      universityName: universities.name,
    })
    .from(accounts)
    .innerJoin(signInUsers, eq(signInUsers.id, accounts.userId))
    .innerJoin(universities, eq(universities.id, accounts.tenantId))
    .where(and(eq(accounts.tenantId, ctx.tenantId), eq(accounts.id, ctx.actor.accountId)))
  const { universityName, ...own } = found(account, '个账号')
  const role = ctx.actor.administrator
  return {
    name: ctx.actor.name,
    account: own,
    administrator: role && { role, label: administratorNames[role] },
    offices: role ? [] : await officesHeld(ctx),
    universityName,
    needsSecondFactor: session.needsSecondFactor,
    isDemo,
    today: ctx.today,
    can: session.needsSecondFactor ? [] : areasOf(ctx.actor),
  }
}

async function officesHeld(ctx: Context): Promise<SessionView['offices']> {
  const { personId } = ctx.actor
  if (!personId) return []
  const rows = await ctx.db
    .select({
      office: offices.office,
      organizationId: offices.organizationId,
      organizationName: organizations.name,
      shortName: organizations.shortName,
    })
    .from(offices)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, offices.tenantId), eq(organizations.id, offices.organizationId)),
    )
    .where(and(eq(offices.tenantId, ctx.tenantId), eq(offices.personId, personId), ...heldOn(ctx.today)))
    .orderBy(offices.path, offices.id)
  return rows.map(({ shortName, ...it }) => ({
    ...it,
    title: `${shortName ?? it.organizationName} ${officeLabels[it.office]}`,
  }))
}

const heldOn = (today: Context['today']) => [
  lte(offices.from, today),
  or(isNull(offices.until), gte(offices.until, today)),
]

/**
 * The persons with an account whom a query means as the register understands it. Asked as nobody in particular: the
 * administrators, who see no row of the register, are to find an account by the number and the name that it goes by.
 */
export async function personsMeant(ctx: Pick<Context, 'db' | 'tenantId'>, q: string): Promise<string[]> {
  const holders = ctx.db.select({ id: accounts.personId }).from(accounts).where(eq(accounts.tenantId, ctx.tenantId))
  const rows = await ctx.db
    .select({ id: persons.id })
    .from(persons)
    .where(and(eq(persons.tenantId, ctx.tenantId), meantBy(ctx, q, inArray(persons.id, holders))))
  return rows.map(({ id }) => id)
}

/**
 * Accounts, the newest first. The organisation department sees those of persons; the three administrators see all. A search
 * finds the persons `meant` by it, and the accounts themselves by a part of their name or the beginning of their user name.
 */
export async function listAccounts(
  ctx: Context,
  now: Date,
  filled: FilledRoles,
  query: AccountsQuery,
  meant: readonly string[] = [],
): Promise<Page<AccountRow> & { can: { create: boolean } }> {
  const keeps = mayKeepAccounts(ctx.actor)
  authorize(keeps.list, '查看账号')
  const before = query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([z.uuid()]))[0]
  const matching = and(
    eq(accounts.tenantId, ctx.tenantId),
    ctx.actor.administrator ? undefined : isNull(accounts.administrator),
    query.q ? meaning(query.q, meant) : undefined,
    query.only && onlyThose(now)[query.only],
  )
  const rows = await ctx.db
    .select({
      id: accounts.id,
      name: accounts.name,
      userName: signInUsers.username,
      administrator: accounts.administrator,
      isLocked: accounts.isLocked,
      personId: accounts.personId,
      offices: sql<string[]>`array(select coalesce(o.short_name, o.name) || ' ' || h.office from offices h
        join organizations o on o.tenant_id = h.tenant_id and o.id = h.organization_id
        where h.tenant_id = ${accounts.tenantId} and h.person_id = ${accounts.personId} and h.from_on <= ${ctx.today}::date
        and (h.until_on is null or h.until_on >= ${ctx.today}::date) order by h.path, h.id)`,
      hasPassword,
      hasSecondFactor: signInUsers.twoFactorEnabled,
      invitedUntil: sql<
        string | null
      >`(select max(i.expires_at) from invitations i where i.tenant_id = ${accounts.tenantId}
        and i.account_id = ${accounts.id} and i.closed_at is null and i.expires_at > ${now.toISOString()}::timestamptz)`,
    })
    .from(accounts)
    .innerJoin(signInUsers, eq(signInUsers.id, accounts.userId))
    .where(and(matching, before ? lt(accounts.id, before) : undefined))
    .orderBy(desc(accounts.id))
    .limit(query.limit + 1)
  const [count] = await ctx.db
    .select({ total: sql<number>`count(*)::int` })
    .from(accounts)
    .innerJoin(signInUsers, eq(signInUsers.id, accounts.userId))
    .where(matching)
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return {
    items: shown.map((it) => ({
      ...it,
      offices: it.offices.map(withOfficeLabel),
      invitedUntil: it.invitedUntil && new Date(it.invitedUntil).toISOString(),
      can: withState(it, { ...may(ctx.actor, it), appoint: mayAppoint(ctx.actor, it, filled) }),
    })),
    ...(last && { next: writeCursor([last.id]) }),
    total: count?.total ?? 0,
    can: { create: keeps.create },
  }
}

/** What the actor may do and the account is ready for. */
function withState(it: RankedAccount, can: AccountRow['can']): AccountRow['can'] {
  return {
    ...can,
    invite: can.invite && mayBeInvited(it),
    resetSecondFactor: can.resetSecondFactor && mayLoseSecondFactor(it),
    appoint: mayBeAppointed(it) ? can.appoint : [],
  }
}

/** Whether somebody can sign in with a password. */
const hasPassword = sql<boolean>`exists (select from sign_in_credentials c
  where c.user_id = ${signInUsers.id} and c.provider_id = 'credential')`

function meaning(text: string, meant: readonly string[]): SQL | undefined {
  const literal = text.replace(/[\\%_]/g, '\\$&')
  return or(
    sql`${accounts.personId} = any(${sql.param([...meant])}::uuid[])`,
    like(accounts.name, `%${literal}%`),
    like(signInUsers.username, `${literal.toLowerCase()}%`),
  )
}

const onlyThose = (now: Date): Record<NonNullable<AccountsQuery['only']>, SQL | undefined> => ({
  administrators: isNotNull(accounts.administrator),
  persons: isNotNull(accounts.personId),
  locked: eq(accounts.isLocked, true),
  invited: sql`exists (select from invitations i where i.tenant_id = ${accounts.tenantId}
    and i.account_id = ${accounts.id} and i.closed_at is null and i.expires_at > ${now.toISOString()}::timestamptz)`,
})

/** “信息学院党委 organiser” as it is read: “信息学院党委 组织员”. */
function withOfficeLabel(written: string): string {
  const at = written.lastIndexOf(' ')
  const kind = written.slice(at + 1)
  return `${written.slice(0, at)} ${Object.entries(officeLabels).find(([it]) => it === kind)?.[1] ?? kind}`
}

/** An account as stored; locked, with its second factor, when the caller is about to change it. */
export async function findAccount(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  accountId: string,
  { lock = false } = {},
): Promise<(typeof accounts.$inferSelect & { hasSecondFactor: boolean }) | undefined> {
  const query = ctx.db
    .select({ ...getTableColumns(accounts), hasSecondFactor: signInUsers.twoFactorEnabled })
    .from(accounts)
    .innerJoin(signInUsers, eq(signInUsers.id, accounts.userId))
    .where(and(eq(accounts.tenantId, ctx.tenantId), eq(accounts.id, accountId)))
    .$dynamic()
  const [row] = await (lock ? query.for('no key update', { of: [accounts, signInUsers] }) : query)
  return row
}

/** How many accounts and delegations hang on these persons: who has any is not taken out of the register. */
export async function countTied(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  personIds: readonly string[],
): Promise<{ accounts: number; delegations: number }> {
  const these = (column: PgColumn) => sql`${column} = any(${sql.param([...personIds])}::uuid[])`
  const ofAccounts = and(eq(accounts.tenantId, tenantId), these(accounts.personId))
  const ofDelegations = and(eq(delegationPersons.tenantId, tenantId), these(delegationPersons.personId))
  return {
    accounts: await db.$count(accounts, ofAccounts),
    delegations: await db.$count(delegationPersons, ofDelegations),
  }
}

/** The running sessions of a user of the sign-in library, the last used first. */
export async function listSessions(
  ctx: Pick<Context, 'db'>,
  userId: string,
  { currentId, now }: { currentId: string; now: Date },
): Promise<{ items: SessionRow[] }> {
  const rows = await ctx.db
    .select()
    .from(signInSessions)
    .where(and(eq(signInSessions.userId, userId), gt(signInSessions.expiresAt, now)))
    .orderBy(desc(signInSessions.updatedAt), signInSessions.id)
  return {
    items: rows.map(({ id, createdAt, updatedAt, userAgent, ipAddress }) => ({
      id,
      isCurrent: id === currentId,
      startedAt: createdAt.toISOString(),
      usedAt: updatedAt.toISOString(),
      userAgent: userAgent || null,
      address: ipAddress || null,
    })),
  }
}
