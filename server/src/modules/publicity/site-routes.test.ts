import { gunzipSync } from 'node:zlib'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Browser, emptyApp, type TestApp, testApp } from '../../../test/app.ts'
import { siteOf } from '../../../test/site-articles.ts'
import { readFeedXml, readSitemap } from '../../../test/strict-xml.ts'
import { upload } from '../../../test/uploads.ts'
import { newId } from '../../platform/ids.ts'
import { publicitySettingsChanges, siteArticles } from './tables.ts'

const base = 'http://zhibu.test'

/** What an attacker would like to be read as HTML. */
const attack = `<script>alert(1)</script><img src=x onerror=alert(1)>"'\`&lt;]]>`

let it: TestApp
let visitor: Browser
let member: Browser
let site: ReturnType<typeof siteOf>
let news: string
let notices: string
let open: { number: number; articleId: string }
let older: { number: number; articleId: string }
let hidden: { number: number; articleId: string }
let gone: number
let hiddenGone: number
let pictures: { open: string; hidden: string; unused: string }

/** Words that stand only in what is for members. */
const secret = '内部学习安排'

beforeAll(async () => {
  it = await testApp()
  visitor = it.browser()
  member = await it.signedIn(it.accounts.stranger)
  site = siteOf(it.build)
  news = await site.section('news', '支部动态', '各支部的近况')
  notices = await site.section('members', '内部通知')
  await site.section('empty', '空的栏目')
  pictures = { open: await picture(), hidden: await picture(), unused: await picture() }
  older = await site.article({ title: '第一次支部大会', section: news, organization: it.build.branch })
  hidden = await site.article({
    ...{
      title: `${secret}（一）`,
      section: news,
      isOpen: false,
      organization: it.build.distant,
      html: `<p>${secret}</p>`,
    },
    ...{ cover: { id: pictures.hidden, alt: secret }, media: [pictures.hidden] },
  })
  open = await site.article({
    ...{ title: '云山学院党委开展主题党日', section: news, summary: '参观校史馆，重温入党誓词。' },
    html: `<h2 id="heading-1">校史馆</h2>\n<p>六十名党员参加。<sup><a class="note" id="note-place-1" href="#note-1" aria-label="脚注 1">1</a></sup></p>
<figure class="picture full"><img src="/site/media/${pictures.open}/960" alt="合影" width="960" height="640"></figure>
<section class="notes" aria-label="脚注"><ol><li id="note-1">见学院志。 <a href="#note-place-1" aria-label="返回脚注 1 处">↩</a></li></ol></section>`,
    byline: { author: '李晓岚', photographer: '赵思远', editor: '陈书白' },
    corrections: [{ at: '2026-11-10T03:00:00.000Z', note: '参加人数应为六十人。' }],
    cover: { id: pictures.open, alt: '在校史馆前的合影' },
    media: [pictures.open],
  })
  await site.article({ title: `${secret}（二）`, section: notices, isOpen: false })
  gone = await site.withdrawn({ title: '撤下的公开文章', section: news })
  hiddenGone = await site.withdrawn({ title: `${secret}（撤下）`, section: news, isOpen: false })
  await it.build.look((db) =>
    db.insert(publicitySettingsChanges).values({
      ...{ tenantId: it.build.tenantId, revision: 1, setBy: newId() },
      settings: {
        ...{ reviewers: 1, openIsReviewedAbove: true, siteName: '临江大学党建网' },
        ...{ siteAbout: '学思用贯通，知信行统一', siteFoot: '临江大学党委宣传部主办' },
      },
    }),
  )
})

async function picture(): Promise<string> {
  const publicity = await it.signedIn(it.accounts.publicity)
  const bytes = await sharp({ create: { width: 1200, height: 800, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer()
  const uploadId = await upload(publicity, new Uint8Array(bytes), '合影.jpg', 'media')
  const answer = await publicity.post('/api/media/items', { uploadId })
  return (await answer.json()).id
}

const text = async (path: string, browser = visitor) => {
  const answer = await browser.get(path)
  expect([path, answer.status]).toEqual([path, 200])
  return answer.text()
}

/** Every page kind, feed and map of the site. */
const pages = () => [
  '/site',
  '/site/sections/news',
  `/site/organizations/${it.build.university.id}`,
  `/site/organizations/${it.build.college.id}`,
  `/site/articles/${open.number}`,
  `/site/articles/${older.number}`,
  '/site/archive',
  '/site/archive/2026-11',
  '/site/search?q=%E6%94%AF%E9%83%A8',
  `/site/search?q=${encodeURIComponent('校史馆')}`,
]
const feeds = () =>
  ['', '/sections/news', `/organizations/${it.build.university.id}`].flatMap((list) =>
    ['feed.xml', 'atom.xml', 'feed.json'].map((file) => `/site${list}/${file}`),
  )

describe('an article', () => {
  test('has title, byline, day, corrections, footnotes, its neighbours and what others show of it', async () => {
    const page = await text(`/site/articles/${open.number}`)
    for (const part of [
      '<title>云山学院党委开展主题党日 - 临江大学党建网</title>',
      '<meta name="description" content="参观校史馆，重温入党誓词。">',
      `<link rel="canonical" href="${base}/site/articles/${open.number}">`,
      '<h1 itemprop="headline">云山学院党委开展主题党日</h1>',
      '作者：<span itemprop="name">李晓岚</span>',
      '摄影：赵思远',
      '责任编辑：陈书白',
      `<time datetime="2026-11-01T05:00:00.000Z" itemprop="datePublished">2026年11月1日 13:00</time>`,
      '<time datetime="2026-11-10T03:00:00.000Z">2026年11月10日</time>：参加人数应为六十人。',
      '<meta itemprop="dateModified" content="2026-11-10T03:00:00.000Z">',
      'id="note-1">见学院志。',
      `<a rel="prev" href="/site/articles/${older.number}">第一次支部大会</a>`,
      `<meta property="og:url" content="${base}/site/articles/${open.number}">`,
      `<meta property="og:image" content="${base}/site/media/${pictures.open}/cover/wide">`,
      '<meta name="twitter:card" content="summary_large_image">',
      `<a href="/site/organizations/${it.build.college.id}" itemprop="url">`,
      '临江大学党委宣传部主办',
    ])
      expect(page).toContain(part)
    expect(page).not.toContain('来源：')
    expect(page).not.toContain('仅登录可见')
  })

  test('runs nothing, loads nothing from elsewhere, and stands in nobody else’s frame', async () => {
    const answer = await visitor.get(`/site/articles/${open.number}`)
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const page = await answer.text()
    expect(page).not.toMatch(/<script|<style|<iframe| style=| on[a-z]+=/i)
    const loaded = [...page.matchAll(/ (?:src|poster)="([^"]+)"|<link rel="(?:stylesheet|icon)" href="([^"]+)"/g)]
    expect(loaded.map(([, src, href]) => src ?? href).filter((at) => !at?.startsWith('/'))).toEqual([])
  })

  test('leads to signing in, and from there back to where the visitor was', async () => {
    for (const path of ['/site', `/site/articles/${open.number}`, `/site/articles/${hidden.number}`]) {
      const page = await (await visitor.get(path)).text()
      expect(page).toContain(`<a href="/sign-in?to=${encodeURIComponent(path)}" rel="nofollow">登录</a>`)
      expect(await text(path, member)).not.toContain('/sign-in')
    }
  })

  test('for members is shown to a session with its mark, and kept nowhere', async () => {
    const answer = await member.get(`/site/articles/${hidden.number}`)
    expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual([
      ...[200, 'private, no-store', null],
    ])
    const page = await answer.text()
    expect(page).toContain('仅登录可见')
    expect(page).toContain('<meta name="robots" content="noindex">')
    expect(page).not.toContain('og:title')
    expect(await text(`/site/articles/${open.number}`, member)).toContain(
      `rel="prev" href="/site/articles/${hidden.number}"`,
    )
  })

  test('that was withdrawn is gone, without a word of why; that of members only for members', async () => {
    const answer = await visitor.get(`/site/articles/${gone}`)
    const page = await answer.text()
    expect([
      answer.status,
      page.includes('文章已撤下'),
      page.includes('撤下的公开文章'),
      page.includes('王一舟'),
    ]).toEqual([...[410, true, false, false]])
    expect((await member.get(`/site/articles/${hiddenGone}`)).status).toBe(410)
  })
})

describe('without a session', () => {
  test('what is for members answers, but for the address asked for, as what never was, byte for byte', async () => {
    const answerOf = async (path: string) => {
      const answer = await visitor.get(path)
      const { 'x-request-id': _, 'content-length': __, ...headers } = Object.fromEntries(answer.headers)
      // Nothing of the address but the address itself, to which signing in leads back.
      const body = (await answer.text()).replace(encodeURIComponent(path), '（网址）')
      return { status: answer.status, headers, body }
    }
    const never = await answerOf('/site/articles/4711')
    expect(never.status).toBe(404)
    const unknown = newId()
    for (const path of [
      `/site/articles/${hidden.number}`,
      `/site/articles/${hiddenGone}`,
      `/site/organizations/${it.build.distant.id}`,
      `/site/organizations/${it.build.distant.id}/feed.xml`,
      `/site/organizations/${unknown}`,
      `/site/sections/never`,
      ...['whole', '480', 'cover/wide', 'cover/square', `crop-${'0'.repeat(32)}`].flatMap((form) => [
        `/site/media/${pictures.hidden}/${form}`,
        `/site/media/${pictures.unused}/${form}`,
        `/site/media/${unknown}/${form}`,
      ]),
    ])
      expect({ path, ...(await answerOf(path)) }).toEqual({ path, ...never })
  })

  test('nothing of it stands on any page, in any feed, search or map', async () => {
    for (const path of [...pages(), ...feeds(), '/site/sitemap.xml', '/robots.txt']) {
      const found = await text(path)
      expect([
        path,
        found.includes(secret),
        found.includes(`articles/${hidden.number}"`),
        found.includes(pictures.hidden),
      ]).toEqual([...[path, false, false, false]])
      expect([path, found.includes('内部通知'), found.includes('撤下的')]).toEqual([path, false, false])
    }
    expect(await text('/site/archive')).toContain('<span class="quiet">2 篇</span>')
    expect(await text('/site/archive', member)).toContain('<span class="quiet">4 篇</span>')
    const search = `/site/search?q=${encodeURIComponent(secret)}`
    expect(await text(search)).toContain('没有找到')
    expect(await text(search, member)).toContain(`（一）</a> <span class="only">仅登录可见</span>`)
  })

  test('feeds and the map give even a session only what is open', async () => {
    for (const path of [...feeds(), '/site/sitemap.xml']) expect(await text(path, member)).toBe(await text(path))
  })

  test('the tag of a page is the same whatever is published for members', async () => {
    const paths = [...pages().slice(0, 8), ...feeds(), '/site/sitemap.xml']
    const tags = () => Promise.all(paths.map(async (path) => (await visitor.get(path)).headers.get('etag')))
    const before = await tags()
    expect(before).not.toContain(null)
    await site.article({ title: `${secret}（三）`, section: news, isOpen: false })
    expect(await tags()).toEqual(before)
  })
})

describe('an answer', () => {
  test('is kept for a minute and then asked for by its tag, never by a day: around an article stands what changes without it', async () => {
    const path = `/site/articles/${open.number}`
    const first = await visitor.get(path)
    const etag = first.headers.get('etag') ?? ''
    expect(
      Object.fromEntries(['cache-control', 'vary', 'last-modified'].map((it) => [it, first.headers.get(it)])),
    ).toEqual({
      'cache-control': 'public, max-age=60, must-revalidate',
      vary: 'Cookie, Accept-Encoding',
      'last-modified': null,
    })
    const statusOf = async (headers: Record<string, string>) => (await visitor.get(path, headers)).status
    expect([
      await statusOf({ 'if-none-match': etag }),
      await statusOf({ 'if-none-match': `"other", ${etag.slice(2)}` }),
      await statusOf({ 'if-none-match': '"other"' }),
      await statusOf({ 'if-modified-since': new Date().toUTCString() }),
    ]).toEqual([304, 304, 200, 200])
    await it.build.look((db) =>
      db.update(siteArticles).set({ summary: '改过的摘要。' }).where(eq(siteArticles.articleId, open.articleId)),
    )
    expect(await statusOf({ 'if-none-match': etag })).toBe(200)
    expect(await text(path)).toContain('改过的摘要。')
    await it.build.look((db) =>
      db
        .update(siteArticles)
        .set({ summary: '参观校史馆，重温入党誓词。' })
        .where(eq(siteArticles.articleId, open.articleId)),
    )
  })

  test('is compressed for who takes it, and says the same', async () => {
    const plain = await text('/site')
    for (const [accepted, isCompressed] of [
      ['gzip, br', true],
      ['br, gzip;q=0.5', true],
      ['gzip;q=0', false],
      ['br', false],
    ] as const) {
      const answer = await visitor.get('/site', { 'accept-encoding': accepted })
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect([accepted, answer.headers.get('content-encoding')]).toEqual([accepted, isCompressed ? 'gzip' : null])
      expect((isCompressed ? gunzipSync(bytes) : bytes).toString()).toBe(plain)
    }
  })

  test('has a head alone where that is asked for, and takes no writes, no endless addresses and no endless pages', async () => {
    const head = await visitor.request('HEAD', '/site')
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([
      ...[200, '', (await visitor.get('/site')).headers.get('etag')],
    ])
    const write = await visitor.post('/site')
    expect([write.status, write.headers.get('allow'), write.headers.get('content-type')]).toEqual([
      ...[405, 'GET, HEAD', 'text/html; charset=utf-8'],
    ])
    const statuses = await Promise.all(
      [
        `/site/search?q=${'长'.repeat(700)}`,
        `/site/search?q=${'长'.repeat(150)}`,
        '/site/search?q=%00%1f',
        '/site/search?q=a&page=11',
        ...['0', '-1', '1001', '1e3', '2', 'x'].map((page) => `/site/sections/news?page=${page}`),
        '/site/sections/news?page=1',
        '/site/archive/2026-13',
        '/site/articles/0',
        '/site/articles/99999999999',
        '/site/organizations/1',
        '/site/wrong',
        '/site/sitemap-2.xml',
      ].map(async (path) => (await visitor.get(path)).status),
    )
    expect(statuses).toEqual([414, 200, 200, 404, 404, 404, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404])
    expect((await visitor.get('/site/')).headers.get('location')).toBe('/site')
  })

  test('of the style sheet is kept for ever under a name of its own', async () => {
    const [, path = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(await text('/site')) ?? []
    const answer = await visitor.get(path)
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      ...[200, 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
    ])
    expect((await visitor.get('/site/style-000000000000.css')).status).toBe(404)
  })
})

describe('a medium', () => {
  test('of an open article is sent in its forms and in parts, and kept for a short time', async () => {
    const at = `/site/media/${pictures.open}`
    const whole = await visitor.get(`${at}/960`)
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('cache-control')]).toEqual([
      ...[200, 'image/jpeg', 'public, max-age=300, must-revalidate'],
    ])
    expect(whole.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    const bytes = Buffer.from(await whole.arrayBuffer())
    const part = await visitor.get(`${at}/960`, { range: 'bytes=10-19' })
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, bytes.subarray(10, 20)])
    const widthOf = async (form: string) =>
      (await sharp(Buffer.from(await (await visitor.get(`${at}/${form}`)).arrayBuffer())).metadata()).width
    expect([await widthOf('960'), await widthOf('cover/wide'), await widthOf('cover/square')]).toEqual([960, 960, 480])
    const known = await visitor.get(`${at}/960`, { 'if-none-match': whole.headers.get('etag') ?? '' })
    expect(known.status).toBe(304)
  })

  test('of one for members is sent to a session and kept nowhere', async () => {
    const answer = await member.get(`/site/media/${pictures.hidden}/cover/wide`)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    expect((await member.get(`/site/media/${pictures.unused}/960`)).status).toBe(404)
  })
})

describe('feeds and maps', () => {
  test('are what their formats ask for, with whole addresses', async () => {
    const rss = readFeedXml(await text('/site/feed.xml'))
    expect(rss).toEqual({
      format: 'rss',
      title: '临江大学党建网',
      home: `${base}/site`,
      self: `${base}/site/feed.xml`,
      items: [
        {
          ...{ id: `${base}/site/articles/${open.number}`, url: `${base}/site/articles/${open.number}` },
          ...{ title: '云山学院党委开展主题党日', publishedAt: '2026-11-01T05:00:00.000Z', author: '李晓岚' },
          content: expect.stringContaining(`src="${base}/site/media/${pictures.open}/960"`),
        },
        {
          ...{ id: `${base}/site/articles/${older.number}`, url: `${base}/site/articles/${older.number}` },
          ...{ title: '第一次支部大会', publishedAt: '2026-11-01T03:00:00.000Z', author: it.build.branch.name },
          content: '<p>正文。</p>',
        },
      ],
    })
    const atom = readFeedXml(await text('/site/sections/news/atom.xml'))
    expect(atom).toEqual({
      ...rss,
      ...{ format: 'atom', title: '支部动态 - 临江大学党建网' },
      ...{ home: `${base}/site/sections/news`, self: `${base}/site/sections/news/atom.xml` },
    })
    const json = JSON.parse(await text(`/site/organizations/${it.build.branch.id}/feed.json`))
    expect(json).toEqual({
      version: 'https://jsonfeed.org/version/1.1',
      title: `${it.build.branch.name} - 临江大学党建网`,
      home_page_url: `${base}/site/organizations/${it.build.branch.id}`,
      feed_url: `${base}/site/organizations/${it.build.branch.id}/feed.json`,
      description: '学思用贯通，知信行统一',
      language: 'zh-CN',
      authors: [{ name: '临江大学党建网' }],
      items: [
        {
          id: `${base}/site/articles/${older.number}`,
          url: `${base}/site/articles/${older.number}`,
          title: '第一次支部大会',
          content_html: '<p>正文。</p>',
          date_published: '2026-11-01T03:00:00.000Z',
          date_modified: '2026-11-01T03:00:00.000Z',
          authors: [{ name: it.build.branch.name }],
          tags: ['支部动态'],
        },
      ],
    })
    const types = await Promise.all(
      ['feed.xml', 'atom.xml', 'feed.json'].map(async (it) =>
        (await visitor.get(`/site/${it}`)).headers.get('content-type'),
      ),
    )
    expect(types).toEqual([
      'application/rss+xml; charset=utf-8',
      'application/atom+xml; charset=utf-8',
      'application/feed+json; charset=utf-8',
    ])
  })

  test('list what is open, in parts beyond fifty thousand', async () => {
    const { college, branch } = it.build
    const places = [
      ...['/site', '/site/archive', '/site/sections/news'].map((path) => ({ at: `${base}${path}` })),
      ...[college.id, branch.id].sort().map((id) => ({ at: `${base}/site/organizations/${id}` })),
    ]
    const articles = [
      { at: `${base}/site/articles/${older.number}`, changed: '2026-11-01T03:00:00.000Z' },
      { at: `${base}/site/articles/${open.number}`, changed: '2026-11-10T03:00:00.000Z' },
    ]
    expect(readSitemap(await text('/site/sitemap.xml'))).toEqual({ kind: 'urlset', entries: [...places, ...articles] })
    const far = await site.article({
      title: '很久以后',
      section: news,
      number: 50_001,
      publishedAt: '2026-11-01T01:00:00Z',
    })
    try {
      expect(readSitemap(await text('/site/sitemap.xml'))).toEqual({
        kind: 'sitemapindex',
        entries: ['pages', '1', '2'].map((part) => ({ at: `${base}/site/sitemap-${part}.xml` })),
      })
      expect(readSitemap(await text('/site/sitemap-pages.xml')).entries).toEqual(places)
      expect(readSitemap(await text('/site/sitemap-1.xml')).entries).toEqual(articles)
      expect(readSitemap(await text('/site/sitemap-2.xml')).entries).toEqual([
        { at: `${base}/site/articles/50001`, changed: '2026-11-01T01:00:00.000Z' },
      ])
    } finally {
      await it.build.look((db) => db.delete(siteArticles).where(eq(siteArticles.articleId, far.articleId)))
    }
    expect(await text('/robots.txt')).toBe(
      `User-agent: *\nAllow: /site\nDisallow: /site/search\nDisallow: /\n\nSitemap: ${base}/site/sitemap.xml\n`,
    )
  })
})

describe('lists', () => {
  test('show twenty at a time, an organisation with those below it, and what is found with its marks', async () => {
    const many = await testApp()
    const own = siteOf(many.build)
    const section = await own.section('news', '支部动态')
    for (let at = 1; at <= 21; at++) await own.article({ title: `第${at}篇`, section, organization: many.build.branch })
    await own.article({
      title: '别处的',
      section,
      organization: many.build.distant,
      html: '<p>他们学习了二十大精神&amp;党章。</p>',
    })
    const browser = many.browser()
    const titles = async (path: string) => {
      const answer = await browser.get(path)
      return [...(await answer.text()).matchAll(/<h3><a href="[^"]+">(.*?)<\/a>/g)].map(([, title]) => title)
    }
    const first = await titles(`/site/organizations/${many.build.college.id}`)
    expect([first.length, first[0], first.at(-1)]).toEqual([20, '第21篇', '第2篇'])
    expect(await titles(`/site/organizations/${many.build.college.id}?page=2`)).toEqual(['第1篇'])
    expect((await browser.get(`/site/organizations/${many.build.sibling.id}`)).status).toBe(404)
    expect(await titles('/site/archive/2026-11?page=2')).toEqual(['第2篇', '第1篇'])
    const found = await (await browser.get(`/site/search?q=${encodeURIComponent('精神 党章')}`)).text()
    expect(found).toContain('他们学习了二十大<mark>精神</mark>&amp;<mark>党章</mark>。')
    expect(await titles('/site/search?q=%E7%AF%87&page=2')).toEqual(['第1<mark>篇</mark>'])
  })
})

test('what others wrote is text on every page, in every feed, whatever it is', async () => {
  const { build, browser } = await testApp()
  const own = siteOf(build)
  const section = await own.section('news', attack, attack)
  const cover = newId()
  const { number } = await own.article({
    ...{ title: attack, section, summary: attack, cover: { id: cover, alt: attack } },
    byline: { author: attack, source: attack, photographer: attack, editor: attack },
    corrections: [{ at: '2026-11-10T03:00:00.000Z', note: attack }],
  })
  await own.article({ title: attack, section })
  await build.look((db) =>
    db.insert(publicitySettingsChanges).values({
      ...{ tenantId: build.tenantId, revision: 1, setBy: newId() },
      settings: { reviewers: 1, openIsReviewedAbove: true, siteName: attack, siteAbout: attack, siteFoot: attack },
    }),
  )
  const paths = ['/site', '/site/sections/news', `/site/articles/${number}`, `/site/organizations/${build.college.id}`]
  for (const path of [
    ...paths,
    '/site/archive',
    `/site/search?q=${encodeURIComponent(attack)}`,
    '/site/search?q=script',
    '/site/none',
  ]) {
    const page = await (await browser().get(path)).text()
    expect([path, /<script|<img src=x|onerror=alert\(1\)>[^<]*"'/.test(page)]).toEqual([path, false])
    // Every attribute ends where it should: quotes of the attack are entities.
    expect([path, page.includes('&lt;')]).toEqual([path, true])
  }
  for (const list of ['/site', '/site/sections/news']) {
    for (const file of ['feed.xml', 'atom.xml']) {
      const read = readFeedXml(await (await browser().get(`${list}/${file}`)).text())
      expect(read.items.map((it) => it.title)).toEqual([attack, attack])
    }
    const json = await (await browser().get(`${list}/feed.json`)).json()
    expect(json.items[0].title).toBe(attack)
  }
})

test('no medium is sent in a form that stands on no page: what was cut away of it stays away', async () => {
  const id = await picture()
  const publicity = await it.signedIn(it.accounts.publicity)
  const cut = async (x: number) => {
    const order = { box: { x, y: 0, width: 0.5, height: 1 }, size: { width: 600, height: 800 } }
    return (await (await publicity.post(`/api/media/items/${id}/crops`, order)).json()).crop
  }
  const [shown, hiddenPart] = [await cut(0), await cut(0.5)]
  const html = `<p><img src="/site/media/${id}/crop-${shown}" alt="左边"></p>`
  await site.article({ title: '只有左边', section: news, html, media: [id] })
  await site.article({
    ...{ title: '给党员看全图', section: news, isOpen: false, media: [id] },
    html: `<p><img src="/site/media/${id}/960" alt="全图"></p>`,
  })
  const forms = [`crop-${shown}`, `crop-${hiddenPart}`, '960', '480', 'whole', 'cover/wide']
  const sent = (by: Browser) =>
    Promise.all(
      forms.map(async (form) => {
        const { status, headers } = await by.get(`/site/media/${id}/${form}`)
        return status === 200 ? headers.get('cache-control') : status
      }),
    )
  const toAll = 'public, max-age=300, must-revalidate'
  expect(await sent(visitor)).toEqual([toAll, 404, 404, 404, 404, 404])
  expect(await sent(member)).toEqual([toAll, 404, 'private, no-store', 404, 404, 404])
})

test('whoever asks too often is told so on a page, by network address', async () => {
  const busy = await testApp()
  const browser = busy.browser()
  const statuses = new Map<number, number>()
  for (let at = 0; at < 602; at++) {
    const { status } = await browser.get('/site/none.css')
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  expect([...statuses]).toEqual([
    [404, 600],
    [429, 2],
  ])
  const refused = await browser.get('/site')
  expect([refused.status, refused.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8'])
})

test('before a university is set up there is nothing to read', async () => {
  const { browser } = await emptyApp()
  expect([(await browser().get('/site')).status, (await browser().get('/site/feed.xml')).status]).toEqual([404, 404])
})

test('what the routes publish is read, found and withdrawn here; a correction that would open it is no reason to tell visitors of it', async () => {
  const { build, accounts, signedIn, browser } = await testApp()
  const [student, secretary] = [await signedIn(accounts.applicant), await signedIn(accounts.secretary)]
  const department = await signedIn(accounts.publicity)
  const ok = async (answer: Promise<Response>) => {
    const response = await answer
    expect([response.ok, await response.clone().text()]).toEqual([true, expect.any(String)])
    return response
  }
  const created = await ok(department.post('/api/publicity/sections', { name: '支部动态', slug: 'branches' }))
  const sectionId = (await created.json()).id
  const text = {
    ...{ title: '支部参观校史馆', summary: '', cover: null },
    body: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: '大家交流了体会。' }] }] },
    byline: { author: '王一舟', source: '', photographer: '', editor: '' },
  }
  const fields = { sectionId, isOpen: false, text }
  const article = await ok(student.post('/api/publicity/articles', { ...fields, organizationId: build.branch.id }))
  const at = `/api/publicity/articles/${(await article.json()).id}`
  const match = async () => ({ 'if-match': (await student.get(at)).headers.get('etag') ?? '' })
  await ok(student.post(`${at}/submission`, { correctionNote: null }, await match()))
  await ok(secretary.post(`${at}/reviews`, { version: 1, verdict: 'approved', opinion: '' }))
  await ok(secretary.post(`${at}/publication`, { version: 1, at: null }))
  const read = async (path: string, by: Browser) => {
    const answer = await by.get(path)
    return [answer.status, (await answer.text()).includes('大家')]
  }
  // Where no summary was written, the beginning of the text stands for it in lists, but not above that text itself.
  const page = await (await student.get('/site/articles/1')).text()
  expect([page.match(/大家交流了体会。/g)?.length, page.includes('class="abstract"')]).toEqual([2, false])
  const found = `/site/search?q=${encodeURIComponent('体会')}`
  expect([await read('/site/articles/1', student), await read('/site/articles/1', browser())]).toEqual([
    ...[
      [200, true],
      [404, false],
    ],
  ])
  expect([await read(found, student), await read(found, browser())]).toEqual([
    ...[
      [200, true],
      [200, false],
    ],
  ])
  await ok(student.put(at, { ...fields, isOpen: true }, await match()))
  expect(await read('/site/articles/1', browser())).toEqual([404, false])
  await ok(secretary.post(`${at}/withdrawal`, { reason: '照片有误' }))
  expect([await read('/site/articles/1', student), await read('/site/articles/1', browser())]).toEqual([
    ...[
      [410, false],
      [404, false],
    ],
  ])
})
