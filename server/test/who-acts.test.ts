import { nationalPractice } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { accounts, signInSessions } from '../src/modules/accounts/tables.ts'
import { developmentActs } from '../src/modules/development/tables.ts'
import { offices } from '../src/modules/organization/tables.ts'
import { type BuiltAccount, testApp } from './app.ts'
import { type BuiltPerson, statementsOf } from './factories.ts'
import { waitingForLocks } from './locks.ts'

/** Who acts is remembered from one request to the next and proved together with what is asked: what has changed counts at once. */
const server = await testApp()
const { build, database, clock } = server

const fileOf = (person: BuiltPerson) => `/api/development/files/${person.id}`
const application = { act: { kind: 'application', on: '2026-01-05' } }

interface Officer {
  person: BuiltPerson
  account: BuiltAccount
  officeId: string
}

/** A secretary of the branch with a file to keep, who has asked often enough that every connection knows the statements. */
async function remembered() {
  const person = await build.person(build.branch, { name: '罗知微' })
  const candidate = await build.person(build.branch, { name: '何清远' })
  const officer = {
    person,
    account: await server.account({ name: '罗知微', person }),
    officeId: await build.office(person, build.branch, 'secretary'),
  }
  const browser = await server.signedIn(officer.account)
  for (let at = 0; at < 10; at++) {
    const answered = await Promise.all(Array.from({ length: 8 }, () => browser.get(fileOf(candidate))))
    expect(new Set(answered.map((it) => it.status))).toEqual(new Set([200]))
  }
  return { officer, browser, candidate }
}

/** Changes behind the back of the server, as another process would. */
const changes: Record<string, (of: Officer) => Promise<unknown>> = {
  'the account is locked': ({ account }) =>
    build.look((db) => db.update(accounts).set({ isLocked: true }).where(eq(accounts.id, account.id))),
  'the session is revoked': ({ account }) =>
    database.app.delete(signInSessions).where(eq(signInSessions.userId, account.userId)),
  'the session has run out': ({ account }) =>
    database.app.update(signInSessions).set({ expiresAt: clock.at }).where(eq(signInSessions.userId, account.userId)),
  'the office has ended': ({ officeId }) =>
    build.look((db) => db.update(offices).set({ until: '2026-11-22' }).where(eq(offices.id, officeId))),
  'the office is held elsewhere': ({ officeId }) =>
    build.look((db) => db.update(offices).set({ path: build.distant.path }).where(eq(offices.id, officeId))),
}

describe('counts at once, reading and writing', () => {
  test.each<[change: string, status: number]>([
    ['the account is locked', 401],
    ['the session is revoked', 401],
    ['the session has run out', 401],
    ['the office has ended', 404],
    ['the office is held elsewhere', 404],
  ])('%s', async (change, status) => {
    for (const ask of ['read', 'write'] as const) {
      const { officer, browser, candidate } = await remembered()
      await changes[change]?.(officer)
      const answered =
        ask === 'read'
          ? await browser.get(fileOf(candidate))
          : await browser.request('POST', `${fileOf(candidate)}/acts`, application, { 'if-match': '"1"' })
      expect([ask, answered.status]).toEqual([ask, status])
      const of = and(eq(developmentActs.tenantId, build.tenantId), eq(developmentActs.personId, candidate.id))
      expect(await build.look((db) => db.$count(developmentActs, of))).toBe(0)
    }
  })

  test('a right given since, in a list and for what is refused before the database is asked', async () => {
    const { officer, browser } = await remembered()
    const listed = async () =>
      (await (await browser.get(`/api/development/dues?whose=all&organizationId=${build.distant.id}`)).json()).total
    const set = async () => {
      const etag = (await browser.get('/api/development/settings')).headers.get('etag') ?? ''
      const asked = { 'if-match': etag }
      return (await browser.request('PUT', '/api/development/settings/practice', nationalPractice, asked)).status
    }
    expect([await listed(), await set()]).toEqual([0, 403])
    const above = await server.signedIn(server.accounts.otherOrganiser)
    await above.request('POST', `${fileOf(build.sun)}/acts`, application, { 'if-match': '"1"' })
    await build.office(officer.person, build.university, 'orgDepartment')
    expect([(await listed()) > 0, await set()]).toEqual([true, 204])
  })

  test('a route that asks the database nothing', async () => {
    const { officer, browser } = await remembered()
    expect((await browser.get('/api/development/rules')).status).toBe(200)
    await changes['the account is locked']?.(officer)
    expect((await browser.get('/api/development/rules')).status).toBe(401)
  })
})

test('proving takes no more statements than asking, and the work is done once', async () => {
  const { browser, candidate } = await remembered()
  expect(await statementsOf(() => browser.get(fileOf(candidate)))).toBe(2)
  const record = () => browser.request('POST', `${fileOf(candidate)}/acts`, application, { 'if-match': '"1"' })
  expect((await record()).status).toBe(201)
  expect((await record()).status).toBe(412)
  const of = and(eq(developmentActs.tenantId, build.tenantId), eq(developmentActs.personId, candidate.id))
  expect(await build.look((db) => db.$count(developmentActs, of))).toBe(1)
})

test('what may have been done before the connection was lost is not done again', async () => {
  const { browser, candidate } = await remembered()
  const record = (etag: string) =>
    browser.request('POST', `${fileOf(candidate)}/acts`, application, { 'if-match': etag })
  // Until every connection knows the statement, so that it travels together with the proof.
  for (let at = 0; at < 4; at++) await Promise.all(Array.from({ length: 16 }, () => record('"9"')))
  const { answer } = await build.look(async (db) => {
    await db.execute(sql`select from persons where id = ${candidate.id} for update`)
    const answering = record('"1"')
    const [pid] = await waitingForLocks(database)
    await database.asOwner((owner) => owner.execute(sql`select pg_terminate_backend(${pid})`))
    return { answer: answering }
  })
  const answered = await answer
  expect([answered.status, (await answered.json()).reason]).toEqual([500, 'uncertain'])
  const of = and(eq(developmentActs.tenantId, build.tenantId), eq(developmentActs.personId, candidate.id))
  expect(await build.look((db) => db.$count(developmentActs, of))).toBe(0)
})

test('what somebody may see does not stay on the connection for the next', async () => {
  const { browser, candidate } = await remembered()
  const stranger = await server.signedIn(server.accounts.stranger)
  for (let at = 0; at < 20; at++) {
    const [own, foreign] = await Promise.all([browser.get(fileOf(candidate)), stranger.get(fileOf(candidate))])
    expect([own.status, foreign.status]).toEqual([200, 404])
  }
})
