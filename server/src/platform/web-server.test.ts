import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { webServer } from './web-server.ts'

const server = webServer(() => new Response('here'))
await once(server.listen(0, '127.0.0.1'), 'listening')
afterAll(() => server.close())
const { port } = server.address() as AddressInfo

const host = `Host: 127.0.0.1:${port}`
const malformed = { title: '提交的内容不符合要求', detail: '无法读懂这个请求。请用浏览器打开本系统的网址重试。' }
const tooLong = {
  title: '请求头过大',
  detail: '网址或浏览器为本站保存的 Cookie 太长。请清除本站的 Cookie，再从首页打开。',
}

test.each([
  ['no request at all', 'FOO BAR', 400, 'malformed', malformed],
  ['no host', 'GET / HTTP/1.1', 400, 'malformed', malformed],
  ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b', 400, 'malformed', malformed],
  ['a path with a backslash', `GET /\\x HTTP/1.1\r\n${host}`, 400, 'malformed', malformed],
  ['a length that is no number', `POST / HTTP/1.1\r\n${host}\r\nContent-Length: x`, 400, 'malformed', malformed],
  [
    'two lengths of the body',
    `POST / HTTP/1.1\r\n${host}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked`,
    400,
    'malformed',
    malformed,
  ],
  ['headers of 20 KB', `GET / HTTP/1.1\r\n${host}\r\nCookie: a=${'b'.repeat(20_000)}`, 431, 'too-large', tooLong],
  ['an address of 20 KB', `GET /${'b'.repeat(20_000)} HTTP/1.1\r\n${host}`, 431, 'too-large', tooLong],
])('a request with %s is refused in Chinese', async (_, head, status, reason, said) => {
  const answer = await answerTo(head)
  expect(answer).toEqual({
    status,
    contentType: 'application/problem+json; charset=utf-8',
    body: {
      type: `urn:zhibu:problem:${reason}`,
      ...said,
      status,
      instance: expect.stringMatching(/^[0-9a-f-]{36}$/),
      reason,
      fields: [],
      findings: [],
    },
  })
})

test('a request that can be read is answered by what was given', async () => {
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('here')
})

test('a connection is kept longer than a proxy in front keeps it', async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  expect(answer.headers.get('keep-alive')).toBe('timeout=130')
})

/** The answer to a head as it goes over the wire. */
async function answerTo(head: string) {
  const client = connect(port, '127.0.0.1')
  client.end(`${head}\r\nConnection: close\r\n\r\n`)
  const [top = '', body = ''] = (await text(client)).split('\r\n\r\n')
  const contentType = /^content-type: (.*)$/im.exec(top)?.[1]?.trim()
  return {
    status: Number(top.split(' ')[1]),
    contentType,
    body: JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1)),
  }
}
