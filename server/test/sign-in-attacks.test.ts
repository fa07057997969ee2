import { createOTP } from '@better-auth/utils/otp'
import { beforeEach, describe, expect, test } from 'vitest'
import { signInFailures } from '../src/modules/accounts/tables.ts'
import { type Browser, testApp, testPassword } from './app.ts'

const server = await testApp()
const { clock } = server

// One-time codes follow the clock of the machine.
beforeEach(async () => {
  clock.at = new Date()
  await server.database.app.delete(signInFailures)
})

const signIn = (browser: Browser, username: string, password = testPassword) =>
  browser.post('/api/auth/sign-in/username', { username, password })

/** An account with a second factor that was set up in this browser. */
async function enrolled(name: string, administrator?: 'auditor') {
  const role = administrator ? { administrator } : {}
  const account = await server.account({ name, hasPassword: true, hasSecondFactor: false, ...role })
  const browser = server.browser()
  await signIn(browser, account.userName)
  const begun = await browser.post('/api/auth/two-factor/enable', { password: testPassword })
  const secret = decodeBase32(new URL((await begun.json()).totpURI).searchParams.get('secret') ?? '')
  const code = await createOTP(secret).totp()
  expect((await browser.post('/api/auth/two-factor/verify-totp', { code })).status).toBe(200)
  return { account, browser, code }
}

describe('a request with the cookies of two sessions', () => {
  const cookieOf = (browser: Browser) => browser.cookies.get('zhibu.session_token')

  test.each([
    ['with a space in the name', (own: string, other: string) => `zhibu.session_token =${other}; ${own}`],
    ['with a tab in the name', (own: string, other: string) => `zhibu.session_token\t=${other}; ${own}`],
    ['after the own one', (own: string, other: string) => `${own}; zhibu.session_token=${other}`],
    ['as a quoted text', (own: string, other: string) => `zhibu.session_token ="${other}"; ${own}`],
  ])('acts for the one that was judged, the other %s', async (_how, cookies) => {
    const { browser, account } = await enrolled('钱守真', 'auditor')
    const officer = await server.signedIn(server.accounts.secretary)
    const cookie = cookies(`zhibu.session_token=${cookieOf(officer)}`, String(cookieOf(browser)))
    const answer = await server.browser().post('/api/auth/two-factor/disable', { password: testPassword }, { cookie })
    expect(answer.status).toBe(400)
    const next = await signIn(server.browser(), account.userName)
    expect(await next.json()).toEqual({ twoFactorRedirect: true, twoFactorMethods: ['totp'] })
  })

  test('does nothing for one that has ended by lying idle', async () => {
    const account = await server.account({ name: '郑惜时', administrator: 'auditor' })
    const browser = await server.signedIn(account)
    clock.at = new Date(clock.at.getTime() + 31 * 60_000)
    const cookie = `zhibu.session_token =${cookieOf(browser)}`
    const answer = await server.browser().post('/api/auth/two-factor/verify-totp', { code: '000000' }, { cookie })
    expect(answer.status).toBe(401)
  })
})

test('a one-time code opens one session only, in whatever order they ask', async () => {
  const { account, code } = await enrolled('钱守一')
  const browsers = Array.from({ length: 4 }, () => server.browser())
  for (const browser of browsers) await signIn(browser, account.userName)
  const answers = await Promise.all(browsers.map((it) => it.post('/api/auth/two-factor/verify-totp', { code })))
  expect(answers.map((it) => it.status).sort()).toEqual([200, 400, 400, 400])
  const open = await Promise.all(browsers.map((it) => it.get('/api/accounts/session')))
  expect(open.map((it) => it.status).sort()).toEqual([200, 401, 401, 401])
})

describe('whoever holds a session guesses at its password no more often than at the door', () => {
  const wrong = 'not the password 1'
  test.each([
    ['/api/auth/two-factor/enable', { password: wrong }],
    ['/api/auth/two-factor/disable', { password: wrong }],
    ['/api/auth/two-factor/generate-backup-codes', { password: wrong }],
    ['/api/auth/change-password', { currentPassword: wrong, newPassword: 'a quite new one 7' }],
  ])('at %s', async (path, body) => {
    const account = await server.account({ name: '吴有恒', hasPassword: true })
    const browser = await server.signedIn(account)
    const statuses: number[] = []
    for (let nth = 1; nth <= 7; nth++) statuses.push((await browser.post(path, body)).status)
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429, 429])
    expect((await signIn(server.browser(), account.userName)).status).toBe(429)
  })

  test('and the right password forgets the wrong ones', async () => {
    const account = await server.account({ name: '吴有为', hasPassword: true })
    const browser = await server.signedIn(account)
    const statuses: number[] = []
    for (const password of [wrong, wrong, wrong, wrong, testPassword, wrong, wrong, wrong, wrong, wrong]) {
      statuses.push((await browser.post('/api/auth/two-factor/enable', { password })).status)
    }
    expect(statuses).toEqual([400, 400, 400, 400, 200, 400, 400, 400, 400, 400])
  })
})

/** The secret in the address for authenticator apps is the text of the library in base 32. */
function decodeBase32(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text.replaceAll('=', '')].map((it) => alphabet.indexOf(it).toString(2).padStart(5, '0')).join('')
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((it) => Number.parseInt(it, 2))).toString()
}
