import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testApp } from '../../../test/app.ts'
import { usualSettings } from './settings.ts'
import { noticeSettingsChanges } from './tables.ts'

const world = await testApp()
const address = '/api/notices/settings'
const change = { usualLeadDays: 7, leastLeadDays: 3, reminderPauseHours: 12, byThemselves: ['due'], sendsText: true }

test('what is settled is read by all, changed by the department on what was read last, and its history stays', async () => {
  const department = await world.signedIn(world.accounts.department)
  const applicant = await world.signedIn(world.accounts.applicant)
  const first = await applicant.get(address)
  expect([first.headers.get('etag'), await first.json()]).toEqual(['"0"', { ...usualSettings, can: { change: false } }])

  expect((await department.put(address, change)).status).toBe(412)
  expect((await applicant.put(address, change, { 'if-match': '"0"' })).status).toBe(403)
  expect((await department.put(address, change, { 'if-match': '"1"' })).status).toBe(412)
  expect((await department.put(address, change, { 'if-match': '"0"' })).status).toBe(204)
  expect((await department.put(address, change, { 'if-match': '"0"' })).status).toBe(412)
  const { sendsText: _, ...rest } = change
  expect((await department.put(address, rest, { 'if-match': '"1"' })).status).toBe(204)

  const last = await department.get(address)
  expect([last.headers.get('etag'), await last.json()]).toEqual([
    '"2"',
    { ...rest, sendsText: false, can: { change: true } },
  ])
  const history = await world.build.look((db) =>
    db.select().from(noticeSettingsChanges).where(eq(noticeSettingsChanges.tenantId, world.build.tenantId)),
  )
  expect(history.map((it) => [it.revision, it.settings.sendsText])).toEqual([
    [1, true],
    [2, false],
  ])
})

test.each([
  [5, 5, 204],
  [5, 6, 400],
])('usual %d and least %d days: %d', async (usualLeadDays, leastLeadDays, status) => {
  const department = await world.signedIn(world.accounts.department)
  const ifMatch = { 'if-match': (await department.get(address)).headers.get('etag') ?? '' }
  expect((await department.put(address, { ...change, usualLeadDays, leastLeadDays }, ifMatch)).status).toBe(status)
})
