import { createOTP } from '@better-auth/utils/otp'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, testApp, testPassword } from '../../../test/app.ts'
import { journal } from '../../platform/journal.ts'
import { sessionLimits } from './actor.ts'
import { accounts, signInFailures, signInSessions } from './tables.ts'

const server = await testApp()
const { clock } = server
const morning = clock.at

const minutes = (count: number) => {
  clock.at = new Date(clock.at.getTime() + count * 60_000)
}

const signIn = (browser: Browser, username: string, password = testPassword) =>
  browser.post('/api/auth/sign-in/username', { username, password })

const whoAmI = async (browser: Browser) => {
  const response = await browser.get('/api/accounts/session')
  return response.status === 200 ? (await response.json()).name : response.status
}

const eventsOf = async ({ id }: { id: string }) => {
  const rows = await server.build.look((db) =>
    db.select({ event: journal.event }).from(journal).where(eq(journal.subjectId, id)).orderBy(journal.id),
  )
  return rows.map(({ event }) => event)
}

describe('signing in with a password', () => {
  test('opens a session in a cookie that scripts cannot read, and is written down', async () => {
    const account = await server.account({ name: '周慎行', hasPassword: true })
    const browser = server.browser()
    const response = await signIn(browser, account.userName.toUpperCase())
    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie().map((it) => it.replace(/=[^;]*/, '='))).toEqual([
      'zhibu.session_token=; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax',
    ])
    expect(await whoAmI(browser)).toBe('周慎行')
    const rows = await server.build.look((db) => db.select().from(journal).where(eq(journal.subjectId, account.id)))
    expect(rows.map(({ event, accountId, actorName }) => ({ event, accountId, actorName }))).toEqual([
      { event: 'accounts.signed-in', accountId: account.id, actorName: '周慎行' },
    ])
  })

  test('is refused alike for an unknown name, a wrong password and an account without a password', async () => {
    const account = await server.account({ name: '周慎言', hasPassword: true })
    const without = await server.account({ name: '周慎微' })
    for (const [name, password] of [
      ['nobody-of-this-name', testPassword],
      [account.userName, 'not the password 1'],
      [without.userName, testPassword],
    ] as const) {
      const response = await signIn(server.browser(), name, password)
      expect([response.status, (await response.json()).detail]).toEqual([401, '用户名或密码不正确，请核对后重试。'])
    }
  })

  test('is refused for a locked account, and a lock ends its sessions at once', async () => {
    const account = await server.account({ name: '周慎独', hasPassword: true })
    const browser = server.browser()
    await signIn(browser, account.userName)
    expect(await whoAmI(browser)).toBe('周慎独')
    const sysadmin = await server.signedIn(server.accounts.sysadmin)
    const locked = await sysadmin.put(`/api/accounts/${account.id}/lock`, { reason: '调离本校' })
    expect(locked.status).toBe(204)
    expect(await whoAmI(browser)).toBe(401)
    const again = await signIn(server.browser(), account.userName)
    expect([again.status, (await again.json()).detail]).toEqual([403, '账号已停用。如需恢复，请联系系统管理员。'])
    expect((await sysadmin.delete(`/api/accounts/${account.id}/lock`)).status).toBe(204)
    expect((await signIn(server.browser(), account.userName)).status).toBe(200)
  })

  test('a lock that only the database knows of counts for the next request', async () => {
    const account = await server.account({ name: '周慎思' })
    const browser = await server.signedIn(account)
    expect(await whoAmI(browser)).toBe('周慎思')
    await server.build.look((db) => db.update(accounts).set({ isLocked: true }).where(eq(accounts.id, account.id)))
    expect(await whoAmI(browser)).toBe(401)
  })

  test.each([
    ['/api/auth/sign-up/email', { email: 'a@b.example', password: testPassword, name: 'x' }],
    ['/api/auth/update-user', { name: 'x' }],
    ['/api/auth/is-username-available', { username: 'x' }],
    ['/api/auth/request-password-reset', { email: 'x' }],
    ['/api/auth/two-factor/send-otp', {}],
  ])('nobody reaches %s', async (path, body) => {
    const browser = await server.signedIn(server.accounts.applicant)
    expect((await browser.post(path, body)).status).toBe(404)
  })
})

describe('failed attempts', () => {
  test('make the next one wait, twice as long each time; the right password waits too', async () => {
    clock.at = morning
    await server.database.app.delete(signInFailures)
    const { userName } = await server.account({ name: '吴有恒', hasPassword: true })
    const attempt = async (password: string) => (await signIn(server.browser(), userName, password)).status
    for (let nth = 1; nth <= 5; nth++) expect(await attempt('wrong password 1')).toBe(401)
    expect(await attempt(testPassword)).toBe(429)
    minutes(0.5)
    expect(await attempt('wrong password 1')).toBe(401)
    minutes(0.5)
    expect(await attempt(testPassword)).toBe(429)
    minutes(0.5)
    expect(await attempt(testPassword)).toBe(200)
    for (let nth = 1; nth <= 5; nth++) expect(await attempt('wrong password 1')).toBe(401)
  })

  test('at the same time are counted as well', async () => {
    clock.at = morning
    await server.database.app.delete(signInFailures)
    const { userName } = await server.account({ name: '吴有为', hasPassword: true })
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () => (await signIn(server.browser(), userName, 'wrong password 1')).status),
    )
    expect(answers.sort()).toEqual([...Array(5).fill(401), ...Array(7).fill(429)])
  })
})

describe('the second factor', () => {
  async function enrolled(name: string, administrator?: 'auditor') {
    const account = await server.account({
      name,
      hasPassword: true,
      hasSecondFactor: false,
      ...(administrator ? { administrator } : {}),
    })
    const browser = server.browser()
    await signIn(browser, account.userName)
    const begun = await browser.post('/api/auth/two-factor/enable', { password: testPassword })
    const { totpURI, backupCodes } = await begun.json()
    const uri = new URL(totpURI)
    const secret = decodeBase32(uri.searchParams.get('secret') ?? '')
    const code = () => createOTP(secret).totp()
    return { account, browser, uri, backupCodes, code }
  }

  test('of an administrator has to be set up before anything else', async () => {
    await server.database.app.delete(signInFailures)
    clock.at = new Date()
    const { browser, uri, code, account } = await enrolled('钱守真', 'auditor')
    expect([uri.protocol, uri.searchParams.get('issuer'), decodeURIComponent(uri.pathname)]).toEqual([
      'otpauth:',
      '支部工作台',
      `/支部工作台:${account.userName}`,
    ])
    const session = await (await browser.get('/api/accounts/session')).json()
    expect([session.needsSecondFactor, session.can]).toEqual([true, []])
    for (const path of ['/api/accounts/journal', '/api/accounts', '/api/organization/tree', '/api/accounts/sessions']) {
      expect((await browser.get(path)).status).toBe(403)
    }
    const wrong = await browser.post('/api/auth/two-factor/verify-totp', { code: '000000' })
    expect(wrong.status).toBe(400)
    const other = server.browser()
    await signIn(other, account.userName)

    const right = await browser.post('/api/auth/two-factor/verify-totp', { code: await code() })
    expect(right.status).toBe(200)
    expect((await browser.get('/api/accounts/journal')).status).toBe(200)
    expect(await whoAmI(other)).toBe(401)
    expect((await browser.post('/api/auth/two-factor/disable', { password: testPassword })).status).toBe(403)
    expect((await browser.post('/api/auth/two-factor/verify-totp', { code: await code() })).status).toBe(409)
    expect(await eventsOf(account)).toEqual([
      'accounts.signed-in',
      'accounts.second-factor-begun',
      'accounts.second-factor-failed',
      'accounts.signed-in',
      'accounts.second-factor-set-up',
    ])
  })

  test('is asked for at the next sign-in, and the password alone opens nothing', async () => {
    await server.database.app.delete(signInFailures)
    const { browser, account, code, backupCodes } = await enrolled('钱守一')
    await browser.post('/api/auth/two-factor/verify-totp', { code: await code() })

    const next = server.browser()
    const first = await signIn(next, account.userName)
    expect(await first.json()).toEqual({ twoFactorRedirect: true, twoFactorMethods: ['totp'] })
    expect(await whoAmI(next)).toBe(401)
    expect((await next.post('/api/auth/two-factor/verify-totp', { code: '000000', trustDevice: true })).status).toBe(
      400,
    )
    const done = await next.post('/api/auth/two-factor/verify-totp', { code: await code(), trustDevice: true })
    expect([done.status, await whoAmI(next)]).toEqual([200, '钱守一'])

    const trusted = await signIn(next, account.userName)
    expect(await trusted.json()).toEqual({ twoFactorRedirect: true, twoFactorMethods: ['totp'] })
    const byBackup = server.browser()
    await signIn(byBackup, account.userName)
    expect((await byBackup.post('/api/auth/two-factor/verify-backup-code', { code: backupCodes[0] })).status).toBe(200)
    expect(await whoAmI(byBackup)).toBe('钱守一')
    const again = server.browser()
    await signIn(again, account.userName)
    expect((await again.post('/api/auth/two-factor/verify-backup-code', { code: backupCodes[0] })).status).toBe(400)
    expect((await eventsOf(account)).slice(3)).toEqual([
      'accounts.second-factor-failed',
      'accounts.signed-in',
      'accounts.signed-in',
      'accounts.backup-code-failed',
    ])
  })

  test('that nobody was asked for leaves no trace', async () => {
    const count = () => server.build.look((db) => db.$count(journal))
    const before = await count()
    for (const [path, body] of [
      ['verify-totp', { code: '000000' }],
      ['verify-backup-code', { code: 'abc' }],
    ] as const) {
      const cookie = 'zhibu.two_factor=2fa-guessed.c2lnbmF0dXJl'
      const response = await server.browser().post(`/api/auth/two-factor/${path}`, body, { cookie })
      expect(response.status).toBe(401)
    }
    expect(await count()).toBe(before)
  })

  test('and backup codes ask for the password; a wrong one is written down', async () => {
    await server.database.app.delete(signInFailures)
    const { browser, account, code } = await enrolled('钱守正')
    await browser.post('/api/auth/two-factor/verify-totp', { code: await code() })
    for (const path of ['enable', 'generate-backup-codes', 'disable']) {
      const response = await browser.post(`/api/auth/two-factor/${path}`, { password: 'not the password 1' })
      expect([path, response.status]).toEqual([path, 400])
    }
    expect((await browser.post('/api/auth/two-factor/generate-backup-codes', { password: testPassword })).status).toBe(
      200,
    )
    expect((await eventsOf(account)).slice(3)).toEqual([
      'accounts.password-failed',
      'accounts.password-failed',
      'accounts.password-failed',
      'accounts.backup-codes-renewed',
    ])
  })
})

describe('sessions', () => {
  test.each([
    ['everyone', undefined],
    ['administrator', 'auditor'],
  ] as const)('of %s end when unused, and at all', async (limits, administrator) => {
    clock.at = morning
    const { idleMinutes, absoluteHours } = sessionLimits[limits]
    const account = await server.account({ name: '郑惜时', ...(administrator ? { administrator } : {}) })
    const idle = await server.signedIn(account)
    minutes(idleMinutes - 1)
    expect(await whoAmI(idle)).toBe('郑惜时')
    minutes(idleMinutes)
    expect(await whoAmI(idle)).toBe(401)

    clock.at = morning
    const used = await server.signedIn(account)
    for (let passed = 0; passed + idleMinutes - 1 < absoluteHours * 60; passed += idleMinutes - 1) {
      expect(await whoAmI(used)).toBe('郑惜时')
      minutes(idleMinutes - 1)
    }
    expect(await whoAmI(used)).toBe('郑惜时')
    clock.at = new Date(morning.getTime() + absoluteHours * 3_600_000 - 1000)
    expect(await whoAmI(used)).toBe('郑惜时')
    minutes(1 / 60)
    expect(await whoAmI(used)).toBe(401)
  })

  test('are listed and ended one by one or all others; those of somebody else are not', async () => {
    clock.at = morning
    const account = await server.account({ name: '王善终' })
    const [here, there, elsewhere] = [
      await server.signedIn(account),
      await server.signedIn(account),
      await server.signedIn(account),
    ]
    const list = async () => (await (await here.get('/api/accounts/sessions')).json()).items
    expect((await list()).map((it: { isCurrent: boolean }) => it.isCurrent).sort()).toEqual([false, false, true])

    const stranger = await server.signedIn(server.accounts.applicant)
    const [other] = (await (await there.get('/api/accounts/sessions')).json()).items.filter(
      (it: { isCurrent: boolean }) => it.isCurrent,
    )
    expect((await stranger.delete(`/api/accounts/sessions/${other.id}`)).status).toBe(404)
    expect((await here.delete(`/api/accounts/sessions/${other.id}`)).status).toBe(204)
    expect([await whoAmI(there), await whoAmI(elsewhere)]).toEqual([401, '王善终'])
    expect((await here.delete('/api/accounts/sessions')).status).toBe(204)
    expect([await whoAmI(here), await whoAmI(elsewhere)]).toEqual(['王善终', 401])
    const sysadmin = await server.signedIn(server.accounts.sysadmin)
    expect((await stranger.delete(`/api/accounts/${account.id}/sessions`)).status).toBe(403)
    expect((await sysadmin.delete(`/api/accounts/${account.id}/sessions`)).status).toBe(204)
    expect(await whoAmI(here)).toBe(401)
  })

  test('end with signing out', async () => {
    const account = await server.account({ name: '王善始', hasPassword: true })
    const browser = server.browser()
    await server.database.app.delete(signInFailures)
    await signIn(browser, account.userName)
    const stolen = server.browser()
    for (const [name, value] of browser.cookies) stolen.take(`${name}=${value}`)
    expect(await whoAmI(stolen)).toBe('王善始')
    expect((await browser.post('/api/auth/sign-out')).status).toBe(200)
    expect([await whoAmI(browser), await whoAmI(stolen)]).toEqual([401, 401])
    expect(await eventsOf(account)).toEqual(['accounts.signed-in', 'accounts.signed-out'])
    const left = await server.database.app
      .select()
      .from(signInSessions)
      .where(eq(signInSessions.userId, account.userId))
    expect(left).toEqual([])
  })

  test('of others end when the password is changed', async () => {
    await server.database.app.delete(signInFailures)
    clock.at = new Date()
    const account = await server.account({ name: '王日新', hasPassword: true })
    const [here, there] = [server.browser(), server.browser()]
    await signIn(here, account.userName)
    await signIn(there, account.userName)
    const change = (currentPassword: string, newPassword: string) =>
      here.post('/api/auth/change-password', { currentPassword, newPassword })
    expect((await change('wrong password 1', 'a quite new one 7')).status).toBe(400)
    const weak = await change(testPassword, 'password1234')
    expect([weak.status, (await weak.json()).fields[0].path]).toEqual([400, 'newPassword'])
    expect((await change(testPassword, 'a quite new one 7')).status).toBe(200)
    expect([await whoAmI(here), await whoAmI(there)]).toEqual(['王日新', 401])
    expect((await signIn(server.browser(), account.userName)).status).toBe(401)
    expect((await signIn(server.browser(), account.userName, 'a quite new one 7')).status).toBe(200)
    expect(await eventsOf(account)).toEqual([
      'accounts.signed-in',
      'accounts.signed-in',
      'accounts.password-failed',
      'accounts.password-changed',
      'accounts.sign-in-failed',
      'accounts.signed-in',
    ])
  })
})

/** The secret in the address for authenticator apps is the text of the library in base 32. */
function decodeBase32(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text.replaceAll('=', '')].map((it) => alphabet.indexOf(it).toString(2).padStart(5, '0')).join('')
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((it) => Number.parseInt(it, 2))).toString()
}
