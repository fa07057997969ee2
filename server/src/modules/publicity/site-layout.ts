import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { archivePath, type FeedFormat, feedPath, searchPath, sectionPath, siteRoot } from './site-addresses.ts'
import type { Frame } from './site-reading.ts'
import { stylesPath } from './site-styles.ts'

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

/** Around every page: what the site is called, who reads, and where the site stands for others. */
export interface Surroundings {
  frame: Frame
  /** Without a slash at its end. */
  baseUrl: string
  isSignedIn: boolean
  /** The path that was asked for, where the page has no address of its own. */
  here?: string
}

export interface PageParts {
  /** Before the name of the site; null on the first page. */
  title: string | null
  description?: string
  /** The path under which search engines know the page; null for those that they are to leave alone. */
  canonical: string | null
  /** The section in the menu that is open. */
  section?: string | undefined
  /** A list with feeds of its own: its path and its name. */
  feeds?: { path: string; name: string } | undefined
  /** Further elements of the head. */
  head?: Markup | undefined
  main: Markup
}

/** The name of the site, as the university has settled it. */
export const siteName = ({ settings }: Frame): string => settings.siteName

export const absolute = ({ baseUrl }: Pick<Surroundings, 'baseUrl'>, path: string): string => `${baseUrl}${path}`

const feedTypes: readonly [FeedFormat, string, string][] = [
  ['rss', 'application/rss+xml', 'RSS'],
  ['atom', 'application/atom+xml', 'Atom'],
  ['json', 'application/feed+json', 'JSON Feed'],
]

/** A whole page. Everything that is put in is escaped. */
export async function layout(around: Surroundings, parts: PageParts): Promise<string> {
  const { frame, isSignedIn } = around
  const { title, description, canonical, section, feeds, head, main } = parts
  const name = siteName(frame)
  const { siteAbout, siteFoot } = frame.settings
  const feedLinks = (list: string, of: string) =>
    feedTypes.map(
      ([format, type, word]) =>
        html`<link rel="alternate" type="${type}" title="${of}（${word}）" href="${feedPath(list, format)}">`,
    )
  const page = await html`<!doctype html>
<html lang="zh-CN" prefix="og: https://ogp.me/ns#">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === null ? name : `${title} - ${name}`}</title>
<meta name="description" content="${description || siteAbout || `${name}：支部动态、通知公告和工作经验。`}">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#fffdfa">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#181512">
${canonical === null || isSignedIn ? raw('<meta name="robots" content="noindex">') : html`<link rel="canonical" href="${absolute(around, canonical)}">`}
<link rel="stylesheet" href="${stylesPath}">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
${feeds ? feedLinks(feeds.path, feeds.name) : ''}${feedLinks(siteRoot, name)}
${head ?? ''}
</head>
<body>
<a class="skip" href="#main">跳到正文</a>
<header class="head">
<div class="wide">
<div class="mast">
<div><p class="name"><a href="${siteRoot}">${name}</a></p>${siteAbout ? html`<p class="quiet">${siteAbout}</p>` : ''}</div>
${searchForm('')}
</div>
<nav class="ways" aria-label="栏目"><ul class="plain">
<li><a href="${siteRoot}"${title === null ? raw(' aria-current="page"') : ''}>首页</a></li>
${frame.sections.map((it) => html`<li><a href="${sectionPath(it.slug)}"${it.slug === section ? raw(' aria-current="true"') : ''}>${it.name}</a></li>`)}
<li><a href="${archivePath}">往期</a></li>
<li class="end">${isSignedIn ? raw('<a href="/">进入工作台</a>') : html`<a href="/sign-in?to=${encodeURIComponent(canonical ?? around.here ?? siteRoot)}" rel="nofollow">登录</a>`}</li>
</ul></nav>
</div>
</header>
<main id="main" class="wide">
${main}
</main>
<footer class="foot"><div class="wide quiet">
<p>${siteFoot || frame.university}</p>
<ul class="plain"><li><a href="${feedPath(siteRoot, 'rss')}">RSS 订阅</a></li><li><a href="${archivePath}">往期文章</a></li></ul>
</div></footer>
</body>
</html>
`
  return String(page)
}

/** Where one searches; on the page of a search with what was searched. */
export const searchForm = (
  query: string,
  isLarge = false,
): Markup => html`<form class="find${isLarge ? ' large' : ''}" action="${searchPath}" role="search"${isLarge ? raw(' aria-label="查找文章"') : ''}>
<label class="hidden" for="${isLarge ? 'query' : 'q'}">查找文章</label><input id="${isLarge ? 'query' : 'q'}" type="search" name="q" value="${query}" maxlength="100" placeholder="查找文章"><button>查找</button>
</form>`

/** What stands beside the title of an article that visitors do not see. */
export const onlyMark = (isOpen: boolean): Markup | string =>
  isOpen ? '' : html` <span class="only">仅登录可见</span>`

const day = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' })

/** An instant as its day in China. */
export const dayOf = (at: string): Markup => {
  const instant = new Date(at)
  return html`<time datetime="${instant.toISOString()}">${day.format(instant)}</time>`
}
