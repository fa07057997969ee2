import { eq, sql } from 'drizzle-orm'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Browser, type TestApp, testApp } from '../../../test/app.ts'
import { encryption, statementsOf } from '../../../test/factories.ts'
import { mp4 } from '../../../test/media-files.ts'
import { upload } from '../../../test/uploads.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import { offices } from '../organization/tables.ts'
import { publishScheduled } from './publishing.ts'
import type { ArticleRow, ArticleText, ArticleView, PublicitySettings } from './schema.ts'
import { articles, articleVersions, siteArticles, siteMedia } from './tables.ts'

let app: TestApp
let secretary: Browser
let deputy: Browser
let sibling: Browser
let college: Browser
let publicity: Browser
let student: Browser
let stranger: Browser
let sectionId: string

beforeAll(async () => {
  app = await testApp()
  const { build, accounts } = app
  const officer = async (name: string, place: typeof build.branch, office: 'publicityMember' | 'deputySecretary') => {
    const person = await build.person(place, { name })
    await build.office(person, place, office)
    return app.signedIn(await app.account({ person, name }))
  }
  deputy = await officer('何以宁', build.branch, 'publicityMember')
  college = await officer('苏明哲', build.college, 'deputySecretary')
  secretary = await app.signedIn(accounts.secretary)
  sibling = await app.signedIn(accounts.siblingSecretary)
  publicity = await app.signedIn(accounts.publicity)
  student = await app.signedIn(accounts.applicant)
  stranger = await app.signedIn(accounts.stranger)
  sectionId = await made(publicity.post('/api/publicity/sections', { name: '支部动态', slug: 'branches' }))
})

const made = async (answer: Promise<Response>): Promise<string> => {
  const response = await answer
  expect([response.status, await response.clone().json()]).toEqual([201, { id: expect.any(String) }])
  return (await response.json()).id
}

const doc = (...lines: string[]): RichText => ({
  type: 'doc',
  content: lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
})

const text = (differs: Partial<ArticleText> = {}): ArticleText => ({
  title: '支部开展主题党日',
  summary: '',
  body: doc('十一月二十日，支部党员到校史馆参观。', '参观后大家交流了体会。'),
  byline: { author: '', source: '', photographer: '', editor: '' },
  cover: null,
  ...differs,
})

const begin = (by: Browser, differs: Partial<ArticleText> = {}, more: object = {}): Promise<string> =>
  made(
    by.post('/api/publicity/articles', {
      ...{ organizationId: app.build.branch.id, sectionId, isOpen: false },
      text: text(differs),
      ...more,
    }),
  )

const at = (id: string, rest = '') => `/api/publicity/articles/${id}${rest}`
const view = async (by: Browser, id: string): Promise<ArticleView> => (await by.get(at(id))).json()
const match = async (by: Browser, id: string) => ({ 'if-match': (await by.get(at(id))).headers.get('etag') ?? '' })
const submit = async (by: Browser, id: string, correctionNote: string | null = null) =>
  by.post(at(id, '/submission'), { correctionNote }, await match(by, id))
const review = async (by: Browser, id: string, verdict = 'approved', opinion = '') =>
  by.post(at(id, '/reviews'), { version: (await view(by, id)).submittedVersion, verdict, opinion })
const publish = async (by: Browser, id: string, instant: string | null = null) =>
  by.post(at(id, '/publication'), { version: (await view(by, id)).submittedVersion ?? 1, at: instant })
const save = async (by: Browser, id: string, differs: Partial<ArticleText>, headers?: Record<string, string>) =>
  by.put(at(id), { sectionId, isOpen: false, text: text(differs) }, headers ?? (await match(by, id)))

/** What an answer says: its status, and of a refusal the sentence. */
async function said(answer: Response | Promise<Response>): Promise<unknown> {
  const response = await answer
  return response.ok ? response.status : [response.status, (await response.json()).detail]
}

/** Answers that must have been given, one after another. */
async function all(...steps: (() => Promise<Response>)[]): Promise<void> {
  for (const step of steps) {
    const answer = await step()
    expect(await said(answer)).toBe(answer.ok ? answer.status : 'done')
  }
}

const onSite = (id: string) =>
  app.build.look(async (db) => (await db.select().from(siteArticles)).filter((it) => it.articleId === id))

const settle = async (differs: Partial<PublicitySettings>) => {
  const answer = await publicity.get('/api/publicity/settings')
  const { can: _, ...settings } = await answer.json()
  const etag = { 'if-match': answer.headers.get('etag') ?? '' }
  expect(await said(publicity.put('/api/publicity/settings', { ...settings, ...differs }, etag))).toBe(204)
}

describe('the way of an article', () => {
  test('is written by a student, reviewed by an officer, published, corrected and withdrawn', async () => {
    const id = await begin(student)
    expect(await view(student, id)).toMatchObject({
      state: 'writing',
      can: { write: true, submit: true, review: false },
    })
    await all(
      () => save(student, id, { title: '支部参观校史馆' }),
      () => submit(student, id),
    )
    expect(await view(secretary, id)).toMatchObject({ state: 'inReview', submittedVersion: 1, can: { review: true } })
    await all(() => review(secretary, id))
    expect(await view(student, id)).toMatchObject({ state: 'approved', can: { write: false, publish: false } })
    await all(() => publish(secretary, id))
    expect(await view(student, id)).toMatchObject({
      state: 'published',
      isBeingCorrected: false,
      number: 1,
      publishedVersion: 2,
      address: 'http://zhibu.test/site/articles/1',
    })
    expect(await onSite(id)).toMatchObject([
      {
        title: '支部参观校史馆',
        summary: '十一月二十日，支部党员到校史馆参观。 参观后大家交流了体会。',
        html: '<p>十一月二十日，支部党员到校史馆参观。</p>\n<p>参观后大家交流了体会。</p>',
        corrections: [],
      },
    ])

    await all(() => save(student, id, { title: '支部参观校史馆', summary: '更正后的摘要' }))
    expect(await view(student, id)).toMatchObject({ state: 'published', isBeingCorrected: true })
    expect(await said(submit(student, id))).toEqual([400, '稿件已经发布，请写明更正了什么，读者会看到'])
    await all(
      () => submit(student, id, '更正参观日期'),
      () => review(deputy, id),
      () => publish(deputy, id),
    )
    expect(await onSite(id)).toMatchObject([
      { number: 1, summary: '更正后的摘要', corrections: [{ at: expect.any(String), note: '更正参观日期' }] },
    ])

    expect(await said(student.post(at(id, '/withdrawal'), { reason: '照片有误' }))).toMatchObject([
      403,
      expect.any(String),
    ])
    await all(() => secretary.post(at(id, '/withdrawal'), { reason: '照片有误' }))
    expect(await onSite(id)).toEqual([])
    expect(await view(student, id)).toMatchObject({
      ...{ state: 'withdrawn', isBeingCorrected: false, withdrawalReason: '照片有误', number: 1 },
      can: {
        write: false,
        submit: false,
        takeBack: false,
        remark: false,
        review: false,
        publish: false,
        withdraw: false,
      },
    })
    const copy = await made(student.post(at(id, '/copies')))
    expect(await view(student, copy)).toMatchObject({ title: '支部参观校史馆', state: 'writing', number: null })
  })
})

test('whoever writes is told for which organisations they may: their own and those above, officers those below too', async () => {
  const { build } = app
  const placesOf = async (by: Browser) => {
    const { organizationIds, ownId } = await (await by.get('/api/publicity/places')).json()
    const named = [build.university, build.college, build.branch, build.sibling].filter((it) =>
      organizationIds.includes(it.id),
    )
    return { ids: named.map((it) => it.id), ownId }
  }
  const above = [build.university.id, build.college.id, build.branch.id]
  expect(await placesOf(student)).toEqual({ ids: above, ownId: build.branch.id })
  expect(await placesOf(secretary)).toEqual({ ids: above, ownId: build.branch.id })
  expect((await placesOf(publicity)).ids).toEqual([...above, build.sibling.id])
})

test('what waits says how many have still to approve and from where, and an approved one with a time is listed as to be published', async () => {
  const id = await begin(student, { title: '等待上级审核' }, { isOpen: true })
  expect(await view(student, id)).toMatchObject({ stillAsked: null })
  await all(() => submit(student, id))
  expect(await view(student, id)).toMatchObject({ stillAsked: { approvals: 1, isFromAbove: true } })
  await all(() => review(secretary, id))
  expect(await view(student, id)).toMatchObject({ state: 'inReview', stillAsked: { approvals: 1, isFromAbove: true } })
  await all(() => review(college, id))
  expect(await view(student, id)).toMatchObject({ state: 'approved', stillAsked: null })
  const isListed = async (state: string) => {
    const { items } = await (await secretary.get(`/api/publicity/articles?state=${state}&limit=100`)).json()
    return items.some((it: ArticleRow) => it.id === id)
  }
  expect(await Promise.all(['toPublish', 'approved', 'scheduled'].map(isListed))).toEqual([true, true, false])
  await all(() => publish(secretary, id, new Date(Date.now() + 3_600_000).toISOString()))
  expect(await Promise.all(['toPublish', 'approved', 'scheduled'].map(isListed))).toEqual([true, false, true])
  await all(
    () => secretary.delete(at(id, '/publication')),
    () => publish(secretary, id),
  )
  expect(await isListed('toPublish')).toBe(false)
})

const versionsOf = async (by: Browser, id: string) => {
  const { items } = await (await by.get(at(id, '/versions'))).json()
  return items.map((it: { version: number; occasion: string; title: string; savedByName: string }) =>
    [it.version, it.occasion, it.title, it.savedByName].join(' '),
  )
}

describe('two people at one article', () => {
  test('lose nothing: what came too late is kept beside what stands, once', async () => {
    const id = await begin(student, { title: '甲' })
    const read = await match(student, id)
    await all(() => save(secretary, id, { title: '乙' }))
    const late = async () => said(save(student, id, { title: '丙' }, read))
    const refusal = [
      412,
      expect.stringMatching(/^李晓岚在 \d\d:\d\d 改动过这篇稿件，您这次的修改没有覆盖它，已另存为第 2 版/),
    ]
    expect(await late()).toEqual(refusal)
    expect(await late()).toEqual(refusal)
    expect((await view(student, id)).title).toBe('乙')
    expect(await versionsOf(student, id)).toEqual(['2 kept 丙 王一舟', '1 handedOver 甲 王一舟'])

    await all(async () => student.post(at(id, '/versions/2/restoration'), {}, await match(student, id)))
    expect((await view(secretary, id)).title).toBe('丙')
    expect((await versionsOf(secretary, id))[0]).toBe('3 beforeRestoring 乙 李晓岚')
    const { older, newer } = await (await student.get(at(id, '/comparison?from=1'))).json()
    expect([older.title, newer.title]).toEqual(['甲', '丙'])
  })

  test('keeps what is saved after somebody has submitted it, and changes nothing of what is reviewed', async () => {
    const id = await begin(student)
    const read = await match(student, id)
    await all(() => submit(secretary, id))
    expect(await said(save(student, id, { title: '后来写的' }, read))).toEqual([
      409,
      '这篇稿件正在审核，您这次的修改没有覆盖它，已另存为第 2 版。请刷新页面，与现在的稿子对照后再改。',
    ])
    expect(await view(student, id)).toMatchObject({ title: '支部开展主题党日', submittedVersion: 1 })
    await all(() => student.delete(at(id, '/submission')))
    expect(await view(student, id)).toMatchObject({ state: 'writing', submittedVersion: null, can: { write: true } })
  })

  test('saving what is there already changes nothing', async () => {
    const id = await begin(student)
    const before = await match(student, id)
    await all(() => save(student, id, {}))
    expect(await match(student, id)).toEqual(before)
  })
})

describe('a review', () => {
  test.each<[reviewers: number, isOpen: boolean, above: boolean, by: string[], state: string]>([
    [1, false, true, ['branch'], 'approved'],
    [1, true, true, ['branch'], 'inReview'],
    [1, true, true, ['college'], 'approved'],
    [1, true, false, ['branch'], 'approved'],
    [2, false, true, ['branch'], 'inReview'],
    [2, true, true, ['branch', 'other'], 'inReview'],
    [2, true, true, ['branch', 'college'], 'approved'],
    [2, false, true, ['branch', 'other'], 'approved'],
    [3, true, true, ['branch', 'college'], 'inReview'],
    [3, true, true, ['branch', 'college', 'university'], 'approved'],
  ])('by %i, open %s, above %s, approved by %j: %s', async (reviewers, isOpen, openIsReviewedAbove, by, state) => {
    await settle({ reviewers, openIsReviewedAbove })
    const id = await begin(student, {}, { isOpen })
    await all(() => submit(student, id))
    const of: Record<string, Browser> = { branch: secretary, other: deputy, college, university: publicity }
    for (const it of by) await all(() => review(of[it] as Browser, id))
    expect((await view(student, id)).state).toBe(state)
    await settle({ reviewers: 1, openIsReviewedAbove: true })
  })

  test('waits no longer once fewer approvals are asked for than it has', async () => {
    await settle({ reviewers: 2, openIsReviewedAbove: true })
    const [approvedByOne, read, fresh] = [await begin(student), await begin(student), await begin(student)]
    await all(
      () => submit(student, approvedByOne),
      () => submit(student, read),
      () => submit(student, fresh),
      () => review(secretary, approvedByOne),
      () => review(secretary, read, 'returned', '请核对日期'),
      () => submit(student, read),
    )
    await settle({ reviewers: 1, openIsReviewedAbove: true })
    const states = await Promise.all([approvedByOne, read, fresh].map(async (id) => (await view(student, id)).state))
    expect(states).toEqual(['approved', 'inReview', 'inReview'])
    await all(() => publish(secretary, approvedByOne))
  })

  test('is for what was read: who has the former text before them does not publish the new one', async () => {
    const id = await approved()
    const { submittedVersion } = await view(secretary, id)
    await all(
      () => student.delete(at(id, '/submission')),
      () => save(student, id, { title: '改过的' }),
      () => submit(student, id),
      () => review(secretary, id),
    )
    expect(await said(secretary.post(at(id, '/publication'), { version: submittedVersion, at: null }))).toEqual([
      412,
      '稿件在您打开之后撤回修改过，又重新通过了审核。请刷新页面，看过新的内容再发布。',
    ])
    await all(() => publish(secretary, id))
    expect((await view(student, id)).title).toBe('改过的')
  })

  test('is given by others, once, of the version that they have read', async () => {
    await settle({ reviewers: 2, openIsReviewedAbove: true })
    const id = await begin(student)
    await all(
      () => save(secretary, id, { title: '书记改过的' }),
      () => submit(student, id),
    )
    expect(await said(review(student, id))).toMatchObject([403, expect.any(String)])
    expect(await said(review(secretary, id))).toEqual([
      403,
      '自己写的或修改过的稿件不能自己审核，请由其他负责宣传的同志审核。',
    ])
    const theirs = { version: 2, verdict: 'approved' }
    expect(await said(sibling.post(at(id, '/reviews'), theirs))).toMatchObject([404, expect.any(String)])
    await all(() => review(deputy, id))
    expect(await said(review(deputy, id))).toEqual([409, '这一版您已经审核过，请等其他审核人的意见。'])
    expect(await said(college.post(at(id, '/reviews'), { version: 1, verdict: 'approved' }))).toMatchObject([
      412,
      expect.any(String),
    ])
    expect(await said(review(college, id, 'returned'))).toEqual([400, '请写明要修改什么'])
    await all(() => review(college, id, 'returned', '请核对参观日期'))
    const rowOf = async (list: string) => {
      const { items }: { items: ArticleRow[] } = await (await student.get(`/api/publicity/articles?${list}`)).json()
      return items.find((it) => it.id === id)?.returnedBy
    }
    expect([await rowOf('state=writing'), (await view(student, id)).returnedBy]).toEqual(['苏明哲', '苏明哲'])
    const { state, reviews } = await view(student, id)
    expect([state, reviews.map((it) => [it.version, it.verdict, it.opinion, it.reviewerName])]).toEqual([
      'writing',
      [
        [2, 'returned', '请核对参观日期', '苏明哲'],
        [2, 'approved', '', '何以宁'],
      ],
    ])
    await all(() => submit(student, id))
    expect([await rowOf('state=inReview'), (await view(student, id)).returnedBy]).toEqual([null, null])
    await settle({ reviewers: 1, openIsReviewedAbove: true })
  })

  test('is not given by who has written at it, whoever has changed it since; a correction is reviewed by who wrote before', async () => {
    const id = await begin(student)
    const own = [403, '自己写的或修改过的稿件不能自己审核，请由其他负责宣传的同志审核。']
    const forMe = async (by: Browser) => {
      const { items } = await (await by.get('/api/publicity/articles?forMe=true&limit=200')).json()
      return items.some((it: ArticleRow) => it.id === id)
    }
    await all(
      () => save(secretary, id, { title: '书记改过的' }),
      () => save(student, id, { title: '又改过的' }),
      () => submit(student, id),
    )
    expect(await said(review(secretary, id))).toEqual(own)
    expect([await forMe(secretary), await forMe(deputy)]).toEqual([false, true])
    await all(
      () => student.delete(at(id, '/submission')),
      () => deputy.post(at(id, '/versions'), {}),
      () => submit(deputy, id),
    )
    expect(await said(review(secretary, id))).toEqual(own)
    await all(
      () => review(deputy, id),
      () => publish(secretary, id),
      () => save(deputy, id, { title: '更正的' }),
      () => submit(deputy, id, '更正题目'),
    )
    expect([await forMe(secretary), await forMe(deputy)]).toEqual([true, false])
    expect(await said(review(deputy, id))).toEqual(own)
    await all(() => review(secretary, id))
  })

  test('is refused to whose office has ended, and what they said before stands', async () => {
    await settle({ reviewers: 2, openIsReviewedAbove: true })
    const { build } = app
    const person = await build.person(build.branch, { name: '邵见微' })
    const office = await build.office(person, build.branch, 'publicityMember')
    const leaving = await app.signedIn(await app.account({ person, name: '邵见微' }))
    const [first, second] = [await begin(student), await begin(student)]
    await all(
      () => submit(student, first),
      () => submit(student, second),
      () => review(leaving, first),
    )
    await build.look((db) => db.update(offices).set({ until: '2026-11-22' }).where(eq(offices.id, office)))
    expect(await said(leaving.post(at(second, '/reviews'), { version: 1, verdict: 'approved' }))).toMatchObject([
      404,
      expect.any(String),
    ])
    await all(() => review(deputy, first))
    expect((await view(student, first)).state).toBe('approved')
    await settle({ reviewers: 1, openIsReviewedAbove: true })
  })
})

/** An article that was approved. */
async function approved(differs: Partial<ArticleText> = {}, more: object = {}): Promise<string> {
  const id = await begin(student, differs, more)
  await all(
    () => submit(student, id),
    () => review(secretary, id),
  )
  return id
}

describe('publishing', () => {
  const due = '2026-11-23T03:00:00.000Z'
  const later = new Date('2026-11-23T03:00:01Z')
  const run = (now: Date, database = app.database) => publishScheduled(database, encryption, now)

  test('gives numbers one after another, however many publish at once', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(() => approved()))
    const before = await lastNumber()
    await Promise.all(ids.map((id) => all(() => publish(secretary, id))))
    const numbers = await Promise.all(ids.map(async (id) => (await view(student, id)).number ?? 0))
    expect(numbers.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4].map((it) => before + it))
  })

  test('waits for its time, and is done once where the server ends in between', async () => {
    const ids = await Promise.all([1, 2].map(() => approved()))
    for (const id of ids) await all(() => publish(secretary, id, due))
    expect(await said(publish(secretary, ids[0] ?? '', '2026-11-23T01:00:00.000Z'))).toEqual([
      400,
      '定时发布的时间要晚于现在',
    ])
    expect(await view(student, ids[0] ?? '')).toMatchObject({ state: 'scheduled', scheduledFor: due })
    await run(new Date('2026-11-23T02:59:59Z'))
    expect((await view(student, ids[0] ?? '')).state).toBe('scheduled')

    let left = 1
    const transaction: typeof app.database.transaction = (scope, useCase) =>
      app.database.transaction(scope, async (db) => {
        const result = await useCase(db)
        if (left-- === 0) throw new Error('the server was killed')
        return result
      })
    await expect(run(later, { ...app.database, transaction })).rejects.toThrow('killed')
    const states = async () => Promise.all(ids.map(async (id) => (await view(student, id)).state))
    expect((await states()).toSorted()).toEqual(['published', 'scheduled'])
    await run(later)
    await run(later)
    expect(await states()).toEqual(['published', 'published'])
    expect((await Promise.all(ids.map((id) => versionsOf(student, id)))).map((it) => it.length)).toEqual([2, 2])
  })

  test('is not kept back by another one that fails', async () => {
    const ids = [await approved(), await approved()]
    for (const id of ids) await all(() => publish(secretary, id, due))
    const [broken, sound] = ids.toSorted()
    const of = [eq(articleVersions.articleId, broken ?? ''), eq(articles.id, broken ?? '')] as const
    const [kept] = await app.build.look((db) => db.select().from(articleVersions).where(of[0]))
    const body = { type: 'doc', content: null } as unknown as RichText
    await app.build.look(async (db) => {
      await db
        .update(articleVersions)
        .set({ text: text({ body }) })
        .where(of[0])
      await db
        .update(articles)
        .set({ scheduledFor: new Date('2026-11-23T02:30:00Z') })
        .where(of[1])
    })
    await expect(run(later)).rejects.toThrow(AggregateError)
    expect([(await view(student, broken ?? '')).state, (await view(student, sound ?? '')).state]).toEqual([
      'scheduled',
      'published',
    ])
    await app.build.look((db) =>
      db
        .update(articleVersions)
        .set({ text: kept?.text ?? text() })
        .where(of[0]),
    )
    await run(later)
    expect((await view(student, broken ?? '')).state).toBe('published')
  })

  test('is not done by itself for somebody whose office has ended: it stays approved, and says why', async () => {
    const { build } = app
    const person = await build.person(build.branch, { name: '卢行知' })
    const office = await build.office(person, build.branch, 'publicityMember')
    const leaving = await app.signedIn(await app.account({ person, name: '卢行知' }))
    const id = await approved()
    await all(() => publish(leaving, id, due))
    await build.look((db) => db.update(offices).set({ until: '2026-11-22' }).where(eq(offices.id, office)))
    await run(later)
    expect(await view(student, id)).toMatchObject({
      ...{ state: 'approved', scheduledFor: null, number: null },
      scheduleProblem: '卢行知现在不负责这里的宣传工作，请由现任同志决定是否发布。',
    })
    await all(() => publish(secretary, id))
    expect(await view(student, id)).toMatchObject({ state: 'published', scheduleProblem: null })
  })

  test('is taken back from its time, and refused where nothing is approved', async () => {
    const id = await approved()
    await all(
      () => publish(secretary, id, due),
      () => secretary.delete(at(id, '/publication')),
    )
    expect((await view(student, id)).state).toBe('approved')
    expect(await said(secretary.delete(at(id, '/publication')))).toMatchObject([409, expect.any(String)])
    await all(() => student.delete(at(id, '/submission')))
    expect(await said(publish(secretary, id))).toEqual([409, '这篇稿件还在编写，不能发布。请刷新页面查看。'])
  })

  const lastNumber = () =>
    app.build.look(async (db) => {
      const rows = await db.select({ number: articles.number }).from(articles)
      return Math.max(0, ...rows.map((it) => it.number ?? 0))
    })
})

describe('pictures of an article', () => {
  const photo = () =>
    sharp({ create: { width: 1200, height: 800, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer()
  async function medium(by: Browser, bytes: Uint8Array, name: string): Promise<string> {
    const uploadId = await upload(by, new Uint8Array(bytes), name, 'media')
    return made(by.post('/api/media/items', { uploadId }))
  }
  const picture = async (by: Browser) => medium(by, await photo(), '合影.jpg')
  const withPicture = (mediaId: string): Partial<ArticleText> => ({
    body: {
      type: 'doc',
      content: [{ type: 'picture', attrs: { mediaId, alt: '合影', caption: '', width: 'full' } }],
    },
    cover: { mediaId, alt: '合影', wide: null, square: null },
  })

  test('stand on the site by addresses of the site, cut as they are shown', async () => {
    const mediaId = await picture(student)
    const id = await approved(withPicture(mediaId))
    expect((await secretary.get(at(id, `/media/${mediaId}?width=480`))).status).toBe(200)
    expect((await sibling.get(at(id, `/media/${mediaId}`))).status).toBe(404)
    await all(() => publish(secretary, id))
    const form = expect.stringMatching(/^crop-[0-9a-f]{32}$/)
    const [shown] = await onSite(id)
    expect(shown).toMatchObject({ coverId: mediaId, coverForms: { wide: form, square: form } })
    expect(shown?.html).toContain(`src="/site/media/${mediaId}/960"`)
    const crop = shown?.coverForms?.wide.replace('crop-', '')
    expect((await secretary.get(at(id, `/media/${mediaId}?crop=${crop}`))).status).toBe(200)
    const media = await app.build.look((db) => db.select().from(siteMedia).where(eq(siteMedia.articleId, id)))
    expect(media.map((it) => [it.mediaId, it.isOpen])).toEqual([[mediaId, false]])
  })

  test('are told to whoever reads the article, and whether those who are shown agree', async () => {
    const mediaId = await picture(student)
    const id = await begin(student, withPicture(mediaId))
    const asked = async (by: Browser) => (await by.get(at(id, '/media'))).json()
    const told = { id: mediaId, kind: 'picture', width: 1200, height: 800, fileName: '合影.jpg', altText: '' }
    expect(await asked(secretary)).toEqual({ items: [{ ...told, showsPersons: 'unknown', isWithdrawn: false }] })
    await all(() => student.post(`/api/media/items/${mediaId}/withdrawal`, { reason: '有人不愿公开' }))
    expect(await asked(secretary)).toEqual({ items: [{ ...told, showsPersons: 'unknown', isWithdrawn: true }] })
    expect((await sibling.get(at(id, '/media'))).status).toBe(404)
  })

  test('are those of the writer, and a withdrawn one stops the publication', async () => {
    const foreign = await picture(stranger)
    const refused = student.post('/api/publicity/articles', {
      ...{ organizationId: app.build.branch.id, sectionId, text: text(withPicture(foreign)) },
    })
    expect(await said(refused)).toMatchObject([404, expect.any(String)])
    const mediaId = await picture(student)
    const id = await approved(withPicture(mediaId))
    await all(() => student.post(`/api/media/items/${mediaId}/withdrawal`, { reason: '有人不愿公开' }))
    expect(await said(publish(secretary, id))).toEqual([409, '稿件里的“合影.jpg”已经撤下。请撤回送审，换掉它再提交。'])
  })

  test('are those of any organisation for whoever publishes above it', async () => {
    const [foreign, id] = [await picture(stranger), await begin(student)]
    expect(await said(save(secretary, id, withPicture(foreign)))).toMatchObject([404, expect.any(String)])
    await all(() => save(publicity, id, withPicture(foreign)))
    await begin(publicity, withPicture(foreign))
  })

  test('are pictures, and no part of one lies outside of it', async () => {
    const [film, mediaId] = [await medium(student, mp4(), '微党课.mp4'), await picture(student)]
    const id = await begin(student)
    const body: RichText = { type: 'doc', content: [{ type: 'video', attrs: { mediaId: film, caption: '' } }] }
    const wrong: Partial<ArticleText>[] = [
      withPicture(film),
      { cover: { mediaId: film, alt: '片头', wide: null, square: null } },
      { body: { type: 'doc', content: [{ type: 'video', attrs: { mediaId, caption: '' } }] } },
      { body: { type: 'doc', content: [{ type: 'video', attrs: { mediaId: film, caption: '', posterId: film } }] } },
    ]
    for (const it of wrong)
      expect(await said(save(student, id, it))).toEqual([
        400,
        expect.stringMatching(/^“(微党课\.mp4|合影\.jpg)”不能放在这个位置，请换成图片或视频。$/),
      ])
    const cover = { mediaId, alt: '合影', square: null }
    const outside = { x: 0.9, y: 0, width: 0.2, height: 1 }
    expect((await save(student, id, { cover: { ...cover, wide: outside } })).status).toBe(400)
    await all(() => save(student, id, { body, cover: { ...cover, wide: { ...outside, width: 0.1 } } }))
    // What stands in the text already is not looked up again when it is saved, but before readers would see it.
    await all(
      () => save(student, id, { cover: { mediaId: film, alt: '片头', wide: null, square: null } }),
      () => submit(student, id),
      () => review(secretary, id),
    )
    expect(await said(publish(secretary, id))).toEqual([
      409,
      '稿件里的“微党课.mp4”放错了位置，显示不出来。请撤回送审，换掉它再提交。',
    ])
    const { checks } = await (await secretary.get(at(id, '/kit'))).json()
    expect(checks).toContainEqual({ code: 'cover', weight: 'must', text: '封面“微党课.mp4”不是图片，请另选一张。' })
    expect((await secretary.get(at(id, '/kit/packet.zip'))).status).toBe(200)
  })

  test('have words before others are to read them', async () => {
    const mediaId = await picture(student)
    const id = await begin(student, {
      body: { type: 'doc', content: [{ type: 'picture', attrs: { mediaId, alt: '', caption: '', width: 'full' } }] },
    })
    expect(await said(submit(student, id))).toEqual([
      400,
      '第 1 段的图片还没有说明，请写明图上是什么，看不到图的读者也能知道',
    ])
  })
})

test('remarks in the margin are answered and settled, and none goes away', async () => {
  const id = await begin(student)
  const remark = { quote: '校史馆', block: 0, body: '请写全称' }
  const first = await made(secretary.post(at(id, '/remarks'), remark))
  const answer = await made(student.post(at(id, '/remarks'), { ...remark, body: '已改', answersId: first }))
  expect(await said(student.post(at(id, '/remarks'), { ...remark, answersId: answer }))).toMatchObject([
    409,
    expect.any(String),
  ])
  expect((await view(student, id)).openRemarks).toBe(1)
  const settlement = at(id, `/remarks/${first}/settlement`)
  await all(() => student.post(settlement))
  expect(await said(secretary.post(settlement))).toEqual([409, '这条意见已经标为已处理。请刷新页面查看。'])
  const { items } = await (await student.get(at(id, '/remarks'))).json()
  expect(items.map((it: { body: string; settledByName: string }) => [it.body, it.settledByName])).toEqual([
    ['请写全称', '王一舟'],
    ['已改', null],
  ])
  expect((await view(student, id)).openRemarks).toBe(0)
})

test('a notice of what is published is drafted for whoever sends notices', async () => {
  const id = await approved({ summary: '支部到校史馆参观。' })
  expect(await said(secretary.post(at(id, '/notice')))).toEqual([409, '这篇稿件已通过审核，发布后才能发通知告知。'])
  await all(
    () => publish(secretary, id),
    () => save(student, id, { title: '还没有审核的更正' }),
  )
  const noticeId = await made(secretary.post(at(id, '/notice')))
  const { number } = await view(student, id)
  expect(await (await secretary.get(`/api/notices/${noticeId}`)).json()).toMatchObject({
    title: '支部开展主题党日',
    body: `支部到校史馆参观。\n\n全文：http://zhibu.test/site/articles/${number}`,
    sentAt: null,
    begunFrom: { of: 'article', id },
  })
  // Asked again, by whomever and twice in one instant, it is the same; with the article it goes.
  const again = await Promise.all([made(secretary.post(at(id, '/notice'))), made(college.post(at(id, '/notice')))])
  expect(again).toEqual([noticeId, noticeId])
  expect((await secretary.post(at(id, '/withdrawal'), { reason: '照片用错了' })).status).toBe(204)
  expect(await (await secretary.get(`/api/notices/${noticeId}`)).json()).toMatchObject({ dropReason: '稿件已经撤下' })
})

test('two who ask for a notice of the same article in one instant get one', async () => {
  const id = await approved({ summary: '支部到校史馆参观。' })
  await publish(secretary, id)
  const [one, other] = await Promise.all([
    made(secretary.post(at(id, '/notice'))),
    made(college.post(at(id, '/notice'))),
  ])
  expect(one).toBe(other)
})

test('ten thousand articles are listed page by page in a fixed number of statements', async () => {
  const { build } = app
  const { tenantId, college: place } = build
  await build.look((db) =>
    db.execute(sql`insert into articles (tenant_id, id, organization_id, path, section_id, is_open, author_account_id, author_name,
        text, title, edited_at, edited_by_account_id, edited_by_name, submitted_version)
      select ${tenantId}, gen_random_uuid(), ${place.id}::uuid, ${place.path}, ${sectionId}::uuid, false, gen_random_uuid(), '某人',
        '{}'::jsonb, '第' || n || '篇', '2026-01-01'::timestamptz + n * interval '1 minute', gen_random_uuid(), '某人',
        case when n % 100 = 0 then 1 end from generate_series(1, 10000) n`),
  )
  const seen = new Set<string>()
  let next: string | undefined
  let pages = 0
  const list = async (query: string): Promise<{ items: ArticleRow[]; next?: string }> =>
    (await college.get(`/api/publicity/articles?organizationId=${place.id}&limit=200${query}`)).json()
  const page = await list('&state=inReview')
  expect(page.items.map((it) => it.title).slice(0, 2)).toEqual(['第10000篇', '第9900篇'])
  // The list itself, who has sent back, and once in a while who asks.
  const counts = []
  for (const query of ['&limit=1', '', '&forMe=true', '&q=7']) counts.push(await statementsOf(() => list(query)))
  expect(Math.max(...counts)).toBeLessThanOrEqual(3)
  expect((await (await sibling.get('/api/publicity/articles?limit=200')).json()).items).toEqual([])
  do {
    const page: { items: ArticleRow[]; next?: string } = await list(next ? `&forMe=true&cursor=${next}` : '&forMe=true')
    for (const it of page.items) seen.add(it.id)
    next = page.next
    pages++
  } while (next)
  expect([seen.size, pages]).toEqual([100, 1])
  expect((await list('&q=第77')).items.length).toBe(111)
  expect((await list('&q=%25')).items).toEqual([])
})
