import { parseResponse } from 'hono/client'
import type { PersonsSource } from '../accounts/personsSource.ts'
import { noticesClient, noticesKey } from './api.ts'

const client = noticesClient.addressees

/** Whom a notice may name one by one: also for who sends and reads no files. */
export const addressees: PersonsSource = {
  key: [...noticesKey, 'addressees'],
  find: (q, signal) => parseResponse(client.$get({ query: { q, limit: '20' } }, { init: { signal } })),
  of: (organizationId, signal) =>
    parseResponse(client.$get({ query: { organizationId, limit: '200' } }, { init: { signal } })),
  numbered: (numbers) => parseResponse(client.numbers.$post({ json: { numbers } })),
  among: (it) => it.can.sendNotices && it.dissolvedOn === null,
}
