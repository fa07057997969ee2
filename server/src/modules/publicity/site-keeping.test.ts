import { and, eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, type TestApp, testApp } from '../../../test/app.ts'
import { encryption, statementsOf } from '../../../test/factories.ts'
import { type NewSiteArticle, siteOf } from '../../../test/site-articles.ts'
import type { Db } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { organizations, universities } from '../organization/tables.ts'
import { publishScheduled } from './publishing.ts'
import { keptArticles } from './site-keeping.ts'
import { readArticle, readFrame } from './site-reading.ts'
import { publicitySettingsChanges, siteArticles, siteSections } from './tables.ts'

let it: TestApp
let site: ReturnType<typeof siteOf>
let news: string
let empty: string
/** The numbers of articles in one section, the first for members, the others for everybody in the order of their days. */
let hidden: number
let [first, second, third, fourth] = [0, 0, 0, 0]
/** A section that is closed, so that it stands in no menu, and the number of the article in it. */
let closed: string
let inClosed: number

beforeEach(async () => {
  it = await testApp()
  site = siteOf(it.build)
  news = await site.section('news', '支部动态')
  empty = await site.section('later', '以后的栏目')
  hidden = (await site.article({ title: '只给党员', section: news, isOpen: false })).number
  const numbers = []
  for (const title of ['第一篇', '第二篇', '第三篇', '第四篇'])
    numbers.push((await site.article({ title, section: news })).number)
  ;[first = 0, second = 0, third = 0, fourth = 0] = numbers
  closed = await site.section('earlier', '从前的栏目')
  inClosed = (await site.article({ title: '旧文一篇', section: closed })).number
  // All of them by one transaction, as where a backup was restored.
  await it.build.look((db) => db.update(siteArticles).set({ summary: '同一次写入。' }))
  await it.build.look(inSection(closed, { closedAt: new Date() }))
})

const all = () => [hidden, first, second, third, fourth, inClosed]

/** What visitors of a server get of all these articles. */
const read = (browser: Browser, numbers = all()) =>
  Promise.all(
    numbers.map(async (number) => {
      const answer = await browser.get(`/site/articles/${number}`)
      return { number, status: answer.status, tag: answer.headers.get('etag'), text: await answer.text() }
    }),
  )

type Change = (db: Db) => Promise<unknown>

const inArticle = (number: number, set: Partial<typeof siteArticles.$inferInsert>): Change => {
  const of = () => and(eq(siteArticles.tenantId, it.build.tenantId), eq(siteArticles.number, number))
  return (db) => db.update(siteArticles).set(set).where(of())
}
const inSection = (id: string, set: Partial<typeof siteSections.$inferInsert>): Change => {
  return (db) => db.update(siteSections).set(set).where(eq(siteSections.id, id))
}
const withoutArticle = (number: number): Change => {
  return (db) =>
    db.delete(siteArticles).where(and(eq(siteArticles.tenantId, it.build.tenantId), eq(siteArticles.number, number)))
}
const published = (fields: Omit<NewSiteArticle, 'section'>, section = () => news) => {
  return () => site.article({ ...fields, section: section() })
}
const settled: Change = (db) =>
  db.insert(publicitySettingsChanges).values({
    ...{ tenantId: it.build.tenantId, revision: 1, setBy: newId() },
    settings: {
      ...{ reviewers: 1, openIsReviewedAbove: true, siteName: '临江大学党建网', siteAbout: '', siteFoot: '' },
    },
  })

describe('an article that was read before is shown anew in every process at once', () => {
  /** What is done, and which of the pages then are others: some, or all that visitors may read. */
  const rows: [string, () => Change, (of: { second: number; third: number; fourth: number }) => number[]][] = [
    ['its text was corrected', () => inArticle(second, { html: '<p>改过的正文。</p>' }), (it) => [it.second]],
    ['its title was', () => inArticle(third, { title: '改过的标题' }), (it) => [it.second, it.third, it.fourth]],
    ['it was taken away', () => withoutArticle(third), (it) => [it.second, it.third, it.fourth]],
    ['it is for members', () => inArticle(third, { isOpen: false }), (it) => [it.second, it.third, it.fourth]],
    ['another came after it', () => published({ title: '第五篇' }), (it) => [it.fourth]],
    [
      'another came between',
      () => published({ title: '中间一篇', number: 70, publishedAt: '2026-11-01T05:30:00Z' }),
      (it) => [it.second, it.third],
    ],
    [
      'it has another day',
      () => inArticle(fourth, { publishedAt: new Date('2026-12-01T00:00:00Z') }),
      (it) => [it.fourth],
    ],
    ['its section has another name', () => inSection(news, { name: '基层动态' }), () => all().slice(1)],
    ['its section, which is closed, has', () => inSection(closed, { name: '往年栏目' }), () => [inClosed]],
    ['its section was closed', () => inSection(news, { closedAt: new Date() }), () => all().slice(1)],
    ['a section has its first article', () => published({ title: '别处' }, () => empty), () => all().slice(1)],
    ['the site has another name', () => settled, () => all().slice(1)],
    [
      'its organisation has another name',
      () => (db) =>
        db.update(organizations).set({ name: '云水学院党委' }).where(eq(organizations.id, it.build.college.id)),
      () => all().slice(1),
    ],
    [
      'the university has another name',
      () => (db) => db.update(universities).set({ name: '临江理工大学' }).where(eq(universities.id, it.build.tenantId)),
      () => all().slice(1),
    ],
  ]

  test.each(rows)('%s', async (_, change, others) => {
    const servers = [it, it.another()].map((server) => server.browser())
    const before = await Promise.all(servers.map((browser) => read(browser)))
    expect(before[0]?.map(({ status }) => status)).toEqual([404, 200, 200, 200, 200, 200])
    await it.build.look(change())
    const after = await Promise.all(servers.map((browser) => read(browser)))
    const fresh = await read(it.another().browser())
    expect(after).toEqual([fresh, fresh])
    const changed = fresh.filter((page, at) => page.text !== before[0]?.[at]?.text).map(({ number }) => number)
    // The page of what is missing has the menu, too.
    expect(changed.filter((number) => number !== hidden)).toEqual(others({ second, third, fourth }))
  })
})

test('from the first publication to the withdrawal each step is seen in both processes as soon as it is done', async () => {
  const servers = [it, it.another()]
  const { accounts, build } = it
  const [student, department] = [await it.signedIn(accounts.applicant), await it.signedIn(accounts.publicity)]
  const ok = async (answer: Promise<Response>) => {
    const response = await answer
    expect([response.ok, await response.clone().text()]).toEqual([true, expect.any(String)])
    return response
  }
  const text = (said: string) => ({
    ...{ title: '支部参观校史馆', summary: '', cover: null },
    body: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: said }] }] },
    byline: { author: '', source: '', photographer: '', editor: '' },
  })
  const fields = { sectionId: news, isOpen: true, organizationId: build.branch.id, text: text('大家交流了体会。') }
  const { id } = await (await ok(student.post('/api/publicity/articles', fields))).json()
  const at = `/api/publicity/articles/${id}`
  const match = async () => ({ 'if-match': (await student.get(at)).headers.get('etag') ?? '' })
  const submitted = async (): Promise<number> => (await (await student.get(at)).json()).submittedVersion
  const approve = async (correctionNote: string | null) => {
    await ok(student.post(`${at}/submission`, { correctionNote }, await match()))
    await ok(department.post(`${at}/reviews`, { version: await submitted(), verdict: 'approved', opinion: '' }))
  }
  /** Of the article and of the one before it: the status, and whether it says this. */
  const seen = async (number: number, said: string) => {
    const of = servers.map(async (server) => {
      const [page] = await read(server.browser(), [number])
      return [page?.status, page?.text.includes(said)]
    })
    const [one, other] = await Promise.all(of)
    expect(other).toEqual(one)
    return one
  }

  // The numbers of the site that the helper made stand in no article as it is written.
  await build.look((db) => db.delete(siteArticles))
  const earlier = await site.article({ title: '早先的文章', section: news, number: 900 })
  const due = '2026-11-23T03:00:00.000Z'
  await approve(null)
  await ok(department.post(`${at}/publication`, { version: await submitted(), at: due }))
  expect([await seen(1, '大家'), await seen(earlier.number, '支部参观校史馆')]).toEqual([
    [404, false],
    [200, false],
  ])
  await publishScheduled(it.database, encryption, new Date(due))
  expect([await seen(1, '大家交流了体会'), await seen(earlier.number, '支部参观校史馆')]).toEqual([
    [200, true],
    [200, true],
  ])
  await ok(student.put(at, { ...fields, text: text('四十人参加。') }, await match()))
  expect(await seen(1, '大家交流了体会')).toEqual([200, true])
  await approve('人数有误')
  await ok(department.post(`${at}/publication`, { version: await submitted(), at: null }))
  expect([await seen(1, '大家交流了体会'), await seen(1, '人数有误')]).toEqual([
    [200, false],
    [200, true],
  ])
  await ok(department.post(`${at}/withdrawal`, { reason: '照片有误' }))
  expect([await seen(1, '四十人'), await seen(earlier.number, '支部参观校史馆')]).toEqual([
    [410, false],
    [200, false],
  ])
})

describe('keeping', () => {
  /** A keeper of its own, of pages so many bytes long, and how often it has made one. */
  const keeper = (mostBytes?: number, bytes = 2_000) => {
    const counts = { made: 0 }
    const kept = keptArticles({ database: it.database, tenantId: it.build.tenantId }, mostBytes)
    const ask = (number: number) =>
      kept.page(number, async (reader) => {
        counts.made += 1
        const [frame, article] = await Promise.all([readFrame(reader), readArticle(reader, number)])
        if (!article) return null
        const page = { status: 200, type: 'text/html', text: 'x'.repeat(bytes) } as const
        return { page, frame, state: article.state }
      })
    return { kept, ask, counts }
  }

  test('makes an article once, and asks the database once for all who come at the same time', async () => {
    const { ask, counts } = keeper()
    for (const number of all()) await ask(number)
    expect(counts.made).toBe(6)
    const crowd = Array.from({ length: 100 }, (_, at) => [first, second, third, fourth][at % 4] ?? 0)
    const statements = await statementsOf(() => Promise.all(crowd.map(ask)))
    expect([counts.made, statements]).toEqual([6, 2])
  })

  test('keeps no more bytes than it has room for', async () => {
    const { kept, ask, counts } = keeper(7_000)
    for (const number of [first, second, third, fourth]) {
      await ask(number)
      expect(kept.bytes).toBeLessThanOrEqual(7_000)
    }
    expect(kept.bytes).toBe(6_000)
    await ask(fourth)
    expect(counts.made).toBe(4)
    await ask(first)
    expect(counts.made).toBe(5)
    const large = keeper(7_000, 10_000)
    await large.ask(first)
    expect([(await large.ask(first))?.bytes.length, large.counts.made, large.kept.bytes]).toEqual([10_000, 2, 0])
  })

  test('forgets what is no longer there as soon as somebody asks for it', async () => {
    const { kept, ask } = keeper()
    await ask(first)
    await ask(second)
    await it.build.look(withoutArticle(first))
    expect([kept.bytes, await ask(first), kept.bytes]).toEqual([6_000, null, 3_000])
  })

  test('says nothing where the database does not answer, and the same as before where it does again', async () => {
    const { ask, counts } = keeper()
    const page = await ask(first)
    const rename = (from: string, to: string) =>
      it.database.asOwner((db) => db.execute(sql.raw(`alter table ${from} rename to ${to}`)))
    await rename('site_articles', 'away')
    await expect(ask(first)).rejects.toThrow()
    await rename('away', 'site_articles')
    expect([await ask(first), counts.made]).toEqual([page, 1])
  })
})
