import { articlePath, coverPath, type FeedFormat, feedPath, siteRoot } from './site-addresses.ts'
import { absolute, type Surroundings, siteName } from './site-layout.ts'
import { changedAt } from './site-pages.ts'
import type { Fed } from './site-reading.ts'
import { xml } from './site-xml.ts'

/** What can be followed: everything, a section, an organisation. */
export interface Followed {
  /** Null for the whole site. */
  name: string | null
  path: string
  items: readonly Fed[]
}

/** A feed in a format: its media type and its text. */
export function feed(around: Surroundings, format: FeedFormat, of: Followed): { type: string; text: string } {
  const name = siteName(around.frame)
  const all: Whole = {
    title: of.name === null ? name : `${of.name} - ${name}`,
    about: around.frame.settings.siteAbout || name,
    home: absolute(around, of.path),
    self: absolute(around, feedPath(of.path, format)),
    publisher: name,
    items: of.items.map((it) => entryOf(around, it)),
  }
  if (format === 'rss') return { type: 'application/rss+xml; charset=utf-8', text: rss(all) }
  if (format === 'atom') return { type: 'application/atom+xml; charset=utf-8', text: atom(all) }
  return { type: 'application/feed+json; charset=utf-8', text: json(all) }
}

interface Whole {
  title: string
  about: string
  home: string
  self: string
  publisher: string
  items: readonly Entry[]
}

interface Entry {
  url: string
  title: string
  summary: string
  html: string
  section: string
  author: string
  image: string | null
  publishedAt: Date
  changedAt: Date
}

function entryOf(around: Surroundings, it: Fed): Entry {
  return {
    url: absolute(around, articlePath(it.number)),
    title: it.title,
    summary: it.summary,
    html: wholeAddresses(it.html, around),
    section: it.section,
    author: it.byline.author || it.organization,
    image: it.coverId ? absolute(around, coverPath(it.coverId, 'wide')) : null,
    publishedAt: new Date(it.publishedAt),
    changedAt: changedAt(it),
  }
}

/** A reader of feeds does not stand on this site. Text is never taken for an attribute: its quotes are escaped. */
const wholeAddresses = (rendered: string, around: Surroundings): string =>
  rendered.replace(/ (src|href|poster)="\//g, (_, name: string) => ` ${name}="${absolute(around, '/')}`)

const lastChange = (items: readonly Entry[]): Date =>
  new Date(Math.max(0, ...items.map((it) => it.changedAt.getTime())))

/** RSS 2.0. */
const rss = ({ title, about, home, self, items }: Whole): string => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${xml(title)}</title>
<link>${xml(home)}</link>
<description>${xml(about)}</description>
<language>zh-cn</language>
<lastBuildDate>${lastChange(items).toUTCString()}</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="${xml(self)}"/>
${items
  .map(
    (it) => `<item>
<title>${xml(it.title)}</title>
<link>${xml(it.url)}</link>
<guid isPermaLink="true">${xml(it.url)}</guid>
<pubDate>${it.publishedAt.toUTCString()}</pubDate>
<category>${xml(it.section)}</category>
<dc:creator>${xml(it.author)}</dc:creator>
<description>${xml(it.summary)}</description>
<content:encoded>${xml(it.html)}</content:encoded>
</item>
`,
  )
  .join('')}</channel>
</rss>
`

/** Atom (RFC 4287). */
const atom = ({ title, about, home, self, publisher, items }: Whole): string => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
<title>${xml(title)}</title>
<subtitle>${xml(about)}</subtitle>
<id>${xml(self)}</id>
<link rel="self" type="application/atom+xml" href="${xml(self)}"/>
<link rel="alternate" type="text/html" href="${xml(home)}"/>
<updated>${lastChange(items).toISOString()}</updated>
<author><name>${xml(publisher)}</name></author>
${items
  .map(
    (it) => `<entry>
<title>${xml(it.title)}</title>
<id>${xml(it.url)}</id>
<link rel="alternate" type="text/html" href="${xml(it.url)}"/>
<published>${it.publishedAt.toISOString()}</published>
<updated>${it.changedAt.toISOString()}</updated>
<author><name>${xml(it.author)}</name></author>
<category term="${xml(it.section)}"/>
<summary>${xml(it.summary)}</summary>
<content type="html">${xml(it.html)}</content>
</entry>
`,
  )
  .join('')}</feed>
`

/** JSON Feed 1.1. */
const json = ({ title, about, home, self, publisher, items }: Whole): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: home,
    feed_url: self,
    description: about,
    language: 'zh-CN',
    authors: [{ name: publisher }],
    items: items.map((it) => ({
      id: it.url,
      url: it.url,
      title: it.title,
      content_html: it.html,
      ...(it.summary && { summary: it.summary }),
      ...(it.image && { image: it.image }),
      date_published: it.publishedAt.toISOString(),
      date_modified: it.changedAt.toISOString(),
      authors: [{ name: it.author }],
      tags: [it.section],
    })),
  })

/** The whole site as what is followed. */
export const everything = (items: readonly Fed[]): Followed => ({ name: null, path: siteRoot, items })
