import { expect, test } from 'vitest'
import { testApp } from '../test/app.ts'

const server = await testApp()

test('whoever has a session is the actor of the request, and nobody else is', async () => {
  const stranger = await server.browser().get('/api/organization/tree')
  expect([stranger.status, stranger.headers.get('content-type')]).toEqual([
    401,
    'application/problem+json; charset=utf-8',
  ])
  const secretary = await server.signedIn(server.accounts.secretary)
  expect((await secretary.get('/api/organization/tree')).status).toBe(200)
})
