import { hashPassword } from 'better-auth/crypto'
import { and, eq, type SQL } from 'drizzle-orm'
import type { Context as HonoContext } from 'hono'
import { answers, asks, type Env, inTransaction, router } from '../../platform/http.ts'
import { type JournalEvent, record } from '../../platform/journal.ts'
import { Refusal } from '../../platform/refusal.ts'
import { scopeOfSignIn } from './actor.ts'
import { beginAttempt, endAttempt, useCode } from './lock-out.ts'
import { refuseWeakPassword } from './password.ts'
import {
  backupCode,
  campusSignIn,
  failedAtCampus,
  oneTimeCode,
  ownPassword,
  passwordChange,
  passwordSignIn,
  signInProblems,
} from './schema.ts'
import { addressHeader, campusId, type SignInLibrary } from './sign-in-library.ts'
import { accounts, signInCredentials, signInSessions, signInUsers, signInVerifications } from './tables.ts'

/**
 * The routes under `/api/auth`: those of the sign-in library that we use, and no others. In front of it stand the lock-out,
 * the rules for passwords and our own messages; behind it the journal.
 */
export function signInRoutes(library: SignInLibrary) {
  /** Hands a request to the library with what it may know, and its refusals back in our words. */
  async function ask(c: HonoContext<Env>, path: string, body?: object): Promise<Response> {
    const { baseUrl } = c.var.config
    const headers = new Headers({ origin: baseUrl, cookie: trustedCookies(c), [addressHeader]: c.var.address })
    const userAgent = c.req.header('user-agent')
    if (userAgent) headers.set('user-agent', userAgent.slice(0, 300))
    const isRead = body === undefined
    if (!isRead) headers.set('content-type', 'application/json')
    const request = new Request(`${baseUrl}/api/auth${path}`, {
      method: isRead ? 'GET' : 'POST',
      headers,
      ...(isRead ? {} : { body: JSON.stringify(body) }),
    })
    const response = await library.handler(request)
    if (response.status >= 400) throw refusalOf(response.status, await codeOf(response))
    return response
  }

  /** Asks for the second factor of somebody who is signing in. A wrong one is written down in the name of the account. */
  async function askWithFactor(
    c: HonoContext<Env>,
    path: string,
    body: object,
    failure: JournalEvent,
  ): Promise<Response> {
    const userId = await challengedUser(c)
    try {
      return await askForSession(c, path, body)
    } catch (error) {
      if (isWrong(error)) await recordFailure(c, failure, eq(signInUsers.id, userId ?? ''))
      throw error
    }
  }

  /** Sets up the second factor with a first code. Who has one already has nothing to confirm. */
  async function confirmFactor(c: HonoContext<Env>, path: string, body: object): Promise<Response> {
    if (await hasSecondFactor(c)) throw new Refusal('conflict', '已经绑定动态口令，无需再次验证。')
    try {
      return await askAsOwner(c, path, body, 'accounts.second-factor-set-up')
    } catch (error) {
      if (isWrong(error)) await recordOwn(c, 'accounts.second-factor-failed')
      throw error
    }
  }

  /** Asks for something that opens a session, and writes down who has signed in. */
  async function askForSession(c: HonoContext<Env>, path: string, body?: object): Promise<Response> {
    const response = await ask(c, path, body)
    if (path === '/two-factor/verify-totp') await refuseUsedCode(c, response, JSON.stringify(body))
    await recordSignIn(c, response)
    return response
  }

  /** Asks for something that only the owner of a session may do, and writes it down. */
  async function askAsOwner(c: HonoContext<Env>, path: string, body: object, event: JournalEvent): Promise<Response> {
    requireSession(c)
    const response = await ask(c, path, body)
    await recordOwn(c, event)
    return response
  }

  /** Asks for something that needs the password of the session's owner once more. Guesses count as those at the door do. */
  async function askWithPassword<Answer>(c: HonoContext<Env>, useCase: () => Promise<Answer>): Promise<Answer> {
    requireSession(c)
    const { database, encryption, address, now } = c.var
    const who = { userName: await ownUserName(c), address }
    const attempt = await beginAttempt(database.app, encryption, who, now)
    try {
      const answer = await useCase()
      await endAttempt(database.app, attempt)
      return answer
    } catch (error) {
      const wasRight = error instanceof Refusal && error.reason === 'conflict'
      if (wasRight) await endAttempt(database.app, attempt)
      if (isWrong(error)) await recordOwn(c, 'accounts.password-failed')
      throw error
    }
  }

  return router()
    .post('/sign-in/username', answers('用户名和密码登录', undefined, 200), asks('json', passwordSignIn), async (c) => {
      const { username, password, rememberMe } = c.req.valid('json')
      const { database, encryption, address, now } = c.var
      const attempt = await beginAttempt(database.app, encryption, { userName: username, address }, now)
      try {
        const response = await askForSession(c, '/sign-in/username', { username, password, rememberMe })
        await endAttempt(database.app, attempt)
        return response
      } catch (error) {
        await takeAsLong(c, username, password)
        await recordFailure(c, 'accounts.sign-in-failed', eq(signInUsers.username, username.toLowerCase()))
        throw error
      }
    })
    .post('/sign-in/social', answers('转到统一身份认证登录', undefined, 200), asks('json', campusSignIn), async (c) => {
      if (!c.var.config.campus) throw new Refusal('not-found', '本系统没有接入统一身份认证，请用用户名和密码登录。')
      const { callbackURL } = c.req.valid('json')
      return ask(c, '/sign-in/social', { provider: campusId, callbackURL, errorCallbackURL: '/sign-in' })
    })
    .get(`/callback/${campusId}`, answers('统一身份认证登录后返回', undefined, 302), async (c) => {
      const response = await askForSession(c, `/callback/${campusId}${new URL(c.req.url).search}`).catch(() => null)
      return response ? withOwnProblem(response) : c.redirect(`/sign-in?problem=${failedAtCampus}`)
    })
    .post('/sign-out', answers('退出登录', undefined, 200), (c) => {
      return c.var.session ? askAsOwner(c, '/sign-out', {}, 'accounts.signed-out') : ask(c, '/sign-out', {})
    })
    .post('/two-factor/enable', answers('开始绑定动态口令', undefined, 200), asks('json', ownPassword), async (c) => {
      const [path, body] = ['/two-factor/enable', c.req.valid('json')] as const
      return askWithPassword(c, () => askAsOwner(c, path, body, 'accounts.second-factor-begun'))
    })
    .post(
      '/two-factor/verify-totp',
      answers('用动态口令完成登录或绑定', undefined, 200),
      asks('json', oneTimeCode),
      async (c) => {
        const path = '/two-factor/verify-totp'
        const body = c.req.valid('json')
        if (c.var.session) return confirmFactor(c, path, body)
        return askWithFactor(c, path, body, 'accounts.second-factor-failed')
      },
    )
    .post(
      '/two-factor/verify-backup-code',
      answers('用备用码完成登录', undefined, 200),
      asks('json', backupCode),
      async (c) => {
        if (c.var.session) throw new Refusal('conflict', '您已登录，无需再用备用码。')
        const [path, body] = ['/two-factor/verify-backup-code', c.req.valid('json')] as const
        return askWithFactor(c, path, body, 'accounts.backup-code-failed')
      },
    )
    .post(
      '/two-factor/generate-backup-codes',
      answers('重新生成备用码', undefined, 200),
      asks('json', ownPassword),
      async (c) => {
        const [path, body] = ['/two-factor/generate-backup-codes', c.req.valid('json')] as const
        return askWithPassword(c, () => askAsOwner(c, path, body, 'accounts.backup-codes-renewed'))
      },
    )
    .post('/two-factor/disable', answers('解除动态口令', undefined, 200), asks('json', ownPassword), async (c) => {
      if (c.var.actor?.administrator) throw new Refusal('forbidden', '管理员账号必须使用动态口令，不能解除。')
      const [path, body] = ['/two-factor/disable', c.req.valid('json')] as const
      return askWithPassword(c, () => askAsOwner(c, path, body, 'accounts.second-factor-removed'))
    })
    .post('/change-password', answers('修改本人密码', undefined, 200), asks('json', passwordChange), async (c) => {
      requireSession(c)
      const { currentPassword, newPassword } = c.req.valid('json')
      refuseWeakPassword(newPassword, await ownUserName(c), 'newPassword')
      const body = { currentPassword, newPassword, revokeOtherSessions: true }
      return askWithPassword(c, () => askAsOwner(c, '/change-password', body, 'accounts.password-changed'))
    })
}

/**
 * The cookies of the request, and for the session the one that we have read and still accept, written anew. Two of that name,
 * or one with a space in it, would otherwise make us judge one person and the library act for another.
 */
function trustedCookies(c: HonoContext<Env>): string {
  const { session, sessionCookie } = c.var
  const cookies = c.req.header('cookie') ?? ''
  const others = cookies.split(';').filter((it) => it.split('=', 1)[0]?.trim() !== sessionCookie.name)
  const token = session && sessionCookie.read(cookies)
  const own = token ? [sessionCookie.write(token, 0).split(';', 1).join()] : []
  return [...own, ...others].join(';')
}

function requireSession(c: HonoContext<Env>): void {
  if (!c.var.session) throw new Refusal('signed-out', '登录已过期或尚未登录，请先登录。')
}

async function ownUserName(c: HonoContext<Env>): Promise<string> {
  const { database, session } = c.var
  const [user] = await database.app
    .select({ username: signInUsers.username })
    .from(signInUsers)
    .where(eq(signInUsers.id, session?.userId ?? ''))
  return user?.username ?? ''
}

/** Whether what was shown was wrong, used up or shown too often; not a fault of ours, nor a sign-in that has lapsed. */
const isWrong = (error: unknown) => error instanceof Refusal && ['malformed', 'too-many'].includes(error.reason)

async function hasSecondFactor(c: HonoContext<Env>): Promise<boolean> {
  const { database, session } = c.var
  const [user] = await database.app
    .select({ isEnabled: signInUsers.twoFactorEnabled })
    .from(signInUsers)
    .where(eq(signInUsers.id, session?.userId ?? ''))
  return user?.isEnabled ?? false
}

/** Who has given the password and is asked for the second factor: the library keeps it under the name in its cookie. */
async function challengedUser(c: HonoContext<Env>): Promise<string | null> {
  const challenge = c.var.sessionCookie.readOther(c.req.header('cookie'), 'two_factor')
  if (challenge === null) return null
  const [row] = await c.var.database.app
    .select({ userId: signInVerifications.value })
    .from(signInVerifications)
    .where(eq(signInVerifications.identifier, challenge))
  return row?.userId ?? null
}

async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null)
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
}

/** What the library refuses, in our words. */
function refusalOf(status: number, code: string): Refusal {
  if (isProblem(code)) return new Refusal('forbidden', signInProblems[code])
  const known = messages[code]
  if (known) return new Refusal(...known)
  if (status >= 500) throw new Error(`the sign-in library failed: ${status} ${code}`)
  if (status === 429) return new Refusal('too-many', '尝试次数过多，请 15 分钟后再试。')
  if (status === 401) return new Refusal('signed-out', '登录已过期或尚未登录，请重新登录。')
  return new Refusal('malformed', '没有完成，请刷新页面后重试。')
}

const messages: Readonly<Record<string, ConstructorParameters<typeof Refusal>>> = {
  INVALID_USERNAME_OR_PASSWORD: ['signed-out', '用户名或密码不正确，请核对后重试。'],
  INVALID_PASSWORD: ['malformed', '当前密码不正确，请核对后重试。'],
  INVALID_CODE: ['malformed', '动态口令不正确。请核对手机时间是否准确，再输入当前显示的 6 位数字。'],
  INVALID_BACKUP_CODE: ['malformed', '备用码不正确，或已经用过。'],
  INVALID_TWO_FACTOR_COOKIE: ['signed-out', '本次登录已超时，请重新输入用户名和密码。'],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ['too-many', '动态口令错误次数过多，请重新登录。'],
  ACCOUNT_TEMPORARILY_LOCKED: ['too-many', '动态口令错误次数过多，请 15 分钟后再试。'],
  TOTP_NOT_ENABLED: ['conflict', '尚未绑定动态口令。'],
  TOTP_ALREADY_ENABLED: ['conflict', '已经绑定动态口令。如需更换，请先解除，或请系统管理员重置。'],
}

const isProblem = (code: string): code is keyof typeof signInProblems => Object.hasOwn(signInProblems, code)

/** Sends whom the campus provider did not let in to the sign-in page, with a reason that the page can put into words. */
function withOwnProblem(response: Response): Response {
  const location = response.headers.get('location') ?? ''
  const error = new URL(location, 'http://here').searchParams.get('error')
  if (error === null) return response
  const problem = error === 'signup_disabled' ? 'campus:unknown' : isProblem(error) ? error : failedAtCampus
  response.headers.set('location', `/sign-in?problem=${encodeURIComponent(problem)}`)
  return response
}

/** Ends the session that an answer of the library opens where its code has opened one before. */
async function refuseUsedCode(c: HonoContext<Env>, response: Response, code: string): Promise<void> {
  const { database, encryption, now } = c.var
  const token = openedBy(c, response)
  if (!token) return
  const [session] = await database.app.select().from(signInSessions).where(eq(signInSessions.token, token))
  if (session && (await useCode(database.app, encryption, { userId: session.userId, code }, now))) return
  await database.app.delete(signInSessions).where(eq(signInSessions.token, token))
  throw new Refusal('malformed', '这个动态口令刚刚用过。请等手机上换出下一个，再输入新的 6 位数字。')
}

/** The token of the session that an answer of the library opens, null where it opens none. */
function openedBy(c: HonoContext<Env>, response: Response): string | null {
  const { sessionCookie } = c.var
  const opened = response.headers.getSetCookie().filter((it) => it.startsWith(`${sessionCookie.name}=`))
  return sessionCookie.read(opened.at(-1)?.split(';')[0])
}

/** Writes down who has signed in, where an answer of the library opens a session. */
async function recordSignIn(c: HonoContext<Env>, response: Response): Promise<void> {
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

/**
 * For an account without a password the library has nothing to compare and answers at once, where a wrong password and an
 * unknown name take a hash each: a stranger could tell by the clock which numbers have an account. So it is made here.
 */
async function takeAsLong(c: HonoContext<Env>, userName: string, password: string): Promise<void> {
  const [user] = await c.var.database.app
    .select({ password: signInCredentials.password })
    .from(signInUsers)
    .leftJoin(
      signInCredentials,
      and(eq(signInCredentials.userId, signInUsers.id), eq(signInCredentials.providerId, 'credential')),
    )
    .where(eq(signInUsers.username, userName.toLowerCase()))
  if (user && user.password === null) await hashPassword(password)
}

/** Writes down what the owner of the session has done, or has tried. */
async function recordOwn(c: HonoContext<Env>, event: JournalEvent): Promise<void> {
  await inTransaction(c, (ctx) => record(ctx, event, { kind: 'account', id: ctx.actor.accountId }))
}

/** Writes down a failed attempt to sign in. The name as typed is not kept: people type their password there by mistake. */
async function recordFailure(c: HonoContext<Env>, event: JournalEvent, whose: SQL): Promise<void> {
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
