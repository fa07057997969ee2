import type { Act, Day } from '@zhibu/rules'
import { and, eq } from 'drizzle-orm'
import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { type Browser, testApp } from '../../../test/app.ts'
import { type BuiltPerson, statementsOf } from '../../../test/factories.ts'
import { journal } from '../../platform/journal.ts'
import { accounts as accountRows } from '../accounts/tables.ts'
import { recordActs } from '../development/imported.ts'
import { offices, terms } from '../organization/tables.ts'
import { calendarFeeds, noticeDeliveries, notices } from './tables.ts'

const app = await testApp()
const { build, accounts, clock } = app
const { tenantId, branch, college, university, sibling, look } = build
const nobody = app.browser()

const fill = (person: BuiltPerson, acts: readonly Act[]) =>
  build.as(build.actors.department, (ctx) =>
    recordActs(
      ctx,
      crypto.randomUUID(),
      acts.map((act) => ({ personId: person.id, path: person.path, act })),
    ),
  )
/** The talk is due by 1 October. */
await fill(build.wang, [{ kind: 'application', on: '2026-09-01' }])
await fill(build.zhao, [{ kind: 'application', on: '2026-11-01' }])
await look((db) =>
  db.insert(terms).values({
    ...{ tenantId, id: crypto.randomUUID(), organizationId: branch.id, path: branch.path },
    ...{ from: '2024-05-11', until: '2027-05-11' },
  }),
)

/** The address of a new calendar, without the host. */
async function made(by: Browser, organizationId: string | null): Promise<string> {
  const answer = await by.post('/api/notices/calendars', { organizationId })
  expect(answer.status).toBe(201)
  const { url } = await answer.json()
  expect(url).toMatch(/^http:\/\/zhibu\.test\/calendar\/[\w-]{43}\.ics$/)
  return new URL(url).pathname
}

/** What a phone shows: the days with their titles. */
async function shown(address: string) {
  const answer = await nobody.get(address)
  expect(answer.status).toBe(200)
  return events(await answer.text()).map(({ on, title }) => `${on} ${title}`)
}

const events = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => ({
    id: String(event.getFirstPropertyValue('uid')),
    on: String(event.getFirstPropertyValue('dtstart')),
    until: String(event.getFirstPropertyValue('dtend')),
    title: String(event.getFirstPropertyValue('summary')),
    description: String(event.getFirstPropertyValue('description')),
    url: String(event.getFirstPropertyValue('url')),
  }))

/** A notice that was sent to these persons. */
async function announced(
  at: { id: string; path: string },
  fields: { title: string; happensOn?: Day; dueOn?: Day },
  readers: readonly BuiltPerson[] = [],
): Promise<string> {
  const id = crypto.randomUUID()
  const sender = { senderAccountId: crypto.randomUUID(), sentAt: clock.at }
  await look(async (db) => {
    await db.insert(notices).values({
      ...{ tenantId, id, organizationId: at.id, path: at.path, kind: 'information', body: '请准时参加。' },
      ...{ audience: { groups: [], personIds: [], exceptIds: [] }, ...sender, ...fields },
    })
    for (const { id: personId } of readers)
      await db.insert(noticeDeliveries).values({ tenantId, noticeId: id, personId, ...sender })
  })
  return id
}

test('the own calendar has what is due with its articles, whole days, for a program without a session', async () => {
  const address = await made(await app.signedIn(accounts.applicant), null)
  const answer = await nobody.get(address)
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    200,
    'text/calendar; charset=utf-8',
    'private, no-cache',
  ])
  expect(answer.headers.getSetCookie()).toEqual([])
  expect(events(await answer.text())).toEqual([
    {
      id: `due-${build.wang.id}-applicantTalk@zhibu`,
      on: '2026-10-01',
      until: '2026-10-02',
      title: '派人同入党申请人谈话（已超过期限）',
      description: expect.stringMatching(
        /^由支部委员会办理\n为什么是这一天：\n.+（《发展党员工作细则》（2026年修订）第7条）/,
      ),
      url: 'http://zhibu.test/my',
    },
  ])
  const etag = answer.headers.get('etag') ?? ''
  expect((await nobody.get(address, { 'if-none-match': etag })).status).toBe(304)
  expect((await nobody.get(address, { 'if-none-match': `W/${etag}` })).status).toBe(304)
  expect((await nobody.get(address, { 'if-none-match': '"another"' })).status).toBe(200)
})

describe('of an organisation', () => {
  const due = '2026-10-01 王一舟：派人同入党申请人谈话（已超过期限）'
  const ofZhao = '2026-12-01 赵思远：派人同入党申请人谈话（最迟）'
  const ends = '2027-05-11 云山学院本科生第一党支部：任期届满'

  test.each([
    ['secretary', branch, [due, ends]],
    ['organiser', branch, [due, ends]],
    ['organiser', college, [due, ofZhao, ends]],
    ['department', university, [ends]],
    ['applicant', university, [ends]],
  ] as const)('%s', async (who, { id }, expected) => {
    expect(await shown(await made(await app.signedIn(accounts[who]), id))).toEqual(expected)
  })

  test.each([
    ['applicant', branch],
    ['siblingSecretary', branch],
    ['secretary', college],
    ['publicity', branch],
    ['auditor', university],
    ['sysadmin', null],
  ] as const)('%s may not', async (who, at) => {
    const answer = await (await app.signedIn(accounts[who])).post('/api/notices/calendars', {
      organizationId: at?.id ?? null,
    })
    expect(answer.status).toBe(403)
  })
})

test('notices with a day stand in the calendars of those who may read them, until they are taken back', async () => {
  const meeting = await announced(branch, { title: '支部党员大会', happensOn: '2026-12-03' }, [build.wang])
  await announced(branch, { title: '没有日期的通知' }, [build.wang])
  await announced(branch, { title: '交思想汇报', dueOn: '2026-12-10' })
  const own = await made(await app.signedIn(accounts.applicant), null)
  const ofBranch = await made(await app.signedIn(accounts.secretary), branch.id)
  const inspector = await build.person(branch, { name: '许知白' })
  await build.office(inspector, branch, 'disciplineMember')
  const account = await app.account({ name: inspector.name, person: inspector })
  const ofReader = await made(await app.signedIn(account), branch.id)
  const noticesIn = async (address: string) => (await shown(address)).filter((it) => it.includes('2026-12-'))
  expect(await noticesIn(own)).toEqual(['2026-12-03 支部党员大会'])
  expect(await noticesIn(ofBranch)).toEqual(['2026-12-03 支部党员大会', '2026-12-10 交思想汇报（办理期限）'])
  expect(await noticesIn(ofReader)).toEqual([])
  const [, entry] = events(await (await nobody.get(own)).text())
  expect(entry).toMatchObject({
    id: `notice-${meeting}-event@zhibu`,
    description: '云山学院本科生第一党支部2026年11月23日的通知。正文请登录后查看。',
    url: `http://zhibu.test/n/${meeting}`,
  })
  await look((db) => db.update(notices).set({ recalledAt: new Date() }).where(eq(notices.id, meeting)))
  expect(await noticesIn(own)).toEqual([])
})

describe('an address leads nowhere', () => {
  /** The answer without the number of the request. */
  const refused = async (address: string) => {
    const answer = await nobody.get(address)
    return { status: answer.status, body: { ...(await answer.json()), instance: '' } }
  }
  const guessed = `/calendar/${'a'.repeat(43)}.ics`

  test('that nobody has made, and says no more about one that was', async () => {
    const unknown = await refused(guessed)
    expect(unknown).toMatchObject({ status: 404, body: { detail: '没有这个日历。请登录后重新建立订阅地址。' } })
    expect(await refused('/calendar/x')).toEqual(unknown)
  })

  test.each<[what: string, then: (by: Browser) => Promise<unknown>]>([
    [
      'that was revoked',
      async (by) => {
        for (const { id } of (await (await by.get('/api/notices/calendars')).json()).items)
          expect((await by.delete(`/api/notices/calendars/${id}`)).status).toBe(204)
        expect(await (await by.get('/api/notices/calendars')).json()).toEqual({ items: [] })
      },
    ],
    [
      'whose account is locked',
      () =>
        look((db) =>
          db.update(accountRows).set({ isLocked: true }).where(eq(accountRows.id, accounts.siblingSecretary.id)),
        ),
    ],
    [
      'whose office has ended',
      () => look((db) => db.update(offices).set({ until: '2026-11-22' }).where(eq(offices.personId, build.zhao.id))),
    ],
  ])('%s', async (_what, then) => {
    const by = await app.signedIn(accounts.siblingSecretary)
    const address = await made(by, sibling.id)
    expect(await shown(address)).toHaveLength(1)
    await then(by)
    expect(await refused(address)).toEqual(await refused(guessed))
    await look(async (db) => {
      await db.update(accountRows).set({ isLocked: false })
      await db.update(offices).set({ until: null })
      await db.delete(calendarFeeds).where(eq(calendarFeeds.accountId, accounts.siblingSecretary.id))
    })
  })

  test('of another account, which cannot be revoked either', async () => {
    const by = await app.signedIn(accounts.secretary)
    const { id } = await (await by.post('/api/notices/calendars', { organizationId: null })).json()
    const other = await app.signedIn(accounts.stranger)
    expect((await other.delete(`/api/notices/calendars/${id}`)).status).toBe(404)
    expect(await (await other.get('/api/notices/calendars')).json()).toEqual({ items: [] })
  })
})

test('a secret is told once: neither kept, nor logged, nor journaled', async () => {
  const by = await app.signedIn(accounts.organiser)
  app.lines.length = 0
  const address = await made(by, college.id)
  await nobody.get(address)
  await nobody.get(`${address}?x=1`)
  await nobody.get(`${address}/more`)
  const secret = address.slice('/calendar/'.length, -'.ics'.length)
  expect(app.lines.map((it) => it.route)).toContain('/calendar/:secret')
  expect(JSON.stringify(app.lines)).not.toContain(secret)
  const rows = await look((db) => db.select().from(calendarFeeds))
  const entries = await look((db) => db.select().from(journal))
  expect(JSON.stringify([rows, entries])).not.toContain(secret)
  const entry = entries.filter((it) => it.event === 'notices.calendar-made' && it.accountId === accounts.organiser.id)
  expect(entry.at(-1)).toMatchObject({ orgPath: college.path, subjectKind: 'calendar' })
  const { items } = await (await by.get('/api/notices/calendars')).json()
  expect(items[0]).toMatchObject({ organization: { id: college.id, name: college.name }, lastReadOn: '2026-11-23' })
  expect(JSON.stringify(items)).not.toContain(secret)
})

test('any number of entries takes the same number of statements', async () => {
  const ofBranch = await made(await app.signedIn(accounts.secretary), branch.id)
  const ofCollege = await made(await app.signedIn(accounts.organiser), college.id)
  const own = await made(await app.signedIn(accounts.applicant), null)
  const counts = []
  for (const address of [ofBranch, ofCollege, own]) counts.push(await statementsOf(() => nobody.get(address)))
  expect(counts).toEqual([17, 17, 13])
})

test('so many addresses and no more; so many readings a minute from one network', async () => {
  const by = await app.signedIn(accounts.department)
  await look((db) => db.delete(calendarFeeds).where(and(eq(calendarFeeds.accountId, accounts.department.id))))
  for (let at = 0; at < 20; at++) await made(by, null)
  expect((await by.post('/api/notices/calendars', { organizationId: null })).status).toBe(409)
  const statuses = new Set<number>()
  for (let at = 0; at < 301; at++) statuses.add((await nobody.get('/calendar/x')).status)
  expect([...statuses]).toEqual([404, 429])
})
