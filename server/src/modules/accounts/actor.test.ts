import { addDays } from '@zhibu/rules'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { testApp } from '../../../test/app.ts'
import { statementsOf, today } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import { whoActs } from './actor.ts'
import { signInSessions } from './tables.ts'

const server = await testApp()
const { build, database, clock } = server

/** Who acts with a new session of the account, on a day. */
async function actorOf(account: { userId: string }, on = today) {
  const token = newId()
  const now = new Date(`${on}T02:00:00Z`)
  const times = { createdAt: now, updatedAt: now, expiresAt: new Date(now.getTime() + 3_600_000) }
  await database.app.insert(signInSessions).values({ id: newId(), userId: account.userId, token, ...times })
  const found = await whoActs(database, build.tenantId, token, { now, today: on, isDemo: false })
  return found?.actor
}

describe('an actor', () => {
  test('has the rights of all offices held on the day, both days of the term included', async () => {
    const person = await build.person(build.branch, { name: '喻任期' })
    const account = await server.account({ name: '喻任期', person })
    await build.office(person, build.branch, 'publicityMember', { from: '2025-01-01' })
    await build.office(person, build.sibling, 'secretary', { from: today, until: addDays(today, 2) })
    const paths = async (on: typeof today) => (await actorOf(account, on))?.grants.map((it) => it.path).sort()
    expect(await paths(addDays(today, -1))).toEqual([build.branch.path])
    expect(await paths(today)).toEqual([build.branch.path, build.sibling.path])
    expect(await paths(addDays(today, 2))).toEqual([build.branch.path, build.sibling.path])
    expect(await paths(addDays(today, 3))).toEqual([build.branch.path])
  })

  test('who is an administrator has no right of an office, whatever the register says', async () => {
    const person = await build.person(build.branch, { name: '苏两职' })
    await build.office(person, build.branch, 'secretary')
    const actor = await actorOf(await server.account({ name: '苏两职', person, administrator: 'auditor' }))
    expect([actor?.administrator, actor?.grants]).toEqual(['auditor', []])
  })

  test('of another university is nobody here', async () => {
    const token = newId()
    const now = clock.at
    const times = { createdAt: now, updatedAt: now, expiresAt: new Date(now.getTime() + 3_600_000) }
    const { userId } = server.accounts.secretary
    await database.app.insert(signInSessions).values({ id: newId(), userId, token, ...times })
    expect(await whoActs(database, 'another university', token, { now, today, isDemo: false })).toBeNull()
    expect((await whoActs(database, build.tenantId, token, { now, today, isDemo: false }))?.actor.name).toBe('李晓岚')
  })

  test('is read in one statement, however many offices and delegations there are', async () => {
    const browser = await server.signedIn(server.accounts.secretary)
    await browser.get('/api/accounts/session')
    expect(await statementsOf(() => browser.get('/api/accounts/nothing'))).toBe(1)
    for (const at of [build.sibling, build.distant]) await build.office(build.li, at, 'orgMember')
    expect(await statementsOf(() => browser.get('/api/accounts/nothing'))).toBe(1)
  })

  test('uses a session: written down once in five minutes', async () => {
    const { userId } = await server.account({ name: '潘用时' })
    const token = newId()
    const start = clock.at
    const times = { createdAt: start, updatedAt: start, expiresAt: new Date(start.getTime() + 3_600_000) }
    await database.app.insert(signInSessions).values({ id: newId(), userId, token, ...times })
    const usedAfter = async (minutes: number) => {
      const now = new Date(start.getTime() + minutes * 60_000)
      await whoActs(database, build.tenantId, token, { now, today, isDemo: false })
      const [row] = await database.app.select().from(signInSessions).where(eq(signInSessions.token, token))
      return ((row?.updatedAt.getTime() ?? 0) - start.getTime()) / 60_000
    }
    expect([await usedAfter(4.9), await usedAfter(5), await usedAfter(9.9), await usedAfter(10)]).toEqual([0, 5, 5, 10])
  })
})
