import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { statementsOf, today } from '../../../test/factories.ts'
import { textOfPages } from '../../../test/pdf-text.ts'
import { upload } from '../../../test/uploads.ts'
import { newId } from '../../platform/ids.ts'
import type {
  ActivityFields,
  ActivityRow,
  ActivityView,
  DayView,
  KitRow,
  KitView,
  SignUps,
  YearView,
} from './schema.ts'
import { activityKits } from './tables.ts'

const app = await testApp()
const { build } = app
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])

const at = '/api/activities'

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}

const plan = {
  aim: '了解宪法的由来',
  steps: [
    { minutes: 10, what: '读宪法序言' },
    { minutes: 20, what: '分组讨论' },
  ],
  materials: ['宪法文本'],
  noticeText: '{单位}定于{时间}在{地点}一起学宪法。',
}
const fields = (more: Partial<ActivityFields> = {}): ActivityFields => ({
  ...{ kind: 'memorial', title: '宪法日学习', summary: '一起读宪法', dayKey: 'memorial-constitution' },
  ...{ fromOn: '2026-12-04', untilOn: null, startMinute: 14 * 60, endMinute: 15 * 60 + 30, place: '三教 201' },
  ...{ link: '', speaker: '', aboutSpeaker: '', plan, attachments: [], signUp: null },
  ...more,
})
const prepare = async (by: Browser, organization: { id: string }, more: Partial<ActivityFields> = {}) =>
  (await json<{ id: string }>(await by.post(at, { organizationId: organization.id, ...fields(more) }), 201)).id
const view = async (by: Browser, id: string) => json<ActivityView>(await by.get(`${at}/${id}`))
const tagOf = async (by: Browser, id: string) => (await by.get(`${at}/${id}`)).headers.get('etag') ?? ''
const withTag = async (by: Browser, method: string, id: string, path: string, body?: object) =>
  by.request(method, `${at}/${id}${path}`, body, { 'if-match': await tagOf(by, id) })
const announce = async (by: Browser, id: string) => json(await withTag(by, 'POST', id, '/announcement'), 204)
const announced = async (by: Browser, organization: { id: string }, more: Partial<ActivityFields> = {}) => {
  const id = await prepare(by, organization, more)
  await announce(by, id)
  return id
}
const idsIn = async (by: Browser, query: string) =>
  (await json<{ items: ActivityRow[] }>(await by.get(`${at}?limit=200&${query}`))).items.map((it) => it.id)
const written = { happened: '大家读了序言，各组说了体会。', headcount: 23, summary: '下次早些借教室。', pictureIds: [] }

const administrators: readonly string[] = ['sysadmin', 'secadmin', 'auditor']

describe('an activity', () => {
  const holders: [place: 'branch' | 'college' | 'university', holders: TestActor[], readers: TestActor[]][] = [
    ['branch', ['secretary', 'organiser', 'department', 'publicity', 'partySchool'], ['applicant']],
    [
      'college',
      ['organiser', 'department', 'publicity', 'partySchool'],
      ['secretary', 'siblingSecretary', 'applicant'],
    ],
    [
      'university',
      ['department', 'publicity', 'partySchool'],
      [
        ...(['secretary', 'siblingSecretary', 'distantSecretary'] as const),
        ...(['organiser', 'otherOrganiser', 'applicant', 'stranger'] as const),
      ],
    ],
  ]

  test.each(holders)(
    'of the %s is prepared by its officers and those above, and once announced read by all who belong there',
    async (place, held, read) => {
      const id = await prepare(as.department, build[place])
      const statusFor = (who: readonly string[]) =>
        Object.fromEntries(
          testActors.map((actor) => [actor, administrators.includes(actor) ? 403 : who.includes(actor) ? 200 : 404]),
        )
      const asked = async () => {
        const answered: Record<string, number> = {}
        for (const actor of testActors) answered[actor] = (await as[actor].get(`${at}/${id}`)).status
        return answered
      }
      const listedBy = async (actor: TestActor, query: string) => (await idsIn(as[actor], query)).includes(id)
      expect(await asked()).toEqual(statusFor(held))
      for (const actor of held) expect(await listedBy(actor, 'only=own'), actor).toBe(true)
      for (const actor of read) expect(await listedBy(actor, 'only=coming'), actor).toBe(false)

      await announce(as.department, id)
      expect(await asked()).toEqual(statusFor([...held, ...read]))
      for (const actor of [...held, ...read]) expect(await listedBy(actor, 'only=coming'), actor).toBe(true)
      for (const actor of read)
        expect((await as[actor].post(`${at}/${id}/cancellation`, { reason: '改期' })).status, actor).toBe(403)
    },
  )

  test('goes from the plan to the record, each state told by its facts and the day', async () => {
    const id = await prepare(as.secretary, build.branch, { fromOn: today })
    const states = [(await view(as.secretary, id)).state]
    await announce(as.secretary, id)
    // It is ten in the morning; it begins at two.
    states.push((await view(as.secretary, id)).state)
    await json(await withTag(as.secretary, 'PUT', id, '', fields({ fromOn: today, startMinute: 10 * 60 })), 204)
    states.push((await view(as.secretary, id)).state)
    const { items } = await json<{ items: ActivityRow[] }>(await as.secretary.get(`${at}?only=coming&limit=200`))
    expect(items.find((it) => it.id === id)?.state).toBe('underWay')
    await json(await withTag(as.secretary, 'PUT', id, '', fields({ fromOn: '2026-11-24' })), 204)
    states.push((await view(as.secretary, id)).state)
    expect((await withTag(as.secretary, 'PUT', id, '/record', written)).status).toBe(409)
    await json(await withTag(as.secretary, 'PUT', id, '', fields({ fromOn: '2026-11-22' })), 204)
    states.push((await view(as.secretary, id)).state)
    await json(await withTag(as.secretary, 'PUT', id, '/record', written), 204)
    const read = await view(as.applicant, id)
    states.push(read.state)
    expect(states).toEqual(['planned', 'announced', 'underWay', 'announced', 'over', 'recorded'])
    const { pictureIds: _, ...text } = written
    expect(read.record).toEqual({
      ...{ ...text, pictures: [], recordedBy: '李晓岚', recordedAt: expect.any(String), isFiled: false },
      hasChangedSince: false,
    })
    expect(Object.values(read.can)).toEqual(Array(10).fill(false))
    expect((await as.secretary.post(`${at}/${id}/cancellation`, { reason: '改期' })).status).toBe(409)
  })

  test.each([
    ['an end before the beginning', { untilOn: '2026-12-03' }, 'untilOn'],
    ['an hour without a day', { fromOn: null, endMinute: null }, 'fromOn'],
    ['an end that is no later than the beginning', { endMinute: 14 * 60 }, 'endMinute'],
    ['an end without a beginning', { startMinute: null }, 'startMinute'],
    ['an address that runs something', { link: 'javascript:alert(1)' }, 'link'],
    ['a day that nobody knows', { dayKey: 'memorial-never' }, 'dayKey'],
    ['sign-up after it is over', { signUp: { capacity: 3, untilOn: '2026-12-05' } }, 'signUp'],
  ] satisfies [string, Partial<ActivityFields>, string][])('with %s is refused at its field', async (_, more, path) => {
    const answer = await as.secretary.post(at, { organizationId: build.branch.id, ...fields(more) })
    const { fields: problems } = await answer.json()
    expect([answer.status, problems.map((it: { path: string }) => it.path)]).toEqual([400, [path]])
  })

  test('is not announced without a day or on a day that is past, and not changed on an older reading', async () => {
    const noDay = await prepare(as.secretary, build.branch, { fromOn: null, startMinute: null, endMinute: null })
    expect((await withTag(as.secretary, 'POST', noDay, '/announcement')).status).toBe(409)
    const past = await prepare(as.secretary, build.branch, { fromOn: '2026-11-22' })
    expect((await withTag(as.secretary, 'POST', past, '/announcement')).status).toBe(409)
    const id = await prepare(as.secretary, build.branch)
    const tag = await tagOf(as.secretary, id)
    await json(await withTag(as.organiser, 'PUT', id, '', fields({ title: '改过的标题' })), 204)
    const late = await as.secretary.request('PUT', `${at}/${id}`, fields({ title: '另一个标题' }), { 'if-match': tag })
    expect([late.status, (await view(as.secretary, id)).title]).toEqual([412, '改过的标题'])
  })

  test('that was cancelled says why to those who had been told, and is changed no more', async () => {
    const id = await announced(as.secretary, build.branch)
    await json(await as.secretary.post(`${at}/${id}/cancellation`, { reason: '教室被占用' }), 204)
    expect(await view(as.applicant, id)).toMatchObject({ state: 'cancelled', cancelReason: '教室被占用' })
    expect((await withTag(as.secretary, 'PUT', id, '', fields())).status).toBe(409)
  })

  test('is found by words of its title, its place and its speaker', async () => {
    const id = await announced(as.secretary, build.branch, {
      title: '银杏树下的谈话',
      speaker: '顾明远',
      place: '图书馆南门',
    })
    for (const q of ['银杏', '顾明远', '南门 谈话'])
      expect(await idsIn(as.applicant, `q=${encodeURIComponent(q)}`)).toEqual([id])
    expect(await idsIn(as.applicant, `q=${encodeURIComponent('梧桐')}`)).toEqual([])
    expect(await idsIn(as.stranger, `q=${encodeURIComponent('银杏')}`)).toEqual([])
  })

  test('is listed page by page in the order of the days without asking for each', async () => {
    const days = ['2027-03-03', '2027-03-01', '2027-03-02', '2027-03-02', '2027-03-05'] as const
    const made: { id: string; on: string }[] = []
    for (const on of days)
      made.push({ on, id: await announced(as.distantSecretary, build.distant, { fromOn: on, dayKey: null }) })
    const read: string[] = []
    let next: string | undefined = ''
    while (next !== undefined) {
      const page: { items: ActivityRow[]; next?: string } = await json(
        await as.distantSecretary.get(
          `${at}?limit=2&organizationId=${build.distant.id}${next === '' ? '' : `&cursor=${next}`}`,
        ),
      )
      read.push(...page.items.map((it) => it.id))
      next = page.next
    }
    const sorted = [...made].sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1))
    expect(read).toEqual(sorted.map((it) => it.id))
    const few = await statementsOf(() => as.distantSecretary.get(`${at}?limit=1`))
    expect(await statementsOf(() => as.distantSecretary.get(`${at}?limit=50`))).toBe(few)
  })
})

describe('what goes with an activity', () => {
  const picture = async (by: Browser) => {
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a33' } })
      .png()
      .toBuffer()
    const uploadId = await upload(by, bytes, 'pictures.png', 'media')
    const body = { uploadId, description: { altText: '读书的同学', showsPersons: 'nobody' } }
    return (await json<{ id: string }>(await by.post('/api/media/items', body), 201)).id
  }

  test('is seen by all who may read it, and by nobody by its id alone', async () => {
    const [mediaId, other] = [await picture(as.secretary), await picture(as.secretary)]
    const id = await announced(as.secretary, build.branch, { attachments: [{ mediaId, label: '讲稿' }] })
    const read = await view(as.applicant, id)
    expect(read.attachments).toEqual([
      {
        ...{ mediaId, kind: 'picture', fileName: 'pictures.png', label: '讲稿', altText: '读书的同学' },
        sizeBytes: expect.any(Number),
      },
    ])
    const statuses = []
    for (const [by, wanted] of [
      [as.applicant, mediaId],
      [as.applicant, other],
      [as.stranger, mediaId],
    ] as const)
      statuses.push((await by.get(`${at}/${id}/media/${wanted}`)).status)
    expect(statuses).toEqual([200, 404, 404])
    const foreign = await as.organiser.request(
      ...([
        'PUT',
        `${at}/${id}`,
        fields({
          attachments: [
            { mediaId, label: '' },
            { mediaId: other, label: '' },
          ],
        }),
      ] as const),
      { 'if-match': await tagOf(as.organiser, id) },
    )
    // The organiser does not publish, and puts in no pictures of others; what lies there already stays.
    expect(foreign.status).toBe(404)
  })

  test('the notice says when, where and who, and goes to those who belong there', async () => {
    const id = await announced(as.secretary, build.branch)
    const { id: noticeId } = await json<{ id: string }>(await as.secretary.post(`${at}/${id}/notice`), 201)
    expect(await json(await as.secretary.get(`/api/notices/${noticeId}`))).toMatchObject({
      ...{ title: '宪法日学习', happensOn: '2026-12-04', sentAt: null },
      body: expect.stringMatching(
        new RegExp(
          `^${build.branch.name}定于12月4日 14:00—15:30在三教 201一起学宪法。\\n\\n详情：http.*/activities/${id}$`,
        ),
      ),
      audience: { groups: [{ organizationIds: [build.branch.id], offices: [], stages: [] }] },
    })
  })

  test('the record becomes an article once, and a paper in the archive each time it has changed', async () => {
    const mediaId = await picture(as.secretary)
    const id = await announced(as.secretary, build.branch, { fromOn: today })
    await json(await withTag(as.secretary, 'PUT', id, '/record', { ...written, pictureIds: [mediaId] }), 204)
    const section = await json<{ id: string }>(
      await as.publicity.post('/api/publicity/sections', { name: '支部动态', slug: 'branches', about: '' }),
      201,
    )
    const { id: articleId } = await json<{ id: string }>(
      await as.secretary.post(`${at}/${id}/article`, { sectionId: section.id }),
      201,
    )
    expect((await as.secretary.post(`${at}/${id}/article`, { sectionId: section.id })).status).toBe(409)
    const article = await json<{ text: { title: string; body: { content: { type: string }[] } } }>(
      await as.secretary.get(`/api/publicity/articles/${articleId}`),
    )
    expect([article.text.title, article.text.body.content.map((it) => it.type)]).toEqual([
      '宪法日学习',
      ['paragraph', 'paragraph', 'picture', 'paragraph'],
    ])

    const { id: first } = await json<{ id: string }>(await as.secretary.post(`${at}/${id}/record/filing`), 201)
    expect((await as.secretary.post(`${at}/${id}/record/filing`)).status).toBe(409)
    const filedOf = async () => {
      const { record, can } = await view(as.secretary, id)
      return [record?.isFiled, record?.hasChangedSince, can.file]
    }
    expect(await filedOf()).toEqual([true, false, false])
    const content = await as.secretary.get(`/api/archive/documents/${first}/content`)
    const text = textOfPages(new Uint8Array(await content.arrayBuffer())).join('')
    for (const said of ['活动记录', '宪法日学习', build.branch.name, '23人', '下次早些借教室'])
      expect(text.replaceAll(' ', '')).toContain(said)
    await json(await withTag(as.secretary, 'PUT', id, '/record', { ...written, headcount: 24 }), 204)
    expect(await filedOf()).toEqual([true, true, true])
    const { id: second } = await json<{ id: string }>(await as.secretary.post(`${at}/${id}/record/filing`), 201)
    const document = await json<{ version: number }>(await as.secretary.get(`/api/archive/documents/${second}`))
    expect([document.version, ...(await filedOf())]).toEqual([2, true, false, false])
    // An organiser holds the activity, but reads no article of others.
    const seen = [await view(as.secretary, id), await view(as.publicity, id), await view(as.organiser, id)]
    expect(seen.map((it) => [it.articleId, it.can.beginArticle])).toEqual([
      [articleId, false],
      [articleId, false],
      [null, false],
    ])
    expect((await as.organiser.get(`/api/publicity/articles/${articleId}`)).status).toBe(404)
  })

  test('stands in the calendars of those who belong there, and in no other', async () => {
    const id = await announced(as.secretary, build.branch, { title: '只在本支部的活动' })
    const calendarOf = async (by: Browser) => {
      const { url } = await json<{ url: string }>(
        await by.post('/api/notices/calendars', { organizationId: null }),
        201,
      )
      return (await as.stranger.get(new URL(url).pathname)).text()
    }
    expect((await calendarOf(as.applicant)).replaceAll('\r\n ', '')).toContain(`UID:activity-${id}@zhibu`)
    expect(await calendarOf(as.stranger)).not.toContain(id)
    const prepared = await prepare(as.secretary, build.branch)
    expect(await calendarOf(as.applicant)).not.toContain(prepared)
  })
})

describe('signing up', () => {
  test('gives the places in the order of coming; who waits moves up when somebody leaves', async () => {
    const id = await announced(as.department, build.university, { signUp: { capacity: 2, untilOn: null } })
    const came = ['applicant', 'stranger', 'secretary', 'distantSecretary'] as const
    for (const actor of came) await json(await as[actor].put(`${at}/${id}/sign-ups/own`, {}), 204)
    await json(await as.applicant.put(`${at}/${id}/sign-ups/own`, {}), 204)
    const ownOf = async (actor: TestActor) => (await view(as[actor], id)).signUp
    expect(await ownOf('distantSecretary')).toEqual({
      ...{ capacity: 2, untilOn: null, taken: 2, waiting: 2, isOpen: true, isOver: false },
      own: { place: 'waiting', queue: 2 },
    })
    await json(await as.applicant.delete(`${at}/${id}/sign-ups/own`), 204)
    expect((await ownOf('secretary'))?.own).toEqual({ place: 'taken', queue: 0 })
    expect((await ownOf('distantSecretary'))?.own).toEqual({ place: 'waiting', queue: 1 })
    await json(await as.applicant.put(`${at}/${id}/sign-ups/own`, {}), 204)
    expect((await ownOf('applicant'))?.own).toEqual({ place: 'waiting', queue: 2 })
    const { items } = await json<SignUps>(await as.department.get(`${at}/${id}/sign-ups`))
    expect(items.map((it) => it.place)).toEqual(['taken', 'taken', 'waiting', 'waiting'])
    for (const actor of ['applicant', 'secretary', 'organiser'] as const)
      expect((await as[actor].get(`${at}/${id}/sign-ups`)).status, actor).toBe(403)
  })

  test('of many at once gives exactly as many places as there are', async () => {
    const id = await announced(as.department, build.university, { signUp: { capacity: 3, untilOn: null } })
    const all = testActors.filter((it) => !administrators.includes(it))
    const answers = await Promise.all(all.map((actor) => as[actor].put(`${at}/${id}/sign-ups/own`, {})))
    expect(answers.map((it) => it.status)).toEqual(all.map(() => 204))
    const { items } = await json<SignUps>(await as.department.get(`${at}/${id}/sign-ups`))
    expect(items.map((it) => it.place).filter((it) => it === 'taken')).toHaveLength(3)
    expect(new Set(items.map((it) => it.person.id)).size).toBe(all.length)
  })

  test('is taken back until the last day, and not once it is over', async () => {
    const signUp = { capacity: null, untilOn: null }
    const id = await announced(as.secretary, build.branch, { fromOn: today, signUp })
    await json(await as.applicant.put(`${at}/${id}/sign-ups/own`, {}), 204)
    const heldOn = (fromOn: '2026-11-22', untilOn: typeof today | null) =>
      withTag(as.secretary, 'PUT', id, '', fields({ fromOn, untilOn, signUp }))
    await json(await heldOn('2026-11-22', today), 204)
    await json(await as.applicant.delete(`${at}/${id}/sign-ups/own`), 204)
    await json(await heldOn('2026-11-22', null), 204)
    expect((await as.applicant.delete(`${at}/${id}/sign-ups/own`)).status).toBe(409)
  })

  test.each([
    [
      'before it is announced',
      async () => prepare(as.secretary, build.branch, { signUp: { capacity: null, untilOn: null } }),
      404,
    ],
    ['without a rule', async () => announced(as.secretary, build.branch), 409],
    [
      'after the last day',
      async () => announced(as.secretary, build.branch, { signUp: { capacity: null, untilOn: '2026-11-22' } }),
      409,
    ],
    [
      'on the last day',
      async () => announced(as.secretary, build.branch, { signUp: { capacity: null, untilOn: today } }),
      204,
    ],
  ] as const)('%s is answered', async (_, make, status) => {
    expect((await as.applicant.put(`${at}/${await make()}/sign-ups/own`, {})).status).toBe(status)
  })
})

describe('the year and its days', () => {
  const dashes = '-'.repeat(36)
  test.each([
    ['GET', '/kits/shipped-never'],
    ['DELETE', '/kits/shipped-constitution-lesson'],
    ['GET', `/kits/${dashes}`],
    ['GET', `/days/${dashes}?year=2026`],
    ['DELETE', `/days/${dashes}`],
    ['GET', `/kits?dayKey=${dashes}`],
  ])('%s %s names nothing, and is refused as that', async (method, path) => {
    expect([400, 404, 409]).toContain((await as.secretary.request(method, `${at}${path}`)).status)
  })

  test('has the memorial days, those of the own organisations, and the activities that one may read', async () => {
    const body = { organizationId: build.college.id, name: '建院纪念日', monthDay: '05-20', sentence: '学院成立的日子' }
    const { id: dayId } = await json<{ id: string }>(await as.organiser.post(`${at}/days`, body), 201)
    const secret = await announced(as.distantSecretary, build.distant, { title: '别的学院的活动' })
    const own = await announced(as.secretary, build.branch)
    const year = await json<YearView>(await as.applicant.get(`${at}/year?year=2026`))
    expect(year.days.find((it) => it.dayKey === dayId)).toMatchObject({ on: '2026-05-20', can: { change: false } })
    expect(year.days.find((it) => it.dayKey === 'memorial-constitution')).toMatchObject({ on: '2026-12-04' })
    const ids = year.activities.map((it) => it.id)
    expect([ids.includes(own), ids.includes(secret)]).toEqual([true, false])
    const elsewhere = await json<YearView>(await as.stranger.get(`${at}/year?year=2026`))
    expect(elsewhere.days.some((it) => it.dayKey === dayId)).toBe(false)

    expect((await as.applicant.request('PUT', `${at}/days/${dayId}`, body, { 'if-match': '"1"' })).status).toBe(403)
    await json(
      await as.organiser.request('PUT', `${at}/days/${dayId}`, { ...body, monthDay: '02-29' }, { 'if-match': '"1"' }),
      204,
    )
    expect((await as.organiser.request('PUT', `${at}/days/${dayId}`, body, { 'if-match': '"1"' })).status).toBe(412)
    const day = async (of: number) => (await as.applicant.get(`${at}/days/${dayId}?year=${of}`)).status
    expect([await day(2027), await day(2028)]).toEqual([404, 200])
    await json(await as.organiser.delete(`${at}/days/${dayId}`), 204)
    expect(await day(2028)).toBe(404)
  })

  test('the plans of a day, of words and of a length are found however many newer ones there are', async () => {
    const id = await announced(as.secretary, build.branch, { dayKey: 'memorial-labour', title: 'Tue 的劳动课' })
    const { kitKey } = await json<{ kitKey: string }>(await as.secretary.post(`${at}/${id}/kit`), 201)
    const { id: organizationId, path } = build.branch
    await build.look((db) =>
      db.insert(activityKits).values(
        Array.from({ length: 201 }, () => ({
          ...{ tenantId: build.tenantId, id: newId(), organizationId, path, activityId: newId(), folded: '另一份方案' },
          ...{ title: '另一份方案', kind: 'other' as const, offeredAt: new Date('2027-01-01'), offeredBy: '某人' },
          plan: { ...plan, steps: [] },
        })),
      ),
    )
    const found = async (query: string) =>
      (await json<{ items: KitRow[] }>(await as.stranger.get(`${at}/kits?${query}`))).items.map((it) => it.kitKey)
    expect((await found('dayKey=memorial-labour'))[0]).toBe(kitKey)
    expect(await found(`q=${encodeURIComponent('ｔｕｅ 劳动 由来')}`)).toEqual([kitKey])
    expect((await found('kind=memorial&length=halfHour'))[0]).toBe(kitKey)
    expect(await found(`q=${encodeURIComponent('另一份')}&length=halfHour`)).toEqual([])
  })

  test('a day shows what was done on it, and the plans of the library for it', async () => {
    const id = await announced(as.secretary, build.branch)
    const { kitKey } = await json<{ kitKey: string }>(await as.secretary.post(`${at}/${id}/kit`), 201)
    expect((await json<{ kitKey: string }>(await as.secretary.post(`${at}/${id}/kit`), 201)).kitKey).toBe(kitKey)
    const day = await json<DayView>(await as.stranger.get(`${at}/days/memorial-constitution?year=2026`))
    // Everybody sees the plan, nobody elsewhere the activity.
    expect([day.kits.some((it) => it.kitKey === kitKey), day.activities.some((it) => it.id === id)]).toEqual([
      true,
      false,
    ])
    const kit = await json<KitView>(await as.stranger.get(`${at}/kits/${kitKey}`))
    expect(kit).toMatchObject({ plan, minutes: 30, can: { withdraw: false, take: false } })
    const withLength = async (length: string) =>
      (
        await json<{ items: KitRow[] }>(
          await as.stranger.get(`${at}/kits?dayKey=memorial-constitution&length=${length}`),
        )
      ).items.some((it) => it.kitKey === kitKey)
    expect([await withLength('tenMinutes'), await withLength('halfHour')]).toEqual([false, true])
    expect((await as.siblingSecretary.delete(`${at}/kits/${kitKey}`)).status).toBe(403)
    const twice = await Promise.all([1, 2].map(() => as.organiser.delete(`${at}/kits/${kitKey}`)))
    expect(twice.map((it) => it.status).sort()).toEqual([204, 404])
    expect((await as.stranger.get(`${at}/kits/${kitKey}`)).status).toBe(404)
  })
})
