import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { hostsOf, refuseUnknownHosts } from './hosts.ts'
import { type Env, onError } from './http.ts'

const loopback: readonly [string, boolean][] = [
  ['127.0.0.1:3000', true],
  ['localhost:3000', true],
  ['LOCALHOST', true],
  ['[::1]:3000', true],
  ['evil.example:3000', false],
  ['localhost.evil.example', false],
  ['127.0.0.1.evil.example', false],
  ['evil.example@127.0.0.1', false],
  ['127.0.0.1/evil.example', false],
  ['', false],
  ['a b', false],
]

test.each<[listens: string, baseUrl: string | undefined, asked: readonly (readonly [string, boolean])[]]>([
  ['127.0.0.1', undefined, [...loopback, ['192.168.1.5:3000', false], ['[fd00::5]', false]]],
  ['192.168.1.5', undefined, [...loopback, ['192.168.1.5:3000', true], ['192.168.1.6:3000', false]]],
  ['fd00::5', undefined, [...loopback, ['[fd00::5]:3000', true], ['[fd00::6]:3000', false]]],
  ['zhibu.lan', undefined, [...loopback, ['zhibu.lan:3000', true], ['other.lan:3000', false]]],
  ['0.0.0.0', undefined, [...loopback, ['192.168.1.5:3000', true], ['[fd00::5]:3000', true], ['zhibu.lan', false]]],
  ['::', undefined, [...loopback, ['192.168.1.5:3000', true], ['[fd00::5]:3000', true], ['zhibu.lan', false]]],
  [
    '127.0.0.1',
    'https://djgz.example.edu.cn',
    [
      ['djgz.example.edu.cn', true],
      ['djgz.example.edu.cn:443', true],
      ['DJGZ.example.edu.cn', true],
      ['evil.djgz.example.edu.cn', false],
      ['example.edu.cn', false],
      ['127.0.0.1:3000', false],
      ['localhost', false],
    ],
  ],
  [
    '0.0.0.0',
    'http://10.1.2.3:8080',
    [
      ['10.1.2.3:8080', true],
      ['10.1.2.4:8080', false],
    ],
  ],
  ['0.0.0.0', 'http://127.0.0.1:3000', [...loopback, ['192.168.1.5:3000', false]]],
])('listening on %s with the address %s', async (listens, baseUrl, asked) => {
  const app = appOn(listens, baseUrl)
  const answered = await Promise.all(
    asked.map(async ([host]) => [host, (await app.request('/', { headers: { host } })).status === 200]),
  )
  expect(answered).toEqual(asked)
})

test('says what to do, as a text to a person and as a problem to a program; without a host it is a program', async () => {
  const app = appOn('127.0.0.1', undefined)
  const host = 'evil.example'
  const page = await app.request('/', { headers: { host, accept: 'text/html,application/xhtml+xml' } })
  expect([page.status, page.headers.get('content-type')]).toEqual([421, 'text/plain; charset=UTF-8'])
  expect(await page.text()).toContain('BASE_URL')
  const program = await app.request('/', { headers: { host } })
  expect([program.status, await program.json()]).toMatchObject([
    421,
    { reason: 'misdirected', detail: expect.stringContaining('BASE_URL') },
  ])
  expect((await app.request('/')).status).toBe(200)
})

function appOn(listens: string, baseUrl: string | undefined) {
  const app = new Hono<Env>()
  app.onError(onError)
  app.use(refuseUnknownHosts(hostsOf(listens, baseUrl)))
  app.get('/', (c) => c.text('ok'))
  return app
}
