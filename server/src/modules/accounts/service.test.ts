import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, testApp, testPassword } from '../../../test/app.ts'
import { statementsOf } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import { journal, recordAll } from '../../platform/journal.ts'
import { sealJournal } from '../../platform/seals.ts'
import { invitationDays } from './invitations.ts'
import { tidySignIn } from './jobs.ts'
import { countTied } from './queries.ts'
import type { AccountRow } from './schema.ts'
import { accounts, signInFailures, signInSessions } from './tables.ts'

const server = await testApp()
const { build, clock } = server
const morning = clock.at
const sysadmin = await server.signedIn(server.accounts.sysadmin)
const secadmin = await server.signedIn(server.accounts.secadmin)
const auditor = await server.signedIn(server.accounts.auditor)
const department = await server.signedIn(server.accounts.department)

const create = (by: Browser, account: object) => by.post('/api/accounts', account)
const accept = (link: string, password: string) =>
  server.browser().post('/api/accounts/invitations/acceptance', { secret: link.split('#')[1], password })
const signIn = async (username: string, password: string) =>
  (await server.browser().post('/api/auth/sign-in/username', { username, password })).status

describe('an account', () => {
  test('is made for a person by the organisation department; the user name is the number', async () => {
    const person = await build.person(build.branch, { name: '姜新来', studentNumber: 'S2026A01' })
    const made = await create(department, { personId: person.id })
    expect(made.status).toBe(201)
    const { link } = await made.json()
    expect(await (await accept(link, '新来的人选好的密码 1')).json()).toEqual({ userName: 's2026a01' })
    expect(await signIn('S2026A01', '新来的人选好的密码 1')).toBe(200)
    expect((await create(department, { personId: person.id, userName: 'jiangxinlai' })).status).toBe(409)
  })

  test('is made by the system administrator, who knows number and name, for a person or for an administrator', async () => {
    await build.person(build.branch, { name: '戚新到', studentNumber: 'S2026A02' })
    expect((await create(sysadmin, { studentNumber: 'S2026A02', name: '别人' })).status).toBe(404)
    expect((await create(sysadmin, { studentNumber: 'S2026A09', name: '戚新到' })).status).toBe(404)
    expect((await create(sysadmin, { studentNumber: 'S2026A02', name: '戚新到' })).status).toBe(201)
    expect((await create(sysadmin, { name: '新审计', userName: 'shenji2' })).status).toBe(201)
    expect((await create(sysadmin, { name: '又一个', userName: 'ShenJi2' })).status).toBe(409)
    expect((await create(department, { name: '不行', userName: 'buxing' })).status).toBe(403)
  })

  test('of a person outside is not made, nor by who may not', async () => {
    const person = await build.person(build.distant, { name: '谢远方', studentNumber: 'S2026A03' })
    for (const actor of ['secretary', 'organiser', 'distantSecretary', 'applicant', 'secadmin', 'auditor'] as const) {
      expect((await create(await server.signedIn(server.accounts[actor]), { personId: person.id })).status).toBe(403)
    }
    expect((await create(server.browser(), { personId: person.id })).status).toBe(401)
  })

  test('bears the name of its person, and holds the person in the register', async () => {
    const person = await build.person(build.branch, { name: '章旧名', studentNumber: 'S2026A04' })
    const account = await server.account({ name: '章旧名', person })
    const secretary = await server.signedIn(server.accounts.secretary)
    const path = `/api/people/${person.id}`
    const etag = (await secretary.get(path)).headers.get('etag') ?? ''
    expect((await secretary.patch(path, { set: { name: '章新名' } }, { 'if-match': etag })).status).toBe(204)
    const session = await (await server.signedIn(account)).get('/api/accounts/session')
    expect((await session.json()).name).toBe('章新名')
    const tied = await build.look((db) =>
      countTied({ db, tenantId: build.tenantId }, [person.id, build.wang.id, newId()]),
    )
    expect(tied).toEqual({ accounts: 2, delegations: 0 })
  })

  test('of many persons is made at once, for sign-in at the campus; who has one is left out', async () => {
    const people = [
      await build.person(build.branch, { name: '邹一', studentNumber: 'S2026B01' }),
      await build.person(build.distant, { name: '邹二', studentNumber: 'S2026B02' }),
      await build.person(build.branch, { name: '邹无号' }),
      build.li,
    ]
    const body = { personIds: people.map(({ id }) => id) }
    expect((await sysadmin.post('/api/accounts/batches', body)).status).toBe(201)
    const made = await department.post('/api/accounts/batches', body)
    expect([made.status, await made.json()]).toEqual([201, { made: 2 }])
    expect(await (await department.post('/api/accounts/batches', body)).json()).toEqual({ made: 0 })
    expect(await signIn('s2026b01', testPassword)).toBe(401)
  })
})

describe('an invitation', () => {
  const invited = async () => {
    const account = await server.account({ name: '柏受邀', hasPassword: true })
    const { link } = await (await sysadmin.post(`/api/accounts/${account.id}/invitation`)).json()
    return { account, link }
  }

  test('ends the old password and all sessions at once, and is used once', async () => {
    const account = await server.account({ name: '水受邀', hasPassword: true })
    const browser = await server.signedIn(account)
    expect(await signIn(account.userName, testPassword)).toBe(200)
    const { link } = await (await sysadmin.post(`/api/accounts/${account.id}/invitation`)).json()
    expect((await browser.get('/api/accounts/session')).status).toBe(401)
    expect(await signIn(account.userName, testPassword)).toBe(401)
    const answers = await Promise.all([accept(link, '第一句新换的密码 1'), accept(link, '第二句新换的密码 2')])
    expect(answers.map((it) => it.status).sort()).toEqual([200, 404])
  })

  test('lets its owner sign in at once, however often the old password was tried', async () => {
    const { account, link } = await invited()
    for (let nth = 0; nth < 6; nth++) await signIn(account.userName, 'forgotten word')
    expect(await signIn(account.userName, 'forgotten word')).toBe(429)
    await accept(link, '一句新的密码 1234')
    expect(await signIn(account.userName, '一句新的密码 1234')).toBe(200)
  })

  test('is replaced by a newer one', async () => {
    const { account, link } = await invited()
    const { link: newer } = await (await sysadmin.post(`/api/accounts/${account.id}/invitation`)).json()
    expect((await accept(link, '一句新的密码 1234')).status).toBe(404)
    expect((await accept(newer, '一句新的密码 1234')).status).toBe(200)
  })

  test('lasts until its last moment and not longer', async () => {
    clock.at = morning
    const { link } = await invited()
    clock.at = new Date(morning.getTime() + invitationDays * 24 * 3_600_000)
    expect((await accept(link, '一句新的密码 1234')).status).toBe(404)
    clock.at = new Date(clock.at.getTime() - 1)
    expect((await accept(link, '一句新的密码 1234')).status).toBe(200)
    clock.at = morning
  })

  test('to a locked account is refused, and one made before the lock does not open', async () => {
    const { account, link } = await invited()
    await secadmin.put(`/api/accounts/${account.id}/lock`, { reason: '核查中' })
    expect((await sysadmin.post(`/api/accounts/${account.id}/invitation`)).status).toBe(409)
    expect((await accept(link, '一句新的密码 1234')).status).toBe(404)
  })

  test('leaves no secret in the database', async () => {
    const { link } = await invited()
    const secret = link.split('#')[1]
    const rows = await build.look((db) =>
      db.execute(`select i::text from invitations i where i::text like '%${secret}%'`),
    )
    expect(rows.rows).toEqual([])
  })
})

describe('the list of accounts', () => {
  const list = async (by: Browser, query = '') => (await by.get(`/api/accounts?limit=200${query}`)).json()
  const named = (page: { items: AccountRow[] }, name: string) => page.items.find((it) => it.name === name)

  test('shows who may sign in with which offices, and what may be done', async () => {
    expect(named(await list(sysadmin), '李晓岚')).toEqual({
      id: server.accounts.secretary.id,
      name: '李晓岚',
      userName: server.accounts.secretary.userName,
      administrator: null,
      isLocked: false,
      personId: build.li.id,
      offices: ['云山学院本科生第一党支部 书记'],
      hasPassword: false,
      hasSecondFactor: false,
      invitedUntil: null,
      can: { lock: true, invite: true, resetSecondFactor: false, endSessions: true, dismiss: false, appoint: [] },
    })
    expect(named(await list(secadmin), '李晓岚')?.can).toEqual({
      lock: true,
      invite: false,
      resetSecondFactor: true,
      endSessions: true,
      dismiss: false,
      appoint: [],
    })
  })

  test('is closed to others, and shows the organisation department no administrators', async () => {
    for (const actor of ['secretary', 'organiser', 'partySchool', 'applicant'] as const) {
      expect((await (await server.signedIn(server.accounts[actor])).get('/api/accounts')).status).toBe(403)
    }
    const seen = await list(department)
    expect([named(seen, 'sysadmin'), named(seen, '李晓岚')?.can.lock, seen.can]).toEqual([
      undefined,
      false,
      { create: true },
    ])
    expect((await list(auditor)).can).toEqual({ create: false })
  })

  test.each([
    ['a part of the name', '&q=晓', ['李晓岚']],
    ['the beginning of the user name', '&q=FIND.ME', ['寻用户']],
    ['the initials of the pinyin', '&q=lxl', ['李晓岚']],
    ['the beginning of the pinyin', '&q=LiXiao', ['李晓岚']],
    ['the student number', '&q=2023010001', ['李晓岚']],
    ['the number of somebody without an account', '&q=2099000001', []],
    ['signs that mean something to the database', '&q=%25', []],
    ['administrators', '&only=administrators&q=admin', ['secadmin', 'sysadmin']],
    ['locked ones', '&only=locked&q=停用', ['已停用者']],
    ['open invitations', '&only=invited&q=受邀未用', ['受邀未用']],
  ])('finds by %s', async (_, query, names) => {
    await server.account({ name: '寻用户', userName: 'find.me' }).catch(() => null)
    await build.person(build.branch, { name: '无账号', studentNumber: '2099000001' }).catch(() => null)
    if (names.includes('已停用者')) {
      const { id } = await server.account({ name: '已停用者' })
      await sysadmin.put(`/api/accounts/${id}/lock`, { reason: '停用' })
    }
    if (names.includes('受邀未用')) {
      await sysadmin.post(`/api/accounts/${(await server.account({ name: '受邀未用' })).id}/invitation`)
    }
    const page = await list(sysadmin, query)
    expect([page.items.map((it: AccountRow) => it.name).sort(), page.total]).toEqual([names, names.length])
  })

  test('comes page by page, each account once, in three statements whatever its length', async () => {
    const ids: string[] = []
    let next: string | undefined
    do {
      const page = await (await sysadmin.get(`/api/accounts?limit=5${next ? `&cursor=${next}` : ''}`)).json()
      ids.push(...page.items.map((it: AccountRow) => it.id))
      next = page.next
    } while (next)
    const stored = await build.look((db) => db.select({ id: accounts.id }).from(accounts))
    expect(ids).toEqual(
      stored
        .map(({ id }) => id)
        .sort()
        .reverse(),
    )
    expect(await statementsOf(() => sysadmin.get('/api/accounts?limit=2'))).toBe(1 + 3)
    expect(await statementsOf(() => sysadmin.get('/api/accounts?limit=200'))).toBe(1 + 3)
  })
})

describe('the journal', () => {
  const rows = async (query = '') => (await (await auditor.get(`/api/accounts/journal?limit=200${query}`)).json()).items

  test('is read by the auditor only', async () => {
    for (const actor of ['sysadmin', 'secadmin', 'department', 'secretary', 'applicant'] as const) {
      const browser = await server.signedIn(server.accounts[actor])
      expect((await browser.get('/api/accounts/journal')).status).toBe(403)
      expect((await browser.get('/api/accounts/journal/verification')).status).toBe(403)
    }
  })

  test('tells who did what, when and to whom, and is searched by it', async () => {
    const account = await server.account({ name: '窦入账' })
    await sysadmin.put(`/api/accounts/${account.id}/lock`, { reason: '调离' })
    await sysadmin.delete(`/api/accounts/${account.id}/lock`)
    const own = (await rows(`&subjectId=${account.id}`)) as { event: string; at: string }[]
    expect(own.map(({ event }) => event)).toEqual(['accounts.unlocked', 'accounts.locked'])
    expect(own[1]).toEqual({
      id: expect.any(String),
      count: 1,
      lastId: expect.any(String),
      at: expect.any(String),
      accountId: server.accounts.sysadmin.id,
      actorName: 'sysadmin',
      event: 'accounts.locked',
      subjectKind: 'account',
      subjectId: account.id,
      personId: null,
      details: { reason: '调离' },
      requestId: expect.any(String),
    })
    const day = new Date(Date.parse(own[0]?.at ?? '') + 8 * 3_600_000).toISOString().slice(0, 10)
    const dayBefore = new Date(Date.parse(day) - 24 * 3_600_000).toISOString().slice(0, 10)
    const count = async (query: string) => (await rows(`&subjectId=${account.id}${query}`)).length
    expect(await count('&event=accounts.lock')).toBe(1)
    expect(await count('&event=people')).toBe(0)
    expect(await count(`&accountId=${server.accounts.sysadmin.id}`)).toBe(2)
    expect(await count(`&accountId=${server.accounts.secadmin.id}`)).toBe(0)
    expect(await count(`&from=${day}&until=${day}`)).toBe(2)
    expect(await count(`&until=${dayBefore}`)).toBe(0)
  })

  test('shows what one request did to many as one, and each entry when asked; filters and pages know of it', async () => {
    const names = ['殷同批', '殷一批', '殷又批']
    const people = await Promise.all(names.map((name) => build.person(build.branch, { name })))
    await build.as(build.actors.organiser, (ctx) =>
      recordAll(
        ctx,
        'journal.read',
        people.map(({ id, path }, at) => ({
          subject: { kind: 'person', id, orgPath: path, personId: id },
          // Between entries that are alike one that is not.
          details: { what: '批量预审“十二月”', place: { number: at }, how: at === 1 ? '单独' : '一并' },
        })),
      ),
    )
    const [one, before] = await rows('&event=journal.read')
    expect(one).toMatchObject({ event: 'journal.read', count: 3, details: { what: '批量预审“十二月”' } })
    expect(one.details).toEqual({ what: '批量预审“十二月”' })
    expect(before?.requestId).not.toBe(one.requestId)
    const each = await rows(`&first=${one.id}&last=${one.lastId}`)
    expect(each.map((it: { count: number; personId: string }) => [it.count, it.personId]).sort()).toEqual(
      people.map(({ id }) => [1, id]).sort(),
    )
    expect(each[0].details).toHaveProperty('place')
    const [ofOne] = await rows(`&event=journal.read&personId=${people[1]?.id}`)
    expect(ofOne).toMatchObject({ count: 1, personId: people[1]?.id, requestId: one.requestId })
    const first = await (await auditor.get('/api/accounts/journal?limit=1')).json()
    const second = await (await auditor.get(`/api/accounts/journal?limit=1&cursor=${first.next}`)).json()
    expect([first.items[0].count, second.items[0].requestId === one.requestId]).toEqual([3, false])
  })

  test('comes page by page without a gap', async () => {
    const all = (await rows()).map((it: { id: string }) => it.id)
    const first = await (await auditor.get('/api/accounts/journal?limit=3')).json()
    const second = await (await auditor.get(`/api/accounts/journal?limit=3&cursor=${first.next}`)).json()
    expect([...first.items, ...second.items].map((it) => it.id)).toEqual(all.slice(0, 6))
    expect((await auditor.get('/api/accounts/journal?cursor=nonsense')).status).toBe(400)
  })

  test('holds no password, secret or user name as typed', async () => {
    const stored = await build.look((db) => db.select().from(journal))
    expect(stored.length).toBeGreaterThan(10)
    expect(JSON.stringify(stored)).not.toMatch(/密码 1|#[\w-]{20}|云山 sheng/)
  })

  test('is verified against its seals, which name an altered row', async () => {
    await sealJournal(server.database)
    const whole = await (await auditor.get('/api/accounts/journal/verification')).json()
    expect(whole).toEqual({
      sealedRows: expect.any(Number),
      anchors: [{ number: expect.any(Number), hash: expect.any(String) }],
      problem: null,
    })
    const [row] = await build.look((db) =>
      db
        .select({ id: journal.id })
        .from(journal)
        .where(and(eq(journal.event, 'accounts.locked')))
        .limit(1),
    )
    await server.database.asOwner(async (db) => {
      await db.execute('alter table journal no force row level security')
      await db.execute(`update journal set actor_name = 'nobody' where id = '${row?.id}'`)
      await db.execute('alter table journal force row level security')
    })
    const altered = await (await auditor.get('/api/accounts/journal/verification')).json()
    expect(altered.problem).toEqual({
      kind: 'altered-row',
      message: '有一条日志在封存后被改动。',
      sealNumber: expect.any(Number),
      rowId: row?.id,
    })
  })
})

test('everybody sees who read their own file, and only that', async () => {
  const secretary = await server.signedIn(server.accounts.secretary)
  const applicant = await server.signedIn(server.accounts.applicant)
  const path = `/api/people/${build.wang.id}`
  const page = await secretary.get(path)
  await secretary.patch(path, { set: { phone: '13900004711' } }, { 'if-match': page.headers.get('etag') ?? '' })
  await secretary.post(`${path}/readings`, { field: 'phone', purpose: '通知谈话' })
  const { items } = await (await applicant.get('/api/accounts/readings')).json()
  expect(items).toEqual([
    { id: expect.any(String), at: expect.any(String), by: '李晓岚', what: 'phone', title: null, purpose: '通知谈话' },
  ])
  expect(await (await secretary.get('/api/accounts/readings')).json()).toEqual({ items: [] })
  expect(await (await sysadmin.get('/api/accounts/readings')).json()).toEqual({ items: [] })
})

test('what is over is forgotten at night', async () => {
  clock.at = morning
  await server.signedIn(server.accounts.applicant)
  await signIn('nobody', 'a wrong password')
  const left = async () => [
    (await server.database.app.select().from(signInSessions)).length > 0,
    (await server.database.app.select().from(signInFailures)).length > 0,
  ]
  await tidySignIn(server.database, new Date(morning.getTime() + 23 * 3_600_000))
  expect(await left()).toEqual([true, true])
  await tidySignIn(server.database, new Date(morning.getTime() + 25 * 3_600_000))
  expect(await left()).toEqual([true, false])
  await tidySignIn(server.database, new Date(Date.now() + 400 * 24 * 3_600_000))
  expect(await left()).toEqual([false, false])
})
