import path from 'node:path'
import { hashPassword } from 'better-auth/crypto'
import type { Hono } from 'hono'
import { pino } from 'pino'
import { createApp } from '../src/app.ts'
import { openBroadcasts } from '../src/broadcasts.ts'
import { accounts, signInCredentials, signInSessions, signInUsers } from '../src/modules/accounts/tables.ts'
import { openLive } from '../src/modules/notices/live.ts'
import { type Config, readConfig } from '../src/platform/config.ts'
import { openContent } from '../src/platform/content/content.ts'
import type { AdministratorRole } from '../src/platform/context.ts'
import { type Database, openDatabase } from '../src/platform/database.ts'
import type { Env } from '../src/platform/http.ts'
import { newId } from '../src/platform/ids.ts'
import type { Outgoing } from '../src/platform/outgoing.ts'
import { openPageReader } from '../src/platform/pages/page-reader.ts'
import { csrfHeader } from '../src/platform/security.ts'
import { sessionCookie } from '../src/platform/session.ts'
import { makeSetupCode } from '../src/platform/setup-code.ts'
import { afterwards, freshDatabase } from './database.ts'
import { temporaryDirectory } from './directory.ts'
import { type BuiltPerson, encryption, type SmallUniversity, secrets, smallUniversity, today } from './factories.ts'

/** An account of the tests, as it lies in the tables. */
export interface BuiltAccount {
  id: string
  userId: string
  userName: string
}

/** Who can sign in to the small university: each with an account, the officers with an office in the database. */
export const testActors = [
  'secretary',
  'siblingSecretary',
  'distantSecretary',
  'organiser',
  'otherOrganiser',
  'department',
  'publicity',
  'partySchool',
  'applicant',
  'stranger',
  'sysadmin',
  'secadmin',
  'auditor',
] as const
export type TestActor = (typeof testActors)[number]

/** The password of every account of the tests that has one. */
export const testPassword = '云山 sheng hai 42'

/**
 * The whole server on a database of its own with the small university in it, and a way to sign in as anybody of `testActors`.
 * The clock stands at ten in the morning in China of the day of the tests, until it is moved. Settings of `config` go before.
 */
export async function testApp(
  config: Partial<Config> = {},
  { connections = 8, outgoing }: { connections?: number; outgoing?: Outgoing } = {},
) {
  const database = await freshDatabase({ connections })
  const build = await smallUniversity(database)
  const papers = await papersOf()
  return {
    ...served(database, papers, config, outgoing),
    ...(await peopled(database, build)),
    build,
    /** Another server on the same database, as another process has it: it knows nothing but what the database says. */
    another() {
      const own = openDatabase(database.address, { connections })
      afterwards(() => own.close())
      return served(own, papers, config, outgoing)
    },
  }
}
export type TestApp = Awaited<ReturnType<typeof testApp>>

/** The server on a database in which no university has been set up. */
export async function emptyApp(config: Partial<Config> = {}) {
  return served(await freshDatabase(), await papersOf(), config)
}

/** A store of its own, and a reader of what lies there; both are gone afterwards. */
async function papersOf() {
  const { directory, remove } = await temporaryDirectory()
  const pageReader = await openPageReader(path.join(directory, 'pages'), () => undefined)
  afterwards(async () => {
    await pageReader.close()
    await remove()
  })
  return { contents: openContent({ dataDirectory: directory, content: readConfig({}).content }, secrets), pageReader }
}

function served(
  database: Database,
  papers: Awaited<ReturnType<typeof papersOf>>,
  differs: Partial<Config>,
  outgoing?: Outgoing,
) {
  const config: Config = { ...readConfig({ LOG_LEVEL: 'silent' }), baseUrl: 'http://zhibu.test', ...differs }
  const clock = { at: new Date(`${today}T02:00:00Z`) }
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'info', base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const { code: setupCode, guard: setupGuard } = makeSetupCode(() => clock.at.getTime())
  const now = () => clock.at
  const live = openLive(database, (err) => log.error({ err }, 'pages could not be told of notices'))
  afterwards(() => live.close())
  const broadcasts = openBroadcasts(database, log)
  afterwards(() => broadcasts.close())
  const parts = { config, secrets, encryption, database, ...papers, ...(outgoing && { outgoing }), log }
  const app = createApp({ ...parts, live, broadcasts, webFolder: null, setupGuard, now })
  return {
    ...papers,
    app,
    /** What the console of the server would show. */
    setupCode,
    config,
    database,
    clock,
    /** The lines that the server has logged. */
    lines,
    /** A browser that nobody has signed in with. */
    browser: () => browserOf(app),
    /** A browser with a session of this account, opened without asking for a password. */
    async signedIn(account: BuiltAccount) {
      const browser = browserOf(app)
      const token = newId()
      await database.app.insert(signInSessions).values({
        id: newId(),
        userId: account.userId,
        token,
        // The library for signing in goes by the real clock, which is not stopped.
        expiresAt: new Date(Math.max(clock.at.getTime(), Date.now()) + 7 * 24 * 3_600_000),
        createdAt: clock.at,
        updatedAt: clock.at,
      })
      browser.take(sessionCookie(secrets.session, false).write(token, 3600))
      return browser
    },
  }
}

async function peopled(database: Database, build: SmallUniversity) {
  const { university, college, branch, sibling, other, distant } = build
  const organiser = await build.person(college, { name: '吴远舟' })
  const otherOrganiser = await build.person(other, { name: '郑清和' })
  const department = await build.person(university, { name: '冯景行' })
  const publicity = await build.person(university, { name: '陈书白' })
  const partySchool = await build.person(university, { name: '褚知行' })
  await build.office(build.li, branch, 'secretary')
  await build.office(build.zhao, sibling, 'secretary')
  await build.office(build.sun, distant, 'secretary')
  await build.office(organiser, college, 'organiser')
  await build.office(otherOrganiser, other, 'organiser')
  await build.office(department, university, 'orgDepartment')
  await build.office(publicity, university, 'publicityDepartment')
  await build.office(partySchool, university, 'partySchool')
  const bystander = await build.person(distant, { name: '卫南星', studentNumber: '2023020002' })

  const ofPerson = (person: BuiltPerson) => account(database, build, { person, name: person.name })
  const ofRole = (administrator: AdministratorRole) => account(database, build, { administrator, name: administrator })
  const of: Record<TestActor, BuiltAccount> = {
    secretary: await ofPerson(build.li),
    siblingSecretary: await ofPerson(build.zhao),
    distantSecretary: await ofPerson(build.sun),
    organiser: await ofPerson(organiser),
    otherOrganiser: await ofPerson(otherOrganiser),
    department: await ofPerson(department),
    publicity: await ofPerson(publicity),
    partySchool: await ofPerson(partySchool),
    applicant: await ofPerson(build.wang),
    stranger: await ofPerson(bystander),
    sysadmin: await ofRole('sysadmin'),
    secadmin: await ofRole('secadmin'),
    auditor: await ofRole('auditor'),
  }
  return {
    /** The accounts by who they are. */
    accounts: of,
    /** Adds an account: of a person, of an administrator, with `testPassword` where asked for. */
    account: (fields: NewTestAccount) => account(database, build, fields),
  }
}

export interface NewTestAccount {
  name: string
  person?: BuiltPerson
  administrator?: AdministratorRole
  /** As given; otherwise made up. */
  userName?: string
  hasPassword?: boolean
  /** Whether the library takes a second factor for set up; administrators have one unless told otherwise. */
  hasSecondFactor?: boolean
}

async function account(database: Database, build: SmallUniversity, given: NewTestAccount): Promise<BuiltAccount> {
  const { tenantId } = build
  const userId = newId()
  const userName = given.userName ?? `user${userId.slice(-8)}`
  const it = { id: newId(), userId, userName }
  await database.app.insert(signInUsers).values({
    id: userId,
    name: given.name,
    email: userName,
    username: userName,
    twoFactorEnabled: given.hasSecondFactor ?? given.administrator !== undefined,
  })
  if (given.hasPassword) {
    const password = await hashPassword(testPassword)
    const credential = { id: newId(), userId, providerId: 'credential', accountId: userId, password }
    await database.app.insert(signInCredentials).values(credential)
  }
  const { person, administrator = null, name } = given
  const row = { tenantId, id: it.id, userId, personId: person?.id ?? null, name, administrator }
  await build.look((db) => db.insert(accounts).values(row))
  return it
}

/** The text of an answer; of one that stays open the first thing it tells, and then it is left. */
export async function textOf(response: Response): Promise<string> {
  const isOpen = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (!isOpen || !response.body) return response.text()
  const reader = response.body.getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return new TextDecoder().decode(value)
}

/** A browser: keeps cookies, says that its requests come from a page of ours, and marks its writes. */
export type Browser = ReturnType<typeof browserOf>

function browserOf(app: Hono<Env>) {
  const cookies = new Map<string, string>()

  function take(setCookie: string) {
    const [pair = '', ...attributes] = setCookie.split(';')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    if (value === '' || attributes.some((it) => it.trim().toLowerCase() === 'max-age=0')) cookies.delete(name)
    else cookies.set(name, value)
  }

  function request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    if (body === undefined) return send(method, path, undefined, headers)
    return send(method, path, JSON.stringify(body), { 'content-type': 'application/json', ...headers })
  }

  /** The same with the body as it goes over the wire. */
  async function send(
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | undefined,
    headers: Record<string, string>,
  ) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await app.request(path, {
      method,
      headers: {
        'sec-fetch-site': 'same-origin',
        [csrfHeader]: '1',
        ...(cookie ? { cookie } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    })
    for (const it of response.headers.getSetCookie()) take(it)
    return response
  }

  return {
    cookies,
    take,
    request,
    send,
    get: (path: string, headers?: Record<string, string>) => request('GET', path, undefined, headers),
    post: (path: string, body: unknown = {}, headers?: Record<string, string>) => request('POST', path, body, headers),
    patch: (path: string, body: unknown, headers?: Record<string, string>) => request('PATCH', path, body, headers),
    put: (path: string, body: unknown, headers?: Record<string, string>) => request('PUT', path, body, headers),
    delete: (path: string, headers?: Record<string, string>) => request('DELETE', path, undefined, headers),
  }
}
