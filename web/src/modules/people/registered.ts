import { parseResponse } from 'hono/client'
import { peopleClient, peopleKey } from './api.ts'

/** Finds persons of the register, as far as the reader sees it. */
export const registered = {
  key: [...peopleKey, 'list'],
  find: (q: string, signal: AbortSignal) =>
    parseResponse(peopleClient.index.$get({ query: { q, limit: '20' } }, { init: { signal } })),
}
