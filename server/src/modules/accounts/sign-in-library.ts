import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { APIError } from 'better-auth/api'
import { betterAuth } from 'better-auth/minimal'
import { genericOAuth, twoFactor, username } from 'better-auth/plugins'
import { and, eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { CampusProvider, Config } from '../../platform/config.ts'
import type { Database } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { cookiePrefix } from '../../platform/session.ts'
import { inOneLine, withoutMarks } from '../../platform/visible-text.ts'
import { persons } from '../people/tables.ts'
import { scopeOfSignIn, sessionLimits } from './actor.ts'
import { administratorAtCampus, lockedAccount, type SignInProblem, unknownAtCampus } from './schema.ts'
import {
  accounts,
  signInCredentials,
  signInSecondFactors,
  signInSessions,
  signInUsers,
  signInVerifications,
} from './tables.ts'

/** The name of the campus provider in addresses: `/api/auth/callback/campus`. */
export const campusId = 'campus'

/** The header in which we tell the library the network address that we trust. */
export const addressHeader = 'x-zhibu-address'

/** The library that checks passwords, second factors and the campus provider, and makes sessions. */
export type SignInLibrary = ReturnType<typeof openSignInLibrary>

/** What the library needs. `university` answers null until the university has been set up. */
interface Surroundings {
  database: Database
  config: Config
  secret: string
  university: () => Promise<string | null>
  log: Logger
}

/** Opens the library on our tables. Nobody can sign up; whoever signs in has an account that is not locked. */
export function openSignInLibrary({ database, config, secret, university, log }: Surroundings) {
  const find = accountFinder(database, university)
  return betterAuth({
    appName: '支部工作台',
    baseURL: config.baseUrl,
    basePath: '/api/auth',
    secret,
    database: drizzleAdapter(database.app, {
      provider: 'pg',
      schema: {
        user: signInUsers,
        session: signInSessions,
        account: signInCredentials,
        verification: signInVerifications,
        twoFactor: signInSecondFactors,
      },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    plugins: [
      username({ displayUsername: false, minUsernameLength: 1, maxUsernameLength: 60, usernameValidator: () => true }),
      twoFactor({ issuer: '支部工作台' }),
      ...(config.campus ? [genericOAuth({ config: [campusOptions(config.campus, find)] })] : []),
    ],
    session: { expiresIn: sessionLimits.everyone.absoluteHours * 3600, disableSessionRefresh: true },
    account: {
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, trustedProviders: [campusId], requireLocalEmailVerified: false },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, request) => {
            const account = await find.byUser(session.userId)
            const problem = problemOf(account, request?.path.startsWith('/callback/') ?? false)
            if (problem) throw new APIError('FORBIDDEN', { code: problem })
          },
        },
      },
      user: {
        update: {
          // Whoever has just set up a second factor goes on in a new session; older ones were opened without it.
          after: async (user, request) => {
            if (request?.path === '/two-factor/verify-totp') {
              await database.app.delete(signInSessions).where(eq(signInSessions.userId, user.id))
            }
          },
        },
      },
      account: {
        create: {
          // Nothing is asked of the campus provider later, so none of its tokens is kept.
          before: async () => ({ data: { accessToken: null, refreshToken: null, idToken: null } }),
        },
      },
    },
    advanced: {
      cookiePrefix,
      useSecureCookies: config.baseUrl.startsWith('https:'),
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // What the library calls an error is mostly a stranger's attempt; its arguments, which may name people, are left out.
    logger: { level: 'error', log: (_level, message) => log.warn({ from: 'sign-in' }, message) },
  })
}

interface FoundAccount {
  isLocked: boolean
  administrator: string | null
  email: string
}

/** Why this account may not have a session, undefined where it may. Administrators come with their second factor only. */
function problemOf(account: FoundAccount | undefined, isFromCampus: boolean): SignInProblem | undefined {
  if (!account) return isFromCampus ? unknownAtCampus : lockedAccount
  if (account.isLocked) return lockedAccount
  return isFromCampus && account.administrator ? administratorAtCampus : undefined
}

/** Finds accounts for somebody of whom no more is known than a user of the library or a number at the campus. */
function accountFinder(database: Database, university: () => Promise<string | null>) {
  const columns = { isLocked: accounts.isLocked, administrator: accounts.administrator, email: signInUsers.email }

  async function byUser(userId: string): Promise<FoundAccount | undefined> {
    const tenantId = await university()
    if (!tenantId) return undefined
    const [row] = await database.transaction(scopeOfSignIn(tenantId), (db) =>
      db
        .select(columns)
        .from(accounts)
        .innerJoin(signInUsers, eq(signInUsers.id, accounts.userId))
        .where(and(eq(accounts.tenantId, tenantId), eq(accounts.userId, userId))),
    )
    return row
  }

  async function byNumber(number: string): Promise<FoundAccount | undefined> {
    const tenantId = await university()
    if (!tenantId || number === '') return undefined
    const [row] = await database.transaction(scopeOfSignIn(tenantId), (db) =>
      db
        .select(columns)
        .from(persons)
        .innerJoin(accounts, and(eq(accounts.tenantId, persons.tenantId), eq(accounts.personId, persons.id)))
        .innerJoin(signInUsers, eq(signInUsers.id, accounts.userId))
        .where(and(eq(persons.tenantId, tenantId), eq(persons.studentNumber, number))),
    )
    return row
  }

  return { byUser, byNumber }
}

/** First sign-in links the identity to the account whose person has the number; nobody gets an account by it. */
function campusOptions(campus: CampusProvider, find: ReturnType<typeof accountFinder>) {
  const discoveryUrl = `${campus.issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`
  return {
    providerId: campusId,
    name: campus.name,
    discoveryUrl,
    requireIdTokenVerification: true,
    clientId: campus.clientId,
    clientSecret: campus.clientSecret,
    scopes: ['openid', 'profile'],
    disableSignUp: true,
    // The library has verified the id token before it asks for the claims.
    getUserInfo: async ({
      idToken,
      accessToken,
    }: {
      idToken?: string | undefined
      accessToken?: string | undefined
    }) => {
      const claims: Record<string, unknown> = idToken ? claimsOf(idToken) : {}
      const more = campus.numberClaim in claims ? {} : await userInfo(discoveryUrl, accessToken)
      return { ...more, ...claims, emailVerified: true }
    },
    mapProfileToUser: async (profile: Record<string, unknown>) => {
      const account = await find.byNumber(inOneLine(withoutMarks(String(profile[campus.numberClaim] ?? ''))))
      return { email: account?.email ?? unknownAtCampus, emailVerified: true, name: '' }
    },
  }
}

/** What an id token says; whether it is genuine has been seen to before. */
function claimsOf(idToken: string): Record<string, unknown> {
  const claims: unknown = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString())
  return typeof claims === 'object' && claims !== null ? { ...claims } : {}
}

async function userInfo(discoveryUrl: string, accessToken: string | undefined): Promise<Record<string, unknown>> {
  if (!accessToken) return {}
  const { userinfo_endpoint: endpoint } = await readJson(discoveryUrl)
  if (typeof endpoint !== 'string') return {}
  return readJson(endpoint, { authorization: `Bearer ${accessToken}` })
}

async function readJson(url: string, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) })
  const body: unknown = response.ok ? await response.json() : {}
  return typeof body === 'object' && body !== null ? { ...body } : {}
}
