import { addDays, type Day } from '@zhibu/rules'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, testApp } from '../../../test/app.ts'
import { type BuiltOrganization, type BuiltPerson, statementsOf, today } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { delegations } from '../accounts/tables.ts'
import { activities } from '../activities/tables.ts'
import { recordActs } from '../development/imported.ts'
import { discussionTopics } from '../discussion/tables.ts'
import type { OfficeKind } from '../organization/schema.ts'
import { offices } from '../organization/tables.ts'
import type { SuccessionDesk, SuccessionList, SuccessionView } from './succession-schema.ts'
import { talentHoldings, talentSuccessionKits } from './tables.ts'

const app = await testApp()
const { build, accounts, clock } = app
const { tenantId, look } = build
const at = '/api/talent/successions'
const start = clock.at

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}
const said = async (response: Response) => {
  const { fields = [] } = await response.json()
  return [response.status, ...fields.map((it: { path: string }) => it.path)]
}
const read = async (by: Browser, id: string) => json<SuccessionView>(await by.get(`${at}/${id}`))
const desk = async (by: Browser) =>
  (await json<SuccessionDesk>(await by.get(`${at}/desk`))).items.map((it) => [it.id, it.task])
const list = async (by: Browser) => (await json<SuccessionList>(await by.get(at))).items.map((it) => it.id)

let number = 0

/** A branch of its own with a secretary, somebody who could be the next, an applicant, and the accounts of the first two. */
async function branchWithSecretary({
  office = 'secretary',
  from = '2025-01-01',
}: {
  office?: OfficeKind
  from?: Day
} = {}) {
  const organization = await build.organization(build.college, { kind: 'branch', name: `云山学院党支部之${++number}` })
  const outgoing = await build.person(organization, { name: `移交者${number}` })
  const incoming = await build.person(organization, { name: `接手者${number}` })
  const officeId = await build.office(outgoing, organization, office, { from })
  const accountOf = {
    outgoing: await app.account({ person: outgoing, name: outgoing.name }),
    incoming: await app.account({ person: incoming, name: incoming.name }),
  }
  return {
    ...{ organization, outgoing, incoming, officeId, accountOf },
    outgoingBrowser: await app.signedIn(accountOf.outgoing),
    incomingBrowser: await app.signedIn(accountOf.incoming),
  }
}
type Branch = Awaited<ReturnType<typeof branchWithSecretary>>

const begin = async (
  { organization, officeId }: Pick<Branch, 'organization' | 'officeId'>,
  incoming: BuiltPerson | null,
  by: Browser,
) => by.post(at, { organizationId: organization.id, officeId, incomingPersonId: incoming?.id ?? null })

const begun = async (it: Branch, incoming: BuiltPerson | null = it.incoming) =>
  (await json<{ id: string }>(await begin(it, incoming, as.organiser), 201)).id

/** Settles everything there is as it is decided for each kind, or kept. */
async function settle(
  by: Browser,
  id: string,
  firstOn: Day,
  decisions: Readonly<Record<string, string>> = {},
  revision?: number,
) {
  const view = await read(by, id)
  return by.post(
    `${at}/${id}/settlement`,
    {
      ...{ firstOn, documentNumber: '' },
      decisions: view.accesses.map((it) => ({ key: it.key, decision: decisions[it.kind] ?? it.allowed[0] })),
    },
    { 'if-match': `"${revision ?? view.revision}"` },
  )
}

const act = async (by: Browser, id: string, what: string, body: unknown) =>
  by.post(`${at}/${id}/${what}`, body, { 'if-match': `"${(await read(by, id)).revision}"` })

/** Signs what stands there now. */
const sign = async (by: Browser, id: string, what: 'handing' | 'taking', remark = '') =>
  by.post(`${at}/${id}/${what}`, { remark }, { 'if-match': `"${(await read(as.organiser, id)).revision}"` })

async function officesAt(organization: BuiltOrganization) {
  const rows = await look((db) => db.select().from(offices).where(eq(offices.organizationId, organization.id)))
  return rows
    .map(({ personName, office, from, until }) => [personName, office, from, until])
    .sort((a, b) => (String(a) < String(b) ? -1 : 1))
}

const signedIn = async () => ({
  organiser: await app.signedIn(accounts.organiser),
  otherOrganiser: await app.signedIn(accounts.otherOrganiser),
  department: await app.signedIn(accounts.department),
  sibling: await app.signedIn(accounts.siblingSecretary),
  partySchool: await app.signedIn(accounts.partySchool),
  publicity: await app.signedIn(accounts.publicity),
  applicant: await app.signedIn(accounts.applicant),
  stranger: await app.signedIn(accounts.stranger),
  auditor: await app.signedIn(accounts.auditor),
})
let as = await signedIn()

/** The server on another day, and everybody signed in anew. */
async function on(day: Day) {
  clock.at = new Date(`${day}T02:00:00Z`)
  as = await signedIn()
}
beforeEach(async () => {
  if (clock.at !== start) {
    clock.at = start
    as = await signedIn()
  }
})

describe('a hand-over', () => {
  test('is seen by who gives the office, who goes and who comes, and exists for nobody else', async () => {
    const it = await branchWithSecretary()
    const id = await begun(it)
    const { organiser, department, ...others } = as
    for (const by of [organiser, department, it.outgoingBrowser, it.incomingBrowser]) {
      expect((await by.get(`${at}/${id}`)).status).toBe(200)
      expect(await list(by)).toContain(id)
    }
    for (const [name, by] of Object.entries(others)) {
      expect([name, (await by.get(`${at}/${id}`)).status]).toEqual([name, name === 'auditor' ? 403 : 404])
      if (name !== 'auditor') expect(await list(by)).not.toContain(id)
    }
    expect([await desk(it.outgoingBrowser), await desk(it.incomingBrowser)]).toEqual([[[id, 'hand']], [[id, 'take']]])
    expect(await desk(as.organiser)).toContainEqual([id, 'settle'])
  })

  test('is begun by who gives the office, once, between two people, and not of the own office', async () => {
    const it = await branchWithSecretary()
    const { outgoing, incoming, organization } = it
    const tried = async (by: Browser, given: BuiltPerson | null, officeId = it.officeId) =>
      said(await begin({ organization, officeId }, given, by))
    expect(await tried(as.organiser, outgoing)).toEqual([400, 'incomingPersonId'])
    expect(await tried(it.outgoingBrowser, incoming)).toEqual([403])
    expect(await tried(as.otherOrganiser, incoming)).toEqual([403])
    expect(await tried(as.sibling, incoming)).toEqual([403])
    expect(await tried(as.organiser, build.sun)).toEqual([404])
    expect(await tried(as.organiser, incoming, newId())).toEqual([404])
    const answers = await Promise.all([begin(it, incoming, as.organiser), begin(it, null, as.department)])
    expect(answers.map((one) => one.status).sort()).toEqual([201, 409])
  })

  test('of an office that ended is begun within a year of its end', async () => {
    const days: readonly (readonly [Day, number])[] = [
      [addDays(today, -366), 201],
      [addDays(today, -367), 409],
    ]
    for (const [until, status] of days) {
      const it = await branchWithSecretary()
      await look((db) => db.update(offices).set({ until }).where(eq(offices.id, it.officeId)))
      expect([until, (await begin(it, it.incoming, as.organiser)).status]).toEqual([until, status])
    }
    const later = await branchWithSecretary({ from: addDays(today, 1) })
    expect((await begin(later, null, as.organiser)).status).toBe(409)
  })

  test('is called off while nothing is settled or signed, and then neither side sees it', async () => {
    const it = await branchWithSecretary()
    const id = await begun(it)
    await json(
      await it.outgoingBrowser.post(`${at}/${id}/entries`, {
        kind: 'promise',
        text: '请老师讲一次党课',
        toWhom: '',
        untilOn: null,
      }),
      201,
    )
    expect((await act(it.outgoingBrowser, id, 'dropping', { reason: '不想交' })).status).toBe(403)
    await json(await act(as.organiser, id, 'dropping', { reason: '写错了人' }), 204)
    expect((await it.outgoingBrowser.get(`${at}/${id}`)).status).toBe(404)
    expect((await it.incomingBrowser.get(`${at}/${id}`)).status).toBe(404)
    expect(await read(as.organiser, id)).toMatchObject({ state: 'dropped', dropReason: '写错了人', entries: [] })
    await begun(it)
  })
})

describe('the kit', () => {
  test('says what the office has to do, what comes, what was promised and where things lie', async () => {
    const it = await branchWithSecretary()
    const { organization } = it
    const someone = await build.person(organization, { name: '申请者' })
    await build.as(build.actors.department, (ctx) =>
      recordActs(ctx, newId(), [
        { personId: someone.id, path: someone.path, act: { kind: 'application', on: '2026-09-01' } },
      ]),
    )
    const heldOn = (day: Day) => ({ fromOn: day, untilOn: day })
    const isAnnounced = { announcedAt: start, announcedBy: '某人' }
    const planned = activityOf(organization, '冬至包饺子', heldOn(addDays(today, 29)))
    const announced = activityOf(organization, '参观校史馆', { ...heldOn(addDays(today, 60)), ...isAnnounced })
    const far = activityOf(organization, '毕业季座谈', { ...heldOn(addDays(today, 61)), ...isAnnounced })
    await look((db) => db.insert(activities).values([planned, announced, far]))
    const topic = (kind: 'suggestion' | 'complaint', title: string, isProtected = false) => ({
      ...{ tenantId, id: newId(), organizationId: organization.id, path: organization.path, kind, title, isProtected },
      ...{ isConfidential: kind === 'complaint', state: 'received' as const, promisedOn: addDays(today, -1) },
      ...{ authorId: isProtected ? null : someone.id, authorName: '提议者', answerOffice: 'secretary' as const },
      ...{ createdAt: start, lastPostAt: start, lastSeq: 1 },
    })
    const suggestion = topic('suggestion', '活动室晚上开放')
    await look((db) =>
      db
        .insert(discussionTopics)
        .values([suggestion, topic('complaint', '某某态度粗暴'), topic('suggestion', '一封受保护的信', true)]),
    )
    const id = await begun(it)
    await json(
      await it.outgoingBrowser.post(`${at}/${id}/entries`, {
        ...{ kind: 'promise', text: '帮申请者约一次谈话', toWhom: '申请者', untilOn: '2026-12-01' },
      }),
      201,
    )
    const { kit, entries } = await read(as.organiser, id)
    expect(kit).toEqual({
      asOf: today,
      isDrawnUp: false,
      parts: [
        {
          name: 'waiting',
          lines: [
            {
              text: '申请者（入党申请人）',
              facts: ['下一步：派人同入党申请人谈话'],
              ...{ on: '2026-10-01', isOverdue: true, page: `/development/${someone.id}` },
            },
            {
              ...{ text: '活动“冬至包饺子”', facts: ['筹备中'], on: addDays(today, 29), isOverdue: false },
              page: `/activities/${planned.id}`,
            },
          ],
          more: 0,
        },
        {
          name: 'coming',
          lines: [
            {
              ...{ text: '活动“参观校史馆”', facts: [], on: addDays(today, 60), isOverdue: false },
              page: `/activities/${announced.id}`,
            },
          ],
          more: 0,
        },
        {
          name: 'promised',
          lines: [
            {
              ...{
                text: '答复“活动室晚上开放”',
                facts: ['提出建议的同志在等答复'],
                on: addDays(today, -1),
                isOverdue: true,
              },
              page: `/discussion/topics/${suggestion.id}`,
            },
            {
              text: '要答复的投诉反映和受保护的来信 2 件',
              ...{ facts: ['内容由到任后负责答复的同志自己打开看'], on: null, isOverdue: false, page: '/discussion' },
            },
          ],
          more: 0,
        },
        {
          name: 'places',
          lines: [
            { text: '个人发展材料的电子件 0 份', facts: ['涉及 0 人'], on: null, isOverdue: false, page: '/archive' },
            {
              ...{ text: '本组织自己的材料 0 份', facts: [], on: null, isOverdue: false },
              page: `/archive/organizations/${organization.id}`,
            },
          ],
          more: 0,
        },
      ],
    })
    const shown = (await read(it.incomingBrowser, id)).kit?.parts.flatMap((part) => part.lines) ?? []
    expect(shown.map((line) => line.text)).toEqual(kit?.parts.flatMap((part) => part.lines.map((line) => line.text)))
    expect(shown.every((line) => line.page === null)).toBe(true)
    expect(entries).toEqual([
      {
        ...{ id: entries[0]?.id, kind: 'promise', text: '帮申请者约一次谈话', toWhom: '申请者', untilOn: '2026-12-01' },
        ...{ writtenBy: it.outgoing.name, writtenOn: today, can: { remove: false } },
      },
    ])
  })

  test('takes as many statements for sixty people as for three', async () => {
    const it = await branchWithSecretary()
    const id = await begun(it)
    const add = async (count: number) => {
      const people: BuiltPerson[] = []
      for (let at_ = 0; at_ < count; at_++) people.push(await build.person(it.organization, { name: `同志${at_}` }))
      await build.as(build.actors.department, (ctx) =>
        recordActs(
          ctx,
          newId(),
          people.map(({ id: personId, path }) => ({
            personId,
            path,
            act: { kind: 'application' as const, on: '2026-11-01' },
          })),
        ),
      )
    }
    const cost = async () => {
      let lines = 0
      const statements = await statementsOf(async () => {
        const { kit } = await read(as.organiser, id)
        lines = kit?.parts.flatMap((part) => part.lines).length ?? 0
      })
      return { statements, lines }
    }
    await add(3)
    await cost()
    const few = await cost()
    await add(57)
    const many = await cost()
    expect(many.lines).toBeGreaterThan(few.lines + 50)
    expect(many.statements).toBeLessThanOrEqual(few.statements)
  })
})

describe('the accesses', () => {
  test('pass and are withdrawn on the chosen day, on both sides of it', async () => {
    const it = await branchWithSecretary()
    const { organization, outgoing, incoming, accountOf } = it
    const feed = await json<{ url: string }>(
      await it.outgoingBrowser.post('/api/notices/calendars', { organizationId: organization.id }),
      201,
    )
    const calendar = new URL(feed.url).pathname
    const id = await begun(it)
    const firstOn = addDays(today, 2)
    await json(await settle(as.organiser, id, firstOn), 204)
    expect(await officesAt(organization)).toEqual([
      [incoming.name, 'secretary', firstOn, null],
      [outgoing.name, 'secretary', '2025-01-01', addDays(today, 1)],
    ])
    const file = `/api/people/${incoming.id}`
    const ownFile = `/api/people/${outgoing.id}`
    const sees = async () => {
      const [before, after] = [await app.signedIn(accountOf.outgoing), await app.signedIn(accountOf.incoming)]
      return [
        (await before.get(file)).status,
        (await app.browser().get(calendar)).status,
        (await after.get(ownFile)).status,
      ]
    }
    await on(addDays(today, 1))
    expect(await sees()).toEqual([200, 200, 404])
    await on(firstOn)
    expect(await sees()).toEqual([404, 404, 200])
    const { kit, entries, can } = await read(await app.signedIn(accountOf.outgoing), id)
    expect([kit, entries, can.signOutgoing]).toEqual([null, [], true])
  })

  test('go all in one step, offices beside it, posts and delegations too', async () => {
    const it = await branchWithSecretary()
    const { organization, outgoing, incoming, accountOf } = it
    await build.office(outgoing, organization, 'orgMember')
    await build.office(incoming, organization, 'deputySecretary')
    const post = {
      ...{ title: '新媒体编辑', duty: 'studentCadre', employment: 'student', places: 1, skillIds: [], about: '' },
      organizationId: organization.id,
    }
    const { id: postId } = await json<{ id: string }>(await as.organiser.post('/api/talent/posts', post), 201)
    await json(
      await as.organiser.post(`/api/talent/posts/${postId}/holders`, { personId: outgoing.id, fromOn: '2026-01-01' }),
      201,
    )
    const helper = await build.person(organization, { name: '协助者' })
    const helperAccount = await app.account({ person: helper, name: helper.name })
    await json(
      await it.outgoingBrowser.post('/api/accounts/delegations', {
        ...{ helperAccountId: helperAccount.id, personIds: [incoming.id], fields: ['thoughtReport'] },
        ...{ purpose: '登记思想汇报', until: addDays(today, 30) },
      }),
      201,
    )
    const id = await begun(it)
    const { accesses } = await read(as.organiser, id)
    expect(accesses.map(({ kind, title, allowed }) => [kind, title, allowed])).toEqual([
      ['office', `${organization.name} 组织委员`, ['keep', 'withdraw', 'pass']],
      ['post', `${organization.name} 新媒体编辑`, ['keep', 'withdraw', 'pass']],
      ['delegationGiven', '授权协助者：登记思想汇报', ['keep', 'withdraw']],
      ['successorOffice', `${organization.name} 副书记`, ['keep', 'withdraw']],
    ])
    const decisions = { office: 'withdraw', post: 'pass', delegationGiven: 'withdraw', successorOffice: 'withdraw' }
    await json(await settle(as.organiser, id, today, decisions), 204)
    const yesterday = addDays(today, -1)
    expect(await officesAt(organization)).toEqual([
      [incoming.name, 'deputySecretary', '2025-01-01', yesterday],
      [incoming.name, 'secretary', today, null],
      [outgoing.name, 'orgMember', '2025-01-01', yesterday],
      [outgoing.name, 'secretary', '2025-01-01', yesterday],
    ])
    const holdings = await look((db) => db.select().from(talentHoldings).where(eq(talentHoldings.postId, postId)))
    expect(holdings.map((one) => [one.personId, one.fromOn, one.untilOn]).sort()).toEqual(
      [
        [outgoing.id, '2026-01-01', yesterday],
        [incoming.id, today, null],
      ].sort(),
    )
    const given = await look((db) =>
      db.select().from(delegations).where(eq(delegations.helperAccountId, helperAccount.id)),
    )
    expect(given.map((one) => one.endedOn)).toEqual([today])
    expect((await (await app.signedIn(helperAccount)).get(`/api/people/${incoming.id}`)).status).toBe(404)
    expect((await (await app.signedIn(accountOf.incoming)).get(`/api/people/${helper.id}`)).status).toBe(200)
    const view = await read(as.organiser, id)
    expect(view.decided.map(({ kind, decision }) => [kind, decision])).toEqual([
      ['office', 'withdraw'],
      ['post', 'pass'],
      ['delegationGiven', 'withdraw'],
      ['successorOffice', 'withdraw'],
    ])
    expect((await read(it.incomingBrowser, id)).decided.map(({ kind }) => kind)).toEqual(['post', 'successorOffice'])
  })

  test('a delegation to a later day runs to the last day of the office', async () => {
    const it = await branchWithSecretary()
    const helper = await build.person(it.organization, { name: '协助者乙' })
    const helperAccount = await app.account({ person: helper, name: helper.name })
    await json(
      await it.outgoingBrowser.post('/api/accounts/delegations', {
        ...{ helperAccountId: helperAccount.id, personIds: [it.incoming.id], fields: ['thoughtReport'] },
        ...{ purpose: '登记思想汇报', until: addDays(today, 30) },
      }),
      201,
    )
    const id = await begun(it)
    await json(await settle(as.organiser, id, addDays(today, 5), { delegationGiven: 'withdraw' }), 204)
    const [given] = await look((db) =>
      db.select().from(delegations).where(eq(delegations.helperAccountId, helperAccount.id)),
    )
    expect([given?.until, given?.endedOn]).toEqual([addDays(today, 4), null])
  })

  test('are settled by one of two who do it at once, and nothing of it where one thing is refused', async () => {
    const it = await branchWithSecretary()
    await build.office(it.outgoing, it.organization, 'orgMember')
    const id = await begun(it)
    const { revision } = await read(as.organiser, id)
    const before = await officesAt(it.organization)
    expect(await said(await settle(as.organiser, id, today, { office: 'give away' }))).toEqual([
      400,
      'decisions.0.decision',
    ])
    const partly = await as.organiser.post(
      `${at}/${id}/settlement`,
      { firstOn: today, documentNumber: '', decisions: [] },
      { 'if-match': `"${revision}"` },
    )
    expect(await said(partly)).toEqual([412])
    expect(await said(await settle(as.organiser, id, '2025-01-01'))).toEqual([400, 'firstOn'])
    // Passed on, an office would stand beside one that the successor is given by somebody else meanwhile.
    const rival = await build.office(it.incoming, it.organization, 'orgMember', { from: addDays(today, 3) })
    expect(await said(await settle(as.organiser, id, today, { office: 'pass' }))).toEqual([409])
    await look((db) => db.delete(offices).where(eq(offices.id, rival)))
    expect(await officesAt(it.organization)).toEqual(before)
    const answers = await Promise.all([
      settle(as.organiser, id, today, { office: 'withdraw' }, revision),
      settle(as.department, id, today, { office: 'withdraw' }, revision),
    ])
    expect(answers.map((one) => one.status).sort()).toEqual([204, expect.toBeOneOf([403, 412])])
  })

  test('are settled by nobody who goes, comes, or stands elsewhere', async () => {
    const it = await branchWithSecretary()
    const id = await begun(it)
    const body = { firstOn: today, documentNumber: '', decisions: [] }
    for (const [by, status] of [
      [it.outgoingBrowser, 403],
      [it.incomingBrowser, 403],
      [as.sibling, 404],
      [as.otherOrganiser, 404],
    ] as const)
      expect((await by.post(`${at}/${id}/settlement`, body, { 'if-match': '"1"' })).status).toBe(status)
  })

  test('without a successor the office ends, and one who is named later is given it', async () => {
    const it = await branchWithSecretary()
    const id = await begun(it, null)
    await json(await settle(as.organiser, id, today), 204)
    expect(await officesAt(it.organization)).toEqual([
      [it.outgoing.name, 'secretary', '2025-01-01', addDays(today, -1)],
    ])
    expect((await it.incomingBrowser.get(`${at}/${id}`)).status).toBe(404)
    const name = async (by: Browser, personId: string) =>
      by.put(`${at}/${id}/successor`, { personId }, { 'if-match': `"${(await read(as.organiser, id)).revision}"` })
    expect(await said(await name(as.organiser, it.outgoing.id))).toEqual([400, 'incomingPersonId'])
    await json(await name(as.organiser, it.incoming.id), 204)
    expect(await said(await settle(as.organiser, id, addDays(today, -1)))).toEqual([400, 'firstOn'])
    await json(await settle(as.organiser, id, today), 204)
    expect(await officesAt(it.organization)).toEqual([
      [it.incoming.name, 'secretary', today, null],
      [it.outgoing.name, 'secretary', '2025-01-01', addDays(today, -1)],
    ])
    expect((await name(as.organiser, build.wang.id)).status).toBe(403)
  })
})

test('the first and the last day stand in the calendars of the two, and an open call in that of who belongs there', async () => {
  const it = await branchWithSecretary()
  const id = await begun(it)
  const firstOn = addDays(today, 3)
  await json(await settle(as.organiser, id, firstOn), 204)
  const post = {
    ...{ title: '宣传骨干', duty: 'studentCadre', employment: 'student', places: 1, skillIds: [], about: '' },
    organizationId: it.organization.id,
  }
  const { id: postId } = await json<{ id: string }>(await as.organiser.post('/api/talent/posts', post), 201)
  const call = { postId, untilOn: addDays(today, 9), text: '' }
  const made = await json<{ id: string }>(await as.organiser.post('/api/talent/calls', call), 201)
  const shown = async (by: Browser) => {
    const { url } = await json<{ url: string }>(await by.post('/api/notices/calendars', { organizationId: null }), 201)
    const text = (await (await app.browser().get(new URL(url).pathname)).text()).replaceAll('\r\n ', '')
    const titles = [...text.matchAll(/^DTSTART[^:]*:(\d+)[\s\S]*?^SUMMARY:([^\r\n]*)/gm)].map(
      ([, on, title]) => `${on} ${title}`,
    )
    return titles.filter((one) => one.includes('书记') || one.includes('岗位征集'))
  }
  const { name } = it.organization
  expect(await shown(it.outgoingBrowser)).toEqual([
    '20261202 岗位征集报名截止：宣传骨干',
    `20261125 ${name} 书记：任职的最后一天`,
  ])
  expect(await shown(it.incomingBrowser)).toEqual([
    '20261202 岗位征集报名截止：宣传骨干',
    `20261126 ${name} 书记：开始任职`,
  ])
  expect(await shown(as.sibling)).toEqual([])
  await json(await as.organiser.post(`/api/talent/calls/${made.id}/closing`, { reason: '人选已定' }), 204)
  expect(await shown(it.incomingBrowser)).toEqual([`20261126 ${name} 书记：开始任职`])
})

test('what was registered on the page of the organisation before is not registered a second time', async () => {
  const it = await branchWithSecretary()
  const id = await begun(it)
  const office = `/api/organization/${it.organization.id}/offices`
  await json(await as.organiser.post(`${office}/${it.officeId}/end`, { on: addDays(today, -4) }), 204)
  const given = { personId: it.incoming.id, office: 'secretary', from: addDays(today, -3) }
  await json(await as.organiser.post(office, given), 201)
  expect((await read(as.organiser, id)).accesses).toEqual([])
  await json(await settle(as.organiser, id, today), 204)
  expect(await officesAt(it.organization)).toEqual([
    [it.incoming.name, 'secretary', addDays(today, -3), null],
    [it.outgoing.name, 'secretary', '2025-01-01', addDays(today, -4)],
  ])
  expect(await read(as.organiser, id)).toMatchObject({ lastOn: addDays(today, -4), firstOn: addDays(today, -3) })
})

describe('the signatures', () => {
  test('keep the kit as it was, and end the hand-over with the last of them', async () => {
    const it = await branchWithSecretary()
    const id = await begun(it)
    const entry = { kind: 'place', text: '入党申请书原件在二楼档案柜第三层', toWhom: '', untilOn: null }
    const { id: entryId } = await json<{ id: string }>(await it.outgoingBrowser.post(`${at}/${id}/entries`, entry), 201)
    expect((await sign(it.incomingBrowser, id, 'taking')).status).toBe(409)
    expect((await sign(it.incomingBrowser, id, 'handing')).status).toBe(403)
    expect((await sign(as.organiser, id, 'handing')).status).toBe(403)
    await json(await sign(it.outgoingBrowser, id, 'handing', '都说清楚了'), 204)
    expect((await sign(it.outgoingBrowser, id, 'handing')).status).toBe(409)
    const signed = await read(it.incomingBrowser, id)
    await build.person(it.organization, { name: '后来者' })
    await look((db) => db.insert(activities).values(activityOf(it.organization, '后来的活动')))
    expect((await it.outgoingBrowser.post(`${at}/${id}/entries`, entry)).status).toBe(409)
    expect((await it.outgoingBrowser.delete(`${at}/${id}/entries/${entryId}`)).status).toBe(409)
    expect((await read(it.incomingBrowser, id)).kit).toEqual(signed.kit)
    expect(signed.kit?.isDrawnUp).toBe(true)
    await expect(build.look((db) => db.update(talentSuccessionKits).set({ drawnUpBy: '别人' }))).rejects.toThrow()
    await json(await sign(it.incomingBrowser, id, 'taking', '党费账目还要再问'), 204)
    expect((await read(as.organiser, id)).state).toBe('preparing')
    await json(await settle(as.organiser, id, today), 204)
    expect(await read(as.organiser, id)).toMatchObject({
      ...{ state: 'finished', closedOn: today, closedBy: null, closeReason: null },
      signatures: [
        { side: 'outgoing', name: it.outgoing.name, remark: '都说清楚了', signedOn: today },
        { side: 'incoming', name: it.incoming.name, remark: '党费账目还要再问', signedOn: today },
      ],
    })
    expect(await desk(it.outgoingBrowser)).toEqual([])
    const rows = await look((db) => db.select().from(journal).where(eq(journal.subjectId, id)))
    expect(rows.map((one) => one.event).sort()).toEqual([
      'talent.succession-begun',
      'talent.succession-entry-written',
      'talent.succession-settled',
      'talent.succession-signed',
      'talent.succession-signed',
    ])
    expect(JSON.stringify(rows)).not.toContain('档案柜')
    expect(JSON.stringify(rows)).not.toContain('党费账目')
  })

  test('whoever comes signs without the other once that one has left, and who gives the office closes it with a reason', async () => {
    const it = await branchWithSecretary()
    const id = await begun(it)
    expect((await act(as.organiser, id, 'closing', { reason: '移交人已毕业离校' })).status).toBe(409)
    await json(await settle(as.organiser, id, today), 204)
    await json(await sign(it.incomingBrowser, id, 'taking', ''), 204)
    expect((await act(it.incomingBrowser, id, 'closing', { reason: '我来办结' })).status).toBe(403)
    await json(await act(as.organiser, id, 'closing', { reason: '移交人已毕业离校' }), 204)
    expect(await read(as.organiser, id)).toMatchObject({
      ...{ state: 'finished', closedBy: '吴远舟', closeReason: '移交人已毕业离校', kit: { isDrawnUp: true } },
    })
    expect((await sign(it.outgoingBrowser, id, 'handing', '')).status).toBe(409)
  })

  test('the kit goes out as Word and PDF for who reads it', async () => {
    const it = await branchWithSecretary()
    const id = await begun(it)
    for (const [form, magic] of [
      ['word', 'PK'],
      ['pdf', '%PDF'],
    ] as const) {
      const answer = await it.incomingBrowser.post(`${at}/${id}/exports`, { form })
      expect(answer.status).toBe(200)
      expect(new TextDecoder('latin1').decode(await answer.arrayBuffer()).startsWith(magic)).toBe(true)
    }
    expect((await as.sibling.post(`${at}/${id}/exports`, { form: 'word' })).status).toBe(404)
  })
})

describe('the days before and after', () => {
  test('who comes reads the kit until their first day, both signed or not, and then by the office alone', async () => {
    const it = await branchWithSecretary()
    const id = await begun(it)
    const firstOn = addDays(today, 3)
    await json(await settle(as.organiser, id, firstOn), 204)
    await json(await sign(it.outgoingBrowser, id, 'handing', ''), 204)
    await json(await sign(it.incomingBrowser, id, 'taking', ''), 204)
    const readOf = async (by: Browser) => {
      const { state, kit } = await read(by, id)
      return [state, kit !== null]
    }
    expect(await readOf(it.incomingBrowser)).toEqual(['finished', true])
    await on(addDays(firstOn, -1))
    expect(await readOf(await app.signedIn(it.accountOf.incoming))).toEqual(['finished', true])
    await on(firstOn)
    expect(await readOf(await app.signedIn(it.accountOf.incoming))).toEqual(['finished', true])
    await look((db) => db.update(offices).set({ until: firstOn }).where(eq(offices.personId, it.incoming.id)))
    await on(addDays(firstOn, 1))
    expect(await readOf(await app.signedIn(it.accountOf.incoming))).toEqual(['finished', false])
  })

  test('who came and left again without signing reads no names of the branch any more', async () => {
    const it = await branchWithSecretary()
    const id = await begun(it)
    await json(await settle(as.organiser, id, today), 204)
    expect((await read(it.incomingBrowser, id)).kit).not.toBeNull()
    await look((db) => db.update(offices).set({ until: today }).where(eq(offices.personId, it.incoming.id)))
    await on(addDays(today, 1))
    const left = await app.signedIn(it.accountOf.incoming)
    const { kit, entries, can } = await read(left, id)
    expect([kit, entries, can.export]).toEqual([null, [], false])
    expect((await left.post(`${at}/${id}/exports`, { form: 'word' })).status).toBe(403)
  })

  test('who was named and then replaced sees nothing of it any more', async () => {
    const it = await branchWithSecretary()
    const other = await build.person(it.organization, { name: '另一位接手者' })
    const id = await begun(it)
    const { revision } = await read(as.organiser, id)
    const naming = { personId: other.id }
    await json(await as.organiser.put(`${at}/${id}/successor`, naming, { 'if-match': `"${revision}"` }), 204)
    expect((await it.incomingBrowser.get(`${at}/${id}`)).status).toBe(404)
    expect(await list(it.incomingBrowser)).not.toContain(id)
    expect(await desk(it.incomingBrowser)).toEqual([])
    expect((await sign(it.incomingBrowser, id, 'taking', '')).status).toBe(404)
  })

  test.each([
    ['without an end', null],
    ['with its end known', '2027-06-30'],
  ] as const)('an office that was given before %s is taken over', async (_, until) => {
    const it = await branchWithSecretary()
    const id = await begun(it)
    const page = `/api/organization/${it.organization.id}/offices`
    await json(await as.organiser.post(`${page}/${it.officeId}/end`, { on: addDays(today, -1) }), 204)
    const given = { personId: it.incoming.id, office: 'secretary', from: today, ...(until && { until }) }
    await json(await as.organiser.post(page, given), 201)
    await json(await settle(as.organiser, id, today), 204)
    expect(await officesAt(it.organization)).toEqual([
      [it.incoming.name, 'secretary', today, until],
      [it.outgoing.name, 'secretary', '2025-01-01', addDays(today, -1)],
    ])
    expect(await read(as.organiser, id)).toMatchObject({ firstOn: today })
  })
})

test('where both have signed and the successor cannot be given the office, it is called off and begun anew', async () => {
  const it = await branchWithSecretary()
  const id = await begun(it)
  for (const [by, what] of [
    [it.outgoingBrowser, 'handing'],
    [it.incomingBrowser, 'taking'],
  ] as const)
    await json(await sign(by, id, what, '都清楚了'), 204)
  // Somebody else was given the office from tomorrow.
  const rival = await build.person(it.organization, { name: '先任命的人' })
  await build.office(rival, it.organization, 'secretary', { from: addDays(today, 1) })
  expect(await said(await settle(as.organiser, id, today))).toEqual([409])
  await json(await act(as.organiser, id, 'dropping', { reason: '接手人另有安排' }), 204)
  for (const by of [it.outgoingBrowser, it.incomingBrowser]) expect((await by.get(`${at}/${id}`)).status).toBe(404)
  expect(await read(as.organiser, id)).toMatchObject({
    ...{ state: 'dropped', kit: { isDrawnUp: true } },
    signatures: [{ side: 'outgoing' }, { side: 'incoming' }],
  })
  expect(await begun(it, rival)).not.toBe(id)
})

describe('two at once', () => {
  test('nobody signs lines that were written or taken back, or for a successor who was named, after they read it', async () => {
    const it = await branchWithSecretary()
    const id = await begun(it)
    const other = await build.person(it.organization, { name: '后定的接手者' })
    const entry = { kind: 'place', text: '公章由我保管', toWhom: '', untilOn: null }
    const tag = async () => ({ 'if-match': `"${(await read(as.organiser, id)).revision}"` })
    let entryId = ''
    const changes = [
      async () => {
        const made = await as.organiser.post(`${at}/${id}/entries`, entry)
        entryId = (await json<{ id: string }>(made, 201)).id
      },
      async () => json(await as.organiser.delete(`${at}/${id}/entries/${entryId}`), 204),
      async () => json(await as.organiser.put(`${at}/${id}/successor`, { personId: other.id }, await tag()), 204),
    ]
    for (const change of changes) {
      const seen = await tag()
      await change()
      expect(await said(await it.outgoingBrowser.post(`${at}/${id}/handing`, { remark: '' }, seen))).toEqual([412])
    }
    expect((await read(as.organiser, id)).signatures).toEqual([])
    await json(await sign(it.outgoingBrowser, id, 'handing'), 204)
  })

  test('whoever settles while the page of the organisation is written waits for it, and holds none of its offices meanwhile', async () => {
    const it = await branchWithSecretary()
    const id = await begun(it)
    const { revision } = await read(as.organiser, id)
    const body = { firstOn: today, documentNumber: '', decisions: [] }
    const settling = await look(async (db) => {
      await db.execute(sql`select from organizations where id = ${it.organization.id} for update`)
      const answer = as.organiser.post(`${at}/${id}/settlement`, body, { 'if-match': `"${revision}"` })
      const waits = sql`select from pg_locks where pg_backend_pid() = any(pg_blocking_pids(pid))`
      await expect.poll(async () => (await db.execute(waits)).rows.length).toBeGreaterThan(0)
      await db.execute(sql`select from offices where id = ${it.officeId} for update nowait`)
      return { answer }
    })
    expect((await settling.answer).status).toBe(204)
  })

  test('one of two signatures of a side counts, and one of closing and signing', async () => {
    const it = await branchWithSecretary()
    const id = await begun(it)
    const signed = await Promise.all([1, 2].map(() => sign(it.outgoingBrowser, id, 'handing')))
    expect(signed.map((one) => one.status).sort()).toEqual([204, 409])
    await json(await settle(as.organiser, id, today), 204)
    const [closing, taking] = await Promise.all([
      act(as.organiser, id, 'closing', { reason: '不再等了' }),
      sign(it.incomingBrowser, id, 'taking', ''),
    ])
    expect([closing.status, taking.status]).toBeOneOf([
      [204, 409],
      [403, 204],
      [412, 204],
    ])
    const view = await read(as.organiser, id)
    expect([view.state, view.closeReason === null]).toEqual(['finished', taking.status === 204])
  })
})

/** An activity of the branch, prepared unless it is said otherwise. */
function activityOf(
  { id: organizationId, path }: BuiltOrganization,
  title: string,
  more: Partial<typeof activities.$inferInsert> = {},
): typeof activities.$inferInsert & { id: string } {
  return {
    ...{ tenantId, id: newId(), organizationId, path, kind: 'themeClass', title, summary: '', place: '', link: '' },
    ...{
      speaker: '',
      aboutSpeaker: '',
      plan: { aim: '', steps: [], materials: [], noticeText: '' },
    },
    ...{ attachments: [], folded: '', createdBy: '某人', ...more },
  }
}
