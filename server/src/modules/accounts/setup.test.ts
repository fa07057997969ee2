import { expect, test } from 'vitest'
import { emptyApp } from '../../../test/app.ts'
import { journal } from '../../platform/journal.ts'
import { universities } from '../organization/tables.ts'
import { scopeOfSetup } from './setup.ts'

const setup = {
  universityName: '临江大学',
  committeeName: '中共临江大学委员会',
  administrator: { userName: 'xitong', name: '沈知远', password: '一句不常见的话 2026' },
  department: { userName: 'zuzhi', name: '韩立言', studentNumber: 'G0001' },
}

test('a new installation asks to be set up, and answers nothing else', async () => {
  const server = await emptyApp()
  const browser = server.browser()
  expect(await (await browser.get('/api/accounts/entrance')).json()).toEqual({
    needsSetup: true,
    isDemo: false,
    universityName: null,
    campus: null,
    today: '2026-11-23',
  })
  expect((await browser.get('/api/accounts/session')).status).toBe(401)
  expect((await browser.post('/api/accounts/invitations/look', { secret: 'x' })).status).toBe(404)
  const attempt = await browser.post('/api/auth/sign-in/username', { username: 'admin', password: 'admin' })
  expect(attempt.status).toBe(401)
})

test('of several who set up at once exactly one succeeds; later it is refused', async () => {
  const server = await emptyApp()
  const given = { ...setup, setupCode: server.setupCode }
  const attempts = await Promise.all(
    ['xitong', 'guanli', 'anquan', 'yunwei'].map((userName) =>
      server.browser().post('/api/accounts/setup', { ...given, administrator: { ...given.administrator, userName } }),
    ),
  )
  expect(attempts.map((it) => it.status).sort()).toEqual([201, 409, 409, 409])
  for (const setupCode of [server.setupCode, 'AAAA-AAAA-AAAA-AAAA']) {
    expect((await server.browser().post('/api/accounts/setup', { ...setup, setupCode })).status).toBe(409)
  }
  expect(await server.database.app.select({ name: universities.name }).from(universities)).toEqual([
    { name: '临江大学' },
  ])
})

test('whoever does not read the console sets nothing up, and is let guess ten times', async () => {
  const server = await emptyApp()
  const stranger = server.browser()
  const without = await stranger.post('/api/accounts/setup', setup)
  expect([without.status, (await without.json()).fields[0].path]).toEqual([400, 'setupCode'])
  const guess = { ...setup, setupCode: 'AAAA-AAAA-AAAA-AAAA' }
  const wrong = await stranger.post('/api/accounts/setup', guess)
  expect([wrong.status, await wrong.json()]).toMatchObject([400, { fields: [{ path: 'setupCode' }] }])
  const more = await Promise.all(Array.from({ length: 12 }, () => stranger.post('/api/accounts/setup', guess)))
  expect(more.map((it) => it.status).sort()).toEqual([...Array.from({ length: 9 }, () => 400), 429, 429, 429])
  const right = { ...setup, setupCode: server.setupCode }
  expect((await stranger.post('/api/accounts/setup', right)).status).toBe(429)
  expect(await server.database.app.select().from(universities)).toEqual([])

  server.clock.at = new Date(server.clock.at.getTime() + 60_000)
  expect((await stranger.post('/api/accounts/setup', right)).status).toBe(201)
})

test('neither the log nor the journal holds the code', async () => {
  const server = await emptyApp()
  const { setupCode, database, lines } = server
  await server.browser().post('/api/accounts/setup', { ...setup, setupCode: `${setupCode}X` })
  expect((await server.browser().post('/api/accounts/setup', { ...setup, setupCode })).status).toBe(201)
  const [university] = await database.app.select().from(universities)
  const entries = await database.transaction(scopeOfSetup(university?.id ?? ''), (db) => db.select().from(journal))
  expect(entries.map((it) => it.event)).toContain('organization.university-founded')
  expect(JSON.stringify([lines, entries])).not.toMatch(new RegExp(setupCode.replaceAll('-', '-?')))
})

test.each([
  ['a short password', { administrator: { ...setup.administrator, password: '短密码' } }, 'administrator.password'],
  [
    'a common password',
    { administrator: { ...setup.administrator, password: 'Password2026' } },
    'administrator.password',
  ],
  [
    'the user name as password',
    { administrator: { ...setup.administrator, password: 'xitongxitong1' } },
    'administrator.password',
  ],
  ['a user name with a space', { department: { ...setup.department, userName: 'zu zhi' } }, 'department.userName'],
  ['no name of the university', { universityName: ' ' }, 'universityName'],
])('%s is refused, and nothing is set up', async (_, differs, path) => {
  const server = await emptyApp()
  const refused = await server
    .browser()
    .post('/api/accounts/setup', { ...setup, setupCode: server.setupCode, ...differs })
  expect([refused.status, (await refused.json()).fields[0].path]).toEqual([400, path])
  expect(await server.database.app.select().from(universities)).toEqual([])
})

test('after set-up the administrator sets up a second factor, and the organisation department chooses a password', async () => {
  const server = await emptyApp()
  const browser = server.browser()
  const { link } = await (await browser.post('/api/accounts/setup', { ...setup, setupCode: server.setupCode })).json()
  await browser.post('/api/auth/sign-in/username', { username: 'xitong', password: setup.administrator.password })
  const administrator = await (await browser.get('/api/accounts/session')).json()
  expect(administrator).toMatchObject({ name: '沈知远', needsSecondFactor: true, can: [] })

  const secret = link.split('#')[1]
  const colleague = server.browser()
  expect(await (await colleague.post('/api/accounts/invitations/look', { secret })).json()).toMatchObject({
    name: '韩立言',
    userName: 'zuzhi',
    universityName: '临江大学',
  })
  const password = '另一句不常见的话 7'
  const weak = await colleague.post('/api/accounts/invitations/acceptance', { secret, password: '1234567890' })
  expect(weak.status).toBe(400)
  const accepted = await colleague.post('/api/accounts/invitations/acceptance', { secret, password })
  expect(await accepted.json()).toEqual({ userName: 'zuzhi' })
  expect((await colleague.post('/api/accounts/invitations/acceptance', { secret, password })).status).toBe(404)

  await colleague.post('/api/auth/sign-in/username', { username: 'zuzhi', password })
  const session = await (await colleague.get('/api/accounts/session')).json()
  expect(session).toEqual({
    name: '韩立言',
    account: {
      id: expect.any(String),
      userName: 'zuzhi',
      personId: expect.any(String),
      hasPassword: true,
      hasSecondFactor: false,
    },
    administrator: null,
    offices: [
      {
        office: 'orgDepartment',
        organizationId: expect.any(String),
        organizationName: '中共临江大学委员会',
        title: '中共临江大学委员会 组织部',
      },
    ],
    universityName: '临江大学',
    needsSecondFactor: false,
    isDemo: false,
    today: '2026-11-23',
    can: [
      'desk',
      'my-way',
      'development',
      'batch-review',
      'people',
      'archive',
      'digitization',
      'reports',
      'exports',
      'organization',
      'intake',
      'forms',
      'notices',
      'notice-sending',
      'publicity',
      'activities',
      'training',
      'staff',
      'discussion',
      'rules',
      'system',
      'accounts',
      'delegations',
    ],
  })
  expect((await colleague.get('/api/organization/tree')).status).toBe(200)
})
