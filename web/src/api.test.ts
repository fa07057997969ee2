import { afterEach, expect, test, vi } from 'vitest'
import { request } from './api.ts'

afterEach(() => vi.unstubAllGlobals())

/** A server that answers each request with its number, when it is told to. */
function slowServer() {
  const waiting: (() => void)[] = []
  let asked = 0
  const fetch = () => {
    asked += 1
    const answer = new Response(String(asked), { status: asked === 3 ? 409 : 200 })
    return new Promise<Response>((resolve) => waiting.push(() => resolve(answer)))
  }
  vi.stubGlobal('fetch', fetch)
  return { answer: () => waiting.splice(0).map((it) => it()), asked: () => asked }
}

const post = (body: string) => request('/api/remarks', { method: 'POST', body })
const textOf = async (answer: Promise<Response>) => (await answer).text()

test('what is posted again before it is answered is one request', async () => {
  const server = slowServer()
  const twice = [post('{"a":1}'), post('{"a":1}')]
  const other = post('{"a":2}')
  server.answer()
  expect(await Promise.all([...twice, other].map(textOf))).toEqual(['1', '1', '2'])

  const refused = [post('{"a":1}'), post('{"a":1}')]
  server.answer()
  expect((await Promise.allSettled(refused)).map((it) => it.status)).toEqual(['rejected', 'rejected'])

  const later = post('{"a":1}')
  server.answer()
  expect([await textOf(later), server.asked()]).toEqual(['4', 4])
})

test('readings are each asked', async () => {
  const server = slowServer()
  const twice = [request('/api/remarks'), request('/api/remarks')]
  server.answer()
  expect(await Promise.all(twice.map(textOf))).toEqual(['1', '2'])
})
