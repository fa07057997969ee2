import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Browser, type BuiltAccount, type TestActor, testApp } from '../../../test/app.ts'
import { type BuiltPerson, statementsOf } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import { indexEntries } from '../../platform/search/entries.ts'
import { delegationPersons, delegations } from '../accounts/tables.ts'
import { indexChanges } from './jobs.ts'
import type { Hit } from './schema.ts'

const app = await testApp()
const { build, database } = app
const { tenantId } = build

const as = (actor: TestActor) => app.signedIn(app.accounts[actor])
const rules = Array.from({ length: 60 }, (_, at) => `T${String(at + 1).padStart(2, '0')}`)

/** Follows the journal to its end: what runs in other databases of the server may keep the last rows back for a moment. */
async function follow(): Promise<void> {
  for (;;) {
    await indexChanges(database)
    const { rows } = await build.look((db) =>
      db.execute(sql`select from journal j where j.tenant_id = ${tenantId} and not exists (select from search_progress p
        where p.tenant_id = ${tenantId} and (p.transaction, p.journal_id) >= (j.transaction, j.id)) limit 1`),
    )
    if (rows.length === 0) return
    await sleep(50)
  }
}

async function find(browser: Browser, query: string): Promise<Hit[]> {
  const response = await browser.get(`/api/search?${query}`)
  const body = await response.json()
  expect({ status: response.status, body }).toMatchObject({ status: 200 })
  return body.items
}

const titles = async (browser: Browser, query: string) => (await find(browser, query)).map((it) => it.title.text)

async function record(browser: Browser, person: BuiltPerson, act: object): Promise<string> {
  const file = await browser.get(`/api/development/files/${person.id}`)
  const answer = await browser.post(
    `/api/development/files/${person.id}/acts`,
    { act, acknowledged: { rules, reason: '照实记录' } },
    { 'if-match': file.headers.get('etag') ?? '' },
  )
  expect(answer.status).toBe(201)
  return (await answer.json()).id
}

const document = {
  kind: 'document',
  page: 1,
  code: 'politicalReview',
  isClosedToPerson: true,
  on: '2025-06-01',
} as const

describe('an act', () => {
  test('is found by what is written in it, as soon as the journal has been followed, until it is struck out', async () => {
    const secretary = await as('secretary')
    const id = await record(secretary, build.wang, {
      kind: 'applicantTalk',
      on: '2026-03-20',
      reason: '在Ａ楼204室谈了 家庭情况',
      talkers: [{ name: '李晓岚' }],
    })
    expect(await find(secretary, 'q=家庭情况')).toEqual([])
    await follow()
    expect(await find(secretary, 'q=a楼204 庭情')).toEqual([
      {
        kind: 'act',
        id,
        code: 'applicantTalk',
        title: { text: '派人同入党申请人谈话', marks: [] },
        snippet: {
          text: '在Ａ楼204室谈了 家庭情况 李晓岚 2026年3月20日',
          marks: [
            [1, 6],
            [11, 13],
          ],
        },
        page: null,
        on: '2026-03-20',
        person: { id: build.wang.id, name: '王一舟' },
        organization: { id: build.branch.id, name: build.branch.name },
      },
    ])
    for (const query of [
      'q=入党申请人谈',
      'q=王一',
      'q=王一舟 2026年3月',
      'q=岚',
      'q=家庭&kind=act',
      'q=家庭&year=2026',
    ])
      expect([query, await titles(secretary, query)]).toEqual([query, ['派人同入党申请人谈话']])
    for (const query of ['q=家庭 无此字', 'q=家庭&kind=document', 'q=家庭&year=2025'])
      expect([query, await titles(secretary, query)]).toEqual([query, []])

    const { headers } = await secretary.get(`/api/development/files/${build.wang.id}`)
    const struck = await secretary.post(
      `/api/development/files/${build.wang.id}/acts/${id}/corrections`,
      { reason: '记错了人' },
      { 'if-match': headers.get('etag') ?? '' },
    )
    expect(struck.status).toBe(201)
    await follow()
    expect(await find(secretary, 'q=家庭情况')).toEqual([])
  })

  test('is found by the new name of the person, and no longer by the old one', async () => {
    const secretary = await as('secretary')
    await record(secretary, build.wang, { kind: 'thoughtReport', on: '2026-03-02' })
    await follow()
    expect(await titles(secretary, 'q=王一舟 思想')).toEqual(['思想汇报'])
    const { headers } = await secretary.get(`/api/people/${build.wang.id}`)
    const changed = await secretary.patch(
      `/api/people/${build.wang.id}`,
      { set: { name: '王逸舟' }, clear: [] },
      { 'if-match': headers.get('etag') ?? '' },
    )
    expect(changed.status).toBe(204)
    await follow()
    expect(await titles(secretary, 'q=王一舟 思想')).toEqual([])
    expect(await titles(secretary, 'q=王逸舟 思想')).toEqual(['思想汇报'])
  })
})

describe('who finds what', () => {
  const secret = '机要内容'

  test.each<[who: TestActor | 'helper', finds: string[]]>([
    ['secretary', ['本人可见的材料', '思想汇报', '政审材料']],
    ['organiser', ['本人可见的材料', '思想汇报', '政审材料']],
    ['department', ['本人可见的材料', '思想汇报', '政审材料', '外院的材料']],
    ['partySchool', ['本人可见的材料', '思想汇报', '政审材料', '外院的材料']],
    // Whose own it is, and closed to them.
    ['distantSecretary', []],
    ['siblingSecretary', []],
    ['otherOrganiser', ['外院的材料']],
    ['publicity', []],
    ['applicant', ['本人可见的材料', '思想汇报']],
    ['stranger', []],
    ['sysadmin', []],
    ['secadmin', []],
    ['auditor', []],
    ['helper', ['思想汇报']],
  ])('%s', async (who, finds) => {
    const browser = await (who === 'helper' ? app.signedIn(helper) : as(who))
    expect((await titles(browser, `q=${secret}`)).sort()).toEqual([...finds].sort())
  })

  let helper: BuiltAccount

  beforeAll(async () => {
    const secretary = await as('secretary')
    await record(secretary, build.wang, { kind: 'thoughtReport', on: '2026-04-02', reason: secret })
    await follow()
    const { wang, sun } = build
    const of = (person: BuiltPerson) => ({ path: person.path, personId: person.id, subject: person.name, body: secret })
    await build.look((db) =>
      indexEntries({ db, tenantId }, [
        { ...document, ...of(wang), id: newId(), title: '政审材料' },
        { ...document, ...of(wang), id: newId(), title: '本人可见的材料', isClosedToPerson: false },
        { ...document, ...of(sun), id: newId(), title: '外院的材料' },
      ]),
    )
    helper = await app.account({ name: '韩帮', person: await build.person(build.branch, { name: '韩帮' }) })
    const id = newId()
    const until = '2027-03-01'
    await build.look(async (db) => {
      await db.insert(delegations).values({
        ...{ tenantId, id, path: build.branch.path, giverAccountId: app.accounts.secretary.id },
        ...{ helperAccountId: helper.id, purpose: '协助录入', fields: ['thoughtReport'], from: '2026-01-01', until },
      })
      await db
        .insert(delegationPersons)
        .values({ tenantId, delegationId: id, personId: wang.id, helperAccountId: helper.id, until })
    })
  })

  test('who has moved takes everything along at once', async () => {
    const department = await as('department')
    const { headers } = await department.get(`/api/people/${build.wang.id}`)
    const moved = await department.post(
      `/api/people/${build.wang.id}/moves`,
      { organizationId: build.distant.id, on: '2026-11-20' },
      { 'if-match': headers.get('etag') ?? '' },
    )
    expect(moved.status).toBe(204)
    const [old, now] = [await as('secretary'), await as('distantSecretary')]
    expect(await titles(old, `q=${secret}`)).toEqual([])
    expect((await titles(now, `q=${secret}`)).sort()).toEqual(['政审材料', '本人可见的材料'].sort())
    await follow()
    expect(await titles(old, `q=${secret}`)).toEqual([])
    expect((await titles(now, `q=${secret}`)).sort()).toEqual(['思想汇报', '政审材料', '本人可见的材料'].sort())
  })
})

describe('a page', () => {
  test('goes on where the one before ended, the newest first, each document once', async () => {
    const ids = Array.from({ length: 7 }, () => newId())
    const common = { ...document, path: build.sibling.path, personId: null, subject: '' }
    await build.look((db) =>
      indexEntries(
        { db, tenantId },
        ids.flatMap((id, at) =>
          [1, 2, 3].map((page) => ({
            ...{ ...common, id, page, title: `会议记录${at}`, on: `2024-01-0${1 + (at % 4)}` },
            body: page === 1 ? '封面' : '逐页翻阅',
          })),
        ),
      ),
    )
    const browser = await as('siblingSecretary')
    const pages: { title: string; page: number | null }[][] = []
    let cursor = ''
    do {
      const answer = await (await browser.get(`/api/search?q=逐页&limit=3${cursor && `&cursor=${cursor}`}`)).json()
      pages.push(answer.items.map((it: Hit) => ({ title: it.title.text, page: it.page })))
      cursor = answer.next ?? ''
    } while (cursor)
    expect(pages.map((it) => it.length)).toEqual([3, 3, 1])
    const days = pages.flat().map((it) => Number(it.title.slice(-1)) % 4)
    expect(days).toEqual([3, 2, 2, 1, 1, 0, 0])
    expect(new Set(pages.flat().map((it) => it.title)).size).toBe(7)
    expect(pages.flat().every((it) => it.page === 2)).toBe(true)
  })

  test('takes as many statements for one hit as for many', async () => {
    const browser = await as('department')
    await find(browser, 'q=逐页')
    expect(await statementsOf(() => find(browser, 'q=逐页&limit=1'))).toBe(1 + 1)
    expect(await statementsOf(() => find(browser, 'q=逐页&limit=50'))).toBe(1 + 1)
    expect(await statementsOf(() => find(browser, `q=逐页&organizationId=${build.sibling.id}`))).toBe(1 + 2)
  })

  test.each([
    ['q=', 400],
    ['q=%20%E2%80%8B', 400],
    [`q=${'党'.repeat(101)}`, 400],
    ['q=党&cursor=xx', 400],
    ['q=党&year=20', 400],
    ['q=党&kind=person', 400],
    [`q=党&organizationId=${newId()}`, 404],
    [`q=${encodeURIComponent(`'\\ | & ! :* <-> (%_`)}`, 200],
  ])('%s is answered with %i', async (query, status) => {
    expect((await (await as('secretary')).get(`/api/search?${query}`)).status).toBe(status)
  })
})
