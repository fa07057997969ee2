import { expect, test } from 'vitest'
import { testApp } from './app.ts'
import { chen, he, importing, table } from './imports.ts'

/** No request holds a connection while it waits for another one: as many as there are connections would wait for ever. */

const app = await testApp({}, { connections: 1 })

test('an account is made by number over one connection', async () => {
  await app.build.person(app.build.branch, { name: '戚新到', studentNumber: 'S2026A02' })
  const browser = await app.signedIn(app.accounts.sysadmin)
  const made = await browser.post('/api/accounts', { studentNumber: 'S2026A02', name: '戚新到' })
  expect(made.status).toBe(201)
})

test('an import is read, written and taken back over one connection', async () => {
  const { uploaded, commit, undo, view } = await importing(app)
  const id = await uploaded(await table([chen, he]))
  await commit(id)
  expect(await view(id)).toMatchObject({ state: 'committed', written: { registered: 2, acts: 3 } })
  await undo(id)
  expect(await view(id)).toMatchObject({ state: 'undone' })
})
