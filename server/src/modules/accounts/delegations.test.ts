import { addDays } from '@zhibu/rules'
import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, testApp } from '../../../test/app.ts'
import { today } from '../../../test/factories.ts'
import { offices } from '../organization/tables.ts'
import { accounts, delegationPersons } from './tables.ts'

const server = await testApp()
const { build, clock } = server
const morning = clock.at
const secretary = await server.signedIn(server.accounts.secretary)
const cadre = await build.person(build.branch, { name: '孔助理', studentNumber: '2023017788' })
const helperAccount = await server.account({ name: '孔助理', person: cadre })

const task = {
  helperAccountId: helperAccount.id,
  personIds: [build.wang.id],
  fields: ['major', 'className'],
  purpose: '核对本支部学籍信息',
  until: addDays(today, 10),
}
const give = (differs: object = {}, by = secretary) => by.post('/api/accounts/delegations', { ...task, ...differs })

const sees = async (browser: Browser, personId: string) => (await browser.get(`/api/people/${personId}`)).status === 200

/** Days later, with a session that is not idle. */
const onDay = (days: number) => {
  clock.at = new Date(morning.getTime() + days * 24 * 3_600_000)
}

describe('persons by their numbers', () => {
  const ask = (by: Browser, numbers: readonly string[]) => by.post('/api/accounts/delegations/numbers', { numbers })

  test('are found in the part of the tree whose files one keeps, in the order of the list, each once', async () => {
    onDay(0)
    const distant = await build.person(build.distant, { name: '鲁在远', studentNumber: '2023020077' })
    const near = await build.person(build.branch, { name: '鲁在近', studentNumber: '2023010077' })
    const number = '2023010002'
    const wide = number.replace(/\d/g, (it) => String.fromCharCode(it.charCodeAt(0) + 0xfee0))
    const numbers = ['2023010077', '0000', number, '2023020077', wide, ` ${number} `]
    const organizationName = '云山学院本科生第一党支部'
    const found = (person: { id: string; name: string }) => ({ id: person.id, name: person.name, organizationName })
    const answer = await (await ask(await server.signedIn(server.accounts.secretary), numbers)).json()
    expect(answer).toEqual({ items: [found(near), found(build.wang)], missing: [1, 3] })
    const department = await (await ask(await server.signedIn(server.accounts.department), ['2023020077'])).json()
    expect(department).toMatchObject({ items: [{ id: distant.id }], missing: [] })
  })

  test.each([
    ['nothing', [], 400],
    ['an empty number', [''], 400],
    ['500 numbers', Array.from({ length: 500 }, (_, nth) => `n${nth}`), 200],
    ['501 numbers', Array.from({ length: 501 }, (_, nth) => `n${nth}`), 400],
    ['a sentence', ['这不是学号'.repeat(9)], 400],
  ] as const)('%s', async (_, numbers, status) => {
    onDay(0)
    expect((await ask(await server.signedIn(server.accounts.secretary), numbers)).status).toBe(status)
  })

  test('are told to nobody who keeps no files', async () => {
    onDay(0)
    for (const actor of ['applicant', 'partySchool', 'publicity', 'sysadmin', 'secadmin', 'auditor'] as const) {
      expect((await ask(await server.signedIn(server.accounts[actor]), ['2023010077'])).status).toBe(403)
    }
  })
})

describe('a delegation', () => {
  test('opens these persons and fields to the helper, for as long as it lasts, and ends by itself', async () => {
    onDay(0)
    const before = await server.signedIn(helperAccount)
    expect(await sees(before, build.wang.id)).toBe(false)
    expect((await give()).status).toBe(201)
    const helper = await server.signedIn(helperAccount)
    expect([await sees(helper, build.wang.id), await sees(helper, build.li.id)]).toEqual([true, false])
    const page = await helper.get(`/api/people/${build.wang.id}`)
    const change = (set: object) =>
      helper.patch(`/api/people/${build.wang.id}`, { set }, { 'if-match': page.headers.get('etag') ?? '' })
    expect((await change({ grade: '2023级' })).status).toBe(403)
    expect((await change({ major: '汉语言文学' })).status).toBe(204)

    onDay(10)
    expect(await sees(await server.signedIn(helperAccount), build.wang.id)).toBe(true)
    onDay(11)
    expect(await sees(await server.signedIn(helperAccount), build.wang.id)).toBe(false)
  })

  test('that is ended while the helper fills in a form takes nothing more', async () => {
    onDay(0)
    const person = await build.person(build.branch, { name: '戚被助' })
    const { id } = await (await give({ personIds: [person.id], fields: ['major', 'application'] })).json()
    const helper = await server.signedIn(helperAccount)
    const page = await helper.get(`/api/people/${person.id}`)
    const file = await helper.get(`/api/development/files/${person.id}`)
    expect([page.status, file.status]).toEqual([200, 200])
    const giver = await server.signedIn(server.accounts.secretary)
    expect((await giver.delete(`/api/accounts/delegations/${id}`)).status).toBe(204)

    const etagOf = (response: Response) => ({ 'if-match': response.headers.get('etag') ?? '' })
    const change = { set: { major: '汉语言文学' }, clear: [] }
    const changed = await helper.patch(`/api/people/${person.id}`, change, etagOf(page))
    const act = { act: { kind: 'application', on: today } }
    const recorded = await helper.post(`/api/development/files/${person.id}/acts`, act, etagOf(file))
    expect([changed.status, recorded.status]).toEqual([404, 404])
    const after = await giver.get(`/api/development/files/${person.id}`)
    expect(after.headers.get('etag')).toBe(file.headers.get('etag'))
  })

  test('hands on of the own file nothing that the giver may not record', async () => {
    onDay(0)
    const li = build.li.id
    const refused = '本人的发展档案由所在党支部或上级党组织的其他同志记录，不能由您授权他人填写。请从名单中去掉本人。'
    for (const personIds of [[li], [build.wang.id, li]]) {
      const answer = await give({ personIds, fields: ['major', 'application'] })
      expect([answer.status, (await answer.json()).detail]).toEqual([403, refused])
    }
    expect((await give({ personIds: [li] })).status).toBe(201)
    const organiser = await server.signedIn(server.accounts.organiser)
    expect((await give({ personIds: [li], fields: ['application'] }, organiser)).status).toBe(201)
  })

  test('is not passed on by the helper', async () => {
    onDay(0)
    await give()
    const helper = await server.signedIn(helperAccount)
    const other = await server.account({ name: '曹同学', person: await build.person(build.branch, { name: '曹同学' }) })
    expect((await give({ helperAccountId: other.id }, helper)).status).toBe(403)
    expect((await helper.get('/api/accounts/helpers?q=曹')).status).toBe(403)
  })

  test.each([
    ['the secretary of another branch', 'siblingSecretary', 404],
    ['an organiser of another college', 'otherOrganiser', 404],
    ['the Party school, which only reads files', 'partySchool', 403],
    ['the person concerned', 'applicant', 403],
    ['an administrator', 'sysadmin', 404],
  ] as const)('is not given by %s', async (_, actor, status) => {
    onDay(0)
    expect((await give({}, await server.signedIn(server.accounts[actor]))).status).toBe(status)
  })

  test.each([
    ['over a person of another branch', () => ({ personIds: [build.wang.id, build.zhao.id] }), 404],
    ['to oneself', () => ({ helperAccountId: server.accounts.secretary.id }), 409],
    ['to somebody of another branch', () => ({ helperAccountId: server.accounts.siblingSecretary.id }), 404],
    ['to an administrator', () => ({ helperAccountId: server.accounts.auditor.id }), 404],
    ['from yesterday', () => ({ from: addDays(today, -1) }), 400],
    ['until before it begins', () => ({ from: addDays(today, 2), until: addDays(today, 1) }), 400],
    ['for 181 days', () => ({ until: addDays(today, 180) }), 400],
    ['for a field that there is not', () => ({ fields: ['points'] }), 400],
    ['for nobody', () => ({ personIds: [] }), 400],
  ])('%s is refused', async (_, differs, status) => {
    onDay(0)
    expect((await give(differs())).status).toBe(status)
  })

  test('of 180 days is the longest', async () => {
    onDay(0)
    expect((await give({ until: addDays(today, 179) })).status).toBe(201)
  })

  test('ends early when the giver ends it, and at once', async () => {
    onDay(0)
    const person = await build.person(build.branch, { name: '严被助' })
    const { id } = await (await give({ personIds: [person.id] })).json()
    const helper = await server.signedIn(helperAccount)
    expect(await sees(helper, person.id)).toBe(true)
    expect((await helper.delete(`/api/accounts/delegations/${id}`)).status).toBe(403)
    expect((await secretary.delete(`/api/accounts/delegations/${id}`)).status).toBe(204)
    expect(await sees(helper, person.id)).toBe(false)
    const rows = await build.look((db) =>
      db
        .select({ until: delegationPersons.until })
        .from(delegationPersons)
        .where(eq(delegationPersons.delegationId, id)),
    )
    expect(rows).toEqual([{ until: addDays(today, -1) }])
  })

  test('rests while its giver is locked or out of office, and does not follow a person who leaves', async () => {
    onDay(0)
    const giver = await build.person(build.sibling, { name: '华书记' })
    const officeId = await build.office(giver, build.branch, 'deputySecretary')
    const giverAccount = await server.account({ name: '华书记', person: giver })
    const person = await build.person(build.branch, { name: '金被助' })
    await give({ personIds: [person.id] }, await server.signedIn(giverAccount))
    const helper = await server.signedIn(helperAccount)
    expect(await sees(helper, person.id)).toBe(true)

    const lock = (isLocked: boolean) =>
      build.look((db) => db.update(accounts).set({ isLocked }).where(eq(accounts.id, giverAccount.id)))
    await lock(true)
    expect((await (await helper.get('/api/accounts/session')).json()).can).toContain('delegations')
    expect(await isHelping(person.id)).toBe(false)
    await lock(false)
    expect(await isHelping(person.id)).toBe(true)

    const organiser = await server.signedIn(server.accounts.organiser)
    const page = await organiser.get(`/api/people/${person.id}`)
    const move = { organizationId: build.sibling.id, on: today }
    const moved = await organiser.post(`/api/people/${person.id}/moves`, move, {
      'if-match': page.headers.get('etag') ?? '',
    })
    expect(moved.status).toBe(204)
    expect(await isHelping(person.id)).toBe(false)

    const stays = await build.person(build.branch, { name: '魏被助' })
    await give({ personIds: [stays.id] }, await server.signedIn(giverAccount))
    expect(await isHelping(stays.id)).toBe(true)
    await build.look((db) =>
      db
        .update(offices)
        .set({ until: addDays(today, -1) })
        .where(and(eq(offices.tenantId, build.tenantId), eq(offices.id, officeId))),
    )
    expect(await isHelping(stays.id)).toBe(false)
  })

  test('is listed for giver, helper and those above, not for others', async () => {
    onDay(0)
    const person = await build.person(build.branch, { name: '陶被助' })
    const { id } = await (await give({ personIds: [person.id], purpose: '整理陶被助的材料' })).json()
    const listed = async (browser: Browser, query = '') => {
      const { items } = await (await browser.get(`/api/accounts/delegations?limit=200${query}`)).json()
      return items.find((it: { id: string }) => it.id === id)
    }
    const row = {
      id,
      giver: { accountId: server.accounts.secretary.id, name: '李晓岚' },
      helper: { accountId: helperAccount.id, name: '孔助理' },
      purpose: '整理陶被助的材料',
      fields: ['major', 'className'],
      from: today,
      until: addDays(today, 10),
      endedOn: null,
      isRunning: true,
      personCount: 1,
    }
    expect(await listed(secretary, '&only=given')).toEqual({ ...row, can: { end: true } })
    expect(await listed(secretary, '&only=received')).toBeUndefined()
    expect(await listed(await server.signedIn(helperAccount))).toEqual({ ...row, can: { end: false } })
    expect(await listed(await server.signedIn(server.accounts.organiser))).toEqual({ ...row, can: { end: true } })
    const personsOf = async (browser: Browser) => {
      const response = await browser.get(`/api/accounts/delegations/${id}/persons`)
      return response.status === 200 ? (await response.json()).items : response.status
    }
    const covered = [{ id: person.id, name: '陶被助', organizationName: '云山学院本科生第一党支部' }]
    expect(await personsOf(secretary)).toEqual(covered)
    expect(await personsOf(await server.signedIn(helperAccount))).toEqual(covered)
    onDay(11)
    expect(await personsOf(await server.signedIn(helperAccount))).toEqual([])
    expect(await personsOf(await server.signedIn(server.accounts.organiser))).toEqual(covered)
    onDay(0)
    for (const actor of ['siblingSecretary', 'otherOrganiser', 'applicant', 'auditor'] as const) {
      expect(await personsOf(await server.signedIn(server.accounts[actor]))).toBe(404)
      expect(await listed(await server.signedIn(server.accounts[actor]))).toBeUndefined()
    }
  })
})

test('helpers are found by name, number and initials among those whose files the giver keeps', async () => {
  onDay(0)
  const found = async (browser: Browser, q: string) =>
    (await (await browser.get(`/api/accounts/helpers?q=${encodeURIComponent(q)}`)).json()).items
  const helper = {
    accountId: helperAccount.id,
    name: '孔助理',
    studentNumber: '2023017788',
    organizationName: '云山学院本科生第一党支部',
  }
  for (const q of ['孔', '助理', 'kzl', 'kongzhu', '20230177'])
    expect([q, await found(secretary, q)]).toEqual([q, [helper]])
  for (const q of ['赵', 'zsy', '%', '_助']) expect([q, await found(secretary, q)]).toEqual([q, []])
  expect(await found(await server.signedIn(server.accounts.distantSecretary), '孔')).toEqual([])
})

/** Whether the helper may enter something for the person, by the policy and not only by what the database shows. */
async function isHelping(personId: string): Promise<boolean> {
  const page = await (await server.signedIn(helperAccount)).get(`/api/people/${personId}`)
  return page.status === 200 && (await page.json()).can.change
}
