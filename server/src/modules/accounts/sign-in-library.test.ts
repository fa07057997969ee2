import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import Provider from 'oidc-provider'
import { afterAll, describe, expect, test } from 'vitest'
import { type Browser, testApp } from '../../../test/app.ts'
import { journal } from '../../platform/journal.ts'
import { signInCredentials, signInSessions } from './tables.ts'

/** Whoever is at the campus provider, and the number that it knows them by. */
const visitor = { subject: 'campus-1', number: '2023010001' }

const campus = await startProvider('http://zhibu.test/api/auth/callback/campus')
const { issuer } = campus
const settings = { issuer, clientId: 'zhibu', clientSecret: 'a secret of the tests', numberClaim: 'preferred_username' }
const server = await testApp({ campus: { ...settings, name: '临江大学统一身份认证' } })
afterAll(campus.stop)
await server.build.person(server.build.distant, { name: '无账号', studentNumber: '2023020009' })

describe('signing in at the campus', () => {
  test('is offered where it is set up', async () => {
    const offered = await (await server.browser().get('/api/accounts/entrance')).json()
    expect(offered.campus).toBe('临江大学统一身份认证')
  })

  test('links the identity to the account whose person has the number, and finds it again', async () => {
    visitor.subject = 'campus-li'
    visitor.number = '2023010001'
    const browser = server.browser()
    expect(await signIn(browser, '/development')).toBe('/development')
    expect(await nameOf(browser)).toBe('李晓岚')
    expect((await signIn(server.browser())).startsWith('/')).toBe(true)

    const linked = await server.database.app
      .select()
      .from(signInCredentials)
      .where(eq(signInCredentials.providerId, 'campus'))
    expect(
      linked.map(({ accountId, userId, accessToken, idToken }) => ({ accountId, userId, accessToken, idToken })),
    ).toEqual([{ accountId: 'campus-li', userId: server.accounts.secretary.userId, accessToken: null, idToken: null }])
    const events = await server.build.look((db) =>
      db.select({ event: journal.event }).from(journal).where(eq(journal.subjectId, server.accounts.secretary.id)),
    )
    expect(events).toEqual([{ event: 'accounts.signed-in' }, { event: 'accounts.signed-in' }])
  })

  test.each([
    ['a number that nobody has', '8888888888'],
    ['the number of a person without an account', '2023020009'],
    ['no number', ''],
  ])('is refused with a reason for %s', async (_, number) => {
    visitor.subject = `campus-${number}`
    visitor.number = number
    const browser = server.browser()
    expect(await signIn(browser)).toBe('/sign-in?problem=campus%3Aunknown')
    expect(await nameOf(browser)).toBe(401)
  })

  test('is refused for an administrator, who needs a second factor', async () => {
    const person = await server.build.person(server.build.university, { name: '岳守正', studentNumber: 'G2001' })
    await server.account({ name: '岳守正', person, administrator: 'auditor' })
    visitor.subject = 'campus-yue'
    visitor.number = 'G2001'
    const browser = server.browser()
    expect(await signIn(browser)).toBe('/sign-in?problem=campus%3Aadministrator')
    expect(await nameOf(browser)).toBe(401)
  })

  test('is refused for a locked account', async () => {
    const person = await server.build.person(server.build.branch, { name: '殷已停', studentNumber: '2023010077' })
    const account = await server.account({ name: '殷已停', person })
    const sysadmin = await server.signedIn(server.accounts.sysadmin)
    await sysadmin.put(`/api/accounts/${account.id}/lock`, { reason: '毕业离校' })
    visitor.subject = 'campus-yin'
    visitor.number = '2023010077'
    expect(await signIn(server.browser())).toBe('/sign-in?problem=locked')
  })

  test('does not let the keeper of a file become its person by changing the number', async () => {
    const officer = await server.build.person(server.build.branch, { name: '顾在先', studentNumber: 'G3001' })
    const account = await server.account({ name: '顾在先', person: officer })
    const change = async (browser: Browser, studentNumber: string) => {
      const path = `/api/people/${officer.id}`
      const etag = (await browser.get(path)).headers.get('etag') ?? ''
      return (await browser.patch(path, { set: { studentNumber }, clear: [] }, { 'if-match': etag })).status
    }
    visitor.subject = 'campus-keeper'
    visitor.number = 'G3999'
    const keeper = await server.signedIn(server.accounts.secretary)
    expect(await change(keeper, 'G3999')).toBe(403)
    expect(await signIn(server.browser())).toBe('/sign-in?problem=campus%3Aunknown')

    visitor.subject = 'campus-wrong'
    visitor.number = 'G3001'
    const linked = server.browser()
    await signIn(linked)
    expect(await nameOf(linked)).toBe('顾在先')
    const department = await server.signedIn(server.accounts.department)
    expect(await change(department, 'G3002')).toBe(204)
    expect(await nameOf(linked)).toBe(401)
    expect(await signIn(server.browser())).toBe('/sign-in?problem=campus%3Aunknown')
    const rows = await server.build.look((db) => db.select().from(journal).where(eq(journal.subjectId, account.id)))
    expect(rows.map(({ event }) => event)).toEqual(['accounts.signed-in', 'accounts.campus-unlinked'])
  })

  test('does not take an answer that was not asked for, or was asked for by another browser', async () => {
    visitor.subject = 'campus-li'
    const forged = await server.browser().get('/api/auth/callback/campus?code=x&state=y')
    expect([forged.status, forged.headers.get('location')]).toEqual([302, '/sign-in?problem=campus%3Afailed'])
    const mine = server.browser()
    const callback = await answerOfProvider(mine)
    const other = server.browser()
    const response = await other.get(callback)
    expect(response.headers.get('location')).toBe('/sign-in?problem=campus%3Afailed')
    expect(await nameOf(other)).toBe(401)
  })

  test('takes an answer once, and only as the provider gave it to this browser', async () => {
    visitor.subject = 'campus-li'
    const [mine, other] = [server.browser(), server.browser()]
    const callback = new URL(await answerOfProvider(mine), 'http://zhibu.test')
    const foreign = new URL(await answerOfProvider(other), 'http://zhibu.test')
    const changed = (name: string, value: string | null) => {
      const it = new URL(foreign)
      it.searchParams.set(name, value ?? '')
      return it.pathname + it.search
    }
    const failed = '/sign-in?problem=campus%3Afailed'
    const answer = async (browser: Browser, path: string) => (await browser.get(path)).headers.get('location')
    expect(await answer(other, changed('code', callback.searchParams.get('code')))).toBe(failed)
    expect(await nameOf(other)).toBe(401)
    for (const [name, value] of [
      ['state', callback.searchParams.get('state')],
      ['iss', 'https://elsewhere.example'],
      ['error', 'access_denied'],
    ] as const) {
      const path = await answerOfProvider(other)
      foreign.search = new URL(path, 'http://zhibu.test').search
      expect([name, await answer(other, changed(name, value))]).toEqual([name, failed])
      expect(await nameOf(other)).toBe(401)
    }

    expect(await answer(mine, callback.pathname + callback.search)).not.toBe(failed)
    expect(await nameOf(mine)).toBe('李晓岚')
    const sessions = () => server.database.app.select({ id: signInSessions.id }).from(signInSessions)
    const before = await sessions()
    expect(await answer(mine, callback.pathname + callback.search)).toBe(failed)
    expect(await sessions()).toEqual(before)
    expect(await nameOf(mine)).toBe('李晓岚')
  })

  test.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/\n/elsewhere.example',
    'javascript:alert(1)',
  ])('does not lead on to %s', async (callbackURL) => {
    const response = await server.browser().post('/api/auth/sign-in/social', { provider: 'campus', callbackURL })
    expect(response.status).toBe(400)
  })
})

test('a server without a campus provider says so', async () => {
  const plain = await testApp()
  const response = await plain.browser().post('/api/auth/sign-in/social', { provider: 'campus' })
  expect([response.status, (await response.json()).detail]).toEqual([
    404,
    '本系统没有接入统一身份认证，请用用户名和密码登录。',
  ])
})

/** The whole way through the provider and back; answers where the browser is sent in the end. */
async function signIn(browser: Browser, callbackURL = '/'): Promise<string> {
  const response = await browser.get(await answerOfProvider(browser, callbackURL))
  return (response.headers.get('location') ?? '').replace('http://zhibu.test', '')
}

/** The address to which the provider sends the browser back. */
async function answerOfProvider(browser: Browser, callbackURL = '/'): Promise<string> {
  const begun = await browser.post('/api/auth/sign-in/social', { provider: 'campus', callbackURL })
  const { url } = await begun.json()
  const cookies = new Map<string, string>()
  let at = String(url)
  while (at.startsWith(issuer)) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(at, { redirect: 'manual', headers: { cookie } })
    for (const it of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (it.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    const next = response.headers.get('location')
    if (!next) throw new Error(`the provider answered ${response.status}: ${await response.text()}`)
    at = new URL(next, issuer).href
  }
  const { pathname, search } = new URL(at)
  return pathname + search
}

async function nameOf(browser: Browser) {
  const response = await browser.get('/api/accounts/session')
  return response.status === 200 ? (await response.json()).name : response.status
}

/** A real provider that signs in `visitor` without asking. */
async function startProvider(redirectUri: string): Promise<{ issuer: string; stop(): Promise<void> }> {
  const http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'zhibu', client_secret: 'a secret of the tests', redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    cookies: { keys: ['a key of the tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...(visitor.number ? { preferred_username: visitor.number } : {}) }),
    }),
    async loadExistingGrant(ctx) {
      const { client, session } = ctx.oidc
      const grant = new ctx.oidc.provider.Grant({
        clientId: client?.clientId ?? '',
        accountId: session?.accountId ?? '',
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  http.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response)
    return provider.interactionFinished(request, response, { login: { accountId: visitor.subject } })
  })
  return { issuer, stop: () => stopped(http) }
}

const stopped = (http: Server) =>
  new Promise<void>((resolve) => {
    http.closeAllConnections()
    http.close(() => resolve())
  })
