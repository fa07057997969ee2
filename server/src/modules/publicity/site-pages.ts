import { html, raw } from 'hono/html'
import { foldWithPlaces } from '../../platform/search/folding.ts'
import { marked, type Snippet, snippetOf } from '../../platform/search/snippets.ts'
import { coverSizes } from './draft-limits-schema.ts'
import {
  archivePath,
  articlePath,
  coverPath,
  monthPath,
  organizationPath,
  searchPath,
  sectionPath,
  siteRoot,
} from './site-addresses.ts'
import {
  absolute,
  dayOf,
  layout,
  type Markup,
  onlyMark,
  type Surroundings,
  searchForm,
  siteName,
} from './site-layout.ts'
import type { Article, Listed, ListPage, Neighbour } from './site-reading.ts'

/** The first page: the newest article that has a cover among the newest few, those after it, and what each section has. */
export function frontPage(
  around: Surroundings,
  items: readonly Listed[],
  sections: readonly { slug: string; name: string; items: readonly Neighbour[] }[],
): Promise<string> {
  const lead = items.slice(0, 5).find((it) => it.coverId !== null) ?? items[0]
  const others = items.filter((it) => it !== lead)
  const name = siteName(around.frame)
  return layout(around, {
    title: null,
    canonical: siteRoot,
    head: openGraph(around, {
      type: 'website',
      title: name,
      description: around.frame.settings.siteAbout,
      path: siteRoot,
    }),
    main: lead
      ? html`<h1 class="hidden">${name}</h1>
${leading(lead)}
<div class="columns">
<section aria-labelledby="newest"><h2 class="title" id="newest"><span>最新文章</span></h2>
${others.length > 0 ? entries(others) : html`<p class="quiet">更早的文章还没有。</p>`}
<p class="turn"><a href="${archivePath}">往期文章</a></p></section>
<div class="side">${sections.map(
          (
            it,
          ) => html`<section aria-labelledby="section-${it.slug}"><h2 class="title" id="section-${it.slug}"><a href="${sectionPath(it.slug)}">${it.name}</a></h2>
<ul class="plain">${it.items.map((one) => html`<li><a href="${articlePath(one.number)}">${one.title}</a></li>`)}</ul></section>`,
        )}</div>
</div>`
      : html`<div class="page-head"><h1>${name}</h1><p>还没有发布文章。</p></div>`,
  })
}

function leading(it: Listed): Markup {
  return html`<article class="lead${it.coverId ? ' pictured' : ''}">
${it.coverId ? html`<a href="${articlePath(it.number)}" tabindex="-1" aria-hidden="true">${cover(it, 'wide')}</a>` : ''}
<div><h2><a href="${articlePath(it.number)}">${it.title}</a>${onlyMark(it.isOpen)}</h2>
${it.summary ? html`<p>${it.summary}</p>` : ''}
<p class="quiet"><a href="${sectionPath(it.slug)}">${it.section}</a> · ${it.organization} · ${dayOf(it.publishedAt)}</p></div>
</article>`
}

/** The picture of an entry stands beside its title, which says the same: it is passed over when read aloud. */
function cover({ coverId, coverAlt }: Listed, shape: 'wide' | 'square'): Markup {
  const { width, height } = coverSizes[shape]
  const loading = shape === 'wide' ? 'fetchpriority="high"' : 'loading="lazy" decoding="async"'
  return html`<img src="${coverPath(coverId ?? '', shape)}" alt="${shape === 'wide' ? coverAlt : ''}" width="${width}" height="${height}" ${raw(loading)}>`
}

interface Found {
  title: Snippet
  text: Snippet
}

function entries(items: readonly Listed[], found?: ReadonlyMap<Listed, Found>): Markup {
  return html`<ol class="plain entries">${items.map((it) => {
    const hit = found?.get(it)
    return html`<li><div><h3><a href="${articlePath(it.number)}">${hit ? withMarks(hit.title) : it.title}</a>${onlyMark(it.isOpen)}</h3>
${hit ? html`<p class="summary">${withMarks(hit.text)}</p>` : it.summary ? html`<p class="summary">${it.summary}</p>` : ''}
<p class="quiet">${it.section} · ${it.organization} · ${dayOf(it.publishedAt)}</p></div>${it.coverId ? cover(it, 'square') : ''}</li>`
  })}</ol>`
}

function withMarks({ text, marks }: Snippet): Markup {
  let at = 0
  const parts = marks.flatMap(([from, until]) => {
    const two = [html`${text.slice(at, from)}`, html`<mark>${text.slice(from, until)}</mark>`]
    at = until
    return two
  })
  return html`${parts}${text.slice(at)}`
}

/** A list of articles with a title of its own, page by page. */
export function listPage(
  around: Surroundings,
  of: { title: string; about?: string; path: string; section?: string; hasFeeds: boolean },
  { items, hasMore }: ListPage,
  page: number,
): Promise<string> {
  const { title, about, path, section, hasFeeds } = of
  return layout(around, {
    title: page > 1 ? `${title}（第 ${page} 页）` : title,
    ...(about && { description: about }),
    canonical: pageOf(path, page),
    section,
    ...(hasFeeds && { feeds: { path, name: title } }),
    head: openGraph(around, { type: 'website', title, description: about ?? '', path: pageOf(path, page) }),
    main: html`<div class="page-head"><h1>${title}</h1>${about ? html`<p>${about}</p>` : ''}</div>
<h2 class="hidden">文章</h2>
${items.length > 0 ? entries(items) : html`<p class="quiet">还没有文章。</p>`}
${turning((it) => pageOf(path, it), page, hasMore)}`,
  })
}

const pageOf = (path: string, page: number): string => (page > 1 ? `${path}?page=${page}` : path)

function turning(to: (page: number) => string, page: number, hasMore: boolean): Markup | string {
  if (page === 1 && !hasMore) return ''
  return html`<nav class="turn" aria-label="翻页"><span>${page > 1 ? html`<a rel="prev" href="${to(page - 1)}">较新的文章</a>` : ''}</span>
<span class="quiet">第 ${page} 页</span><span>${hasMore ? html`<a rel="next" href="${to(page + 1)}">较早的文章</a>` : ''}</span></nav>`
}

/** An article: for its reader, for search engines, and on paper. */
export function articlePage(around: Surroundings, it: Article): Promise<string> {
  const path = articlePath(it.number)
  const published = new Date(it.publishedAt).toISOString()
  const changed = changedAt(it).toISOString()
  const image = it.coverId ? absolute(around, coverPath(it.coverId, 'wide')) : null
  const name = siteName(around.frame)
  const people = [
    ['作者', it.byline.author],
    ['来源', it.byline.source],
    ['摄影', it.byline.photographer],
    ['责任编辑', it.byline.editor],
  ].filter(([, who]) => who)
  return layout(around, {
    title: it.title,
    description: it.summary || `${it.organization}，${it.section}：${it.title}`,
    canonical: it.isOpen ? path : null,
    section: it.slug,
    ...(it.isOpen && {
      head: html`${openGraph(around, { type: 'article', title: it.title, description: it.summary, path, image, imageAlt: it.coverAlt })}
<meta property="article:published_time" content="${published}">
<meta property="article:modified_time" content="${changed}">
<meta property="article:section" content="${it.section}">`,
    }),
    main: html`<article class="article" itemscope itemtype="https://schema.org/NewsArticle">
<p class="paper">${name}　${absolute(around, path)}</p>
<nav class="crumbs quiet" aria-label="位置"><a href="${siteRoot}">首页</a> / <a href="${sectionPath(it.slug)}" itemprop="articleSection">${it.section}</a></nav>
<header>
<h1 itemprop="headline">${it.title}${onlyMark(it.isOpen)}</h1>
${saysMore(it) ? html`<p class="abstract" itemprop="description">${it.summary}</p>` : ''}
<p class="facts"><time datetime="${published}" itemprop="datePublished">${instantOf(it.publishedAt)}</time>
<span itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><a href="${organizationPath(it.organizationId)}" itemprop="url"><span itemprop="name">${it.organization}</span></a></span>
${people.map(([role, who]) =>
  role === '作者'
    ? html`<span itemprop="author" itemscope itemtype="https://schema.org/Person">作者：<span itemprop="name">${who}</span></span>`
    : html`<span>${role}：${who}</span>`,
)}</p>
<meta itemprop="dateModified" content="${changed}"><link itemprop="mainEntityOfPage" href="${absolute(around, path)}">${image && it.isOpen ? html`<link itemprop="image" href="${image}">` : ''}
</header>
${
  it.corrections.length > 0
    ? html`<aside class="corrected" aria-label="更正说明"><h2>更正说明</h2><ul class="plain">${it.corrections.map(({ at, note }) => html`<li>${dayOf(at)}：${note}</li>`)}</ul></aside>`
    : ''
}
<div class="text" itemprop="articleBody">${raw(it.html)}</div>
${
  it.older || it.newer
    ? html`<nav class="neighbours" aria-label="本栏目的前后文章">${it.newer ? html`<p><span class="quiet">较新一篇：</span><a rel="next" href="${articlePath(it.newer.number)}">${it.newer.title}</a></p>` : ''}
${it.older ? html`<p><span class="quiet">较早一篇：</span><a rel="prev" href="${articlePath(it.older.number)}">${it.older.title}</a></p>` : ''}</nav>`
    : ''
}
</article>`,
  })
}

/** When what an article says was last changed. */
export const changedAt = ({ publishedAt, corrections }: Pick<Article, 'publishedAt' | 'corrections'>): Date =>
  new Date(Math.max(...[publishedAt, ...corrections.map(({ at }) => at)].map((it) => new Date(it).getTime())))

const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long', timeStyle: 'short' })
const instantOf = (at: string): string => clock.format(new Date(at))

/** The months of the site. */
export function archivePage(
  around: Surroundings,
  months: readonly { month: string; count: number }[],
): Promise<string> {
  const years = [...Map.groupBy(months, ({ month }) => month.slice(0, 4))]
  return layout(around, {
    title: '往期文章',
    canonical: archivePath,
    main: html`<div class="page-head"><h1>往期文章</h1></div>
${years.length === 0 ? html`<p class="quiet">还没有文章。</p>` : ''}
${years.map(
  ([year, of]) =>
    html`<section><h2 class="title"><span>${year} 年</span></h2><ul class="plain months">${of.map(
      ({ month, count }) =>
        html`<li><a href="${monthPath(month)}">${Number(month.slice(5))} 月</a> <span class="quiet">${count} 篇</span></li>`,
    )}</ul></section>`,
)}`,
  })
}

/** What was found, or where one searches. */
export function searchPage(
  around: Surroundings,
  query: string,
  pieces: readonly string[],
  { items, hasMore }: { items: readonly (Listed & { html: string })[]; hasMore: boolean },
  page: number,
): Promise<string> {
  const found = new Map(
    items.map((it) => [it, { title: marked(it.title.normalize('NFC'), pieces), text: snippetFor(it, pieces) }]),
  )
  return layout(around, {
    title: query ? `查找“${query}”` : '查找',
    canonical: null,
    main: html`<div class="page-head"><h1>查找文章</h1></div>
${searchForm(query, true)}
${
  pieces.length === 0
    ? ''
    : items.length > 0
      ? html`<h2 class="hidden">找到的文章</h2>${entries(items, found)}`
      : html`<p class="turn">没有找到含有“${query}”的文章。请换几个字再试。</p>`
}
${turning((it) => `${searchPath}?${new URLSearchParams({ q: query, ...(it > 1 && { page: String(it) }) })}`, page, hasMore)}`,
  })
}

/** What stands around the first hit: in the summary, or else in the text. */
function snippetFor({ summary, html }: Listed & { html: string }, pieces: readonly string[]): Snippet {
  const { text } = foldWithPlaces(summary)
  const from = pieces.some((it) => text.includes(it)) ? summary : textOf(html)
  return snippetOf(from.normalize('NFC'), pieces)
}

/** Whether a summary says what the text does not begin with anyway. */
function saysMore({ summary, html }: { summary: string; html: string }): boolean {
  const beginning = summary.replace(/\s+|…$/g, '')
  return beginning !== '' && !textOf(html).replace(/\s+/g, '').startsWith(beginning)
}

/** The text of HTML that was rendered here: in attributes there is no bracket, and a bracket of the text is an entity. */
const textOf = (rendered: string): string =>
  rendered
    .replace(/<\/(p|h\d|li|td|th|figcaption|blockquote)>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|#96);/g, (_, name: string) => characters[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim()
const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#96': '`' }

/** What is said where there is nothing to read. */
export function messagePage(around: Surroundings, title: string, text: string): Promise<string> {
  return layout(around, {
    title,
    canonical: null,
    main: html`<div class="page-head"><h1>${title}</h1><p>${text}</p></div><p><a href="${siteRoot}">回到首页</a>　<a href="${archivePath}">往期文章</a></p>`,
  })
}

interface Shared {
  type: 'website' | 'article'
  title: string
  description: string
  path: string
  image?: string | null
  imageAlt?: string
}

/** How the page looks where its address is passed on. */
function openGraph(
  around: Surroundings,
  { type, title, description, path, image = null, imageAlt = '' }: Shared,
): Markup {
  const { width, height } = coverSizes.wide
  return html`<meta property="og:type" content="${type}">
<meta property="og:site_name" content="${siteName(around.frame)}">
<meta property="og:locale" content="zh_CN">
<meta property="og:title" content="${title}">
<meta property="og:url" content="${absolute(around, path)}">
${description ? html`<meta property="og:description" content="${description}">` : ''}
${
  image
    ? html`<meta property="og:image" content="${image}">
<meta property="og:image:width" content="${width}"><meta property="og:image:height" content="${height}">
${imageAlt ? html`<meta property="og:image:alt" content="${imageAlt}">` : ''}`
    : ''
}
<meta name="twitter:card" content="${image ? 'summary_large_image' : 'summary'}">
<meta name="twitter:title" content="${title}">
${description ? html`<meta name="twitter:description" content="${description}">` : ''}
${image ? html`<meta name="twitter:image" content="${image}">` : ''}`
}
