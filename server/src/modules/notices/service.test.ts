import { addDays } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { describe, expect, test, vi } from 'vitest'
import { type Browser, testApp } from '../../../test/app.ts'
import { type BuiltPerson, statementsOf, today } from '../../../test/factories.ts'
import { writeCursor } from '../../platform/cursor.ts'
import { journal } from '../../platform/journal.ts'
import { offices, organizations } from '../organization/tables.ts'
import { isAddressed } from './audience.ts'
import { sendByThemselves } from './by-themselves.ts'
import { openLive } from './live.ts'
import type { AudienceView, InboxRow, NewNotice, NoticeView, Receipts, SentRow } from './schema.ts'
import { deliver, remind, tellRecall } from './sending.ts'
import { noticeDeliveries, notices } from './tables.ts'

const app = await testApp()
const { build, accounts, database } = app
const { tenantId, branch, sibling, college, university, other } = build
const [secretary, siblingSecretary, organiser, department, publicity, applicant, stranger] = await Promise.all([
  app.signedIn(accounts.secretary),
  app.signedIn(accounts.siblingSecretary),
  app.signedIn(accounts.organiser),
  app.signedIn(accounts.department),
  app.signedIn(accounts.publicity),
  app.signedIn(accounts.applicant),
  app.signedIn(accounts.stranger),
])
const reader: BuiltPerson = build.wang

/** A draft to everybody of the branch. */
const draft = (differs: Partial<NewNotice> = {}): NewNotice => ({
  organizationId: branch.id,
  kind: 'information',
  title: '支部大会安排',
  body: '请准时参加。',
  dueOn: null,
  happensOn: null,
  hurriedReason: null,
  audience: { groups: [{ organizationIds: [branch.id], offices: [], stages: [] }], personIds: [], exceptIds: [] },
  ...differs,
})

const to = (differs: Partial<NewNotice['audience']>): Pick<NewNotice, 'audience'> => ({
  audience: { groups: [], personIds: [], exceptIds: [], ...differs },
})

async function drafted(differs: Partial<NewNotice> = {}, by: Browser = secretary): Promise<string> {
  const answer = await by.post('/api/notices', draft(differs))
  expect(answer.status).toBe(201)
  return (await answer.json()).id
}

const match = async (by: Browser, id: string) => ({
  'if-match': (await by.get(`/api/notices/${id}`)).headers.get('etag') ?? '',
})
const sendOff = async (id: string, by: Browser) => by.post(`/api/notices/${id}/sending`, {}, await match(by, id))

/** A notice that was sent and delivered. */
async function sent(differs: Partial<NewNotice> = {}, by: Browser = secretary): Promise<string> {
  const id = await drafted(differs, by)
  expect((await sendOff(id, by)).status).toBe(204)
  await deliver(database, { tenantId, noticeId: id })
  return id
}

const view = async (by: Browser, id: string): Promise<NoticeView> => (await by.get(`/api/notices/${id}`)).json()
const inboxOf = async (by: Browser, query = ''): Promise<InboxRow[]> =>
  (await (await by.get(`/api/notices?limit=200${query}`)).json()).items
const receiptsOf = async (by: Browser, id: string, query = ''): Promise<Receipts> =>
  (await by.get(`/api/notices/${id}/receipts?limit=200${query}`)).json()
const copiesOf = (noticeId: string) =>
  build.look((db) =>
    db
      .select({ personId: noticeDeliveries.personId })
      .from(noticeDeliveries)
      .where(and(eq(noticeDeliveries.tenantId, tenantId), eq(noticeDeliveries.noticeId, noticeId))),
  )
const said = async (answer: Response | Promise<Response>) => {
  const response = await answer
  const { detail, fields } = await response.json()
  return [response.status, detail, fields]
}
/** Sets back when a notice was sent, as if so many hours had passed since. */
const hoursLater = (id: string, hours: number) =>
  build.look((db) =>
    db.execute(sql`update notices set sent_at = sent_at - make_interval(hours => ${hours}),
      last_reminded_at = last_reminded_at - make_interval(hours => ${hours}) where id = ${id}`),
  )

describe('an audience', () => {
  const ask = async (by: Browser, audience: Partial<NewNotice['audience']>, organizationId = branch.id) =>
    by.post('/api/notices/audience', { organizationId, ...to(audience), limit: 200 })
  const peopleOf = async (answer: Promise<Response>): Promise<string[]> => {
    const it: AudienceView = await (await answer).json()
    expect(it.count).toBe(it.items.length)
    return it.items.map((person) => person.name).sort()
  }
  const group = (ids: string[], more: object = {}) => ({ organizationIds: ids, offices: [], stages: [], ...more })

  test('is everybody of the organisations, those in an office there, those at a stage, persons by name, all together, without some', async () => {
    const inBranch = await peopleOf(ask(secretary, { groups: [group([branch.id])] }))
    expect(inBranch).toContain(build.wang.name)
    expect(inBranch).not.toContain(build.zhao.name)
    const inCollege = await peopleOf(ask(organiser, { groups: [group([college.id])] }, college.id))
    expect(inCollege).toEqual(expect.arrayContaining([...inBranch, build.zhao.name]))
    const officers = group([college.id], { offices: ['secretary'] })
    const secretaries = await peopleOf(ask(organiser, { groups: [officers] }, college.id))
    expect(secretaries).toEqual([build.li.name, build.zhao.name].sort())
    expect(await peopleOf(ask(organiser, { groups: [officers], personIds: [build.wang.id] }, college.id))).toEqual(
      [...secretaries, build.wang.name].sort(),
    )
    expect(
      await peopleOf(
        ask(organiser, { groups: [officers], personIds: [build.wang.id], exceptIds: [build.li.id] }, college.id),
      ),
    ).toEqual([build.zhao.name, build.wang.name].sort())
    expect(await peopleOf(ask(organiser, { groups: [group([college.id], { stages: ['full'] })] }, college.id))).toEqual(
      [],
    )
  })

  test('of nobody is nobody', async () => {
    expect(await peopleOf(ask(secretary, {}))).toEqual([])
  })

  test('reaches nobody beyond the part of the tree in which one sends, by organisation or by name', async () => {
    expect((await said(ask(secretary, { groups: [group([sibling.id])] })))[0]).toBe(403)
    expect((await said(ask(secretary, { groups: [group([college.id])] })))[0]).toBe(403)
    expect(await said(ask(secretary, { personIds: [build.wang.id, build.zhao.id] }))).toEqual([
      403,
      '逐个指定的人员中有 1 人不在您的工作范围内。请去掉后再试，或请上级党组织通知。',
      [],
    ])
    expect((await said(ask(organiser, { groups: [group([other.id])] }, college.id)))[0]).toBe(403)
    expect((await ask(publicity, { groups: [group([other.id, branch.id])] }, university.id)).status).toBe(200)
    expect((await said(ask(siblingSecretary, { groups: [group([sibling.id])] })))[0]).toBe(403)
    expect((await said(ask(applicant, { groups: [group([branch.id])] })))[0]).toBe(403)
  })

  test('names persons out of a list that holds whom it may name, and of them names and organisations only', async () => {
    const find = async (by: Browser, query: string) => (await by.get(`/api/notices/addressees?${query}`)).json()
    const wang = { id: build.wang.id, name: build.wang.name, organization: { id: branch.id, name: branch.name } }
    expect(await find(publicity, `q=${encodeURIComponent(build.wang.name)}`)).toEqual({ items: [wang] })
    expect((await find(secretary, 'q=wyz')).items).toEqual([wang])
    const named = async (by: Browser, query: string) =>
      (await find(by, query)).items.map((it: { name: string }) => it.name)
    expect(await named(publicity, `organizationId=${sibling.id}`)).toContain(build.zhao.name)
    for (const by of [siblingSecretary, stranger])
      expect((await by.get(`/api/notices/addressees?organizationId=${branch.id}`)).status).toBe(403)
    expect(await named(siblingSecretary, `q=${encodeURIComponent(build.wang.name)}`)).toEqual([])
    expect((await applicant.get('/api/notices/addressees?q=wang')).status).toBe(403)

    const numbers = ['2023010077', '2023010002', '2023010003']
    const byNumber = async (by: Browser) => (await by.post('/api/notices/addressees/numbers', { numbers })).json()
    const found = (it: BuiltPerson, organizationName: string) => ({ id: it.id, name: it.name, organizationName })
    expect(await byNumber(publicity)).toEqual({
      items: [found(build.wang, branch.name), found(build.zhao, sibling.name)],
      missing: [0],
    })
    expect(await byNumber(secretary)).toEqual({ items: [found(build.wang, branch.name)], missing: [0, 2] })
  })

  test('comes page by page, and tells how many have no account and how much they got lately, but not who', async () => {
    const only = await build.person(branch, { name: '没账号' })
    const more = await Promise.all(['一', '二', '三', '四'].map((it) => build.person(branch, { name: `没账号${it}` })))
    const first: AudienceView = await (await secretary.post('/api/notices/audience', { ...draft(), limit: 1 })).json()
    expect(first.items).toHaveLength(1)
    const rest: AudienceView = await (
      await secretary.post('/api/notices/audience', { ...draft(), limit: 200, cursor: first.next })
    ).json()
    expect(new Set([...first.items, ...rest.items].map((it) => it.id)).size).toBe(first.count)
    expect(first.withoutAccount).toBeGreaterThanOrEqual(1)
    await sent(to({ personIds: [only.id] }))
    const later = async (of: readonly BuiltPerson[]): Promise<AudienceView> =>
      (await ask(secretary, { personIds: of.map((it) => it.id) })).json()
    expect(await later([only, ...more])).toMatchObject({
      ...{ count: 5, withoutAccount: 5 },
      received: [
        { notices: 0, persons: 4 },
        { notices: 1, persons: 1 },
      ],
    })
    expect(await later([only, ...more.slice(1)])).toMatchObject({ count: 4, withoutAccount: 4, received: [] })
  })

  test('counts five notices of the week and more together, and none before', async () => {
    const five = await Promise.all(
      ['甲', '乙', '丙', '丁', '戊'].map((it) => build.person(branch, { name: `周${it}` })),
    )
    for (let at = 0; at < 7; at++) {
      const id = await sent(to({ personIds: five.slice(0, at < 6 ? 2 : 3).map((it) => it.id) }))
      if (at === 6)
        await build.look((db) =>
          db.execute(sql`update notice_deliveries set sent_at = sent_at - interval '8 days' where notice_id = ${id}`),
        )
    }
    const answer: AudienceView = await (await ask(secretary, { personIds: five.map((it) => it.id) })).json()
    expect(answer.received).toEqual([
      { notices: 0, persons: 3 },
      { notices: 5, persons: 2 },
    ])
  })

  test('is by stage only for who reads the files there: whom it names would tell how far they have come', async () => {
    const byStage = { groups: [group([branch.id], { stages: ['applicant'] })] }
    expect((await ask(secretary, byStage)).status).toBe(200)
    expect(await said(ask(publicity, byStage))).toEqual([
      403,
      '按发展阶段选人，须能查看这些组织的发展档案。请去掉发展阶段，或请组织部门发这条通知。',
      [],
    ])
    const id = await drafted(to(byStage), publicity)
    expect((await said(sendOff(id, publicity)))[0]).toBe(403)
    expect((await ask(publicity, { groups: [group([branch.id])] })).status).toBe(200)
  })

  test('asks the database for each part of the tree once, however often it is named', () => {
    const places = new Map([branch, college, sibling].map((it) => [it.id, it.path]))
    const written = (organizationIds: string[]) => {
      const groups = [{ organizationIds, offices: [], stages: [] }]
      return new PgDialect().sqlToQuery(isAddressed({ today }, { groups, personIds: [], exceptIds: [], places }))
    }
    const often = Array.from({ length: 50 }, () => [branch.id, college.id, sibling.id]).flat()
    expect(written(often)).toEqual(written([college.id]))
  })

  test('takes as many statements for many as for few', async () => {
    const few = await statementsOf(() => ask(secretary, { personIds: [build.wang.id] }))
    const many = await statementsOf(() => ask(organiser, { groups: [group([college.id])] }, college.id))
    expect(many - few).toBeLessThanOrEqual(1)
  })
})

describe('sending', () => {
  test('writes a copy for everybody, once, however often the job runs', async () => {
    const id = await sent()
    await build.look((db) => db.update(notices).set({ deliveredAt: null }).where(eq(notices.id, id)))
    await deliver(database, { tenantId, noticeId: id })
    const copies = await copiesOf(id)
    expect(new Set(copies.map((it) => it.personId)).size).toBe(copies.length)
    expect(await view(secretary, id)).toMatchObject({
      isDelivered: true,
      recipientCount: copies.length,
      senderName: build.li.name,
    })
  })

  test('by two at once goes out once', async () => {
    const id = await drafted({}, organiser)
    const revision = await match(organiser, id)
    const answers = await Promise.all([
      secretary.post(`/api/notices/${id}/sending`, {}, revision),
      organiser.post(`/api/notices/${id}/sending`, {}, revision),
    ])
    expect(answers.map((it) => it.status).sort()).toEqual([204, 409])
  })

  test('sends what was read, not what was changed meanwhile', async () => {
    const id = await drafted()
    const old = await match(secretary, id)
    const { organizationId: _, ...change } = draft({ title: '改过的标题' })
    expect((await organiser.put(`/api/notices/${id}`, change, old)).status).toBe(204)
    expect((await secretary.post(`/api/notices/${id}/sending`, {}, old)).status).toBe(412)
    expect((await secretary.put(`/api/notices/${id}`, change, old)).status).toBe(412)
    expect(await view(secretary, id)).toMatchObject({ title: '改过的标题', sentAt: null })
  })

  test('each change of a draft is told its own tag, and may give it to another organisation in which one sends', async () => {
    const made = await organiser.post('/api/notices', draft())
    const { id } = await made.json()
    const { organizationId: _, ...text } = draft({ title: '改一次' })
    const change = (by: Browser, body: object, etag: string | null) =>
      by.put(`/api/notices/${id}`, body, { 'if-match': etag ?? '' })
    const first = await change(organiser, text, made.headers.get('etag'))
    expect((await change(organiser, text, made.headers.get('etag'))).status).toBe(412)
    const second = await change(organiser, { ...text, organizationId: college.id }, first.headers.get('etag'))
    expect([first.headers.get('etag'), second.headers.get('etag')]).toEqual(['"2"', '"3"'])
    expect((await view(organiser, id)).organization).toEqual({ id: college.id, name: college.name })
    expect((await secretary.get(`/api/notices/${id}`)).status).toBe(404)
    const elsewhere = { ...text, organizationId: other.id }
    expect((await change(organiser, elsewhere, '"3"')).status).toBe(403)
  })

  test('to nobody is refused', async () => {
    const id = await drafted(to({}))
    expect(await said(sendOff(id, secretary))).toEqual([409, '按现在的条件没有人会收到这条通知。请检查发送对象。', []])
  })

  test.each<[string, Partial<NewNotice>, string | null]>([
    ['an event in five days', { happensOn: addDays(today, 5) }, null],
    ['an event in four days', { happensOn: addDays(today, 4) }, 'hurriedReason'],
    ['an event in two days', { happensOn: addDays(today, 2) }, 'hurriedReason'],
    ['an event tomorrow', { happensOn: addDays(today, 1) }, 'hurriedReason'],
    ['an event today, with a reason', { happensOn: today, hurriedReason: '临时接到上级通知' }, null],
    ['an event of yesterday', { happensOn: addDays(today, -1) }, null],
    ['a task until today', { kind: 'task', dueOn: today }, null],
    ['a task until yesterday', { kind: 'task', dueOn: addDays(today, -1) }, 'dueOn'],
  ])('tells of %s in time or says why not', async (_, differs, field) => {
    const id = await drafted(differs)
    const answer = await sendOff(id, secretary)
    if (field === null) return expect(answer.status).toBe(204)
    const [status, , fields] = await said(answer)
    expect([status, fields.map((it: { path: string }) => it.path)]).toEqual([400, [field]])
  })

  test.each<[string, Partial<NewNotice>]>([
    ['a task without a day', { kind: 'task' }],
    ['information with a day', { dueOn: today }],
    ['no title', { title: ' ' }],
    ['no text', { body: '' }],
  ])('%s is no draft', async (_, differs) => {
    expect((await secretary.post('/api/notices', draft(differs))).status).toBe(400)
  })

  test('in the name of an organisation that was dissolved meanwhile is refused', async () => {
    const id = await drafted(to({ personIds: [build.wang.id] }))
    const dissolve = (on: typeof today | null) =>
      build.look((db) => db.update(organizations).set({ dissolvedOn: on }).where(eq(organizations.id, branch.id)))
    await dissolve(today)
    const refused = await sendOff(id, organiser)
    await dissolve(null)
    expect(await said(refused)).toEqual([409, '这个组织已经撤销，不能再发通知。', []])
    expect((await sendOff(id, organiser)).status).toBe(204)
  })

  test('leaves out what nobody sees, in the text as in the reason', async () => {
    const id = await drafted({ body: '请于\u202e五周前交\u202c。\u200b ' })
    expect((await view(secretary, id)).body).toBe('请于五周前交。')
    expect((await secretary.post(`/api/notices/${id}/dropping`, { reason: '\u200b\u2060\u200b' })).status).toBe(400)
    expect((await secretary.post('/api/notices', draft({ body: '\u200b' }))).status).toBe(400)
  })

  test('in the name of another organisation is not allowed', async () => {
    for (const organizationId of [sibling.id, college.id])
      expect((await secretary.post('/api/notices', draft({ organizationId }))).status).toBe(403)
    expect((await applicant.post('/api/notices', draft())).status).toBe(403)
  })

  test('is written down, and dropping is, with the reason', async () => {
    const id = await sent()
    const dropped = await drafted()
    expect((await secretary.post(`/api/notices/${dropped}/dropping`, { reason: '会议取消' })).status).toBe(204)
    expect((await sendOff(dropped, secretary)).status).toBe(409)
    const events = (subjectId: string) =>
      build.look((db) =>
        db
          .select({ event: journal.event })
          .from(journal)
          .where(eq(journal.subjectId, subjectId))
          .then((rows) => rows.map((it) => it.event)),
      )
    expect((await view(organiser, dropped)).dropReason).toBe('会议取消')
    expect(await events(id)).toEqual(['notices.drafted', 'notices.sent'])
    expect(await events(dropped)).toEqual(['notices.drafted', 'notices.dropped'])
  })
})

describe('a reader', () => {
  test('finds it in the list, opens it once, and it is counted no longer', async () => {
    const before = await (await applicant.get('/api/notices/counts')).json()
    const id = await sent({ title: '请假规定' })
    expect((await inboxOf(applicant))[0]).toMatchObject({
      id,
      title: '请假规定',
      readAt: null,
      senderName: build.li.name,
    })
    expect(await (await applicant.get('/api/notices/counts')).json()).toEqual({
      unread: before.unread + 1,
      open: before.open + 1,
    })
    expect((await applicant.post(`/api/notices/${id}/reading`)).status).toBe(204)
    const { own } = await view(applicant, id)
    expect((await applicant.post(`/api/notices/${id}/reading`)).status).toBe(204)
    expect((await view(applicant, id)).own).toEqual(own)
    expect(await (await applicant.get('/api/notices/counts')).json()).toEqual(before)
    expect(await view(applicant, id)).toMatchObject({ body: '请准时参加。', audience: null, recipientCount: null })
  })

  test('sees nothing of drafts, of notices to others, and of who has read one', async () => {
    const waiting = await drafted()
    const elsewhere = await sent(to({ personIds: [build.li.id] }))
    for (const id of [waiting, elsewhere]) {
      expect((await applicant.get(`/api/notices/${id}`)).status).toBe(404)
      expect((await applicant.post(`/api/notices/${id}/reading`)).status).toBe(404)
    }
    const id = await sent()
    expect((await applicant.get(`/api/notices/${id}/receipts`)).status).toBe(403)
    expect((await stranger.get(`/api/notices/${id}`)).status).toBe(404)
  })

  test.each([
    ['confirmation', 'confirmation', 'completion', 'confirmedAt'],
    ['task', 'completion', 'confirmation', 'doneAt'],
  ] as const)('answers a %s, once', async (kind, answer, wrong, at) => {
    const id = await sent({ kind, dueOn: kind === 'task' ? addDays(today, 3) : null })
    expect((await applicant.post(`/api/notices/${id}/${wrong}`)).status).toBe(409)
    await applicant.post(`/api/notices/${id}/reading`)
    expect((await inboxOf(applicant, '&open=true')).map((it) => it.id)).toContain(id)
    expect((await applicant.post(`/api/notices/${id}/${answer}`)).status).toBe(204)
    const { own } = await view(applicant, id)
    expect(own?.[at]).toEqual(expect.any(String))
    expect((await applicant.post(`/api/notices/${id}/${answer}`)).status).toBe(204)
    expect((await view(applicant, id)).own).toEqual(own)
    expect((await inboxOf(applicant, '&open=true')).map((it) => it.id)).not.toContain(id)
  })

  test('turns the pages of the list, each notice once', async () => {
    const all = await inboxOf(applicant)
    const got: string[] = []
    let cursor = ''
    do {
      const page = await (await applicant.get(`/api/notices?limit=2${cursor && `&cursor=${cursor}`}`)).json()
      got.push(...page.items.map((it: InboxRow) => it.id))
      cursor = page.next ?? ''
    } while (cursor)
    expect(got).toEqual(all.map((it) => it.id))
    expect(got.length).toBeGreaterThan(3)
  })

  test.each(['x', '0000-01-01T00:00:00Z', '2026-13-01T00:00:00Z', 'infinity'])(
    'is told that a page behind %s is none',
    async (at) => {
      const cursor = writeCursor([at, build.wang.id])
      for (const list of ['/api/notices', '/api/notices/sent'])
        expect((await secretary.get(`${list}?cursor=${cursor}`)).status).toBe(400)
    },
  )
})

describe('who has read it', () => {
  test('is seen by the sender and by nobody else', async () => {
    const id = await sent({ kind: 'confirmation' })
    await applicant.post(`/api/notices/${id}/confirmation`)
    const all = await receiptsOf(secretary, id)
    const copies = await copiesOf(id)
    const unreached = all.items.filter((it) => !it.hasAccount).length
    const stillOpen = copies.length - 1
    expect(all.counts).toEqual({
      recipients: copies.length,
      read: 1,
      answered: 1,
      open: stillOpen,
      unreached,
      failed: 0,
    })
    const mine = all.items.find((it) => it.id === build.wang.id)
    expect(mine).toMatchObject({ confirmedAt: expect.any(String), hasAccount: true, failures: [] })
    const open = await receiptsOf(secretary, id, '&only=open')
    expect(open.items.map((it) => it.id)).not.toContain(build.wang.id)
    expect(open.items).toHaveLength(copies.length - 1)
    for (const by of [organiser, publicity, applicant])
      expect((await by.get(`/api/notices/${id}/receipts`)).status).toBe(403)
    for (const by of [siblingSecretary, stranger])
      expect((await by.get(`/api/notices/${id}/receipts`)).status).toBe(404)
  })

  test('is not seen by a sender whose office has ended, who is a reader like others', async () => {
    const officer = await build.person(branch, { name: '将离任' })
    const officeId = await build.office(officer, branch, 'publicityMember')
    const leaving = await app.signedIn(await app.account({ name: officer.name, person: officer }))
    const id = await sent({}, leaving)
    expect((await view(leaving, id)).can.seeReceipts).toBe(true)
    await build.look((db) =>
      db
        .update(offices)
        .set({ until: addDays(today, -1) })
        .where(eq(offices.id, officeId)),
    )
    expect(await view(leaving, id)).toMatchObject({
      ...{ body: '请准时参加。', audience: null, recipientCount: null },
      can: { recall: false, correct: false, seeReceipts: false },
    })
    expect((await leaving.get(`/api/notices/${id}/receipts`)).status).toBe(403)
    expect((await leaving.post(`/api/notices/${id}/reminders`)).status).toBe(403)
  })

  test('the others are reminded, after a pause', async () => {
    const id = await sent()
    await applicant.post(`/api/notices/${id}/reading`)
    const remindNow = () => secretary.post(`/api/notices/${id}/reminders`)
    expect((await said(remindNow()))[1]).toBe('两次提醒之间至少隔 24 小时，现在还不能提醒。')
    await hoursLater(id, 25)
    expect((await receiptsOf(secretary, id)).remindableAt).toBeNull()
    expect((await remindNow()).status).toBe(204)
    expect((await remindNow()).status).toBe(409)
    const [row] = await build.look((db) => db.select().from(notices).where(eq(notices.id, id)))
    const at = row?.lastRemindedAt?.toISOString() ?? ''
    await remind(database, { tenantId, noticeId: id, at })
    await remind(database, { tenantId, noticeId: id, at })
    const { items } = await receiptsOf(secretary, id)
    expect(items.find((it) => it.id === build.wang.id)?.remindedAt).toBeNull()
    const others = items.filter((it) => it.id !== build.wang.id)
    expect(others.map((it) => it.hasAccount)).toContain(false)
    expect(others.map((it) => it.remindedAt === at)).toEqual(others.map((it) => it.hasAccount))
    expect((await organiser.post(`/api/notices/${id}/reminders`)).status).toBe(403)
  })

  test('a reminder is seen on the page: what was read and is still to be done counts again until it is done', async () => {
    const id = await sent({ kind: 'task', dueOn: addDays(today, 3), ...to({ personIds: [reader.id] }) })
    await applicant.post(`/api/notices/${id}/reading`)
    const unread = async () => (await (await applicant.get('/api/notices/counts')).json()).unread
    const before = await unread()
    await hoursLater(id, 25)
    expect((await secretary.post(`/api/notices/${id}/reminders`)).status).toBe(204)
    const at = new Date(Date.now() + 1_000).toISOString()
    await remind(database, { tenantId, noticeId: id, at })
    expect(await unread()).toBe(before + 1)
    expect((await inboxOf(applicant)).find((it) => it.id === id)).toMatchObject({ remindedAt: at, doneAt: null })
    await applicant.post(`/api/notices/${id}/completion`)
    expect(await unread()).toBe(before)
  })

  test('of what went by itself is seen by those who send in its organisation, who may remind the others, and by nobody above or below', async () => {
    const id = await drafted({ ...to({ personIds: [build.li.id, reader.id] }), organizationId: college.id }, organiser)
    await build.look((db) => sendByThemselves(db, tenantId, [id]))
    await deliver(database, { tenantId, noticeId: id })
    await applicant.post(`/api/notices/${id}/reading`)
    expect(await view(organiser, id)).toMatchObject({ wentByItself: true, can: { seeReceipts: true } })
    expect((await receiptsOf(organiser, id)).items.map((it) => [it.id, it.readAt !== null])).toEqual([
      [build.li.id, false],
      [reader.id, true],
    ])
    for (const by of [department, publicity, secretary, applicant]) {
      expect((await view(by, id)).can.seeReceipts).toBe(false)
      expect((await by.get(`/api/notices/${id}/receipts`)).status).toBe(403)
      expect((await by.post(`/api/notices/${id}/reminders`)).status).toBe(403)
    }
    await hoursLater(id, 25)
    expect((await organiser.post(`/api/notices/${id}/reminders`)).status).toBe(204)
  })

  test('those who have no account are not reminded and do not count as reminded; where all are such it is refused', async () => {
    const alone = await build.person(branch, { name: '没有账号的人' })
    const id = await sent(to({ personIds: [alone.id, reader.id] }))
    await hoursLater(id, 25)
    expect((await receiptsOf(secretary, id)).counts).toMatchObject({ open: 2, unreached: 1 })
    await applicant.post(`/api/notices/${id}/reading`)
    expect((await receiptsOf(secretary, id)).counts).toMatchObject({ open: 1, unreached: 1 })
    expect(await said(secretary.post(`/api/notices/${id}/reminders`))).toEqual([
      ...[409, '还没有答复的 1 人都没有账号，请当面或电话通知。', []],
    ])
  })

  test.each([
    ['confirmation', false],
    ['information', true],
  ] as const)('of a notice for %s its sender gets a copy: %s', async (kind, isIn) => {
    const officer = await build.person(branch, { name: `发送人${kind}` })
    await build.office(officer, branch, 'publicityMember')
    const by = await app.signedIn(await app.account({ name: officer.name, person: officer }))
    const audience = to({ personIds: [officer.id, reader.id] })
    const asked: AudienceView = await (
      await by.post('/api/notices/audience', { organizationId: branch.id, ...audience, limit: 200 })
    ).json()
    expect(asked).toMatchObject({ count: 2, isAmongThem: true })
    expect(asked.items.map((it) => it.hasAccount)).toEqual([true, true])
    const id = await sent({ kind, ...audience }, by)
    expect((await copiesOf(id)).map((it) => it.personId).sort()).toEqual(
      (isIn ? [officer.id, reader.id] : [reader.id]).sort(),
    )
  })

  test('a notice that only its sender would have to confirm goes to nobody, and is refused', async () => {
    const id = await drafted({ kind: 'confirmation', ...to({ personIds: [build.li.id] }) })
    expect(await said(sendOff(id, secretary))).toEqual([409, '按现在的条件没有人会收到这条通知。请检查发送对象。', []])
  })

  test('where all have answered nobody is reminded', async () => {
    const id = await sent(to({ personIds: [build.wang.id] }))
    await applicant.post(`/api/notices/${id}/reading`)
    await hoursLater(id, 25)
    expect((await said(secretary.post(`/api/notices/${id}/reminders`)))[1]).toBe('所有人都已答复，不需要提醒。')
  })

  test('takes as many statements for many as for few', async () => {
    const few = await sent(to({ personIds: [build.wang.id] }))
    const many = await sent()
    const counted = (id: string) => statementsOf(() => receiptsOf(secretary, id))
    expect(await counted(many)).toBe(await counted(few))
  })
})

describe('what was wrong', () => {
  test('is taken back: who had read it is told why, who had not sees nothing', async () => {
    const id = await sent(to({ personIds: [reader.id, build.li.id] }))
    await applicant.post(`/api/notices/${id}/reading`)
    expect((await secretary.post(`/api/notices/${id}/recall`, { reason: '时间写错了' })).status).toBe(204)
    await tellRecall(database, { tenantId, noticeId: id })
    await tellRecall(database, { tenantId, noticeId: id })
    const found = (await inboxOf(applicant, '&open=true')).find((it) => it.id === id)
    expect(found).toMatchObject({ readAt: null, recalledAt: expect.any(String) })
    expect(await view(applicant, id)).toMatchObject({ body: null, recallReason: '时间写错了' })
    expect((await inboxOf(secretary)).map((it) => it.id)).not.toContain(id)
    await applicant.post(`/api/notices/${id}/reading`)
    expect((await inboxOf(applicant, '&open=true')).map((it) => it.id)).not.toContain(id)
    expect((await secretary.post(`/api/notices/${id}/recall`, { reason: '再来一次' })).status).toBe(409)
    expect((await secretary.post(`/api/notices/${id}/reminders`)).status).toBe(409)
  })

  test('and read before its readers were told of that, it was never read', async () => {
    const id = await sent(to({ personIds: [reader.id] }))
    expect((await secretary.post(`/api/notices/${id}/recall`, { reason: '时间写错了' })).status).toBe(204)
    expect((await applicant.post(`/api/notices/${id}/reading`)).status).toBe(204)
    await tellRecall(database, { tenantId, noticeId: id })
    expect((await inboxOf(applicant)).map((it) => it.id)).not.toContain(id)
    expect((await receiptsOf(secretary, id)).counts.read).toBe(0)
  })

  test('before it was delivered goes to nobody', async () => {
    const id = await drafted()
    await sendOff(id, secretary)
    await secretary.post(`/api/notices/${id}/recall`, { reason: '发错了' })
    await deliver(database, { tenantId, noticeId: id })
    expect(await copiesOf(id)).toEqual([])
  })

  test('is corrected: all who got it get the new one, and the old one stays with who had read it', async () => {
    const id = await sent(to({ personIds: [reader.id, build.li.id] }))
    await applicant.post(`/api/notices/${id}/reading`)
    const text = {
      kind: 'information',
      title: '支部大会改期',
      body: '改到周五。',
      dueOn: null,
      happensOn: addDays(today, 1),
    }
    const corrected = { ...text, hurriedReason: null, reason: '教室被占用' }
    const answer = await secretary.post(`/api/notices/${id}/correction`, corrected)
    expect(answer.status).toBe(201)
    const newId: string = (await answer.json()).id
    await deliver(database, { tenantId, noticeId: newId })
    expect((await copiesOf(newId)).map((it) => it.personId).sort()).toEqual([reader.id, build.li.id].sort())
    const ofReader = (await inboxOf(applicant)).filter((it) => [id, newId].includes(it.id))
    expect(ofReader.map((it) => [it.id, it.correctsId, it.correctedById])).toEqual([
      [newId, id, null],
      [id, null, newId],
    ])
    expect((await inboxOf(secretary)).map((it) => it.id)).not.toContain(id)
    const { items: listed }: { items: SentRow[] } = await (await secretary.get('/api/notices/sent?limit=2')).json()
    expect(listed.map((it) => [it.id, it.correctsId, it.isCorrected])).toEqual([
      [newId, id, false],
      [id, null, true],
    ])
    expect((await applicant.post(`/api/notices/${id}/confirmation`)).status).toBe(409)
    expect((await secretary.post(`/api/notices/${id}/correction`, corrected)).status).toBe(409)
    expect(await view(applicant, newId)).toMatchObject({ correctionReason: '教室被占用' })
    await hoursLater(id, 25)
    expect(await said(secretary.post(`/api/notices/${id}/reminders`))).toEqual([
      409,
      '这条通知已经更正，不能再提醒，请看更正后的通知。',
      [],
    ])
  })

  test('and corrected before all had got it, the new one reaches all the same', async () => {
    const id = await drafted(to({ personIds: [reader.id, build.li.id] }))
    expect((await sendOff(id, secretary)).status).toBe(204)
    const text = { kind: 'information', title: '支部大会改期', body: '改到周五。', reason: '教室被占用' }
    const answer = await secretary.post(`/api/notices/${id}/correction`, text)
    const { id: newId } = await answer.json()
    await deliver(database, { tenantId, noticeId: newId })
    await deliver(database, { tenantId, noticeId: id })
    const copies = (await copiesOf(newId)).map((it) => it.personId).sort()
    expect(copies).toEqual([reader.id, build.li.id].sort())
    expect((await inboxOf(applicant)).map((it) => it.id)).toContain(newId)
  })
})

test('officers see what their organisations sent, what waits, and what was dropped, each in its list', async () => {
  const [waiting, gone] = [await drafted({ title: '待发的' }), await sent({ title: '已发的' })]
  const dropped = await drafted({ title: '不发的' })
  await secretary.post(`/api/notices/${dropped}/dropping`, { reason: '重复了' })
  const listed = async (by: Browser, state: string): Promise<SentRow[]> =>
    (await (await by.get(`/api/notices/sent?state=${state}&limit=200`)).json()).items
  for (const [state, id] of [
    ['waiting', waiting],
    ['sent', gone],
    ['dropped', dropped],
  ] as const) {
    for (const by of [secretary, organiser, publicity]) {
      const row = (await listed(by, state)).find((it) => it.id === id)
      const dropReason = state === 'dropped' ? '重复了' : null
      expect(row).toMatchObject({ id, isOwn: by === secretary && state === 'sent', dropReason })
    }
    for (const by of [siblingSecretary, applicant])
      expect((await listed(by, state)).map((it) => it.id)).not.toContain(id)
  }
})

describe('a page that listens', () => {
  test('hears at once how much is unread, and again as soon as something comes or is read', async () => {
    const answer = await applicant.get('/api/notices/live')
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    const heard = async () => JSON.parse(/data: (.*)/.exec((await reader?.read())?.value ?? '')?.[1] ?? 'null')
    const before = await heard()
    const id = await sent()
    expect(await heard()).toEqual({ unread: before.unread + 1, open: before.open + 1 })
    await applicant.post(`/api/notices/${id}/reading`)
    expect(await heard()).toEqual(before)
    await reader?.cancel()
  })

  test('hears nothing twice, and nothing any more when its session is over, which listening does not make last longer', async () => {
    const id = await sent()
    await applicant.post(`/api/notices/${id}/reading`)
    const listener = await app.signedIn(accounts.applicant)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    try {
      const answer = await listener.get('/api/notices/live')
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
      const heard = async () => (await reader?.read())?.value
      expect(await heard()).toContain('event: changed')
      const since = app.clock.at
      for (let hour = 1; hour <= 11; hour += 5) {
        app.clock.at = new Date(since.getTime() + hour * 3_600_000)
        await vi.advanceTimersByTimeAsync(25_000)
        expect(await heard()).toBe(': \n\n')
      }
      app.clock.at = new Date(since.getTime() + 12 * 3_600_000)
      // What is told again and again does not put the question off.
      const again = await app.signedIn(accounts.applicant)
      for (let told = 0; told < 3; told++) {
        await vi.advanceTimersByTimeAsync(9_000)
        await again.post(`/api/notices/${id}/reading`)
      }
      expect(await reader?.read()).toEqual({ done: true, value: undefined })
      app.clock.at = since
    } finally {
      vi.useRealTimers()
    }
  })

  test('hears what was said before its process had begun to listen', async () => {
    const live = openLive(database, () => undefined)
    const told = new Promise((resolve) => {
      const { id: accountId } = accounts.applicant
      live.add({ tenantId, accountId, personId: reader.id, tell: resolve, end: () => undefined })
    })
    expect(await told).toEqual(await (await applicant.get('/api/notices/counts')).json())
    await live.close()
  })

  test('of one account are not more than eight', async () => {
    const answers = await Promise.all(Array.from({ length: 9 }, () => stranger.get('/api/notices/live')))
    expect(answers.map((it) => it.status).sort()).toEqual([...Array(8).fill(200), 429])
    await Promise.all(answers.map((it) => it.body?.cancel()))
  })

  test('of nobody in the register has nothing to hear', async () => {
    expect((await (await app.signedIn(accounts.auditor)).get('/api/notices/live')).status).toBe(204)
  })
})
