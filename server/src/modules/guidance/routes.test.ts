import { addDays, type Day } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { encryption, statementsOf, today } from '../../../test/factories.ts'
import { journal } from '../../platform/journal.ts'
import { signInSessions } from '../accounts/tables.ts'
import { activities, activitySignUps } from '../activities/tables.ts'
import { notices } from '../notices/tables.ts'
import { remindOfGuidance } from './jobs.ts'
import { guidanceCountsOf } from './queries.ts'
import type {
  Appointments,
  BookingRow,
  BookingView,
  NewTimes,
  Offers,
  OwnStep,
  OwnTime,
  RecordText,
  RecordVersions,
} from './schema.ts'
import * as tables from './tables.ts'

const app = await testApp()
const { build } = app
const { look, tenantId } = build
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])
const at = '/api/guidance'
const start = app.clock.at

/** A second applicant of the branch. */
const zhou = await build.person(build.branch, { name: '周行简', studentNumber: '2023010077' })
const another = await app.signedIn(await app.account({ name: zhou.name, person: zhou }))

beforeEach(async () => {
  await goTo(start)
  await look(async (db) => {
    for (const table of [
      tables.guidanceRemarks,
      tables.guidanceSteps,
      tables.guidanceRecords,
      tables.guidanceBookings,
      tables.guidanceTimes,
      tables.guidanceMentors,
      activitySignUps,
      activities,
      notices,
    ])
      await db.delete(table)
  })
})

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}

/** What a refusal says: its status, and its sentence or those at the fields. */
async function refusal(response: Response | Promise<Response>) {
  const answered = await response
  const { message, detail, fields = [] } = await answered.json()
  const said = fields.map((it: { path: string; message: string }) => `${it.path}：${it.message}`)
  return [answered.status, ...(said.length > 0 ? said : [message ?? detail])]
}

/** The secretary of the branch is asked to guide there, unless told otherwise. */
async function appointed(more: object = {}, by: Browser = as.secretary): Promise<string> {
  const body = {
    ...{ organizationId: build.branch.id, personId: build.li.id, guidesIn: '入党申请书怎么写' },
    ...{ fromOn: '2026-01-01', untilOn: null, ...more },
  }
  return (await json<{ id: string }>(await by.post(`${at}/mentors`, body), 201)).id
}

const day = (offset: number): Day => addDays(today, offset)
const time = (mentorId: string, more: Partial<NewTimes> = {}) => ({
  ...{
    mentorId,
    heldOn: day(3),
    startMinute: 14 * 60,
    endMinute: 14 * 60 + 30,
    place: '党员活动室',
    link: '',
    weeks: 1,
  },
  ...more,
})
const offer = async (mentorId: string, more: Partial<NewTimes> = {}, by: Browser = as.secretary) =>
  json(await by.post(`${at}/times`, time(mentorId, more)), 204)
const offersOf = async (by: Browser) => json<Offers>(await by.get(at))
const ownTimes = async (by: Browser = as.secretary) =>
  (await json<{ items: OwnTime[] }>(await by.get(`${at}/times`))).items
const bookingsOf = async (by: Browser, only = 'coming') =>
  (await json<{ items: BookingRow[] }>(await by.get(`${at}/bookings?only=${only}`))).items

/** A mentor with free times on three days, the ids of the times in their order. */
async function withTimes(): Promise<[string, string, string]> {
  const mentorId = await appointed()
  await offer(mentorId, { weeks: 3 })
  const [one, two, three] = (await offersOf(as.applicant)).times.map((it) => it.id)
  if (!one || !two || !three) throw new Error('three times were offered')
  return [one, two, three]
}
const booked = async (timeId: string, by: Browser = as.applicant) =>
  (await json<{ id: string }>(await by.post(`${at}/bookings`, { timeId, wish: '想谈谈申请书' }), 201)).id
const viewed = async (id: string, by: Browser) => {
  const response = await by.get(`${at}/bookings/${id}`)
  const etag = response.headers.get('etag') ?? ''
  return { ...(await json<BookingView>(response)), etag }
}
/** Moves the clock. Sessions that would have ended meanwhile are used at that moment. */
async function goTo(at: Date): Promise<void> {
  app.clock.at = at
  const used = { createdAt: at, updatedAt: at, expiresAt: new Date(at.getTime() + 7 * 86_400_000) }
  await app.database.app.update(signInSessions).set(used)
}
/** After the talk of three days from now. */
const afterwards = () => goTo(new Date(`${day(3)}T07:00:00Z`))
const text = (more: Partial<RecordText> = {}): RecordText => ({
  talked: '谈了入党动机，申请书写得太空。',
  steps: [
    { id: null, what: '改一遍申请书', side: 'guided', dueOn: day(10) },
    { id: null, what: '找两篇例文', side: 'mentor', dueOn: null },
  ],
  ...more,
})
const written = async (id: string, by: Browser, body = text()) => {
  const { etag } = await viewed(id, by)
  await json(await by.put(`${at}/bookings/${id}/record`, body, { 'if-match': etag }), 204)
}
const told = () =>
  look((db) =>
    db.select({ title: notices.title, body: notices.body, to: notices.audience }).from(notices).orderBy(notices.id),
  )

describe('mentors', () => {
  test.each<[who: string, by: TestActor, status: number]>([
    ['the secretary of the branch', 'secretary', 201],
    ['the organiser of its college', 'organiser', 201],
    ['the organisation department', 'department', 201],
    ['the Party school', 'partySchool', 201],
    ['the secretary beside', 'siblingSecretary', 404],
    ['the organiser of another college', 'otherOrganiser', 404],
    ['the publicity department', 'publicity', 404],
    ['an applicant', 'applicant', 403],
    ['the auditor', 'auditor', 403],
  ])('are appointed by %s', async (_, by, status) => {
    const body = { organizationId: build.branch.id, personId: build.wang.id, guidesIn: '入党动机', fromOn: day(0) }
    expect((await as[by].post(`${at}/mentors`, { ...body, untilOn: null })).status).toBe(status)
  })

  test.each<[what: string, more: object, said: unknown]>([
    ['without saying in what they guide', { guidesIn: ' ' }, [400, 'guidesIn：请写明指导什么']],
    ['until before the first day', { untilOn: '2025-12-31' }, [400, 'untilOn：截止日期不能早于开始日期']],
    ['until yesterday', { untilOn: day(-1) }, [400, 'untilOn：截止日期已经过去']],
    ['of nobody', { personId: build.university.id }, [404, expect.stringContaining('位同志')]],
  ])('are not appointed %s', async (_, more, said) => {
    const body = {
      organizationId: build.branch.id,
      personId: build.wang.id,
      guidesIn: '入党动机',
      fromOn: '2026-01-01',
    }
    expect(await refusal(as.secretary.post(`${at}/mentors`, { ...body, untilOn: null, ...more }))).toEqual(said)
  })

  test('are not appointed twice for the same time, and again after it', async () => {
    await appointed({ untilOn: day(10) })
    const again = { organizationId: build.branch.id, personId: build.li.id, guidesIn: '思想汇报', untilOn: null }
    expect(await refusal(as.secretary.post(`${at}/mentors`, { ...again, fromOn: day(10) }))).toEqual([
      400,
      'personId：这位同志在这段时间里已经是本组织的指导老师。要改的，请在名单里修改。',
    ])
    await json(await as.secretary.post(`${at}/mentors`, { ...again, fromOn: day(11) }), 201)
  })

  test('of two who appoint the same person at once one is refused', async () => {
    const body = { organizationId: build.branch.id, personId: build.wang.id, guidesIn: '入党动机', fromOn: day(0) }
    const all = await Promise.all(
      [as.secretary, as.organiser].map((by) => by.post(`${at}/mentors`, { ...body, untilOn: null })),
    )
    expect(all.map((it) => it.status).sort()).toEqual([201, 400])
  })

  test('are seen by whoever belongs there, and by nobody else; who runs trainings sees sums without names', async () => {
    const [one] = await withTimes()
    await booked(one)
    const named = async (by: Browser) => (await offersOf(by)).mentors.map((it) => [it.person.name, it.freeTimes])
    expect(await named(another)).toEqual([[build.li.name, 2]])
    expect(await named(as.secretary)).toEqual([])
    expect(await named(as.siblingSecretary)).toEqual([])
    expect(await named(as.stranger)).toEqual([])
    expect((await offersOf(as.secretary)).own.map((it) => it.guidesIn)).toEqual(['入党申请书怎么写'])

    const answer = await as.organiser.get(`${at}/mentors`)
    const raw = await answer.clone().text()
    const { items, sums } = await json<Appointments>(answer)
    expect(items).toMatchObject([{ person: { name: build.li.name }, freeTimes: 2, isOver: false, revision: 1 }])
    expect(sums).toEqual([
      { organization: { id: build.branch.id, name: build.branch.name }, freeTimes: 2, coming: 1, past: 0 },
    ])
    expect(raw).not.toContain(build.wang.name)
    expect((await json<Appointments>(await as.siblingSecretary.get(`${at}/mentors`))).items).toEqual([])
    expect((await as.applicant.get(`${at}/mentors`)).status).toBe(403)
    await afterwards()
    expect((await json<Appointments>(await as.organiser.get(`${at}/mentors`))).sums).toMatchObject([
      { freeTimes: 2, coming: 0, past: 1 },
    ])
  })

  test('who end earlier lose what is booked after it, and both are told without a name', async () => {
    const [one, , three] = await withTimes()
    const kept = await booked(one)
    const lost = await booked(three, another)
    const [{ id: mentorId, revision } = { id: '', revision: 0 }] = (
      await json<Appointments>(await as.organiser.get(`${at}/mentors`))
    ).items
    const change = (untilOn: string, read: number) =>
      as.organiser.put(`${at}/mentors/${mentorId}`, { guidesIn: '入党动机', untilOn }, { 'if-match': `"${read}"` })
    expect(await refusal(change(day(-1), revision))).toEqual([400, expect.stringContaining('截止日期已经过去')])
    await json(await change(day(3), revision), 204)
    expect((await change(day(4), revision)).status).toBe(412)
    expect((await viewed(kept, as.applicant)).state).toBe('coming')
    expect(await viewed(lost, another)).toMatchObject({
      state: 'cancelled',
      cancelled: { by: 'mentor', reason: `指导老师的聘期到 ${day(3)} 为止。` },
    })
    expect((await offersOf(as.applicant)).times).toEqual([])
    const last = (await told()).at(-1)
    expect(last).toMatchObject({ title: expect.stringMatching(/^一对一指导取消：/) })
    expect(last?.to).toMatchObject({ personIds: [build.li.id, zhou.id].sort() })
    expect(JSON.stringify(last)).not.toMatch(new RegExp(`${zhou.name}|${build.li.name}`))
  })
})

describe('times', () => {
  test('are offered week by week, and withdrawn alone or with those that follow', async () => {
    const mentorId = await appointed()
    await offer(mentorId, { weeks: 4 })
    expect((await ownTimes()).map((it) => [it.heldOn, it.hasMore])).toEqual([
      [day(3), true],
      [day(10), true],
      [day(17), true],
      [day(24), false],
    ])
    const [first, second, third] = await ownTimes()
    await booked(third?.id ?? '')
    expect(await refusal(as.secretary.post(`${at}/times/${third?.id}/withdrawal`, { isWhole: false }))).toEqual([
      409,
      '这个时间已经有人预约。请打开那次预约，写明原因取消，时间会同时撤回。',
    ])
    await json(await as.secretary.post(`${at}/times/${second?.id}/withdrawal`, { isWhole: true }), 204)
    expect((await ownTimes()).map((it) => [it.id, it.booking?.guided.name])).toEqual([
      [first?.id, undefined],
      [third?.id, build.wang.name],
    ])
    expect((await as.secretary.post(`${at}/times/${second?.id}/withdrawal`, { isWhole: false })).status).toBe(404)
  })

  test.each<[what: string, more: Partial<NewTimes>, said: unknown]>([
    [
      'in the past',
      { heldOn: day(0), startMinute: 10 * 60, endMinute: 10 * 60 + 30 },
      [400, 'heldOn：这个时间已经过去，请另选日期或时间'],
    ],
    ['before the appointment', { heldOn: day(1) }, [400, expect.stringContaining('您的聘期从')]],
    ['after it', { heldOn: day(21) }, [400, expect.stringContaining('您的聘期到')]],
    ['after it by weeks', { weeks: 4 }, [400, expect.stringMatching(/^weeks：您的聘期到/)]],
    ['that ends before it begins', { endMinute: 14 * 60 }, [400, 'endMinute：结束的时间要晚于开始的时间']],
    ['of nine minutes', { endMinute: 14 * 60 + 9 }, [400, 'endMinute：一次至少 10 分钟']],
    ['of more than four hours', { endMinute: 18 * 60 + 1 }, [400, 'endMinute：一次不超过 4 小时']],
    ['nowhere', { place: '' }, [400, 'place：请填写地点，或者线上会议的网址']],
    ['at no address', { link: 'javascript:alert(1)' }, [400, 'link：请填写以 http 或 https 开头的网址']],
    ['for 21 weeks', { weeks: 21 }, [400, 'weeks：不超过 20 周']],
  ])('are not offered %s', async (_, more, said) => {
    const mentorId = await appointed({ fromOn: day(2), untilOn: day(20) })
    expect(await refusal(as.secretary.post(`${at}/times`, time(mentorId, more)))).toEqual(said)
    expect(await ownTimes()).toEqual([])
  })

  test('are offered on both last days, of ten minutes and of four hours', async () => {
    const mentorId = await appointed({ fromOn: day(2), untilOn: day(20) })
    await offer(mentorId, { heldOn: day(2), endMinute: 14 * 60 + 10 })
    await offer(mentorId, { heldOn: day(20), endMinute: 18 * 60 })
    expect((await ownTimes()).map((it) => it.heldOn)).toEqual([day(2), day(20)])
  })

  test('do not overlap, also not under another appointment, and may touch', async () => {
    const mentorId = await appointed()
    const above = await appointed({ organizationId: build.college.id }, as.organiser)
    await offer(mentorId)
    const touching = { startMinute: 14 * 60 + 30, endMinute: 15 * 60 }
    expect(
      await refusal(as.secretary.post(`${at}/times`, time(above, { startMinute: 14 * 60 + 29, endMinute: 15 * 60 }))),
    ).toEqual([400, expect.stringMatching(/^startMinute：和您已经提供的 .* 14:00—14:30 重叠，请错开$/)])
    await offer(above, touching)
    expect(await ownTimes()).toHaveLength(2)
  })

  test('are offered by their mentor alone', async () => {
    const mentorId = await appointed()
    for (const by of [as.organiser, as.department, as.applicant])
      expect((await by.post(`${at}/times`, time(mentorId))).status).toBe(404)
  })

  test('held elsewhere are told to whoever has booked them', async () => {
    const [one] = await withTimes()
    await booked(one)
    const place = (by: Browser, revision: number, where = '图书馆三楼') =>
      by.put(`${at}/times/${one}/place`, { place: where, link: '' }, { 'if-match': `"${revision}"` })
    expect((await place(as.applicant, 1)).status).toBe(404)
    await json(await place(as.secretary, 1), 204)
    expect((await place(as.secretary, 1)).status).toBe(412)
    const last = (await told()).at(-1)
    expect(last?.title).toMatch(/^一对一指导换地点：/)
    expect(last?.body).not.toContain('图书馆')
    await json(await place(as.secretary, 2), 204)
    expect(await told()).toHaveLength(3)
  })
})

describe('bookings', () => {
  test('are given to one of two who want the same at once, and the other is told', async () => {
    const [one] = await withTimes()
    const asked = await Promise.all(
      [as.applicant, another].map((by) => by.post(`${at}/bookings`, { timeId: one, wish: '想谈谈申请书' })),
    )
    expect(asked.map((it) => it.status).sort()).toEqual([201, 409])
    const lost = asked.find((it) => it.status === 409)
    expect(lost && (await refusal(lost))).toEqual([409, '这个时间刚刚被别人约走了。请刷新页面，另选一个时间。'])
    expect((await offersOf(another)).times.map((it) => it.id)).not.toContain(one)
  })

  test.each<[who: string, by: TestActor, status: number]>([
    ['somebody of another branch', 'siblingSecretary', 404],
    ['somebody of another college', 'stranger', 404],
    ['the organiser above, who does not belong there', 'organiser', 404],
    ['the mentor', 'secretary', 404],
    ['the auditor', 'auditor', 403],
  ])('are refused to %s', async (_, by, status) => {
    const [one] = await withTimes()
    expect((await as[by].post(`${at}/bookings`, { timeId: one, wish: '想谈谈' })).status).toBe(status)
  })

  test('are refused a minute too late, and granted a minute before', async () => {
    const [one, two] = await withTimes()
    await goTo(new Date(`${day(3)}T05:59:00Z`))
    const id = await booked(one)
    expect((await viewed(id, as.applicant)).state).toBe('coming')
    await goTo(new Date(`${day(10)}T06:00:00Z`))
    expect(await refusal(as.applicant.post(`${at}/bookings`, { timeId: two, wish: '想谈谈' }))).toEqual([
      409,
      '这个时间已经开始或者过去。请刷新页面，另选一个时间。',
    ])
  })

  test('are five at once at most', async () => {
    const mentorId = await appointed()
    await offer(mentorId, { weeks: 6 })
    const ids = (await offersOf(as.applicant)).times.map((it) => it.id)
    for (const id of ids.slice(0, 5)) await booked(id)
    expect(await refusal(as.applicant.post(`${at}/bookings`, { timeId: ids[5], wish: '想谈谈' }))).toEqual([
      409,
      expect.stringContaining('已经约了 5 次'),
    ])
    await booked(ids[5] ?? '', another)
  })

  test('are shown to the two alone, and the database shows them to nobody else', async () => {
    const [one] = await withTimes()
    const id = await booked(one)
    expect(await viewed(id, as.applicant)).toMatchObject({
      ...{ side: 'guided', other: { name: build.li.name }, wish: '想谈谈申请书', state: 'coming' },
      can: { changeWish: true, move: true, cancel: true, record: false, tick: false, remark: true },
    })
    expect(await viewed(id, as.secretary)).toMatchObject({
      ...{ side: 'mentor', other: { name: build.wang.name } },
      can: { changeWish: false, move: true, cancel: true },
    })
    for (const by of [another, as.organiser, as.department, as.partySchool, as.siblingSecretary])
      expect((await by.get(`${at}/bookings/${id}`)).status).toBe(404)
    expect((await as.auditor.get(`${at}/bookings/${id}`)).status).toBe(403)
    const counted = await build.as(build.actors.department, (ctx) =>
      Promise.all([ctx.db.$count(tables.guidanceBookings), ctx.db.$count(tables.guidanceTimes)]),
    )
    expect(counted).toEqual([0, 3])
    const stored = await look((db) => db.select().from(tables.guidanceBookings))
    expect(JSON.stringify(stored)).not.toContain('申请书')
  })

  test('are told to both without a name, a place or a word of what they are about', async () => {
    const [one, two] = await withTimes()
    const id = await booked(one)
    const { etag } = await viewed(id, as.applicant)
    await json(await as.applicant.put(`${at}/bookings/${id}/time`, { timeId: two }, { 'if-match': etag }), 204)
    await json(await as.secretary.post(`${at}/bookings/${id}/cancellation`, { reason: '临时出差' }), 204)
    const all = (await told()).slice(1)
    expect(all.map((it) => it.title.replace(/：.*/, ''))).toEqual(['一对一指导', '一对一指导改期', '一对一指导取消'])
    const both = [build.li.id, build.wang.id].sort()
    expect(all.map((it) => it.to.personIds)).toEqual([both, both, both])
    expect(JSON.stringify(all)).not.toMatch(
      new RegExp([build.wang.name, build.li.name, '活动室', '申请书', '出差'].join('|')),
    )
  })

  test('are moved by either, not on an older reading, and not to a time that is gone', async () => {
    const [one, two, three] = await withTimes()
    const id = await booked(one)
    await booked(two, another)
    const { etag } = await viewed(id, as.applicant)
    const moveTo = (timeId: string, by: Browser, read = etag) =>
      by.put(`${at}/bookings/${id}/time`, { timeId }, { 'if-match': read })
    expect(await refusal(moveTo(two, as.applicant))).toEqual([
      409,
      '这个时间刚刚被别人约走了。请刷新页面，另选一个时间。',
    ])
    expect(await refusal(moveTo(one, as.applicant))).toEqual([409, '现在约的就是这个时间，不用改期。'])
    expect((await moveTo(three, another)).status).toBe(404)
    await json(await moveTo(three, as.secretary), 204)
    expect(await refusal(moveTo(one, as.applicant))).toEqual([
      412,
      '这次预约刚刚对方修改过，这次没有办理。请刷新页面，看过新的内容再操作。',
    ])
    expect((await bookingsOf(as.applicant)).map((it) => it.heldOn)).toEqual([day(17)])
    expect((await offersOf(as.applicant)).times.map((it) => it.id)).toEqual([one])
  })

  test('that the guided one cancels are free again, that the mentor cancels are not', async () => {
    const [one, two, three] = await withTimes()
    await json(await as.applicant.post(`${at}/bookings/${await booked(one)}/cancellation`, { reason: '要考试' }), 204)
    const id = await booked(two)
    await json(await as.secretary.post(`${at}/bookings/${id}/cancellation`, { reason: '要出差' }), 204)
    expect((await offersOf(as.applicant)).times.map((it) => it.id)).toEqual([one, three])
    expect(await viewed(id, as.applicant)).toMatchObject({
      ...{ state: 'cancelled', cancelled: { by: 'mentor', reason: '要出差' } },
      can: { changeWish: false, move: false, cancel: false, record: false, tick: false, remark: true },
    })
    expect(await refusal(as.applicant.post(`${at}/bookings/${id}/cancellation`, { reason: '再取消' }))).toEqual([
      409,
      '这次预约已经取消，不能再取消。请刷新页面查看。',
    ])
    expect(await bookingsOf(as.applicant)).toEqual([])
    expect((await bookingsOf(as.applicant, 'past')).map((it) => it.state)).toEqual(['cancelled', 'cancelled'])
  })

  test('show what else one has at the same time, and forbid nothing', async () => {
    const mentorId = await appointed()
    const other = await appointed({ personId: zhou.id })
    await offer(mentorId)
    await offer(other, {}, another)
    const fields = {
      ...{ tenantId, organizationId: build.branch.id, path: build.branch.path, kind: 'other' as const, summary: '' },
      ...{ fromOn: day(3), startMinute: 14 * 60 + 29, endMinute: 16 * 60, place: '', link: '', speaker: '' },
      ...{ aboutSpeaker: '', plan: { aim: '', steps: [], materials: [], noticeText: '' }, attachments: [] },
      ...{ signUp: { capacity: null, untilOn: null }, folded: '', createdBy: '某同志', announcedAt: start },
    } as const
    const ids = ['019e0000-0000-7000-8000-000000000001', '019e0000-0000-7000-8000-000000000002'] as const
    await look(async (db) => {
      await db.insert(activities).values([
        { ...fields, id: ids[0], title: '参观校史馆' },
        { ...fields, id: ids[1], title: '不重叠的', startMinute: 14 * 60 + 30 },
      ])
      await db
        .insert(activitySignUps)
        .values(
          ids.map((activityId) => ({ tenantId, activityId, personId: build.wang.id, path: build.branch.path, seq: 1 })),
        )
    })
    const { times } = await offersOf(as.applicant)
    expect(times.map((it) => it.clashes)).toEqual([
      [{ kind: 'activity', title: '参观校史馆' }],
      [{ kind: 'activity', title: '参观校史馆' }],
    ])
    const id = await booked(times[0]?.id ?? '')
    expect((await offersOf(as.applicant)).times.map((it) => it.clashes.map(({ kind }) => kind))).toEqual([
      ['guidance', 'activity'],
    ])
    expect((await viewed(id, as.applicant)).clashes).toEqual([{ kind: 'activity', title: '参观校史馆' }])
  })

  test('are listed in a fixed number of statements', async () => {
    const mentorId = await appointed()
    await offer(mentorId, { weeks: 5 })
    const ids = (await offersOf(as.applicant)).times.map((it) => it.id)
    await booked(ids[0] ?? '')
    const few = await statementsOf(() => bookingsOf(as.applicant))
    const fewOffers = await statementsOf(() => offersOf(as.applicant))
    for (const id of ids.slice(1, 4)) await booked(id)
    expect(await statementsOf(() => bookingsOf(as.applicant))).toBe(few)
    expect(await statementsOf(() => offersOf(as.applicant))).toBe(fewOffers)
  })
})

describe('the record', () => {
  test('is written by either from the beginning on, and a correction is a version', async () => {
    const [one] = await withTimes()
    const id = await booked(one)
    const { etag } = await viewed(id, as.applicant)
    const write = (by: Browser, read: string, body: object = text()) =>
      by.put(`${at}/bookings/${id}/record`, body, { 'if-match': read })
    await goTo(new Date(`${day(3)}T05:59:59Z`))
    expect(await refusal(write(as.applicant, etag))).toEqual([409, expect.stringContaining('这次指导还没有开始')])
    await goTo(new Date(`${day(3)}T06:00:00Z`))
    await json(await write(as.applicant, etag), 204)
    expect((await write(as.secretary, etag)).status).toBe(412)
    const seen = await viewed(id, as.secretary)
    expect(seen).toMatchObject({
      state: 'recorded',
      record: {
        ...{ talked: text().talked, writtenBy: 'guided', versions: 1 },
        steps: [
          { what: '改一遍申请书', side: 'guided', dueOn: day(10), doneOn: null, isOwn: false },
          { what: '找两篇例文', side: 'mentor', dueOn: null, doneOn: null, isOwn: true },
        ],
      },
      can: { cancel: false, move: false, record: true, tick: true },
    })
    const [kept] = seen.record?.steps ?? []
    const steps = [{ id: kept?.id ?? null, what: '改两遍申请书', side: 'guided' as const, dueOn: day(12) }]
    await json(await write(as.secretary, seen.etag, { talked: '还谈了课业。', steps }), 204)
    const { items } = await json<RecordVersions>(await as.applicant.get(`${at}/bookings/${id}/record/versions`))
    expect(items.map(({ version, talked, writtenBy, steps: all }) => [version, talked, writtenBy, all.length])).toEqual(
      [
        [2, '还谈了课业。', 'mentor', 1],
        [1, text().talked, 'guided', 2],
      ],
    )
    expect((await viewed(id, as.applicant)).record?.steps).toMatchObject([{ id: kept?.id, what: '改两遍申请书' }])
    expect((await as.organiser.get(`${at}/bookings/${id}/record/versions`)).status).toBe(404)
    const stored = await look(async (db) => [
      await db.select().from(tables.guidanceRecords),
      await db.select().from(tables.guidanceSteps),
    ])
    expect(JSON.stringify(stored)).not.toMatch(/申请书|课业|例文/)
  })

  test('takes no step of another talk', async () => {
    const [one, two] = await withTimes()
    const [id, other] = [await booked(one), await booked(two, another)]
    await goTo(new Date(`${day(10)}T07:00:00Z`))
    await written(other, another)
    const [foreign] = (await viewed(other, another)).record?.steps ?? []
    const { etag } = await viewed(id, as.applicant)
    const steps = [{ id: foreign?.id ?? null, what: '拿来的', side: 'guided', dueOn: null }]
    expect(
      await refusal(as.applicant.put(`${at}/bookings/${id}/record`, { talked: '谈了', steps }, { 'if-match': etag })),
    ).toEqual([400, 'steps：有约定事项已经不在了，请刷新页面核对后再改'])
    expect((await viewed(other, another)).record?.steps).toHaveLength(2)
  })

  test('has next steps that whoever has them ticks, and nobody else', async () => {
    const [one] = await withTimes()
    const id = await booked(one)
    await afterwards()
    await written(id, as.applicant)
    const [own, theirs] = (await viewed(id, as.applicant)).record?.steps ?? []
    const tick = (stepId: string | undefined, by: Browser) =>
      by.put(`${at}/bookings/${id}/steps/${stepId}/completion`, undefined)
    expect(await refusal(tick(theirs?.id, as.applicant))).toEqual([403, expect.stringContaining('替对方勾选约定事项')])
    expect((await tick(own?.id, another)).status).toBe(404)
    const open = async (by: Browser) =>
      (await json<{ items: OwnStep[] }>(await by.get(`${at}/steps`))).items.map((it) => [it.what, it.other])
    expect(await open(as.applicant)).toEqual([['改一遍申请书', build.li.name]])
    await json(await tick(own?.id, as.applicant), 204)
    await json(await tick(own?.id, as.applicant), 204)
    expect(await open(as.applicant)).toEqual([])
    expect(await open(as.secretary)).toEqual([['找两篇例文', build.wang.name]])
    expect((await viewed(id, as.secretary)).record?.steps[0]?.doneOn).toBe(day(3))
    await json(await as.applicant.delete(`${at}/bookings/${id}/steps/${own?.id}/completion`), 204)
    expect(await open(as.applicant)).toHaveLength(1)
  })

  test('is written out by either, without what somebody keeps for themselves', async () => {
    const [one] = await withTimes()
    const id = await booked(one)
    await afterwards()
    await json(await as.applicant.put(`${at}/bookings/${id}/remark`, { text: '心里没底' }), 204)
    const order = { from: day(0), until: day(3), form: 'word' }
    const out = (by: Browser, more: object = {}) => by.post(`${at}/exports`, { ...order, ...more })
    expect(await refusal(out(as.applicant))).toEqual([409, expect.stringContaining('没有指导记录')])
    await written(id, as.applicant)
    const { default: PizZip } = await import('pizzip')
    const word = await out(as.applicant)
    expect(word.status).toBe(200)
    const xml = new PizZip(await word.arrayBuffer()).file('word/document.xml')?.asText() ?? ''
    expect(xml).toContain('谈了入党动机')
    expect(xml).toContain('改一遍申请书')
    expect(xml).not.toContain('心里没底')
    expect((await out(as.secretary)).status).toBe(200)
    expect((await out(another)).status).toBe(409)
    expect((await out(as.applicant, { until: day(2) })).status).toBe(409)
    const pdf = await out(as.applicant, { form: 'pdf' })
    expect(new TextDecoder().decode((await pdf.arrayBuffer()).slice(0, 5))).toBe('%PDF-')
  })

  test('of several talks is written out each as it holds now, in as many statements as of one', async () => {
    const mentorId = await appointed()
    for (const hour of [8, 9, 10, 11]) await offer(mentorId, { startMinute: hour * 60, endMinute: hour * 60 + 30 })
    const ids: string[] = []
    for (const { id } of (await offersOf(as.applicant)).times) ids.push(await booked(id))
    await afterwards()
    const order = { from: day(3), until: day(3), form: 'word' }
    const out = async () => {
      const answer = await as.applicant.post(`${at}/exports`, order)
      expect(answer.status).toBe(200)
      return answer.arrayBuffer()
    }
    await written(ids[0] ?? '', as.applicant, text({ talked: '第一次谈的' }))
    const one = await statementsOf(out)
    for (const [place, id] of ids.entries()) {
      const steps: RecordText['steps'] = [{ id: null, what: `第${place + 1}次约定的`, side: 'guided', dueOn: null }]
      await written(id, as.applicant, text({ talked: `写错的${place + 1}` }))
      await written(id, as.applicant, text({ talked: `第${place + 1}次谈的`, steps }))
    }
    expect(await statementsOf(out)).toBe(one)
    const { default: PizZip } = await import('pizzip')
    const xml = new PizZip(await out()).file('word/document.xml')?.asText() ?? ''
    const said = [...xml.matchAll(/第(\d)次(?:谈|约定)的/g)].map(([all]) => all)
    expect(said).toEqual([1, 2, 3, 4].flatMap((it) => [`第${it}次谈的`, `第${it}次约定的`]))
    expect(xml).not.toContain('写错的')
  })
})

describe('a remark for oneself', () => {
  test('is read by its author alone, is sealed, and stands in no journal and no log', async () => {
    const [one] = await withTimes()
    const id = await booked(one)
    const address = `${at}/bookings/${id}/remark`
    const before = await look((db) => db.$count(journal))
    const lines = app.lines.length
    await json(await as.applicant.put(address, { text: '家里的事先不说' }), 204)
    await json(await as.secretary.put(address, { text: '他很紧张' }), 204)
    expect(await json(await as.applicant.get(address))).toEqual({ text: '家里的事先不说' })
    expect(await json(await as.secretary.get(address))).toEqual({ text: '他很紧张' })
    for (const by of [another, as.organiser, as.department, as.partySchool])
      expect([(await by.get(address)).status, (await by.put(address, { text: '看看' })).status]).toEqual([404, 404])
    expect(await look((db) => db.$count(journal))).toBe(before)
    expect(JSON.stringify(app.lines.slice(lines))).not.toContain(id)
    const stored = await look((db) => db.select().from(tables.guidanceRemarks))
    expect(stored).toHaveLength(2)
    expect(JSON.stringify(stored)).not.toMatch(/家里|紧张/)
    const seen = await build.as(build.actors.applicant, (ctx) => ctx.db.select().from(tables.guidanceRemarks))
    expect(seen.map((it) => it.personId)).toEqual([build.wang.id])
    await json(await as.applicant.put(address, { text: '' }), 204)
    expect(await json(await as.applicant.get(address))).toEqual({ text: '' })
    expect(await look((db) => db.$count(tables.guidanceRemarks))).toBe(1)
  })
})

test('the journal says who has done something where, and not with whom', async () => {
  const [one] = await withTimes()
  const id = await booked(one)
  const rows = await look((db) =>
    db
      .select()
      .from(journal)
      .where(and(eq(journal.tenantId, tenantId), eq(journal.event, 'guidance.booked')))
      .orderBy(sql`id desc`)
      .limit(1),
  )
  expect(rows).toMatchObject([
    {
      actorName: build.wang.name,
      subjectKind: 'organization',
      subjectId: build.branch.id,
      personId: null,
      details: {},
    },
  ])
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${build.li.id}|${id}`))
})

describe('reminders', () => {
  const remind = (on: string) =>
    remindOfGuidance(app.database, { now: new Date(`${on}T00:05:00Z`), baseUrl: 'http://zhibu.test' })
  const titles = async () => (await told()).map((it) => it.title)

  test('of a talk go to both on the day before, once, and not where it was booked on that day', async () => {
    const [one, two] = await withTimes()
    await booked(one)
    await goTo(new Date(`${day(9)}T00:01:00Z`))
    await booked(two, another)
    await look((db) => db.delete(notices))
    await remind(day(1))
    expect(await titles()).toEqual([])
    await remind(day(2))
    await remind(day(2))
    await remind(day(9))
    expect(await titles()).toEqual([expect.stringMatching(/^明天有一对一指导：.*14:00—14:30$/)])
    expect((await told())[0]?.to.personIds).toEqual([build.li.id, build.wang.id].sort())
  })

  test('of a next step go to whoever has it, three days before and on its day, and no more once it is done', async () => {
    const [one] = await withTimes()
    const id = await booked(one)
    await afterwards()
    await written(id, as.secretary)
    await look((db) => db.delete(notices))
    for (const on of [6, 7, 8, 9]) await remind(day(on))
    expect(await titles()).toEqual([expect.stringMatching(/^一对一指导的约定事项.*到期$/)])
    expect((await told())[0]?.to.personIds).toEqual([build.wang.id])
    expect((await told())[0]?.body).not.toContain('申请书')
    await remind(day(10))
    expect((await titles()).at(-1)).toBe('一对一指导的约定事项今天到期')
    const [own] = (await viewed(id, as.applicant)).record?.steps ?? []
    await look((db) => db.delete(notices))
    await json(await as.applicant.put(`${at}/bookings/${id}/steps/${own?.id}/completion`, undefined), 204)
    await remind(day(10))
    expect(await titles()).toEqual([])
  })
})

describe('the calendar', () => {
  test('of each of the two has the talk, without a name; that of the organisation and of others has not', async () => {
    const [one] = await withTimes()
    await booked(one)
    const textOf = async (by: Browser, organizationId: string | null = null) => {
      const { url } = await json<{ url: string }>(await by.post('/api/notices/calendars', { organizationId }), 201)
      return (await (await app.browser().get(new URL(url).pathname)).text()).replaceAll('\r\n ', '')
    }
    for (const by of [as.applicant, as.secretary]) {
      const own = await textOf(by)
      expect(own).toContain('SUMMARY:14:00—14:30 一对一指导')
      expect(own).toContain('党员活动室')
      expect(own).not.toMatch(new RegExp(`${build.wang.name}.*一对一|一对一.*${build.li.name}`))
    }
    expect(await textOf(another)).not.toContain('一对一指导')
    expect(await textOf(as.secretary, build.branch.id)).not.toContain('一对一指导')
  })
})

test.each<[cohort: number, guided: number, talks: number | null]>([
  [5, 3, 3],
  [5, 2, null],
  [4, 3, null],
  [5, 0, null],
])('of %i persons, %i of whom have been guided, the sum is %s', async (cohort, guided, talks) => {
  const [one, two, three] = await withTimes()
  const people = [build.wang.id, zhou.id, build.zhao.id, build.sun.id, build.li.id].slice(0, cohort)
  const [mentor] = await look((db) => db.select().from(tables.guidanceMentors))
  await look(async (db) => {
    for (const [place, timeId] of [one, two, three].slice(0, guided).entries())
      await db.insert(tables.guidanceBookings).values({
        ...{ tenantId, id: timeId, timeId, mentorId: mentor?.id ?? '', path: build.branch.path },
        ...{ personId: people[place] ?? '', mentorPersonId: build.li.id, wishSealed: '' },
      })
  })
  const asked = await build.look((db) =>
    guidanceCountsOf(
      {
        ...{ db, tenantId, today: day(30), requestId: '', encryption },
        actor: build.actors.department,
      },
      [...people, ...people],
      { from: '2026-01-01', until: '2099-12-31' },
    ),
  )
  expect(asked).toEqual(talks === null ? null : { talks })
})
