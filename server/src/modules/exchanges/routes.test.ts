import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { statementsOf, today } from '../../../test/factories.ts'
import { journal } from '../../platform/journal.ts'
import type { CardList, CardVersions, CardView } from './card-schema.ts'
import { cardsNamed } from './library.ts'
import type { CaseText, CaseView, GuestCase, GuestList, GuestView, MeetingList, MeetingView } from './schema.ts'
import { exchangeGuests } from './tables.ts'

const app = await testApp()
const { build } = app
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])
const at = '/api/exchanges'
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
const detailOf = async (response: Response) => {
  const { detail, fields } = await response.json()
  return { status: response.status, detail, fields: fields.map((it: { path: string }) => it.path) }
}

const fields = {
  ...{
    title: '学习组织经验交流会',
    theme: '怎样让学习有人来、听得进',
    on: dayOf(10),
    startMinute: 840,
    endMinute: 930,
  },
  ...{ place: '大会议室', link: 'https://meeting.example.cn/1', participantIds: [] as string[] },
}
const text: CaseText = {
  ...{ title: '把学习搬到实验室', problem: '集中学习请假多', done: '分组上门讲', effect: '多数人能到' },
  ...{
    conditions: '人员分散的支部',
    learning: '先试一个月',
    contact: '王老师 办公室',
    isSubmitted: true,
    agrees: true,
  },
}
const { isSubmitted: _s, agrees: _a, ...practice } = text
const cardText = { ...practice, topics: ['集中学习', '实验室'] }
const put = (by: Browser, path: string, body: unknown, revision = 1) =>
  by.request('PUT', `${at}${path}`, body, { 'if-match': `"${revision}"` })

/** A meeting of the college, announced unless told otherwise, in which the branch of another college takes part. */
async function meeting({
  isDraft = false,
  participantIds = [build.distant.id],
  ...more
}: Partial<typeof fields> & { isDraft?: boolean } = {}) {
  const body = { organizationId: build.college.id, ...fields, participantIds, ...more }
  const { id } = await json<{ id: string }>(await as.organiser.post(at, body), 201)
  if (!isDraft) await json(await put(as.organiser, `/${id}/announcement`, undefined), 204)
  return id
}
const view = async (by: Browser, id: string) => json<MeetingView>(await by.get(`${at}/${id}`))
const written = async (by: Browser, id: string, body: CaseText = text) =>
  (await json<{ id: string }>(await by.post(`${at}/${id}/cases`, body), 201)).id
const caseOf = async (by: Browser, id: string, caseId: string) =>
  json<CaseView>(await by.get(`${at}/${id}/cases/${caseId}`))

const guestBody = { name: '郭远来', institution: '海东师范大学', email: 'guo@example.cn', untilOn: dayOf(20) }
async function invited(id: string, body: Partial<typeof guestBody> = {}) {
  const { id: guestId, link } = await json<{ id: string; link: string }>(
    await as.organiser.post(`${at}/${id}/guests`, { ...guestBody, ...body }),
    201,
  )
  return { guestId, secret: link.split('#')[1] ?? '' }
}
async function comeIn(secret: string) {
  const guest = app.browser()
  await json(await guest.post(`${at}/guest/session`, { secret }), 204)
  return guest
}
const seenBy = async (guest: Browser) => json<GuestView>(await guest.get(`${at}/guest`))
const statuses = (paths: readonly string[], by: Browser) =>
  Promise.all(paths.map(async (it) => (await by.get(it)).status))

describe('a meeting', () => {
  test('is seen by whoever runs it, and once it is announced by whoever belongs to an organisation that takes part', async () => {
    const id = await meeting({ isDraft: true })
    const seen = () =>
      Promise.all(
        (
          ['organiser', 'secretary', 'applicant', 'distantSecretary', 'stranger', 'otherOrganiser', 'sysadmin'] as const
        ).map(async (it) => (await as[it].get(`${at}/${id}`)).status),
      )
    expect(await seen()).toEqual([200, 404, 404, 404, 404, 404, 403])
    await json(await put(as.organiser, `/${id}/announcement`, undefined), 204)
    expect(await seen()).toEqual([200, 200, 200, 200, 200, 200, 403])
    const only = await meeting({ participantIds: [] })
    expect(await statuses([`${at}/${only}`], as.distantSecretary)).toEqual([404])
    const listed = async (by: Browser) =>
      (await json<MeetingList>(await by.get(at))).items.map((it) => it.id).filter((it) => [id, only].includes(it))
    expect([await listed(as.distantSecretary), (await listed(as.secretary)).sort()]).toEqual([[id], [id, only].sort()])
    expect((await json<MeetingList>(await as.applicant.get(at))).organizations).toEqual([])
    expect((await view(as.applicant, id)).can).toEqual({
      ...{ change: false, announce: false, cancel: false, invite: false, seeGuests: false, arrange: false },
      ...{ conclude: false, write: true, comment: true, makeCards: false },
    })
  })

  test.each([
    ['a time without a day', { on: null }, 'on'],
    ['an end before its beginning', { endMinute: 840 }, 'endMinute'],
    ['a link that is none', { link: 'javascript:alert(1)' }, 'link'],
    ['its own organisation among those that take part', { participantIds: [build.college.id] }, 'participantIds'],
    ['an organisation twice', { participantIds: [build.distant.id, build.distant.id] }, 'participantIds'],
    ['one that is not there', { participantIds: ['01930000-0000-7000-8000-000000000000'] }, 'participantIds'],
    ['no theme', { theme: ' ' }, 'theme'],
  ])('is not taken with %s', async (_, wrong, field) => {
    const answer = await as.organiser.post(at, { organizationId: build.college.id, ...fields, ...wrong })
    expect(await detailOf(answer)).toMatchObject({ status: 400, fields: [field] })
  })

  test('is changed as it was read, keeps its day once it is announced, and is announced for no day that is past', async () => {
    const id = await meeting({ isDraft: true })
    await json(await put(as.organiser, `/${id}`, { ...fields, on: dayOf(-1), startMinute: null, endMinute: null }), 204)
    expect((await put(as.organiser, `/${id}`, fields)).status).toBe(412)
    expect((await put(as.organiser, `/${id}/announcement`, undefined, 1)).status).toBe(412)
    expect((await put(as.organiser, `/${id}/announcement`, undefined, 2)).status).toBe(409)
    await json(await put(as.organiser, `/${id}`, { ...fields, on: today }, 2), 204)
    await json(await put(as.organiser, `/${id}/announcement`, undefined, 3), 204)
    const without = { ...fields, on: null, startMinute: null, endMinute: null }
    expect(await detailOf(await put(as.organiser, `/${id}`, without, 4))).toMatchObject({ status: 400, fields: ['on'] })
    expect((await put(as.secretary, `/${id}`, fields, 4)).status).toBe(403)
  })

  test('is concluded from its day on, and then its cases stay as they are', async () => {
    const early = await meeting()
    expect((await put(as.organiser, `/${early}/conclusion`, { text: '各自回去试' }, 2)).status).toBe(409)
    const id = await meeting({ on: today })
    const caseId = await written(as.secretary, id)
    await json(await put(as.organiser, `/${id}/conclusion`, { text: '各自回去试' }, 2), 204)
    expect(await view(as.applicant, id)).toMatchObject({ state: 'concluded', conclusion: '各自回去试' })
    expect((await put(as.secretary, `/${id}/cases/${caseId}`, text)).status).toBe(409)
    expect((await as.applicant.post(`${at}/${id}/cases/${caseId}/comments`, { text: '学到了' })).status).toBe(409)
    await json(await put(as.organiser, `/${id}/conclusion`, { text: '改过的小结' }, 3), 204)
    expect((await as.organiser.post(`${at}/${id}/cancellation`, { reason: '不开了' })).status).toBe(409)
  })
})

describe('a case', () => {
  test('is its author’s alone as a draft, and then of all who take part; who comes from elsewhere writes, too', async () => {
    const id = await meeting()
    const caseId = await written(as.stranger, id, { ...text, problem: '', done: '', effect: '', isSubmitted: false })
    const path = `${at}/${id}/cases/${caseId}`
    expect([...(await statuses([path], as.stranger)), ...(await statuses([path], as.organiser))]).toEqual([200, 404])
    expect((await view(as.organiser, id)).cases).toEqual([])
    const incomplete = await detailOf(
      await put(as.stranger, `/${id}/cases/${caseId}`, { ...text, problem: '', effect: '' }),
    )
    expect(incomplete).toMatchObject({ status: 400, fields: ['problem', 'effect'] })
    await json(await put(as.stranger, `/${id}/cases/${caseId}`, text), 204)
    expect((await put(as.stranger, `/${id}/cases/${caseId}`, text)).status).toBe(412)
    expect((await put(as.organiser, `/${id}/cases/${caseId}`, text, 2)).status).toBe(404)
    expect(await caseOf(as.applicant, id, caseId)).toMatchObject({
      ...{ authorName: '卫南星', institution: build.distant.name, isGuest: false, place: null },
      can: { change: false, disagree: false, comment: true, removeComments: false, makeCard: false },
    })
  })

  test('is one of three at most', async () => {
    const id = await meeting()
    for (let count = 0; count < 3; count++) await written(as.applicant, id)
    expect((await as.applicant.post(`${at}/${id}/cases`, text)).status).toBe(409)
  })

  test('is presented in the order that was settled; what its author takes back leaves it', async () => {
    const id = await meeting()
    const [first, second, third] = [
      await written(as.secretary, id),
      await written(as.applicant, id),
      await written(as.stranger, id),
    ]
    await json(await put(as.organiser, `/${id}/order`, { caseIds: [third, first] }), 204)
    const order = async () => (await view(as.organiser, id)).cases.map((it) => [it.id, it.place])
    expect(await order()).toEqual([
      [third, 1],
      [first, 2],
      [second, null],
    ])
    await json(await put(as.stranger, `/${id}/cases/${third}`, { ...text, isSubmitted: false }), 204)
    expect(await order()).toEqual([
      [first, 2],
      [second, null],
    ])
    for (const caseIds of [[third], [first, first]])
      expect(await detailOf(await put(as.organiser, `/${id}/order`, { caseIds }))).toMatchObject({
        status: 400,
        fields: ['caseIds'],
      })
  })

  test('is talked about; who said something takes it back, and who runs the meeting takes it down with a reason', async () => {
    const id = await meeting()
    const caseId = await written(as.secretary, id)
    const path = `${at}/${id}/cases/${caseId}/comments`
    const say = async (by: Browser) =>
      (await json<{ id: string }>(await by.post(path, { text: '怎样分的组？' }), 201)).id
    const [own, other] = [await say(as.applicant), await say(as.stranger)]
    expect((await as.stranger.delete(`${path}/${own}`)).status).toBe(404)
    await json(await as.applicant.delete(`${path}/${own}`), 204)
    expect((await as.secretary.post(`${path}/${other}/removal`, { reason: '与主题无关' })).status).toBe(403)
    await json(await as.organiser.post(`${path}/${other}/removal`, { reason: '与主题无关' }), 204)
    expect((await as.organiser.post(`${path}/${other}/removal`, { reason: '与主题无关' })).status).toBe(409)
    const { comments } = await caseOf(as.applicant, id, caseId)
    expect(comments).toEqual([
      {
        ...{ id: other, authorName: '卫南星', institution: build.distant.name, isGuest: false, text: '' },
        ...{ removedReason: '与主题无关', writtenAt: comments[0]?.writtenAt, isOwn: false },
      },
    ])
  })

  test('is not found under another meeting', async () => {
    const [id, other] = [await meeting(), await meeting()]
    const caseId = await written(as.secretary, id)
    expect(await statuses([`${at}/${other}/cases/${caseId}`], as.secretary)).toEqual([404])
    expect((await as.organiser.post(`${at}/${other}/cases/${caseId}/card`, cardText)).status).toBe(404)
    expect((await as.organiser.post(`${at}/${other}/cases/${caseId}/comments`, { text: '学到了' })).status).toBe(404)
  })

  test('and its meeting are read in a fixed number of statements', async () => {
    const id = await meeting()
    await written(as.secretary, id)
    const one = await statementsOf(() => view(as.organiser, id))
    await written(as.secretary, id)
    await written(as.applicant, id)
    expect(await statementsOf(() => view(as.organiser, id))).toBe(one)
  })
})

describe('a guest', () => {
  test('comes in by the link, sees the programme, writes a case and takes part; the secret stands nowhere', async () => {
    const id = await meeting()
    const [shown, unplaced] = [await written(as.secretary, id), await written(as.applicant, id)]
    await json(await put(as.organiser, `/${id}/order`, { caseIds: [shown] }), 204)
    const { secret, guestId } = await invited(id)
    expect(secret).toMatch(/^[\w-]{43}$/)
    const guest = await comeIn(secret)
    expect(await seenBy(guest)).toEqual({
      guest: { name: '郭远来', institution: '海东师范大学', untilOn: dayOf(20) },
      meeting: {
        ...{ title: fields.title, theme: fields.theme, on: fields.on, startMinute: 840, endMinute: 930 },
        ...{ place: fields.place, link: fields.link, state: 'announced', organization: build.college.name },
        ...{ cancelReason: null, conclusion: '' },
      },
      cases: [
        {
          ...{ id: shown, title: text.title, authorName: build.li.name, institution: build.branch.name },
          ...{ isGuest: false, isSubmitted: true, place: 1, isOwn: false },
        },
      ],
      can: { write: true },
    })
    // Whom the university would ask is told to nobody outside, and what is not in the programme is not there.
    const read = await json<GuestCase>(await guest.get(`${at}/guest/cases/${shown}`))
    expect([read.contact, read.done, 'meeting' in read, 'cardId' in read]).toEqual(['', text.done, false, false])
    expect(await statuses([`${at}/guest/cases/${unplaced}`], guest)).toEqual([404])

    const { id: own } = await json<{ id: string }>(await guest.post(`${at}/guest/cases`, text), 201)
    await json(await put(guest, `/guest/cases/${own}`, { ...text, title: '另一个题目' }), 204)
    expect((await put(guest, `/guest/cases/${shown}`, text)).status).toBe(404)
    const { id: said } = await json<{ id: string }>(
      await guest.post(`${at}/guest/cases/${shown}/comments`, { text: '我们也这样做过' }),
      201,
    )
    expect((await guest.post(`${at}/guest/cases/${unplaced}/comments`, { text: '看不到的' })).status).toBe(404)
    expect(await caseOf(as.applicant, id, own)).toMatchObject({
      ...{
        title: '另一个题目',
        authorName: '郭远来',
        institution: '海东师范大学',
        isGuest: true,
        contact: text.contact,
      },
    })
    await json(await guest.delete(`${at}/guest/cases/${shown}/comments/${said}`), 204)

    const rows = await build.look((db) => db.select().from(exchangeGuests))
    const entries = await build.look((db) => db.select().from(journal))
    const kept = JSON.stringify([rows, entries, app.lines])
    expect([kept.includes(secret), kept.includes('郭远来'), rows.some((it) => it.id === guestId)]).toEqual([
      false,
      true,
      true,
    ])
    expect(entries.filter((it) => it.event === 'exchanges.case-written' && it.accountId === null)).toMatchObject([
      { actorName: '校外嘉宾 郭远来' },
    ])
  })

  test('sees strictly nothing else', async () => {
    const [id, other] = [await meeting(), await meeting()]
    const foreign = await written(as.secretary, other)
    await json(await put(as.organiser, `/${other}/order`, { caseIds: [foreign] }), 204)
    const guest = await comeIn((await invited(id)).secret)
    const elsewhere = [
      ...[at, `${at}/${id}`, `${at}/cards`, `${at}/${id}/guests`, '/api/people', '/api/accounts/session'],
      ...['/api/organization/tree', '/api/activities', '/api/search?q=学习', '/api/media/items'],
    ]
    expect(await statuses(elsewhere, guest)).toEqual(elsewhere.map(() => 401))
    expect(await statuses([`${at}/guest/cases/${foreign}`], guest)).toEqual([404])
    expect((await guest.post(`${at}/guest/cases/${foreign}/comments`, { text: '不该看到' })).status).toBe(404)
    expect((await guest.post(`${at}/${id}/cases`, text)).status).toBe(401)
  })

  test('has a cookie for this one path, which neither script nor another site gets', async () => {
    const { secret } = await invited(await meeting())
    const answer = await app.browser().post(`${at}/guest/session`, { secret })
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie.replace(/=[^;]*/, '=…').replace(/Max-Age=\d+/, 'Max-Age=n')).toBe(
      'zhibu.exchange_guest=…; Path=/api/exchanges/guest; Max-Age=n; HttpOnly; SameSite=Strict',
    )
    expect(cookie).not.toContain(secret)
    const forged = app.browser()
    forged.take(cookie.replace(/\.[^;]+/, `.${'a'.repeat(43)}`))
    expect(await statuses([`${at}/guest`], forged)).toEqual([404])
    const foreignSite = await app
      .browser()
      .request('POST', `${at}/guest/session`, { secret }, { 'sec-fetch-site': 'cross-site' })
    expect(foreignSite.status).toBe(403)
  })

  test('is let in until the end of the last day, and no more once the link was revoked or made anew', async () => {
    const id = await meeting()
    const { secret, guestId } = await invited(id, { untilOn: dayOf(2) })
    const guest = await comeIn(secret)
    const before = app.clock.at
    const stands = async () => {
      const [own] = await statuses([`${at}/guest`], guest)
      const anew = (await app.browser().post(`${at}/guest/session`, { secret })).status
      return [own, anew]
    }
    app.clock.at = new Date(`${dayOf(2)}T15:59:00Z`)
    expect(await stands()).toEqual([200, 204])
    app.clock.at = new Date(`${dayOf(2)}T16:01:00Z`)
    expect(await stands()).toEqual([404, 404])
    app.clock.at = before

    await json(await as.organiser.delete(`${at}/${id}/guests/${guestId}/link`), 204)
    expect(await stands()).toEqual([404, 404])
    expect((await as.organiser.delete(`${at}/${id}/guests/${guestId}/link`)).status).toBe(409)
    const { link } = await json<{ link: string }>(
      await as.organiser.post(`${at}/${id}/guests/${guestId}/link`, { untilOn: dayOf(3) }),
      201,
    )
    expect(await stands()).toEqual([404, 404])
    await comeIn(link.split('#')[1] ?? '')
    const { items } = await json<GuestList>(await as.organiser.get(`${at}/${id}/guests`))
    expect(items).toEqual([
      {
        ...{ id: guestId, name: '郭远来', institution: '海东师范大学', email: 'guo@example.cn' },
        ...{ untilOn: dayOf(3), closed: null, firstOpenedAt: before.toISOString() },
      },
    ])
  })

  test.each([
    ['a day that is past', { untilOn: dayOf(-1) }, 'untilOn'],
    ['a day too far', { untilOn: dayOf(91) }, 'untilOn'],
    ['no address', { email: 'guo' }, 'email'],
    ['no institution', { institution: '' }, 'institution'],
  ])('is not invited with %s', async (_, wrong, field) => {
    const answer = await as.organiser.post(`${at}/${await meeting()}/guests`, { ...guestBody, ...wrong })
    expect(await detailOf(answer)).toMatchObject({ status: 400, fields: [field] })
  })

  test('is invited for today and for ninety days, not before the meeting is announced, and never by who only takes part', async () => {
    const id = await meeting()
    for (const untilOn of [today, dayOf(90)]) await invited(id, { untilOn })
    expect((await as.secretary.post(`${at}/${id}/guests`, guestBody)).status).toBe(403)
    expect((await as.organiser.post(`${at}/${await meeting({ isDraft: true })}/guests`, guestBody)).status).toBe(409)
  })

  test('reads of a meeting that was cancelled only that, and why', async () => {
    const id = await meeting()
    const caseId = await written(as.secretary, id)
    await json(await put(as.organiser, `/${id}/order`, { caseIds: [caseId] }), 204)
    const guest = await comeIn((await invited(id)).secret)
    await json(await as.organiser.post(`${at}/${id}/cancellation`, { reason: '时间冲突' }), 204)
    expect(await seenBy(guest)).toMatchObject({
      ...{ meeting: { state: 'cancelled', cancelReason: '时间冲突', link: '' }, cases: [], can: { write: false } },
    })
    expect(await statuses([`${at}/guest/cases/${caseId}`], guest)).toEqual([404])
    expect((await guest.post(`${at}/guest/cases`, text)).status).toBe(409)
  })
})

describe('a card', () => {
  async function carded(by: Browser = as.secretary) {
    const id = await meeting({ on: today })
    const caseId = await written(by, id)
    const { id: cardId } = await json<{ id: string }>(
      await as.organiser.post(`${at}/${id}/cases/${caseId}/card`, cardText),
      201,
    )
    return { id, caseId, cardId }
  }
  const read = async (by: Browser, cardId: string) => json<CardView>(await by.get(`${at}/cards/${cardId}`))

  test('is made once of a case whose author agrees, and read by everybody of the university', async () => {
    const id = await meeting()
    const silent = await written(as.applicant, id, { ...text, agrees: false })
    expect(await detailOf(await as.organiser.post(`${at}/${id}/cases/${silent}/card`, cardText))).toMatchObject({
      status: 409,
      detail: '作者没有同意整理成做法卡片。请作者在案例中勾选同意，再整理。',
    })
    const { cardId, id: exchangeId, caseId } = await carded()
    expect((await as.organiser.post(`${at}/${exchangeId}/cases/${caseId}/card`, cardText)).status).toBe(409)
    expect(await read(as.distantSecretary, cardId)).toMatchObject({
      ...{ ...cardText, version: 1, withdrawn: null, institution: build.branch.name, adoptions: [] },
      ...{ organizations: [{ id: build.distant.id, name: build.distant.name }], can: { change: false, adopt: true } },
    })
    expect((await read(as.applicant, cardId)).can).toEqual({ change: false, adopt: false })
  })

  test('is found by its words and its topics, the newest first, a page at a time', async () => {
    const { cardId } = await carded()
    const list = async (query: string) => json<CardList>(await as.applicant.get(`${at}/cards${query}`))
    const all = await list('')
    expect([all.items[0]?.id, all.topics]).toEqual([cardId, ['实验室', '集中学习']])
    expect((await list('?q=上门讲')).items[0]?.id).toBe(cardId)
    expect((await list('?q=上门讲%20没有的词')).items).toEqual([])
    expect([(await list('?topic=实验室')).items.length > 0, (await list('?topic=实验')).items]).toEqual([true, []])
    const first = await list('?limit=1')
    const second = await list(`?limit=1&cursor=${first.next}`)
    expect([first.items[0]?.id, second.items[0]?.id]).toEqual([all.items[0]?.id, all.items[1]?.id])
    expect(Object.keys(all.items[0] ?? {})).toEqual([
      ...['id', 'title', 'problem', 'topics', 'authorName', 'institution', 'publishedAt'],
    ])
  })

  test('has versions that stay, each written on the one before', async () => {
    const { cardId } = await carded()
    const change = { ...cardText, done: '改为线上', change: '补充线上的做法' }
    expect((await put(as.secretary, `/cards/${cardId}`, change)).status).toBe(403)
    await json(await put(as.organiser, `/cards/${cardId}`, change), 204)
    expect((await put(as.organiser, `/cards/${cardId}`, change)).status).toBe(412)
    const { items } = await json<CardVersions>(await as.applicant.get(`${at}/cards/${cardId}/versions`))
    expect(items.map((it) => [it.version, it.done, it.change])).toEqual([
      [2, '改为线上', '补充线上的做法'],
      [1, '分组上门讲', ''],
    ])
  })

  test('is tried by organisations, which report in the order of their days; that it was no use is told just so', async () => {
    const { cardId } = await carded()
    const adopt = (by: Browser, organizationId: string) =>
      by.post(`${at}/cards/${cardId}/adoptions`, { organizationId, plan: '先在一个组试' })
    const { id } = await json<{ id: string }>(await adopt(as.distantSecretary, build.distant.id), 201)
    expect((await adopt(as.distantSecretary, build.distant.id)).status).toBe(409)
    expect((await adopt(as.distantSecretary, build.branch.id)).status).toBe(403)
    expect((await read(as.distantSecretary, cardId)).organizations).toEqual([])
    const report = (on: string, result: string) =>
      as.distantSecretary.post(`${at}/cards/adoptions/${id}/reports`, {
        ...{ on, outcome: 'none', did: '照着做了两次', result, differed: '我们在校外' },
      })
    expect(await detailOf(await report(dayOf(-1), '早'))).toMatchObject({
      status: 400,
      fields: ['on', 'result'].slice(1),
    })
    expect(await detailOf(await report(dayOf(-1), '太早'))).toMatchObject({ status: 400, fields: ['on'] })
    expect(await detailOf(await report(dayOf(1), '太晚'))).toMatchObject({ status: 400, fields: ['on'] })
    await json(await report(today, '没有成效'), 201)
    const { adoptions } = await read(as.applicant, cardId)
    expect(adoptions).toMatchObject([
      {
        ...{ organization: { id: build.distant.id }, plan: '先在一个组试', version: 1, adoptedOn: today, ended: null },
        reports: [{ on: today, outcome: 'none', result: '没有成效', differed: '我们在校外', canRemove: false }],
        can: { report: false },
      },
    ])
    const reportId = adoptions[0]?.reports[0]?.id
    expect((await as.secretary.delete(`${at}/cards/adoptions/${id}/reports/${reportId}`)).status).toBe(403)
    await json(await as.distantSecretary.post(`${at}/cards/adoptions/${id}/ending`, { reason: '不适合我们' }), 204)
    expect(
      (await as.distantSecretary.post(`${at}/cards/adoptions/${id}/ending`, { reason: '不适合我们' })).status,
    ).toBe(409)
    // What it was like is told also when it is over, and the practice may be tried again.
    await json(await report(today, '再看也没有'), 201)
    await json(await adopt(as.distantSecretary, build.distant.id), 201)
    await json(await as.distantSecretary.delete(`${at}/cards/adoptions/${id}/reports/${reportId}`), 204)
    expect((await read(as.applicant, cardId)).adoptions.map((it) => [it.ended?.reason, it.reports.length])).toEqual([
      ['不适合我们', 1],
      [undefined, 0],
    ])
  })

  test('is withdrawn by whoever runs the meeting, or when its author no longer agrees, also after the meeting', async () => {
    const one = await carded()
    await json(await as.organiser.post(`${at}/cards/${one.cardId}/withdrawal`, { reason: '内容过时' }), 204)
    expect(await read(as.applicant, one.cardId)).toMatchObject({
      ...{ title: text.title, done: '', contact: '', withdrawn: { reason: '内容过时' }, can: { adopt: false } },
    })
    expect((await read(as.organiser, one.cardId)).done).toBe(text.done)
    expect([
      ...(await statuses([`${at}/cards/${one.cardId}/versions`], as.applicant)),
      ...(await statuses([`${at}/cards/${one.cardId}/versions`], as.organiser)),
    ]).toEqual([404, 200])

    const two = await carded(as.applicant)
    await json(await put(as.organiser, `/${two.id}/conclusion`, { text: '各自回去试' }, 2), 204)
    expect((await as.secretary.delete(`${at}/${two.id}/cases/${two.caseId}/consent`)).status).toBe(404)
    await json(await as.applicant.delete(`${at}/${two.id}/cases/${two.caseId}/consent`), 204)
    expect((await as.applicant.delete(`${at}/${two.id}/cases/${two.caseId}/consent`)).status).toBe(409)
    expect((await read(as.stranger, two.cardId)).withdrawn?.reason).toBe('作者收回了整理成做法卡片的同意')
    const { items } = await json<CardList>(await as.applicant.get(`${at}/cards?limit=200`))
    expect(items.filter((it) => [one.cardId, two.cardId].includes(it.id))).toEqual([])
    const named = await build.as(build.actors.secretary, (ctx) => cardsNamed(ctx, [one.cardId, two.cardId]))
    expect([...named.values()].map((it) => [it.title, it.isWithdrawn])).toEqual([
      [text.title, true],
      [text.title, true],
    ])
  })
})
