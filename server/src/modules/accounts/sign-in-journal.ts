import { and, eq, type SQL } from 'drizzle-orm'
import type { Context as HonoContext } from 'hono'
import { type Env, inTransaction } from '../../platform/http.ts'
import { type JournalEvent, record } from '../../platform/journal.ts'
import { scopeOfSignIn } from './actor.ts'
import { accounts, signInSessions, signInUsers } from './tables.ts'

/** Writes down what the owner of the session has done, or has tried. */
export async function recordOwn(c: HonoContext<Env>, event: JournalEvent): Promise<void> {
  await inTransaction(c, (ctx) => record(ctx, event, { kind: 'account', id: ctx.actor.accountId }))
}

/** Writes down who has signed in, where an answer of the library opens a session. */
export async function recordSignIn(c: HonoContext<Env>, response: Response): Promise<void> {
  const { database, tenantId, requestId } = c.var
  const token = openedBy(c, response)
  if (!token || !tenantId) return
  await database.transaction(scopeOfSignIn(tenantId), async (db) => {
    const [account] = await db
      .select({ id: accounts.id, name: accounts.name, personId: accounts.personId })
      .from(signInSessions)
      .innerJoin(accounts, and(eq(accounts.tenantId, tenantId), eq(accounts.userId, signInSessions.userId)))
      .where(eq(signInSessions.token, token))
    if (!account) return
    const actor = { accountId: account.id, name: account.name }
    await record({ db, tenantId, actor, requestId }, 'accounts.signed-in', { kind: 'account', id: account.id })
  })
}

/** Writes down a failed attempt to sign in. The name as typed is not kept: people type their password there by mistake. */
export async function recordFailure(c: HonoContext<Env>, event: JournalEvent, whose: SQL): Promise<void> {
  const { database, tenantId, requestId } = c.var
  if (!tenantId) return
  await database.transaction(scopeOfSignIn(tenantId), async (db) => {
    const [account] = await db
      .select({ id: accounts.id })
      .from(accounts)
      .innerJoin(signInUsers, eq(signInUsers.id, accounts.userId))
      .where(and(eq(accounts.tenantId, tenantId), whose))
    const ctx = { db, tenantId, actor: { accountId: null, name: '未登录' }, requestId }
    await record(ctx, event, { kind: 'account', id: account?.id ?? 'unknown' })
  })
}

/** The token of the session that an answer of the library opens, null where it opens none. */
export function openedBy(c: HonoContext<Env>, response: Response): string | null {
  const { sessionCookie } = c.var
  const opened = response.headers.getSetCookie().filter((it) => it.startsWith(`${sessionCookie.name}=`))
  return sessionCookie.read(opened.at(-1)?.split(';')[0])
}
