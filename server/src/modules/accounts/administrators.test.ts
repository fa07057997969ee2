import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { testApp } from '../../../test/app.ts'
import { accounts, signInUsers } from './tables.ts'

const server = await testApp()
const { build } = server
const sysadmin = await server.signedIn(server.accounts.sysadmin)
const secadmin = await server.signedIn(server.accounts.secadmin)
const department = await server.signedIn(server.accounts.department)

const appoint = async (by: typeof sysadmin, accountId: string, role: string) =>
  (await by.put(`/api/accounts/${accountId}/administrator`, { role })).status

const giveOffice = async (personId: string) =>
  (
    await department.post(`/api/organization/${build.branch.id}/offices`, {
      personId,
      office: 'publicityMember',
      from: '2026-11-23',
    })
  ).status

const roleOf = async (accountId: string) => {
  const rows = await build.look((db) => db.select().from(accounts).where(eq(accounts.id, accountId)))
  return rows[0]?.administrator
}

describe('the three administrators', () => {
  test('are appointed and dismissed by the security administrator only', async () => {
    const { id } = await server.account({ name: '朱明远', hasSecondFactor: true })
    for (const actor of ['sysadmin', 'auditor', 'department', 'secretary', 'applicant'] as const) {
      expect(await appoint(await server.signedIn(server.accounts[actor]), id, 'auditor')).toBe(403)
    }
    expect(await appoint(secadmin, id, 'auditor')).toBe(204)
    for (const actor of ['sysadmin', 'auditor', 'department'] as const) {
      const browser = await server.signedIn(server.accounts[actor])
      expect((await browser.delete(`/api/accounts/${id}/administrator`)).status).toBe(403)
    }
    expect((await secadmin.delete(`/api/accounts/${id}/administrator`)).status).toBe(204)
    expect(await roleOf(id)).toBeNull()
  })

  test('exclude one another', async () => {
    const { id } = await server.account({ name: '秦致中', hasSecondFactor: true })
    expect(await appoint(secadmin, id, 'auditor')).toBe(204)
    expect(await appoint(secadmin, id, 'sysadmin')).toBe(409)
    expect(await roleOf(id)).toBe('auditor')
  })

  test('appoint nobody to anything for themselves', async () => {
    expect(await appoint(secadmin, server.accounts.secadmin.id, 'auditor')).toBe(409)
    const response = await secadmin.delete(`/api/accounts/${server.accounts.secadmin.id}/administrator`)
    expect(response.status).toBe(403)
  })

  test('hold no office: an officer is not appointed', async () => {
    expect(await appoint(secadmin, server.accounts.secretary.id, 'auditor')).toBe(409)
    const later = await build.person(build.branch, { name: '尤来日' })
    await build.office(later, build.branch, 'orgMember', { from: '2027-01-01' })
    expect(
      await appoint(
        secadmin,
        (await server.account({ name: '尤来日', person: later, hasSecondFactor: true })).id,
        'auditor',
      ),
    ).toBe(409)
    const former = await build.person(build.branch, { name: '许往日' })
    await build.office(former, build.branch, 'orgMember', { from: '2024-01-01', until: '2026-11-22' })
    expect(
      await appoint(
        secadmin,
        (await server.account({ name: '许往日', person: former, hasSecondFactor: true })).id,
        'auditor',
      ),
    ).toBe(204)
  })

  test('hold no office: an administrator is given none', async () => {
    const person = await build.person(build.branch, { name: '何清源' })
    const { id } = await server.account({ name: '何清源', person, hasSecondFactor: true })
    expect(await appoint(secadmin, id, 'auditor')).toBe(204)
    expect(await giveOffice(person.id)).toBe(409)
    expect((await secadmin.delete(`/api/accounts/${id}/administrator`)).status).toBe(204)
    expect(await giveOffice(person.id)).toBe(201)
    expect(await appoint(secadmin, id, 'auditor')).toBe(409)
  })

  test('and offices exclude one another when both are given at once', async () => {
    for (let round = 0; round < 5; round++) {
      const person = await build.person(build.branch, { name: `吕同时${round}` })
      const { id } = await server.account({ name: person.name, person, hasSecondFactor: true })
      const both = await Promise.all([appoint(secadmin, id, 'auditor'), giveOffice(person.id)])
      expect([
        [204, 409],
        [409, 201],
      ]).toContainEqual(both)
    }
  })

  test('see no files, and lose their sessions when their role changes', async () => {
    const account = await server.account({ name: '施公正', hasSecondFactor: true })
    const browser = await server.signedIn(account)
    expect((await browser.get('/api/accounts/session')).status).toBe(200)
    expect(await appoint(secadmin, account.id, 'auditor')).toBe(204)
    expect((await browser.get('/api/accounts/session')).status).toBe(401)
    for (const role of ['sysadmin', 'secadmin', 'auditor'] as const) {
      const administrator = await server.signedIn(server.accounts[role])
      expect((await administrator.get(`/api/people/${build.li.id}`)).status).toBe(404)
      expect((await (await administrator.get('/api/people')).json()).items).toEqual([])
    }
  })
})

test('the last one of a role stays', async () => {
  const other = await testApp()
  const second = await other.account({ name: '二号安全管理员', administrator: 'secadmin' })
  const browser = await other.signedIn(second)
  expect((await browser.delete(`/api/accounts/${other.accounts.secadmin.id}/administrator`)).status).toBe(204)
  const { id: auditorId } = other.accounts.auditor
  const lock = async () => (await browser.put(`/api/accounts/${auditorId}/lock`, { reason: '核查' })).status
  expect((await browser.delete(`/api/accounts/${auditorId}/administrator`)).status).toBe(409)
  expect(await lock()).toBe(409)
  await other.account({ name: '二号审计员', administrator: 'auditor' })
  expect(await lock()).toBe(204)
})

test('the first security administrator and the first auditor are appointed by the system administrator, once', async () => {
  const fresh = await testApp()
  await fresh.build.look((db) => db.delete(accounts).where(eq(accounts.administrator, 'secadmin')))
  await fresh.build.look((db) => db.delete(accounts).where(eq(accounts.administrator, 'auditor')))
  const first = await fresh.signedIn(fresh.accounts.sysadmin)
  const people = [
    await fresh.account({ name: '甲', hasSecondFactor: true }),
    await fresh.account({ name: '乙', hasSecondFactor: true }),
    await fresh.account({ name: '丙', hasSecondFactor: true }),
  ]
  const [a, b, c] = people.map(({ id }) => id)
  expect(await appoint(first, a ?? '', 'sysadmin')).toBe(403)
  expect(
    (await Promise.all([appoint(first, a ?? '', 'secadmin'), appoint(first, b ?? '', 'secadmin')])).sort(),
  ).toEqual([204, 403])
  expect(await appoint(first, c ?? '', 'auditor')).toBe(204)
})

test('password and second factor of an account lie in two hands', async () => {
  const { id: target } = await server.account({ name: '另一审计员', administrator: 'auditor' })
  const statusOf = async (by: typeof sysadmin, method: string, path: string) =>
    (await by.request(method, `/api/accounts/${path}`, method === 'PUT' ? { reason: '核查' } : {})).status
  expect(await statusOf(secadmin, 'POST', `${target}/invitation`)).toBe(403)
  expect(await statusOf(sysadmin, 'DELETE', `${target}/second-factor`)).toBe(403)
  expect(await statusOf(sysadmin, 'PUT', `${target}/lock`)).toBe(403)
  expect(await statusOf(sysadmin, 'POST', `${server.accounts.sysadmin.id}/invitation`)).toBe(403)
  expect(await statusOf(secadmin, 'DELETE', `${server.accounts.secadmin.id}/second-factor`)).toBe(403)
  expect(await statusOf(secadmin, 'DELETE', `${target}/second-factor`)).toBe(409)
  expect(await statusOf(sysadmin, 'POST', `${target}/invitation`)).toBe(201)
  expect(await statusOf(secadmin, 'PUT', `${target}/lock`)).toBe(204)
})

describe('no administrator is without a second factor', () => {
  test('so nobody is appointed who has none', async () => {
    const { id } = await server.account({ name: '孔未绑' })
    const refused = await secadmin.put(`/api/accounts/${id}/administrator`, { role: 'auditor' })
    expect([refused.status, (await refused.json()).detail]).toEqual([
      409,
      '孔未绑还没有绑定动态口令。请其本人登录，在“本人账号”中绑定以后再任命。',
    ])
    const [row] = (await (await secadmin.get('/api/accounts?q=孔未绑')).json()).items
    expect([row.can.appoint, await roleOf(id)]).toEqual([[], null])
  })

  test('an administrator without one is not invited anew, and the password stays', async () => {
    const given = { name: '曹失机', administrator: 'auditor', hasPassword: true, hasSecondFactor: false } as const
    const account = await server.account(given)
    const refused = await sysadmin.post(`/api/accounts/${account.id}/invitation`)
    expect([refused.status, (await refused.json()).detail]).toEqual([
      409,
      expect.stringContaining('请安全管理员先免去'),
    ])
    const [row] = (await (await sysadmin.get('/api/accounts?q=曹失机')).json()).items
    expect(row).toMatchObject({ hasPassword: true, invitedUntil: null, can: { invite: false } })
  })

  test('who has lost it is dismissed, gets it taken off, binds a new one and is appointed again: by two persons', async () => {
    const account = await server.account({ name: '严失机', administrator: 'auditor', hasPassword: true })
    const { id } = account
    const reset = async () => (await secadmin.delete(`/api/accounts/${id}/second-factor`)).status
    expect([await reset(), await roleOf(id)]).toEqual([409, 'auditor'])
    expect((await secadmin.delete(`/api/accounts/${id}/administrator`)).status).toBe(204)
    expect(await reset()).toBe(204)
    expect(await appoint(secadmin, id, 'auditor')).toBe(409)
    await server.database.app
      .update(signInUsers)
      .set({ twoFactorEnabled: true })
      .where(eq(signInUsers.id, account.userId))
    expect(await appoint(secadmin, id, 'auditor')).toBe(204)
  })

  test('whatever two security administrators do at once', async () => {
    const other = await server.signedIn(await server.account({ name: '华安全', administrator: 'secadmin' }))
    const outcomes = []
    for (let round = 0; round < 12; round++) {
      const account = await server.account({ name: `陶同时${round}`, hasSecondFactor: true })
      await Promise.all([
        other.delete(`/api/accounts/${account.id}/second-factor`),
        appoint(secadmin, account.id, 'auditor'),
      ])
      const [user] = await server.database.app.select().from(signInUsers).where(eq(signInUsers.id, account.userId))
      outcomes.push({ role: await roleOf(account.id), hasSecondFactor: user?.twoFactorEnabled })
    }
    expect(outcomes.filter(({ role, hasSecondFactor }) => (role === 'auditor') !== hasSecondFactor)).toEqual([])
  })
})
