import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import { dispatchesFor, nextDigestAt, outsideQuietHours } from './dispatching.ts'
import type { ChannelChoice, QuietHours } from './schema.ts'
import { noticeDeliveries, noticeDispatches, noticePreferences } from './tables.ts'

const database = await freshDatabase()
const build = await smallUniversity(database)

test.each([
  ['2026-11-23T00:00:00Z', '2026-11-30T00:00:00.000Z'],
  ['2026-11-22T23:59:59Z', '2026-11-23T00:00:00.000Z'],
  ['2026-11-28T12:00:00Z', '2026-11-30T00:00:00.000Z'],
])('after %s the weekly mail goes at %s, eight on a Monday in China', (now, then) => {
  expect(nextDigestAt(new Date(now)).toISOString()).toBe(then)
})

const night: QuietHours = { from: 22 * 60 + 30, until: 7 * 60 }
const noon: QuietHours = { from: 12 * 60, until: 14 * 60 }

test.each<[string, QuietHours, string]>([
  ['2026-11-23T14:29:59Z', night, '2026-11-23T14:29:59.000Z'],
  ['2026-11-23T14:30:00Z', night, '2026-11-23T23:00:00.000Z'],
  ['2026-11-23T16:00:00Z', night, '2026-11-23T23:00:00.000Z'],
  ['2026-11-23T22:59:59Z', night, '2026-11-23T23:00:00.000Z'],
  ['2026-11-23T23:00:00Z', night, '2026-11-23T23:00:00.000Z'],
  ['2026-11-23T03:59:59Z', noon, '2026-11-23T03:59:59.000Z'],
  ['2026-11-23T04:00:30Z', noon, '2026-11-23T06:00:00.000Z'],
  ['2026-11-23T06:00:00Z', noon, '2026-11-23T06:00:00.000Z'],
  ['2026-11-23T16:00:00Z', null, '2026-11-23T16:00:00.000Z'],
])('at %s with the quiet hours %j it goes at %s', async (now, quiet, then) => {
  const { rows } = await build.look((db) =>
    db.execute<{ at: Date }>(
      sql`select to_json(${outsideQuietHours(sql`${now}::timestamptz`, sql`${quiet && JSON.stringify(quiet)}::jsonb`)}) as at`,
    ),
  )
  expect(new Date(rows[0]?.at ?? 0).toISOString()).toBe(then)
})

test('what goes out is written once for each channel that a recipient has chosen and has an address for', async () => {
  const { tenantId, li, wang, zhao, sun } = build
  const [noticeId, senderAccountId] = [newId(), newId()]
  const now = new Date('2026-11-23T15:00:00Z')
  const prefer = (personId: string, email: ChannelChoice, rest: Partial<typeof noticePreferences.$inferInsert>) => ({
    ...{ tenantId, personId, choices: { email, wecom: 'atOnce', dingtalk: 'never' } as const },
    ...rest,
  })
  await build.look(async (db) => {
    await db
      .insert(noticePreferences)
      .values([
        prefer(li.id, 'atOnce', { emailSealed: 'x', wecomUserSealed: 'y', dingtalkUserSealed: 'z', quietHours: night }),
        prefer(wang.id, 'weekly', { emailSealed: 'x' }),
        prefer(zhao.id, 'never', { emailSealed: 'x' }),
        prefer(sun.id, 'atOnce', { emailSealed: 'x' }),
      ])
    await db
      .insert(noticeDeliveries)
      .values([li, wang, zhao].map(({ id }) => ({ tenantId, noticeId, personId: id, senderAccountId, sentAt: now })))
  })
  const all = [li, wang, zhao, sun].map((it) => it.id)
  for (let again = 0; again < 2; again++)
    await build.look((db) => dispatchesFor(db, tenantId, noticeId, 'notice', all, now))
  const written = await build.look((db) => db.select().from(noticeDispatches))
  const empty = { claimedAt: null, sentAt: null, failedAt: null, failure: null, attempts: 0 }
  const row = { ...empty, tenantId, noticeId, senderAccountId, occasion: 'notice' }
  const morning = new Date('2026-11-23T23:00:00Z')
  expect(written.sort((a, b) => (a.personId + a.channel < b.personId + b.channel ? -1 : 1))).toEqual(
    [
      { ...row, personId: li.id, channel: 'email', notBefore: morning, inDigest: false },
      { ...row, personId: li.id, channel: 'wecom', notBefore: morning, inDigest: false },
      { ...row, personId: wang.id, channel: 'email', notBefore: new Date('2026-11-30T00:00:00Z'), inDigest: true },
    ].sort((a, b) => (a.personId + a.channel < b.personId + b.channel ? -1 : 1)),
  )
  const occasion = 'reminder:2026-11-24T00:00:00Z'
  const some = sql`select person_id from notice_deliveries where tenant_id = ${tenantId} and person_id = ${wang.id}`
  await build.look((db) => dispatchesFor(db, tenantId, noticeId, occasion, some, now))
  const reminders = (await build.look((db) => db.select().from(noticeDispatches))).filter(
    (it) => it.occasion === occasion,
  )
  expect(reminders.map((it) => it.personId)).toEqual([wang.id])
})
