import { hashPassword } from 'better-auth/crypto'
import { and, eq } from 'drizzle-orm'
import type { Context as HonoContext } from 'hono'
import { answers, asks, type Env, router } from '../../platform/http.ts'
import type { JournalEvent } from '../../platform/journal.ts'
import { Refusal, signedOut } from '../../platform/refusal.ts'
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
} from './schema.ts'
import { openedBy, recordFailure, recordOwn, recordSignIn } from './sign-in-journal.ts'
import { addressHeader, campusId, type SignInLibrary } from './sign-in-library.ts'
import { refusalOf, withOwnProblem } from './sign-in-refusals.ts'
import { signInCredentials, signInSessions, signInUsers, signInVerifications } from './tables.ts'

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
    if (response.status >= 400) throw await refusalOf(response)
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
    if ((await ownUser(c)).hasSecondFactor) throw new Refusal('conflict', '已经绑定动态口令，无需再次验证。')
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
    const { userName } = await ownUser(c)
    const attempt = await beginAttempt(database.app, encryption, { userName, address }, now)
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
      refuseWeakPassword(newPassword, (await ownUser(c)).userName, 'newPassword')
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
  if (!c.var.session) throw signedOut()
}

/** The owner of the session as the library keeps him. */
async function ownUser(c: HonoContext<Env>): Promise<{ userName: string; hasSecondFactor: boolean }> {
  const { database, session } = c.var
  const [user] = await database.app
    .select({ userName: signInUsers.username, hasSecondFactor: signInUsers.twoFactorEnabled })
    .from(signInUsers)
    .where(eq(signInUsers.id, session?.userId ?? ''))
  return { userName: user?.userName ?? '', hasSecondFactor: user?.hasSecondFactor ?? false }
}

/** Whether what was shown was wrong, used up or shown too often; not a fault of ours, nor a sign-in that has lapsed. */
const isWrong = (error: unknown) => error instanceof Refusal && ['malformed', 'too-many'].includes(error.reason)

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
