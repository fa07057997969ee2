import { QueryCache, QueryClient } from '@tanstack/react-query'
import type { ClientRequestOptions } from 'hono/client'
import { offline, Problem, problemOf } from './problem.ts'

/**
 * The options of every typed client, which a module makes in its `api.ts`:
 *
 *     const people = hc<typeof routes>('/api/people', clientOptions)
 *     queryFn: () => parseResponse(people.$get({ query }))
 *
 * An answer that is not 2xx, and an answer that does not come, is thrown as a `Problem`.
 */
export const clientOptions = { fetch: request } satisfies ClientRequestOptions

/** Options of one request that is refused (`changed`) if the record is no longer the one that was read. */
export const ifMatch = (etag: string) => ({ headers: { 'If-Match': etag } })

/** What was read together with its `ETag`, for a later `ifMatch`. Refuses an answer without a tag. */
export async function withEtag<Value>(
  answer: Promise<{ headers: Headers; json(): Promise<Value> }>,
): Promise<{ value: Value; etag: string }> {
  const response = await answer
  const etag = response.headers.get('etag')
  if (etag === null) throw new Problem({ title: '服务器没有正常答复', detail: '答复中缺少版本号。', status: 502 })
  return { value: await response.json(), etag }
}

/** Posts that are not answered yet. */
const posted = new Map<string, Promise<Response>>()

/**
 * `fetch` for our own server: same-origin credentials, the mark of a write, and problems thrown. What is posted again before it is answered,
 * as by a double click, is one request.
 */
export async function request(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const { method, body, signal } = init
  if (method !== 'POST' || typeof body !== 'string' || signal) return ask(input, init)
  const key = `${input} ${body}`
  const answer = posted.get(key) ?? ask(input, init).finally(() => posted.delete(key))
  posted.set(key, answer)
  return (await answer).clone()
}

async function ask(input: RequestInfo | URL, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers)
  if (!headers.has('accept')) headers.set('accept', 'application/json, application/problem+json')
  if (!['GET', 'HEAD'].includes(init.method ?? 'GET')) headers.set('x-zhibu-csrf', '1')
  const response = await fetch(input, { ...init, headers, credentials: 'same-origin' }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw offline(cause)
  })
  if (!response.ok) throw await problemOf(response)
  return response
}

/**
 * The cache of what was read. `onSignedOut` runs when the server no longer knows the session of a reading; a writing says so
 * beside its form, where what was typed stays.
 */
export function createQueries(onSignedOut: () => void): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof Problem && error.isSignedOut) onSignedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        networkMode: 'always',
        retry: (count, error) =>
          count < 2 && error instanceof Problem && error.isPassing && error.details.status !== 429,
      },
      mutations: { networkMode: 'always' },
    },
  })
}
