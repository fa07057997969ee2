import { buffer } from 'node:stream/consumers'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import PizZip from 'pizzip'
import { describe, expect, test } from 'vitest'
import { digestMailOf, mailOf, type ToldNotice } from '../src/modules/notices/wording.ts'
import { kitHtml } from '../src/modules/publicity/kit-html.ts'
import { packetOf } from '../src/modules/publicity/kit-packet.ts'
import type { ArticleText } from '../src/modules/publicity/schema.ts'
import { newId } from '../src/platform/ids.ts'
import { writeMail } from '../src/platform/mail/mailer.ts'
import type { RichText } from '../src/platform/rich-text/document-schema.ts'
import { renderHtml } from '../src/platform/rich-text/html.ts'
import { article, post } from '../src/platform/rich-text/schema.ts'
import { testApp } from './app.ts'
import { hostileTexts } from './rich-texts.ts'
import { siteOf } from './site-articles.ts'
import { bodyOf, subjectOf } from './smtp-server.ts'
import { readFeedXml } from './strict-xml.ts'

/** What has been tried to get out of a text, through everything that leaves the house: none of it runs, and all of it is read as it was written. */

const app = await testApp()
const site = siteOf(app.build)
const visitor = app.browser()
const mediaId = newId()

const text = (it: string, ...marks: object[]) => ({ type: 'text', text: it, ...(marks.length > 0 && { marks }) })
const paragraph = (...content: object[]) => ({ type: 'paragraph', content })
const picture = (it: string) => ({ type: 'picture', attrs: { mediaId, alt: it, caption: it } })
const articleOf = (it: string): RichText =>
  article.parse({
    type: 'doc',
    content: [
      { type: 'heading', attrs: { level: 2 }, content: [text(it)] },
      paragraph(text(it, { type: 'bold' }), { type: 'footnote', attrs: { text: it } }),
      paragraph(text(it, { type: 'link', attrs: { href: 'https://example.cn/' } })),
      picture(it),
    ],
  })
const postOf = (it: string): RichText => post.parse({ type: 'doc', content: [paragraph(text(it)), picture(it)] })
const onPage = { mediaUrl: () => ({ url: `/site/media/${mediaId}/whole` }) }

/** Puts an article on the site of which everything that somebody writes is the text; returns what the site and its feeds make of it. */
async function published(it: string, at: number) {
  const slug = `section-${at}`
  const section = await site.section(slug, it, it)
  const { number } = await site.article({
    ...{ title: it, section, summary: it, cover: { id: mediaId, alt: it } },
    byline: { author: it, source: it, photographer: it, editor: it },
    corrections: [{ at: '2026-11-10T03:00:00.000Z', note: it }],
    html: renderHtml(articleOf(it), { profile: 'article', ...onPage }),
  })
  const read = async (path: string) => {
    const answer = await visitor.get(path)
    expect([path, answer.status]).toEqual([path, 200])
    return answer.text()
  }
  const feeds = await Promise.all(
    ['feed.xml', 'atom.xml'].map(async (file) => readFeedXml(await read(`/site/sections/${slug}/${file}`))),
  )
  const json = JSON.parse(await read(`/site/sections/${slug}/feed.json`))
  return {
    pages: {
      article: await read(`/site/articles/${number}`),
      section: await read(`/site/sections/${slug}`),
      search: await read(`/site/search?q=${encodeURIComponent(it)}`),
    },
    entries: [
      ...feeds.map(({ items }) => items[0]),
      { title: json.items[0].title, author: json.items[0].authors[0].name, content: json.items[0].content_html },
    ].map((entry) => ({ title: entry?.title, author: entry?.author, content: entry?.content ?? '' })),
  }
}

/** The packet of an article for a 公众号, and the page in it. */
async function packed(it: string): Promise<string> {
  const written: ArticleText = {
    ...{ title: it, summary: it, cover: null, body: articleOf(it) },
    byline: { author: it, source: it, photographer: it, editor: it },
  }
  const { html } = kitHtml(written.body, () => '图片/01.jpg')
  const parts = { text: written, isOpen: true, html: () => html, pictures: [], covers: null, checks: [] }
  const zip = new PizZip(await buffer(packetOf(parts, app.contents.store)))
  return zip.file('文章.html')?.asText() ?? ''
}

/** A mail of a notice in which everything that somebody writes is the text, as it goes over the wire. */
async function sent(it: string, inDigest: boolean) {
  const notice: ToldNotice = {
    ...{ noticeId: mediaId, occasion: 'notice', kind: 'information', title: it, body: it, organizationName: it },
    ...{ senderName: it, dueOn: null, happensOn: null, isCorrection: false, recallReason: null },
  }
  const baseUrl = 'https://djgz.example.edu.cn'
  const worded = inDigest ? digestMailOf([notice], baseUrl) : mailOf(notice, baseUrl)
  const mail = { ...worded, to: 'wang@example.edu.cn', key: it, preferencesUrl: baseUrl }
  const from = { name: '支部工作台', address: 'zhibu@example.edu.cn' }
  return { from: from.address, to: mail.to, raw: String(await writeMail(mail, { from })) }
}

describe.each([...hostileTexts.entries()])('%i: %s', (at, hostile) => {
  test('in an article and its lists', async () => {
    const { pages } = await published(hostile, 100 + at)
    for (const [page, html] of Object.entries(pages)) {
      expect([page, runningIn(html)]).toEqual([page, []])
      expect([page, textIn(html).includes(hostile)]).toEqual([page, true])
    }
  })

  test('in feeds', async () => {
    const { entries } = await published(hostile, 200 + at)
    expect(entries).toHaveLength(3)
    for (const { title, author, content } of entries) {
      expect([title, author, runningIn(content)]).toEqual([hostile, hostile, []])
      expect(textIn(content)).toContain(hostile)
    }
  })

  test('in a post', () => {
    const html = renderHtml(postOf(hostile), { profile: 'post', ...onPage })
    expect(runningIn(html)).toEqual([])
    expect(textIn(html).split(hostile)).toHaveLength(3)
  })

  test('in what goes to a 公众号', async () => {
    const html = await packed(hostile)
    expect(runningIn(html, { areLooksOurs: true })).toEqual([])
    // The title of the window and the one above, the heading, the bold words, the link, the picture and the note.
    expect(textIn(html).split(hostile)).toHaveLength(8)
  })

  test.each([
    ['a mail', false],
    ['the mail of a week', true],
  ])('in %s, which is read as plain text', async (_, inDigest) => {
    const mail = await sent(hostile, inDigest)
    const [head = ''] = mail.raw.split('\r\n\r\n')
    expect(head.match(/^Content-Type: .*/gim)).toEqual(['Content-Type: text/plain; charset=utf-8'])
    expect(head).not.toContain(hostile)
    expect(inDigest ? bodyOf(mail) : subjectOf(mail)).toContain(hostile)
    expect(bodyOf(mail)).toContain(hostile)
  })
})

test.each([
  ['<p onclick="a()">甲</p>', ['p onclick']],
  ['<script>a()</script>', ['<script>']],
  ['<svg></svg><math></math>', ['<svg>', '<math>']],
  ['<img src=x>', ['src=x']],
  ['<a href="javascript:a()">甲</a>', ['href=javascript:a()']],
  ['<p style="position:fixed">甲</p>', ['p style']],
  ['<!--甲-->', ['a comment']],
  ['<p class="quiet">甲<a href="/site">乙</a></p>', []],
])('what would run is found: %s', (html, found) => {
  expect(runningIn(html)).toEqual(found)
})

/** What in a page, as a browser reads it, runs, hides the page, or loads something that is not ours. The looks of a 公众号 stand at each element. */
function runningIn(html: string, { areLooksOurs = false } = {}): string[] {
  return [...partsOf(parse(html))].flatMap((it) => {
    if (it.nodeName === '#comment') return ['a comment']
    if (!('tagName' in it)) return []
    if (running.includes(it.tagName)) return [`<${it.tagName}>`]
    return it.attrs.flatMap(({ name, value }) => {
      if (/^on|^srcdoc$/.test(name)) return [`${it.tagName} ${name}`]
      if (name === 'style')
        return areLooksOurs && !/position|url|expression/i.test(value) ? [] : [`${it.tagName} style`]
      const isPlace = ['href', 'src', 'poster', 'action', 'formaction', 'srcset'].includes(name)
      return isPlace && !/^(https?:\/\/(example\.cn|zhibu\.test)\/|\/(?!\/)|#|图片\/|\?|$)/.test(value)
        ? [`${name}=${value}`]
        : []
    })
  })
}

const running = [
  ...['script', 'style', 'iframe', 'object', 'embed', 'base', 'svg', 'math', 'template', 'textarea', 'noscript'],
]

function* partsOf(it: DefaultTreeAdapterTypes.Node): Generator<DefaultTreeAdapterTypes.Node> {
  yield it
  if ('childNodes' in it) for (const part of it.childNodes) yield* partsOf(part)
}

const textIn = (html: string): string =>
  [...partsOf(parse(html))].map((it) => ('value' in it && it.nodeName === '#text' ? it.value : '')).join('')
