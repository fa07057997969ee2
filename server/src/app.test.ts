import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gunzipSync } from 'node:zlib'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { type TestActor, testApp, testPassword } from '../test/app.ts'
import { encryption, secrets, today } from '../test/factories.ts'
import { waitingForLocks } from '../test/locks.ts'
import { createApp } from './app.ts'
import { newId } from './platform/ids.ts'

const server = await testApp()
const { accounts, clock } = server
const morning = clock.at

test('whoever has a session is the actor of the request, and nobody else is', async () => {
  const stranger = await server.browser().get('/api/organization/tree')
  expect([stranger.status, stranger.headers.get('content-type')]).toEqual([
    401,
    'application/problem+json; charset=utf-8',
  ])
  const secretary = await server.signedIn(accounts.secretary)
  expect((await secretary.get('/api/organization/tree')).status).toBe(200)
})

test.each([
  ['a token without a signature', (cookie: string) => cookie.split('.')[0] ?? ''],
  ['a changed token', (cookie: string) => `x${cookie}`],
  ['a changed signature', (cookie: string) => cookie.replace(/.{5}$/, 'AAAA%3D')],
  ['nonsense', () => '%E0%A4%A'],
  ['nothing', () => ''],
])('%s is no session', async (_, change) => {
  const browser = await server.signedIn(accounts.secretary)
  const [[name, value] = ['', '']] = browser.cookies
  expect((await browser.get('/api/accounts/session')).status).toBe(200)
  const response = await server.browser().get('/api/accounts/session', { cookie: `${name}=${change(value)}` })
  expect(response.status).toBe(401)
})

describe('a write', () => {
  test.each([
    ['from a page of ours', { 'sec-fetch-site': 'same-origin' }, 204],
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['from another host of the same site', { 'sec-fetch-site': 'same-site' }, 403],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }, 403],
    ['from a page of ours, in an old browser', { origin: 'http://zhibu.test' }, 204],
    [
      'from a page of ours, under another name of the server',
      { origin: 'http://localhost:3000', host: 'localhost:3000' },
      204,
    ],
    ['from another origin, in an old browser', { origin: 'http://elsewhere.test' }, 403],
    ['from another port of the host', { origin: 'http://zhibu.test:8080' }, 403],
    ['from a file', { origin: 'null' }, 403],
    ['from a program', {}, 204],
    ['without our header', { 'sec-fetch-site': 'same-origin', 'x-zhibu-csrf': '0' }, 403],
    ['from a program without our header', { 'x-zhibu-csrf': '' }, 403],
  ] as const)('%s', async (_, headers, status) => {
    const { cookies } = await server.signedIn(accounts.secretary)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join()
    const response = await server.app.request('/api/accounts/sessions', {
      method: 'DELETE',
      headers: { cookie, 'x-zhibu-csrf': '1', ...headers },
    })
    expect(response.status).toBe(status)
  })
})

test('an account has one heavy work at a time, of all accounts two do, and the others wait', async () => {
  const asking = async (who: TestActor) => {
    const browser = await server.signedIn(accounts[who])
    return async (query: object = {}) => (await browser.post('/api/organization/exports', query)).status
  }
  const [ask, again] = [await asking('secretary'), await asking('secretary')]
  const others = [await asking('organiser'), await asking('department'), await asking('siblingSecretary')]
  const somebody = new pg.Client(server.database.address.owner)
  await somebody.connect()
  await somebody.query('begin; lock table organizations in access exclusive mode')
  const first = ask()
  await waitingForLocks(server.database)
  const begun = [first, ...others.map((it) => it())]
  await waitingForLocks(server.database, 2)
  expect(await again()).toBe(429)
  const secretary = await server.signedIn(accounts.secretary)
  const heavy = [
    secretary.post('/api/development/batches', { title: '十二月', matching: {} }),
    secretary.post(`/api/development/batches/${newId()}/runs`),
    secretary.get(`/api/intake/imports/${newId()}/marked.xlsx`),
    secretary.get('/api/accounts/journal/verification'),
  ]
  expect((await Promise.all(heavy)).map((it) => it.status)).toEqual([429, 429, 429, 429])
  const light = secretary.post('/api/development/batches', { title: '', personIds: [newId()] })
  expect((await light).status).toBe(400)
  await somebody.end()
  expect(await Promise.all(begun)).toEqual([200, 200, 200, 200])
  expect([await ask({ dissolved: 'perhaps' }), await again(), await (await asking('applicant'))()]).toEqual([
    400, 200, 403,
  ])
})

test('nothing but its health is told under a name that is not ours, with a session or without', async () => {
  const secretary = await server.signedIn(accounts.secretary)
  const asked = ['/healthz', '/readyz', '/', '/api/accounts/entrance', '/api/accounts/session', '/api/docs', '/nothing']
  const answered = asked.map(async (path) => [path, (await secretary.get(path, { host: 'evil.example' })).status])
  expect(await Promise.all(answered)).toEqual([
    ['/healthz', 200],
    ['/readyz', 200],
    ...asked.slice(2).map((path) => [path, 421]),
  ])
})

test('every answer carries the security headers', async () => {
  const secure = {
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }
  for (const path of ['/healthz', '/api/accounts/session', '/api/nothing', '/nothing', '/api/docs']) {
    const { headers } = await server.browser().get(path)
    expect({ path, ...Object.fromEntries(headers) }).toMatchObject({
      path,
      ...secure,
      'x-request-id': expect.any(String),
    })
    expect(headers.has('strict-transport-security')).toBe(false)
  }
  const https = await testApp({ baseUrl: 'https://zhibu.test' })
  const { headers } = await https.browser().get('/healthz')
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
  const account = await https.account({ name: '安加密', hasPassword: true, userName: 'anjiami' })
  const signIn = await https
    .browser()
    .post('/api/auth/sign-in/username', { username: account.userName, password: testPassword })
  expect(signIn.headers.getSetCookie().map((it) => it.replace(/=[^;]*/, '='))).toEqual([
    '__Secure-zhibu.session_token=; Max-Age=604800; Path=/; HttpOnly; Secure; SameSite=Lax',
  ])
})

describe('what does not exist', () => {
  test.each(['/api/nothing', '/api', '/api/people/x/y/z', '/api/auth/get-session', '/nothing'])('%s', async (path) => {
    const response = await server.browser().get(path)
    const { title, reason, status } = await response.json()
    expect({ title, reason, status }).toEqual({ title: '没有找到', reason: 'not-found', status: 404 })
  })
})

test.each(['/api/organization/tree', '/api/development/dues'])('%s is compressed for who takes it', async (path) => {
  const browser = await server.signedIn(accounts.department)
  const plain = await browser.get(path)
  const packed = await browser.get(path, { 'accept-encoding': 'gzip' })
  expect([plain.headers.get('content-encoding'), packed.headers.get('content-encoding')]).toEqual([null, 'gzip'])
  const unpacked = gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()
  expect(JSON.parse(unpacked)).toEqual(await plain.json())
})

test('a body that is too large is refused before it is read', async () => {
  const browser = await server.signedIn(accounts.sysadmin)
  const post = (path: string, megabytes: number) => browser.post(path, { name: 'x'.repeat(megabytes * 1024 * 1024) })
  expect((await post('/api/accounts', 1)).status).toBe(413)
  expect((await post('/api/accounts', 0.9)).status).toBe(400)
  expect((await post('/api/intake/imports?name=a.xlsx', 2)).status).toBe(403)
  expect((await post('/api/intake/exports', 2)).status).toBe(413)
  const announced = (bytes: number) => browser.post('/api/accounts', { name: '' }, { 'content-length': String(bytes) })
  expect((await announced(1024 * 1024 + 1)).status).toBe(413)
  expect((await announced(1024 * 1024)).status).toBe(400)
})

test('what is no JSON is refused with a problem', async () => {
  const response = await server.app.request('/api/accounts/setup', {
    method: 'POST',
    headers: { 'x-zhibu-csrf': '1', 'content-type': 'application/json' },
    body: '{"universityName":',
  })
  expect([response.status, (await response.json()).reason]).toEqual([400, 'malformed'])
})

describe('too many requests', () => {
  test('of one account are refused for a while; other accounts are not concerned', async () => {
    clock.at = new Date(morning.getTime() + 60_000)
    const busy = await server.signedIn(accounts.organiser)
    const calm = await server.signedIn(accounts.otherOrganiser)
    const answers = new Set<number>()
    for (let nth = 0; nth < 600; nth++) answers.add((await busy.get('/api/accounts/session')).status)
    expect([...answers]).toEqual([200])
    const refused = await busy.get('/api/accounts/session')
    expect([refused.status, (await refused.json()).detail]).toEqual([429, '操作过于频繁，请 1 秒后再试。'])
    expect((await calm.get('/api/accounts/session')).status).toBe(200)
    clock.at = new Date(clock.at.getTime() + 1000)
    expect((await busy.get('/api/accounts/session')).status).toBe(200)
  })

  test('to sign in from one address are refused sooner, whatever name is tried', async () => {
    clock.at = new Date(morning.getTime() + 3_600_000)
    const proxied = await testApp({ proxies: 1 })
    const attempt = async (address: string, nth: number) => {
      const body = { username: `user-${nth}`, password: '' }
      const headers = { 'x-forwarded-for': `6.6.6.${nth}, ${address}` }
      return (await proxied.browser().post('/api/auth/sign-in/username', body, headers)).status
    }
    const answers: number[] = []
    for (let nth = 0; nth < 62; nth++) answers.push(await attempt('10.1.1.1', nth))
    expect([answers.slice(0, 60), answers.slice(60)]).toEqual([Array(60).fill(400), [429, 429]])
    expect(await attempt('10.1.1.2', 1)).toBe(400)
  })
})

test('the log names route, status and account, and nothing of a person', async () => {
  const browser = await server.signedIn(accounts.department)
  server.lines.length = 0
  await browser.get(`/api/people/${server.build.wang.id}?q=%E6%9D%8E%E6%99%93%E5%B2%9A`)
  await browser.get('/api/people?q=%E6%9D%8E%E6%99%93%E5%B2%9A')
  await browser.post('/api/auth/sign-in/username', { username: 'lixiaolan', password: 'a password' })
  expect(server.lines).toEqual(
    [
      ['GET', '/api/people/:personId', 200],
      ['GET', '/api/people', 200],
      ['POST', '/api/auth/sign-in/username', 401],
    ].map(([method, route, status]) => ({
      level: 30,
      time: expect.any(Number),
      requestId: expect.any(String),
      method,
      route,
      status,
      milliseconds: expect.any(Number),
      accountId: accounts.department.id,
      msg: 'request',
    })),
  )
})

test('health and readiness are told to anybody', async () => {
  expect((await server.browser().get('/healthz')).status).toBe(200)
  expect(await (await server.browser().get('/readyz')).json()).toEqual({ status: 'ok' })
})

describe('the description of the interface', () => {
  test('is OpenAPI 3.1 with every route, and refers to one description of problems', async () => {
    const document = await (await server.browser().get('/api/openapi.json')).json()
    expect(document.openapi).toBe('3.1.0')
    const described = Object.entries<object>(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const routes = server.app.routes
      .filter(
        ({ method, path }) =>
          method !== 'ALL' && /^\/(api|calendar)\//.test(path) && !/\/(openapi\.json|docs|docs\.css)$/.test(path),
      )
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}').replace(/(.)\/$/, '$1')}`)
    expect(described.sort()).toEqual([...new Set(routes)].sort())
    for (const item of Object.values<Record<string, { summary: string; responses: object }>>(document.paths)) {
      for (const { summary, responses } of Object.values(item)) {
        expect(summary).toMatch(/\p{Script=Han}/u)
        expect(responses).toMatchObject({ default: { $ref: '#/components/responses/problem' } })
      }
    }
  })

  test('can be read as a page without script', async () => {
    const response = await server.browser().get('/api/docs')
    const page = await response.text()
    expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8')
    expect(page).not.toMatch(/<script|<style|style=|\son\w+=|https?:\/\//)
    expect(page).toContain('<code>/api/people/{personId}</code>')
    expect((await server.browser().get('/api/docs.css')).headers.get('content-type')).toBe('text/css; charset=utf-8')
  })
})

describe('the web pages', async () => {
  const webFolder = await mkdtemp(path.join(os.tmpdir(), 'zhibu-web-'))
  afterAll(() => rm(webFolder, { recursive: true }))
  await writeFile(
    path.join(webFolder, 'index.html'),
    '<html data-scheme="__COLOUR_SCHEME__"><style nonce="__CSP_NONCE__"></style><i nonce="__CSP_NONCE__"><!--early-->',
  )
  const early = {
    signedIn: { '/': '<link desk>' },
    everybody: { '/': '<link entrance>', '/sign-in': '<link entrance>' },
  }
  await writeFile(path.join(webFolder, 'early.json'), JSON.stringify(early))
  await writeFile(path.join(webFolder, 'favicon.svg'), '<svg/>')
  await mkdir(path.join(webFolder, 'assets'))
  await writeFile(path.join(webFolder, 'assets', 'app-1a2b.js'), 'let a')
  await writeFile(path.join(webFolder, 'assets', 'app-1a2b.js.br'), brotliCompressSync('let a'))
  await writeFile(path.join(webFolder, '..', `${path.basename(webFolder)}-secret.txt`), 'secret')
  const { database, config, contents, pageReader } = server
  const log = pino({ level: 'silent' })
  const app = createApp({
    config,
    secrets,
    encryption,
    database,
    contents,
    pageReader,
    log,
    webFolder,
    now: () => new Date(`${today}T02:00:00Z`),
  })

  test.each([
    ['/', '<link entrance>'],
    ['/people', ''],
    ['/people/0190f1a0-0000-7000-8000-000000000000', ''],
    ['/sign-in?problem=locked', '<link entrance>'],
  ])(
    '%s is the page whose script knows the rest, with a nonce of its own and what it begins with',
    async (address, links) => {
      const response = await app.request(address)
      const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1]
      expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/)
      expect(await response.text()).toBe(
        `<html data-scheme=""><style nonce="${nonce}"></style><i nonce="${nonce}">${links}`,
      )
      expect(response.headers.get('cache-control')).toBe('no-store')
      const other = await app.request(address)
      expect(other.headers.get('content-security-policy')).not.toContain(nonce)
    },
  )

  test.each([
    ['/', '<link desk>'],
    ['/sign-in', '<link entrance>'],
    ['/people', ''],
  ])('who brings a session begins %s with %s', async (address, links) => {
    const { cookies } = await server.signedIn(accounts.secretary)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join()
    expect(await (await app.request(address, { headers: { cookie } })).text()).toMatch(new RegExp(`<i [^>]*>${links}$`))
  })

  test.each([
    ['zhibu-colour-scheme=dark', 'dark'],
    ['a=b; zhibu-colour-scheme=light', 'light'],
    ['zhibu-colour-scheme=auto', ''],
    ['zhibu-colour-scheme="><script>', ''],
  ])('the page of whoever brings the cookie %s has the colour scheme “%s” from the start', async (cookie, scheme) => {
    expect(await (await app.request('/', { headers: { cookie } })).text()).toContain(`<html data-scheme="${scheme}">`)
  })

  test.each(['/assets/', '/assets', '/assets/people', '/assets/app-9z9z.js'])(
    'no page is kept as the file %s',
    async (address) => {
      const response = await app.request(address)
      expect([response.status, response.headers.get('cache-control')]).toEqual([404, null])
    },
  )

  test('files with a hash in their names are kept for a year, and sent compressed', async () => {
    const response = await app.request('/assets/app-1a2b.js', { headers: { 'accept-encoding': 'gzip, br' } })
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('content-encoding')).toBe('br')
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    const plain = await app.request('/assets/app-1a2b.js')
    expect(await plain.text()).toBe('let a')
  })

  test('other files are asked for anew', async () => {
    const response = await app.request('/favicon.svg')
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  })

  test.each([
    '/assets/gone.js',
    '/gone.svg',
    `/../${path.basename(webFolder)}-secret.txt`,
    `/..%2f${path.basename(webFolder)}-secret.txt`,
    `/assets/..%2f..%2f${path.basename(webFolder)}-secret.txt`,
  ])('%s is not there', async (address) => {
    const response = await app.request(address)
    expect([response.status, await response.text()]).toEqual([404, expect.not.stringContaining('secret\n')])
  })
})
