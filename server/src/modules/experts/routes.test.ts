import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { encryption, statementsOf, today } from '../../../test/factories.ts'
import { journal } from '../../platform/journal.ts'
import { writeSheets } from '../../platform/spreadsheet/export-table.ts'
import type { ActivityView } from '../activities/schema.ts'
import { activities } from '../activities/tables.ts'
import { notices } from '../notices/tables.ts'
import type { InvitationList, InvitationView } from './invitation-schema.ts'
import { tellOfLectures } from './jobs.ts'
import { expertsNamed } from './lectured.ts'
import type { ListReading } from './list-schema.ts'
import type { ExpertList, ExpertView, Linkable, OwnPart } from './schema.ts'
import { expertInvitations, expertLectures, experts } from './tables.ts'

const app = await testApp()
const { build } = app
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])
const at = '/api/experts'
const nobody = '01930000-0000-7000-8000-000000000000'
const dayOf = (days: number) => {
  const on = new Date(`${today}T00:00:00Z`)
  on.setUTCDate(on.getUTCDate() + days)
  return on.toISOString().slice(0, 10)
}

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}
const refused = async (response: Response) => {
  const { detail, fields } = await response.json()
  return { status: response.status, detail, fields: fields.map((it: { path: string }) => it.path) }
}
const put = (by: Browser, path: string, body: unknown, revision = 1) =>
  by.request('PUT', `${at}${path}`, body, { 'if-match': `"${revision}"` })

let serial = 0
const fields = () => ({
  ...{ name: '贺知新', institution: `临海大学${++serial}`, title: '教授', topics: ['党史', '校史'], about: '讲得具体' },
  personId: null as string | null,
})
const contacts = { phone: '13800001234', email: 'he.zhixin@example.cn' }
const consent = { on: today, how: '电话里说的' }
type Given = Partial<ReturnType<typeof fields>> & { consent?: typeof consent | null; organizationId?: string }

/** An expert of the college who agrees to be listed, unless told otherwise. */
async function entered(given: Given = {}, by: Browser = as.organiser) {
  const body = { organizationId: build.college.id, ...fields(), ...contacts, consent, ...given }
  return (await json<{ id: string }>(await by.post(at, body), 201)).id
}
const view = async (by: Browser, id: string) => json<ExpertView>(await by.get(`${at}/${id}`))
const listed = async (by: Browser, query = '') =>
  (await json<ExpertList>(await by.get(`${at}?limit=200${query}`))).items.map((it) => it.id)

const wish = {
  ...{ topic: '党史里的青年', purpose: '新生入党启蒙', audience: '新生', expectedCount: 60, wishedOn: [dayOf(10)] },
  ...{ venue: 'onSite', place: '' },
}
const agreed = {
  ...{
    topic: '百年前的青年',
    on: dayOf(10),
    startMinute: 840,
    endMinute: 930,
    place: '大报告厅',
    link: '',
    how: '电话',
  },
}
/** An invitation of the branch. */
async function invited(
  expertId: string,
  more: Partial<typeof wish> & { organizationId?: string } = {},
  by: Browser = as.secretary,
) {
  const body = { organizationId: build.branch.id, ...wish, ...more }
  return (await json<{ id: string }>(await by.post(`${at}/${expertId}/invitations`, body), 201)).id
}
const invitationOf = async (by: Browser, id: string) => json<InvitationView>(await by.get(`${at}/invitations/${id}`))
const agreeOn = async (id: string, more: Partial<typeof agreed> = {}, revision = 1) =>
  json(await put(as.secretary, `/invitations/${id}/agreement`, { ...agreed, ...more }, revision), 204)
const begun = async (id: string, by: Browser = as.secretary) =>
  (await json<{ id: string }>(await by.post(`${at}/invitations/${id}/activity`), 201)).id
const said = { fits: '切题', suits: '适合新生', more: '还想听校史' }
const { look } = build
const bodies = async () =>
  (await look((db) => db.select({ body: notices.body }).from(notices).orderBy(notices.id)))
    .map((it) => it.body)
    .join('\n')
const told = () =>
  look((db) => db.select({ title: notices.title, to: notices.audience }).from(notices).orderBy(notices.id))

describe('an expert', () => {
  test('is seen without a consent by whoever runs the trainings of the organisation that entered them, and with it by all who run any', async () => {
    const id = await entered({ consent: null })
    const seen = () =>
      Promise.all(
        (
          [
            'organiser',
            'department',
            'partySchool',
            'secretary',
            'otherOrganiser',
            'applicant',
            'publicity',
            'sysadmin',
          ] as const
        ).map(async (it) => (await as[it].get(`${at}/${id}`)).status),
      )
    expect(await seen()).toEqual([200, 200, 200, 404, 404, 404, 404, 403])
    expect([await listed(as.secretary), await listed(as.organiser)].map((it) => it.includes(id))).toEqual([false, true])
    await json(await put(as.organiser, `/${id}/consent`, consent), 204)
    expect(await seen()).toEqual([200, 200, 200, 200, 200, 404, 404, 403])
    expect(await listed(as.otherOrganiser)).toContain(id)
    expect((await view(as.secretary, id)).can).toEqual({
      ...{
        change: false,
        agree: false,
        takeBack: false,
        withdraw: false,
        invite: true,
        readContacts: true,
        link: true,
      },
    })
    expect((await as.applicant.get(at)).status).toBe(403)
    await json(await as.organiser.delete(`${at}/${id}/consent`), 204)
    expect(await seen()).toEqual([200, 200, 200, 404, 404, 404, 404, 403])
    expect((await view(as.organiser, id)).consent).toBe(null)
  })

  test.each([
    ['no institution', { institution: ' ' }, 'institution'],
    ['a topic twice', { topics: ['党史', '党史'] }, 'topics'],
    ['a topic of one character', { topics: ['史'] }, 'topics.0'],
    ['a number that is none', { phone: '张老师' }, 'phone'],
    ['a number without figures', { phone: '（—）——' }, 'phone'],
    ['a number of four figures', { phone: '8-8-8-8' }, 'phone'],
    ['an address that is none', { email: 'he@' }, 'email'],
    ['a consent of tomorrow', { consent: { on: dayOf(1), how: '电话' } }, 'on'],
    ['a consent that nobody knows of how', { consent: { on: today, how: '' } }, 'consent.how'],
  ])('is not entered with %s', async (_, wrong, field) => {
    const body = { organizationId: build.college.id, ...fields(), ...contacts, consent, ...wrong }
    expect(await refused(await as.organiser.post(at, body))).toMatchObject({ status: 400, fields: [field] })
  })

  test('is entered once for an organisation, and by another organisation as well', async () => {
    const same = fields()
    await entered(same)
    const again = { organizationId: build.college.id, ...same, ...contacts, consent }
    expect((await as.organiser.post(at, again)).status).toBe(409)
    await entered({ ...same, organizationId: build.branch.id }, as.secretary)
    const other = await entered()
    expect((await put(as.organiser, `/${other}`, same)).status).toBe(409)
  })

  test('is found by words, topic and institution, in the order of names or of the last change', async () => {
    const institution = `江岸理工大学${++serial}`
    const [wang, an, ge] = [
      await entered({ name: '王砚', institution, topics: ['编辑'] }),
      await entered({ name: '安若素', institution, about: '口述史访谈' }),
      await entered({ name: '葛怀瑾', institution, topics: ['编辑', '排版'] }),
    ]
    const within = `&institution=${encodeURIComponent(institution)}`
    expect(await listed(as.secretary, within)).toEqual([an, ge, wang])
    expect(await listed(as.secretary, `${within}&order=changed`)).toEqual([ge, an, wang])
    expect(await listed(as.secretary, `${within}&topic=${encodeURIComponent('编辑')}`)).toEqual([ge, wang])
    expect(await listed(as.secretary, `&q=${encodeURIComponent(`${institution} 口述史`)}`)).toEqual([an])
    await json(await put(as.organiser, `/${an}`, { ...fields(), name: '安若素', institution, about: '' }), 204)
    expect(await listed(as.secretary, `${within}&order=changed`)).toEqual([an, ge, wang])
    const pages: string[][] = []
    for (const order of ['name', 'changed'])
      for (let next: string | undefined = ''; next !== undefined; ) {
        const cursor = next === '' ? '' : `&cursor=${next}`
        const page: ExpertList = await json(await as.secretary.get(`${at}?limit=2&order=${order}${within}${cursor}`))
        pages.push(page.items.map((it) => it.id))
        next = page.next
      }
    expect(pages).toEqual([[an, ge], [wang], [an, ge], [wang]])
  })

  test('is changed as it was read; contacts that are left out stay, and empty ones go', async () => {
    const id = await entered()
    const { institution } = await view(as.organiser, id)
    const next = { ...fields(), institution, about: '换了单位' }
    expect((await put(as.secretary, `/${id}`, next)).status).toBe(403)
    await json(await put(as.organiser, `/${id}`, { ...next, phone: '' }), 204)
    expect((await put(as.organiser, `/${id}`, next)).status).toBe(412)
    expect(await view(as.organiser, id)).toMatchObject({
      about: '换了单位',
      phoneMask: null,
      emailMask: 'h***@example.cn',
    })
    const [event] = await look((db) =>
      db.select().from(journal).where(eq(journal.event, 'experts.changed')).limit(50),
    ).then((rows) => rows.filter((it) => it.subjectId === id))
    expect(event?.details).toEqual({ expertName: '贺知新', expertFields: ['简介', '电话'] })
  })

  test('is reached by a number that is shown as a mask, and read with a reason that is written down', async () => {
    const id = await entered()
    const it = await view(as.secretary, id)
    expect([it.phoneMask, it.emailMask]).toEqual(['138****1234', 'h***@example.cn'])
    const read = (by: Browser, field: string) => by.post(`${at}/${id}/readings`, { field, purpose: '商量讲课的时间' })
    expect(await json(await read(as.secretary, 'phone'))).toEqual({ value: contacts.phone })
    expect(await json(await read(as.secretary, 'email'))).toEqual({ value: contacts.email })
    expect((await read(as.applicant, 'phone')).status).toBe(404)
    const rows = await look((db) => db.select().from(journal).where(eq(journal.subjectId, id)))
    expect(rows.filter((row) => row.event === 'journal.read').map((row) => row.details)).toEqual([
      { what: '专家贺知新的电话', purpose: '商量讲课的时间' },
      { what: '专家贺知新的邮箱', purpose: '商量讲课的时间' },
    ])
    const [stored] = await look((db) => db.select().from(experts).where(eq(experts.id, id)))
    expect(JSON.stringify([stored, rows])).not.toMatch(/13800001234|he\.zhixin/)
  })

  test('leaves nothing but name and institution for whoever keeps the entry, and what was held stays', async () => {
    const id = await entered()
    const invitationId = await invited(id)
    await json(await as.organiser.post(`${at}/${id}/withdrawal`, { reason: '本人不再讲课' }), 204)
    expect((await as.secretary.get(`${at}/${id}`)).status).toBe(404)
    expect(await listed(as.organiser)).not.toContain(id)
    const { institution, ...left } = await view(as.organiser, id)
    expect(left).toMatchObject({ name: '贺知新', title: '', topics: [], about: '', state: 'withdrawn', consent: null })
    const [stored] = await look((db) => db.select().from(experts).where(eq(experts.id, id)))
    expect(stored).toMatchObject({ phoneSealed: null, phoneMask: null, emailSealed: null, emailMask: null, folded: '' })
    expect((await as.organiser.post(`${at}/${id}/readings`, { field: 'phone', purpose: '再问一问' })).status).toBe(409)
    expect(
      (await as.organiser.post(`${at}/${id}/invitations`, { organizationId: build.college.id, ...wish })).status,
    ).toBe(409)
    expect((await invitationOf(as.secretary, invitationId)).expert).toEqual({ id, name: '贺知新', institution })
    // The same may be entered anew.
    await entered({ institution })
  })
})

describe('a list of experts', () => {
  const read = async (lines: string[][], by: Browser = as.organiser) => {
    const file = new Uint8Array(await writeSheets([{ name: '名单', rows: lines }]))
    return by.send('POST', `${at}/readings?organizationId=${build.college.id}`, file, {})
  }
  const header = ['序号', '专家姓名', '工作单位', '职称', '研究方向', '手机', '课酬', '同意日期', '同意方式']

  test('is read with what has to be mended, and entered but for whom is known', async () => {
    const [known, fresh] = [`临海大学${++serial}`, `临海大学${++serial}`]
    await entered({ name: '贺知新', institution: known })
    const it: ListReading = await json(
      await read([
        ['某学院讲课专家名单'],
        header,
        ['1', '贺知新', known, '教授', '党史', '', '2000', '', ''],
        ['2', '江远行', fresh, '教授', '党史，青年工作', '13800001111', '', '2026年3月5日', '电话'],
        ['3', '江 远行', fresh, '', '', '', '', '', ''],
        ['4', '安若素', '', '', '', '', '', '', ''],
        ['5', '王砚', fresh, '', '史', '', '', '', ''],
        ['6', '林知', fresh, '', '', '', '', '三月五日', '电话'],
        ['7', '周言', fresh, '', '', '', '', '2026-03-05', ''],
        ['', '', '', '', '', '', '', '', ''],
        ['8', '郑远', fresh, '', '', '张老师', '', '', ''],
      ]),
    )
    const listed = { title: '教授', about: '', email: '' }
    const jiang = {
      ...{ ...listed, name: '江远行', institution: fresh, topics: ['党史', '青年工作'], phone: '13800001111' },
      consent: { on: '2026-03-05', how: '电话' },
    }
    const he = { ...listed, name: '贺知新', institution: known, topics: ['党史'], phone: '', consent: null }
    expect(it).toEqual({
      experts: [
        { at: '第 3 行', expert: he, isKnown: true },
        { at: '第 4 行', expert: jiang, isKnown: false },
      ],
      problems: [
        { at: '第 5 行', message: '和第 4 行是同名同单位，没有读取' },
        { at: '第 6 行', message: '“单位”请填写单位' },
        { at: '第 7 行', message: '“能讲的主题”主题至少 2 个字' },
        { at: '第 8 行', message: '“同意公开的日期”不是日期，请写成 2026-03-05' },
        { at: '第 9 行', message: '“同意公开的日期”和“怎样同意的”要都填写，或者都不填' },
        { at: '第 11 行', message: '“电话”不是电话号码，请检查' },
      ],
      leftOut: ['序号', '课酬'],
    })
    const body = { organizationId: build.college.id, experts: [he, jiang] }
    expect((await as.secretary.post(`${at}/lists`, body)).status).toBe(403)
    expect(await json(await as.organiser.post(`${at}/lists`, body), 201)).toEqual({ entered: 1, known: 1 })
    expect((await as.organiser.post(`${at}/lists`, body)).status).toBe(409)
    const [id = ''] = await ofInstitution(fresh)
    expect(await view(as.secretary, id)).toMatchObject({ phoneMask: '138****1111', consent: { on: '2026-03-05' } })
  })
  const ofInstitution = (institution: string) => listed(as.secretary, `&institution=${encodeURIComponent(institution)}`)

  test('takes nothing of a consent of a day to come', async () => {
    const institution = `临海大学${++serial}`
    const one = { ...fields(), institution, ...contacts, consent }
    const { personId: _, ...first } = one
    const second = { ...first, name: '江远行', consent: { on: dayOf(1), how: '电话' } }
    const body = { organizationId: build.college.id, experts: [first, second] }
    const refusal = await refused(await as.organiser.post(`${at}/lists`, body))
    expect(refusal).toMatchObject({ status: 400, fields: ['experts.1.consent.on'] })
    expect(await ofInstitution(institution)).toEqual([])
    // Who reads the list is told before, and of which line.
    const header = ['姓名', '单位', '同意公开的日期', '怎样同意的']
    const lines = [today, dayOf(1)].map((on, n) => [`专家${n}号`, institution, on, '电话'])
    const { experts: read_, problems } = await json<ListReading>(await read([header, ...lines]))
    expect([read_.map((it) => it.at), problems]).toEqual([
      ['第 2 行'],
      [{ at: '第 3 行', message: '同意的日期不能晚于今天' }],
    ])
  })

  test('says where there is no header, and comes with a template that it reads', async () => {
    expect(await json<ListReading>(await read([['名单'], ['贺知新', '临海大学']]))).toMatchObject({
      experts: [],
      problems: [{ at: '表头' }],
    })
    const template = new Uint8Array(await (await as.organiser.get(`${at}/template`)).arrayBuffer())
    const address = `${at}/readings?organizationId=${build.college.id}`
    expect(await json(await as.organiser.send('POST', address, template, {}))).toEqual({
      ...{ experts: [], problems: [], leftOut: [] },
    })
    expect((await as.organiser.send('POST', address, new Uint8Array([1, 2, 3]), {})).status).toBe(422)
    expect((await as.secretary.send('POST', address, template, {})).status).toBe(403)
  })
})

describe('an invitation', () => {
  test('goes from what is wished to what was agreed on, each step with who and when', async () => {
    const id = await invited(await entered())
    const asked = await invitationOf(as.secretary, id)
    expect(asked).toMatchObject({ state: 'asked', on: null, asked: { by: '李晓岚' }, agreed: null, isOwn: false })
    expect(asked.can).toEqual({
      ...{ change: true, agree: true, decline: true, withdraw: true, begin: false, evaluate: false },
      ...{ seeFeedback: false, openExpert: true },
    })
    await json(await put(as.secretary, `/invitations/${id}`, { ...wish, audience: '新生和班主任' }), 204)
    expect((await put(as.secretary, `/invitations/${id}`, wish)).status).toBe(412)
    expect((await put(as.secretary, `/invitations/${id}/agreement`, agreed)).status).toBe(412)
    await agreeOn(id, {}, 2)
    const it = await invitationOf(as.secretary, id)
    expect(it).toMatchObject({ state: 'agreed', on: agreed.on, startMinute: 840, agreed: { ...agreed, by: '李晓岚' } })
    expect((await put(as.secretary, `/invitations/${id}`, wish, 3)).status).toBe(409)
    await agreeOn(id, { place: '小报告厅' }, 3)
    expect((await invitationOf(as.organiser, id)).agreed?.place).toBe('小报告厅')
  })

  test('is read by whoever runs the trainings of the organisation that asks, and by nobody else who may invite', async () => {
    const id = await invited(await entered())
    const seen = await Promise.all(
      (['secretary', 'organiser', 'partySchool', 'siblingSecretary', 'otherOrganiser', 'applicant'] as const).map(
        async (it) => (await as[it].get(`${at}/invitations/${id}`)).status,
      ),
    )
    expect(seen).toEqual([200, 200, 200, 404, 404, 404])
    const ids = async (by: Browser) =>
      (await json<InvitationList>(await by.get(`${at}/invitations`))).items.map((it) => it.id)
    expect([(await ids(as.organiser)).includes(id), (await ids(as.otherOrganiser)).includes(id)]).toEqual([true, false])
    expect(await ids(as.applicant)).toEqual([])
  })

  test.each([
    ['no day', { wishedOn: [] }, 'wishedOn'],
    ['a day that is past', { wishedOn: [dayOf(-1)] }, 'wishedOn'],
    ['a day twice', { wishedOn: [today, today] }, 'wishedOn'],
    ['four days', { wishedOn: [1, 2, 3, 4].map(dayOf) }, 'wishedOn'],
    ['nobody to listen', { audience: '' }, 'audience'],
    ['no listeners expected', { expectedCount: 0 }, 'expectedCount'],
  ])('is not taken with %s', async (_, wrong, field) => {
    const expertId = await entered()
    const answer = await as.secretary.post(`${at}/${expertId}/invitations`, {
      organizationId: build.branch.id,
      ...wish,
      ...wrong,
    })
    expect(await refused(answer)).toMatchObject({ status: 400, fields: [field] })
  })

  test.each([
    ['an end before its beginning', { endMinute: 840 }, 'endMinute'],
    ['nowhere to go', { place: '', link: '' }, 'place'],
    ['a link that is none', { link: 'javascript:alert(1)' }, 'link'],
    ['nothing said of how', { how: '' }, 'how'],
  ])('is not agreed on with %s', async (_, wrong, field) => {
    const id = await invited(await entered())
    const answer = await put(as.secretary, `/invitations/${id}/agreement`, { ...agreed, ...wrong })
    expect(await refused(answer)).toMatchObject({ status: 400, fields: [field] })
  })

  test('of one that was declined or taken back nothing more is done', async () => {
    const expertId = await entered()
    const [declined, back] = [await invited(expertId), await invited(expertId)]
    await json(await put(as.secretary, `/invitations/${declined}/refusal`, { words: '那几天出差' }), 204)
    await json(await as.secretary.post(`${at}/invitations/${back}/withdrawal`, { reason: '改由本院老师讲' }), 204)
    expect(await invitationOf(as.secretary, declined)).toMatchObject({
      state: 'declined',
      declined: { words: '那几天出差' },
    })
    expect(await invitationOf(as.secretary, back)).toMatchObject({
      state: 'withdrawn',
      withdrawn: { words: '改由本院老师讲' },
    })
    for (const id of [declined, back]) {
      expect((await put(as.secretary, `/invitations/${id}/agreement`, agreed, 2)).status).toBe(409)
      expect((await as.secretary.post(`${at}/invitations/${id}/activity`)).status).toBe(409)
      expect((await as.secretary.post(`${at}/invitations/${id}/withdrawal`, { reason: '再撤一次' })).status).toBe(409)
    }
  })

  test('shows who else wishes the same day, without what they ask, and forbids nothing', async () => {
    const expertId = await entered()
    const own = await invited(expertId, { wishedOn: [dayOf(10), dayOf(11)] })
    const other = await invited(
      expertId,
      { organizationId: build.distant.id, wishedOn: [dayOf(11)] },
      as.distantSecretary,
    )
    const apart = await invited(
      expertId,
      { organizationId: build.distant.id, wishedOn: [dayOf(12)] },
      as.distantSecretary,
    )
    const theirs = { on: dayOf(11), organization: build.distant.name, isAgreed: false }
    expect((await invitationOf(as.secretary, own)).clashes).toEqual([theirs])
    expect((await invitationOf(as.distantSecretary, apart)).clashes).toEqual([])
    await agreeOn(own, { on: dayOf(11) })
    expect((await invitationOf(as.distantSecretary, other)).clashes).toEqual([
      { on: dayOf(11), organization: build.branch.name, isAgreed: true },
    ])
    expect((await view(as.otherOrganiser, expertId)).taken.map((it) => [it.on, it.isAgreed])).toEqual([
      [dayOf(11), true],
      [dayOf(11), false],
      [dayOf(12), false],
    ])
    await json(await as.distantSecretary.post(`${at}/invitations/${other}/withdrawal`, { reason: '另请别人' }), 204)
    expect((await invitationOf(as.secretary, own)).clashes).toEqual([])
  })
})

describe('the lecture that was agreed on', () => {
  test('is begun by one click as a draft with the expert as speaker, and is the same one however often it is asked for', async () => {
    const id = await invited(await entered())
    expect((await as.secretary.post(`${at}/invitations/${id}/activity`)).status).toBe(409)
    await agreeOn(id)
    const [one, two] = await Promise.all([begun(id), begun(id)])
    expect([two, await begun(id, as.organiser)]).toEqual([one, one])
    const it = await json<ActivityView>(await as.secretary.get(`/api/activities/${one}`))
    expect(it).toMatchObject({
      ...{
        kind: 'lecture',
        state: 'planned',
        title: agreed.topic,
        fromOn: agreed.on,
        startMinute: 840,
        endMinute: 930,
      },
      ...{ place: agreed.place, speaker: '贺知新', organization: { id: build.branch.id } },
    })
    expect(it.aboutSpeaker).toMatch(/^临海大学\d+ 教授\n讲得具体$/)
    expect((await as.applicant.get(`/api/activities/${one}`)).status).toBe(404)
    expect(await look((db) => db.$count(activities, eq(activities.title, agreed.topic)))).toBe(1)
    expect((await put(as.secretary, `/invitations/${id}/agreement`, agreed, 3)).status).toBe(409)
    expect((await as.secretary.post(`${at}/invitations/${id}/withdrawal`, { reason: '不办了' })).status).toBe(409)
    await json(await as.secretary.post(`/api/activities/${one}/cancellation`, { reason: '专家生病' }), 204)
    expect(await invitationOf(as.secretary, id)).toMatchObject({ state: 'cancelled', activity: { isCancelled: true } })
  })

  test('is spoken of from its day on, and what was said is read by all who may invite, and by nobody else', async () => {
    const expertId = await entered()
    const id = await invited(expertId, { wishedOn: [dayOf(1)] })
    await agreeOn(id, { topic: '讲过的一课', on: dayOf(1) })
    const lecture = await begun(id)
    await json(
      await as.secretary.request('POST', `/api/activities/${lecture}/announcement`, undefined, { 'if-match': '"1"' }),
      204,
    )
    expect((await put(as.secretary, `/invitations/${id}/evaluation`, said, 3)).status).toBe(409)
    expect((await view(as.secretary, expertId)).lectures).toEqual([])
    await look((db) => db.update(activities).set({ fromOn: today }).where(eq(activities.id, lecture)))
    expect((await invitationOf(as.secretary, id)).state).toBe('agreed')
    await json(await put(as.secretary, `/invitations/${id}/evaluation`, said, 3), 204)
    expect((await put(as.secretary, `/invitations/${id}/evaluation`, said, 3)).status).toBe(412)
    expect(await invitationOf(as.secretary, id)).toMatchObject({
      state: 'evaluated',
      evaluation: { ...said, by: '李晓岚' },
    })
    const row = { activityId: lecture, title: '讲过的一课', organization: build.branch.name, on: today }
    const evaluation = { ...said, by: '李晓岚' }
    expect((await view(as.secretary, expertId)).lectures).toEqual([
      { ...row, evaluation, canOpen: true, canSeeFeedback: true, canUnlink: false },
    ])
    expect((await view(as.otherOrganiser, expertId)).lectures).toEqual([
      { ...row, evaluation, canOpen: false, canSeeFeedback: false, canUnlink: false },
    ])
    expect((await as.secretary.delete(`${at}/${expertId}/lectures/${lecture}`)).status).toBe(409)
  })

  describe('and was moved or cancelled', () => {
    const tell = () => tellOfLectures(app.database, { now: app.clock.at, baseUrl: 'http://zhibu.test' })
    const activity = '/api/activities'
    /** The lecture of an invitation, announced. */
    const lectureOf = async (personId: string | null) => {
      const id = await invited(await entered({ personId }))
      await agreeOn(id)
      const lecture = await begun(id)
      const change = async (set: object) => {
        const read = await as.secretary.get(`${activity}/${lecture}`)
        const { title, kind, summary, dayKey, fromOn, untilOn, startMinute, endMinute, place, link, speaker, ...rest } =
          await json<ActivityView>(read)
        const { aboutSpeaker, plan, attachments, signUp } = rest
        const fields = { title, kind, summary, dayKey, fromOn, untilOn, startMinute, endMinute, place, link, speaker }
        const body = { ...fields, aboutSpeaker, plan, attachments, signUp: signUp && null, ...set }
        const headers = { 'if-match': read.headers.get('etag') ?? '' }
        await json(await as.secretary.request('PUT', `${activity}/${lecture}`, body, headers), 204)
      }
      const announce = async () => {
        const headers = { 'if-match': (await as.secretary.get(`${activity}/${lecture}`)).headers.get('etag') ?? '' }
        await json(await as.secretary.request('POST', `${activity}/${lecture}/announcement`, undefined, headers), 204)
      }
      const cancel = async () =>
        json(await as.secretary.post(`${activity}/${lecture}/cancellation`, { reason: '场地停电' }), 204)
      await tell()
      await look((db) => db.delete(notices))
      return { id, change, announce, cancel }
    }
    const titles = async () => {
      await tell()
      await tell()
      const all = await told()
      await look((db) => db.delete(notices))
      return all
    }
    const to = (person: { id: string }) => ({ groups: [], personIds: [person.id], exceptIds: [] })

    test('is told to its expert each time, once, from when people know of it on', async () => {
      const { change, announce, cancel } = await lectureOf(build.zhao.id)
      await change({ place: '三教 201' })
      expect(await titles()).toEqual([])
      await announce()
      await tell()
      expect(await bodies()).toMatch(/地点：大报告厅 → 三教 201/)
      const moved = { title: '讲座有变动：百年前的青年', to: to(build.zhao) }
      expect(await titles()).toEqual([moved])
      await change({ summary: '讲给新生听' })
      expect(await titles()).toEqual([])
      await change({ startMinute: 900, endMinute: 990 })
      expect(await titles()).toEqual([moved])
      // Back to what it was is a change as well.
      await change({ startMinute: 840, endMinute: 930, place: '大报告厅' })
      expect(await titles()).toEqual([moved])
      await cancel()
      await tell()
      expect(await bodies()).not.toMatch(/停电/)
      expect(await titles()).toEqual([{ title: '讲座取消了：百年前的青年', to: to(build.zhao) }])
    })

    test('is told to whoever asked an expert without an account, and also where it was never announced', async () => {
      const { cancel } = await lectureOf(null)
      await cancel()
      await tell()
      expect(await bodies()).toMatch(
        /您邀请贺知新来讲的“百年前的青年”取消了。\n这位专家没有账号，收不到通知，请您转告。/,
      )
      expect(await titles()).toEqual([{ title: '讲座取消了：百年前的青年', to: to(build.li) }])
    })

    test('is told to nobody once it was over', async () => {
      const { id, announce } = await lectureOf(build.zhao.id)
      await announce()
      const [row] = await look((db) => db.select().from(expertInvitations).where(eq(expertInvitations.id, id)))
      await look((db) =>
        db
          .update(activities)
          .set({ fromOn: '2026-11-22' })
          .where(eq(activities.id, row?.activityId ?? '')),
      )
      expect(await titles()).toEqual([])
    })
  })

  test('is over the day after it, until something was said', async () => {
    const id = await invited(await entered())
    await agreeOn(id)
    await look((db) =>
      db
        .update(expertInvitations)
        .set({ agreement: { ...agreed, on: '2026-11-22' } })
        .where(eq(expertInvitations.id, id)),
    )
    expect(await invitationOf(as.secretary, id)).toMatchObject({ state: 'over', can: { begin: true, evaluate: true } })
  })

  test('that was held without an invitation is linked by whoever holds it, and unlinked', async () => {
    const [expertId, other] = [await entered(), await entered()]
    const held = async (organizationId: string, by: Browser, fromOn = dayOf(-3), kind = 'lecture') => {
      const body = {
        ...{ organizationId, kind, title: `以前的课${++serial}`, summary: '', dayKey: null, fromOn, untilOn: null },
        ...{ startMinute: null, endMinute: null, place: '', link: '', speaker: '贺知新', aboutSpeaker: '' },
        ...{ plan: { aim: '', steps: [], materials: [], noticeText: '' }, attachments: [], signUp: null },
      }
      const { id } = await json<{ id: string }>(await by.post('/api/activities', body), 201)
      await look((db) => db.update(activities).set({ announcedAt: new Date() }).where(eq(activities.id, id)))
      return id
    }
    const [own, foreign, coming, visit] = [
      await held(build.branch.id, as.secretary),
      await held(build.distant.id, as.distantSecretary),
      await held(build.branch.id, as.secretary, dayOf(3)),
      await held(build.branch.id, as.secretary, dayOf(-3), 'visit'),
    ]
    const offered = async () =>
      (await json<Linkable>(await as.secretary.get(`${at}/${expertId}/lectures/linkable`))).items.map((it) => it.id)
    expect((await offered()).filter((it) => [own, foreign, coming, visit].includes(it))).toEqual([own])
    const link = (activityId: string) => as.secretary.post(`${at}/${expertId}/lectures`, { activityId })
    expect(await Promise.all([foreign, coming, visit, nobody].map(async (it) => (await link(it)).status))).toEqual([
      404, 409, 404, 404,
    ])
    for (const _ of [1, 2]) await json(await link(own), 204)
    expect(await offered()).not.toContain(own)
    expect((await view(as.secretary, expertId)).lectures.map((it) => [it.activityId, it.canUnlink])).toEqual([
      [own, true],
    ])
    expect((await view(as.secretary, other)).lectures).toEqual([])
    await json(await as.secretary.delete(`${at}/${expertId}/lectures/${own}`), 204)
    expect((await as.secretary.delete(`${at}/${expertId}/lectures/${own}`)).status).toBe(404)
    expect((await view(as.secretary, expertId)).lectures).toEqual([])
  })
})

describe('an expert of the register', () => {
  test('is told, sees the own entry, answers, says yes and leaves', async () => {
    await look((db) => db.delete(notices))
    const id = await entered({ personId: build.wang.id, consent: null })
    const toWang = { groups: [], personIds: [build.wang.id], exceptIds: [] }
    expect(await told()).toEqual([{ title: '您登记在专家库里（云山学院党委）', to: toWang }])
    const own = async (by: Browser) => json<OwnPart>(await by.get(`${at}/own`))
    expect((await own(as.applicant)).entries.map((it) => [it.id, it.state])).toEqual([[id, 'kept']])
    expect(await own(as.stranger)).toEqual({ organizations: [], entries: [], invitations: [] })
    expect((await view(as.applicant, id)).can).toEqual({
      ...{
        change: false,
        agree: true,
        takeBack: false,
        withdraw: true,
        invite: false,
        readContacts: true,
        link: false,
      },
    })
    await json(await put(as.applicant, `/${id}/consent`, { on: today, how: '本人在页面上同意' }), 204)
    const [first, second] = [await invited(id), await invited(id)]
    expect((await own(as.applicant)).invitations.map((it) => it.id).sort()).toEqual([first, second].sort())
    expect((await invitationOf(as.applicant, first)).can).toEqual({
      ...{ change: false, agree: true, decline: true, withdraw: false, begin: false, evaluate: false },
      ...{ seeFeedback: false, openExpert: true },
    })
    await look((db) => db.delete(notices))
    await json(await put(as.applicant, `/invitations/${first}/agreement`, { ...agreed, how: '' }), 204)
    await json(await put(as.applicant, `/invitations/${second}/refusal`, { words: '那天有课' }), 204)
    const toLi = { groups: [], personIds: [build.li.id], exceptIds: [] }
    expect(await told()).toEqual([
      { title: '讲课约定：百年前的青年', to: toLi },
      { title: '这次没有约成：党史里的青年', to: toLi },
    ])
    expect(await bodies()).not.toMatch(/那天有课/)
    expect((await put(as.applicant, `/invitations/${first}`, wish, 2)).status).toBe(403)
    expect((await as.applicant.post(`${at}/invitations/${first}/activity`)).status).toBe(403)
    await json(await as.applicant.post(`${at}/${id}/withdrawal`, { reason: '毕业离校' }), 204)
    expect((await own(as.applicant)).entries).toEqual([])
    expect((await own(as.applicant)).invitations).toHaveLength(2)
  })

  test('is not told by a notice, which whoever sends notices there reads, why they are asked no more', async () => {
    const invitationId = await invited(await entered({ personId: build.wang.id }))
    await look((db) => db.delete(notices))
    await json(
      await as.secretary.post(`${at}/invitations/${invitationId}/withdrawal`, { reason: '主讲内容不合适' }),
      204,
    )
    expect((await told()).map((it) => it.title)).toEqual(['邀请撤回：党史里的青年'])
    expect(await bodies()).not.toMatch(/内容不合适/)
    expect((await invitationOf(as.applicant, invitationId)).withdrawn?.words).toBe('主讲内容不合适')
  })

  test('who was named by mistake reads and answers nothing any more, and whoever is named instead does', async () => {
    const id = await entered({ personId: build.wang.id })
    const { institution } = await view(as.organiser, id)
    const invitationId = await invited(id)
    const seen = () =>
      Promise.all(
        [as.applicant, as.siblingSecretary].map(
          async (by) => (await by.get(`${at}/invitations/${invitationId}`)).status,
        ),
      )
    expect(await seen()).toEqual([200, 404])
    await look((db) => db.delete(notices))
    await json(await put(as.organiser, `/${id}`, { ...fields(), institution, personId: build.zhao.id }), 204)
    expect(await seen()).toEqual([404, 200])
    expect((await told()).map((it) => it.to)).toEqual([{ groups: [], personIds: [build.zhao.id], exceptIds: [] }])
    // The consent was that of whoever was named.
    expect((await view(as.organiser, id)).state).toBe('kept')
    await json(await put(as.organiser, `/${id}`, { ...fields(), institution, personId: null }, 2), 204)
    expect(await seen()).toEqual([404, 404])
  })

  test('does for themselves what is theirs, and nothing of what belongs to whoever keeps the entry', async () => {
    const id = await entered({ personId: build.wang.id })
    const { institution } = await view(as.organiser, id)
    expect((await put(as.applicant, `/${id}`, { ...fields(), institution })).status).toBe(403)
    const asking = { organizationId: build.branch.id, ...wish }
    expect((await as.applicant.post(`${at}/${id}/invitations`, asking)).status).toBe(403)
    expect((await as.applicant.get(`${at}/${id}/lectures/linkable`)).status).toBe(403)
    expect((await put(as.applicant, `/${id}/consent`, consent)).status).toBe(409)
    await json(await as.applicant.delete(`${at}/${id}/consent`), 204)
  })

  test('is named by whoever finds the person in the register', async () => {
    const body = { organizationId: build.branch.id, ...fields(), ...contacts, consent, personId: build.sun.id }
    expect((await as.secretary.post(at, body)).status).toBe(404)
    const id = await entered({ personId: build.sun.id }, as.department)
    const { institution } = await view(as.organiser, id)
    // Whoever keeps the entry and does not find the person leaves it as it is.
    await json(await put(as.organiser, `/${id}`, { ...fields(), institution, personId: build.sun.id }), 204)
    expect((await put(as.organiser, `/${id}`, { ...fields(), institution, personId: nobody }, 2)).status).toBe(404)
  })
})

test('lists and pages ask the database the same number of times, however much there is', async () => {
  const expertId = await entered()
  const measure = async () => [
    await statementsOf(() => as.secretary.get(`${at}?limit=200`)),
    await statementsOf(() => as.secretary.get(`${at}/invitations`)),
    await statementsOf(() => as.secretary.get(`${at}/${expertId}`)),
  ]
  await invited(expertId)
  const before = await measure()
  for (const _ of [1, 2, 3]) {
    await entered()
    await invited(expertId)
  }
  expect(await measure()).toEqual(before)
})

test('are named elsewhere as far as the reader may see them', async () => {
  const [open, kept, gone] = [
    await entered(),
    await entered({ consent: null, organizationId: build.branch.id }, as.secretary),
    await entered(),
  ]
  await json(await as.organiser.post(`${at}/${gone}/withdrawal`, { reason: '不再讲课' }), 204)
  const namedBy = (actor: 'secretary' | 'siblingSecretary' | 'applicant') =>
    look(async (db) => {
      const ctx = {
        db,
        tenantId: build.tenantId,
        actor: build.actors[actor],
        today,
        requestId: '',
        encryption,
      }
      return [...(await expertsNamed(ctx, [open, kept, gone])).keys()].sort()
    })
  expect([await namedBy('siblingSecretary'), await namedBy('secretary'), await namedBy('applicant')]).toEqual([
    [open],
    [open, kept].sort(),
    [],
  ])
})

test('there is no column for money', () => {
  const columns = [experts, expertInvitations, expertLectures].flatMap((it) => Object.keys(it))
  expect(columns.filter((it) => /fee|pay|price|amount|money|honor/i.test(it))).toEqual([])
})
