import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, testApp } from '../../../test/app.ts'
import { afterwards } from '../../../test/database.ts'
import { startMessengers } from '../../../test/messengers.ts'
import { bodyOf, startSmtpServer } from '../../../test/smtp-server.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { openOutgoing } from '../../platform/outgoing.ts'
import { maskAddress } from './preferences.ts'
import { noticeDispatches, noticePreferences } from './tables.ts'

const mails = await startSmtpServer()
afterwards(() => mails.close())
const messengers = await startMessengers()
afterwards(() => messengers.close())
const outgoing = openOutgoing({
  mail: mails.settings,
  wecom: messengers.wecom,
  dingtalk: null,
  robots: [],
  officialAccount: null,
})
const world = await testApp({}, { outgoing })
const { build, accounts } = world
const { tenantId } = build

const address = '/api/notices/preferences'
const choices = { email: 'atOnce', wecom: 'atOnce', dingtalk: 'atOnce' }
const nothing = { choices, quietHours: null, email: null, emailToProve: null, wecomUser: null, dingtalkUser: null }

/** Somebody new, so that no limit of another test is met. */
async function somebody(): Promise<{ browser: Browser; personId: string; accountId: string }> {
  const person = await build.person(build.branch, { name: '新来者' })
  const account = await world.account({ name: '新来者', person })
  return { browser: await world.signedIn(account), personId: person.id, accountId: account.id }
}

const lastCode = () => /验证码是 (\d{6})/.exec(bodyOf(mails.taken.at(-1)))?.[1] ?? ''
const rowOf = async (personId: string) =>
  (
    await build.look((db) =>
      db
        .select()
        .from(noticePreferences)
        .where(and(eq(noticePreferences.tenantId, tenantId), eq(noticePreferences.personId, personId))),
    )
  )[0]

test('somebody who has chosen nothing is told what there is', async () => {
  const { browser } = await somebody()
  expect(await (await browser.get(address)).json()).toEqual({ ...nothing, available: ['email', 'wecom'] })
})

test('an installation without a mail server says so, and takes no address', async () => {
  const bare = await testApp()
  const browser = await bare.signedIn(bare.accounts.applicant)
  expect((await (await browser.get(address)).json()).available).toEqual([])
  const refusal = await browser.post(`${address}/email`, { email: 'li@example.edu.cn' })
  expect([refusal.status, (await refusal.json()).detail]).toEqual([
    409,
    '本校还没有开通邮件通知。如需开通，请联系系统管理员。',
  ])
})

describe('an address', () => {
  test('is proven by the code that was sent to it, kept sealed, shown masked, and named nowhere else', async () => {
    const { browser, personId } = await somebody()
    expect((await browser.post(`${address}/email`, { email: 'Wang.Yizhou@example.edu.cn' })).status).toBe(204)
    expect(mails.taken.at(-1)).toMatchObject({ to: 'Wang.Yizhou@example.edu.cn' })
    expect(await (await browser.get(address)).json()).toMatchObject({
      email: null,
      emailToProve: 'W***@example.edu.cn',
    })
    const code = lastCode()
    expect(JSON.stringify(await rowOf(personId))).not.toMatch(new RegExp(`yizhou|${code}`, 'i'))

    expect((await browser.post(`${address}/email/proof`, { code })).status).toBe(204)
    expect(await (await browser.get(address)).json()).toMatchObject({
      email: 'W***@example.edu.cn',
      emailToProve: null,
    })
    const row = await rowOf(personId)
    expect(row).toMatchObject({ newEmailSealed: null, newEmailMask: null, codeHash: null, codeExpiresAt: null })
    expect((await browser.post(`${address}/email/proof`, { code })).status).toBe(409)

    expect((await browser.delete(`${address}/email`)).status).toBe(204)
    expect(await rowOf(personId)).toMatchObject({ emailSealed: null, emailMask: null })
    const told = await build.look((db) => db.select().from(journal).where(eq(journal.personId, personId)))
    expect(told.map((it) => it.event)).toEqual([
      'notices.address-given',
      'notices.address-proven',
      'notices.address-removed',
    ])
    expect(JSON.stringify(told)).not.toMatch(/yizhou|example/i)
    expect(JSON.stringify(world.lines)).not.toMatch(/yizhou|example\.edu/i)
  })

  test('stays what it was until the new one is proven', async () => {
    const { browser } = await somebody()
    await browser.post(`${address}/email`, { email: 'old@example.edu.cn' })
    await browser.post(`${address}/email/proof`, { code: lastCode() })
    await browser.post(`${address}/email`, { email: 'new@example.edu.cn' })
    expect(await (await browser.get(address)).json()).toMatchObject({
      email: 'o***@example.edu.cn',
      emailToProve: 'n***@example.edu.cn',
    })
  })

  test('five wrong codes use a code up, four do not', async () => {
    const { browser, personId } = await somebody()
    for (const [wrong, then] of [
      [4, 204],
      [5, 429],
    ] as const) {
      await browser.post(`${address}/email`, { email: 'wang@example.edu.cn' })
      const code = lastCode()
      const other = code === '000000' ? '000001' : '000000'
      for (let at = 0; at < wrong; at++) {
        const refusal = await browser.post(`${address}/email/proof`, { code: other })
        expect([refusal.status, (await refusal.json()).fields[0].path]).toEqual([400, 'code'])
      }
      expect((await rowOf(personId))?.codeFailures).toBe(wrong)
      expect((await browser.post(`${address}/email/proof`, { code })).status).toBe(then)
    }
  })

  test.each([
    [1_000, 204],
    [-1, 409],
  ])('a code that is good for another %d ms: %d', async (left, status) => {
    const { browser, personId } = await somebody()
    await browser.post(`${address}/email`, { email: 'wang@example.com' })
    const ofPerson = eq(noticePreferences.personId, personId)
    const codeExpiresAt = new Date(Date.now() + left)
    await build.look((db) => db.update(noticePreferences).set({ codeExpiresAt }).where(ofPerson))
    expect((await browser.post(`${address}/email/proof`, { code: lastCode() })).status).toBe(status)
  })

  test('the code of one person proves nothing for another', async () => {
    const [one, other] = [await somebody(), await somebody()]
    await one.browser.post(`${address}/email`, { email: 'one@example.edu.cn' })
    const code = lastCode()
    await other.browser.post(`${address}/email`, { email: 'other@example.edu.cn' })
    if (code === lastCode()) return
    expect((await other.browser.post(`${address}/email/proof`, { code })).status).toBe(400)
  })

  test('five codes an hour are sent for an account, and to an address', async () => {
    const { browser } = await somebody()
    for (let at = 0; at < 5; at++)
      expect((await browser.post(`${address}/email`, { email: `a${at}@example.org` })).status).toBe(204)
    expect((await browser.post(`${address}/email`, { email: 'a5@example.org' })).status).toBe(429)
    for (let at = 0; at < 6; at++) {
      const other = await somebody()
      const { status } = await other.browser.post(`${address}/email`, { email: 'victim@example.org' })
      expect(status).toBe(at < 5 ? 204 : 429)
    }
  })

  test('a mail server that does not take it says why', async () => {
    const { browser } = await somebody()
    const refusal = await browser.post(`${address}/email`, { email: 'gone@example.edu.cn' })
    expect([refusal.status, (await refusal.json()).detail]).toEqual([
      409,
      '验证码没有发出：邮箱地址不存在或拒绝接收（550）。请核对邮箱地址，或稍后重新获取。',
    ])
  })

  test.each([
    'li',
    'li@example.edu.cn, wang@example.edu.cn',
    'li@example.edu.cn\r\nBcc: x@y.cn',
    '<li@example.edu.cn>',
  ])('%j is none', async (email) => {
    const { browser } = await somebody()
    expect((await browser.post(`${address}/email`, { email })).status).toBe(400)
  })
})

test('a name in a messenger is sealed, shown to its person, and taken away', async () => {
  const { browser, personId } = await somebody()
  expect((await browser.put(`${address}/messenger`, { channel: 'wecom', user: ' lixiaolan ' })).status).toBe(204)
  expect(await (await browser.get(address)).json()).toMatchObject({ wecomUser: 'lixiaolan', dingtalkUser: null })
  expect(JSON.stringify(await rowOf(personId))).not.toContain('lixiaolan')
  await browser.put(`${address}/messenger`, { channel: 'wecom', user: null })
  expect(await (await browser.get(address)).json()).toMatchObject({ wecomUser: null })
})

test('quiet hours of no length are refused', async () => {
  const { browser } = await somebody()
  const quietHours = { from: 60, until: 60 }
  expect((await browser.put(address, { choices, quietHours })).status).toBe(400)
})

test('what waits follows a new choice, and what was begun does not', async () => {
  const { browser, personId } = await somebody()
  await browser.post(`${address}/email`, { email: 'w2@example.edu.cn' })
  await browser.post(`${address}/email/proof`, { code: lastCode() })
  const row = { tenantId, noticeId: newId(), personId, channel: 'email' as const, senderAccountId: newId() }
  const notBefore = new Date('2026-01-01T00:00:00Z')
  const claimedAt = notBefore
  await build.look((db) =>
    db.insert(noticeDispatches).values([
      { ...row, occasion: 'notice', notBefore, inDigest: false },
      { ...row, occasion: 'recall', notBefore, inDigest: false, claimedAt },
    ]),
  )
  const waiting = async () =>
    (
      await build.look((db) => db.select().from(noticeDispatches).where(eq(noticeDispatches.noticeId, row.noticeId)))
    ).map((it) => [it.occasion, it.inDigest, it.notBefore > notBefore, it.notBefore.toISOString().slice(11, 16)])
  const begun = ['recall', false, false, '00:00']
  await browser.put(address, { choices: { ...choices, email: 'weekly' }, quietHours: { from: 7 * 60, until: 9 * 60 } })
  expect((await waiting()).sort()).toEqual([['notice', true, true, '01:00'], begun])
  await browser.put(address, { choices: { ...choices, email: 'never' }, quietHours: null })
  expect(await waiting()).toEqual([begun])
})

test('an administrator gets no notices', async () => {
  const browser = await world.signedIn(accounts.sysadmin)
  expect((await browser.get(address)).status).toBe(403)
})

test.each([
  ['li@example.edu.cn', 'l***@example.edu.cn'],
  ['a@b.cn', 'a***@b.cn'],
])('%s is shown as %s', (whole, masked) => {
  expect(maskAddress(whole)).toBe(masked)
})
