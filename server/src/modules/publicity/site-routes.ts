import { Hono, type Context as HonoContext } from 'hono'
import { z } from 'zod'
import { type Db, scopeOfReader, wholeUniversity } from '../../platform/database.ts'
import type { Env } from '../../platform/http.ts'
import { type MadePage, type ReadyPage, ready, sendPage, sharing } from '../../platform/public-pages.ts'
import { Refusal } from '../../platform/refusal.ts'
import { piecesOf } from '../../platform/search/folding.ts'
import { inOneLine, visible } from '../../platform/visible-text.ts'
import type { CoverShape } from './draft-limits-schema.ts'
import {
  archivePath,
  type FeedFormat,
  feedFiles,
  monthPath,
  organizationPath,
  sectionPath,
  siteRoot,
} from './site-addresses.ts'
import { everything, type Followed, feed } from './site-feeds.ts'
import { keptArticles } from './site-keeping.ts'
import type { Surroundings } from './site-layout.ts'
import { robots, sitemap, sitemapPartOf } from './site-map.ts'
import { answerSiteMedium, type Wish } from './site-media.ts'
import { archivePage, articlePage, frontPage, listPage, messagePage, searchPage } from './site-pages.ts'
import {
  type Choice,
  emptyFrame,
  isWithdrawn,
  type Reader,
  readArticle,
  readFeed,
  readFrame,
  readList,
  readMonths,
  readOrganization,
  readSection,
  readSections,
  search,
} from './site-reading.ts'
import { siteStyles, stylesPath } from './site-styles.ts'

/** No script, nothing from elsewhere, one style sheet of our own. What may be fetched is for tools that look at a page, such as its `robots.txt`. */
const policy = [
  `default-src 'none'`,
  ...["style-src 'self'", "img-src 'self'", "media-src 'self'", "connect-src 'self'", "form-action 'self'"],
  ...["base-uri 'none'", "frame-ancestors 'none'"],
].join('; ')

/** The most that an address may have, and the last page of a list that is given. */
const longestAddress = 2_000
const lastPage = 1_000
const lastPageOfSearch = 10
const longestQuery = 100
const mostPieces = 10

type C = HonoContext<Env>

/** What one reads without signing in. `admit` says who reads, and refuses who asks too often. */
export function siteWith(admit: (c: C) => Promise<void>): Hono<Env> {
  const share = sharing<ReadyPage | null>()
  let kept: ReturnType<typeof keptArticles> | null = null
  const site = new Hono<Env>()

  site.onError(async (error, c) => {
    if (error instanceof Refusal) return failed(c, error.status, error.title, error.message)
    c.var.log.error({ err: error, requestId: c.var.requestId }, 'a page of the site failed')
    return failed(c, 500, '页面暂时打不开', '服务器没有完成这次请求，请稍后再试。')
  })
  site.use(async (c, next) => {
    await next()
    if (!c.res.headers.has('content-security-policy')) c.res.headers.set('content-security-policy', policy)
  })
  site.use(async (c, next) => {
    if (c.req.url.length > longestAddress) return failed(c, 414, '网址太长', '请检查网址，或从首页打开。')
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      c.header('allow', 'GET, HEAD')
      return failed(c, 405, '不支持这种操作', '这里的页面只供阅读。')
    }
    return next()
  })
  site.get(stylesPath.slice(siteRoot.length), sendStyles)
  site.use(async (c, next) => {
    await admit(c)
    await next()
  })

  const madeFor = async (
    c: C,
    tenantId: string,
    accountId: string | null,
    make: (reader: Reader) => Promise<MadePage | null>,
  ) => {
    const made = await c.var.database.reading(scopeOfReader(tenantId, accountId), (db) =>
      make({ db, tenantId, isSignedIn: accountId !== null }),
    )
    return made && ready(made)
  }

  /** Sends what is made for this reader. Visitors who ask for the same at the same time share it. */
  const send = async (c: C, key: string, make: (reader: Reader) => Promise<MadePage | null>, isForVisitors = false) => {
    const { tenantId, actor } = c.var
    if (!tenantId) return nothing(c)
    const accountId = isForVisitors ? null : (actor?.accountId ?? null)
    if (accountId !== null) return sendReady(c, await madeFor(c, tenantId, accountId, make), false)
    return sendReady(c, await share(key, () => madeFor(c, tenantId, null, make)), true)
  }
  const page = async (text: Promise<string>): Promise<MadePage> => ({ status: 200, type: htmlType, text: await text })

  site.get('/', async (c) => {
    return send(c, 'front', async (reader) => {
      const [frame, { items }, sections] = await Promise.all([
        readFrame(reader),
        readList(reader, {}, 1),
        readSections(reader),
      ])
      return page(frontPage(around(c, frame, reader), items.slice(0, 13), sections))
    })
  })

  site.get('/articles/:number{[1-9][0-9]{0,8}}', async (c) => {
    const number = Number(c.req.param('number'))
    const { database, tenantId, actor } = c.var
    if (!tenantId) return nothing(c)
    const make = async (reader: Reader) => {
      const [frame, it] = await Promise.all([readFrame(reader), readArticle(reader, number)])
      if (!it) return null
      return { page: await page(articlePage(around(c, frame, reader), it)), frame, state: it.state }
    }
    kept ??= keptArticles({ database, tenantId })
    const answer = actor
      ? await sendReady(
          c,
          await madeFor(c, tenantId, actor.accountId, async (reader) => (await make(reader))?.page ?? null),
          false,
        )
      : await sendReady(c, await kept.page(number, make), true)
    if (answer.status !== 404) return answer
    const isGone = await database.reading(wholeUniversity(tenantId), (db) =>
      isWithdrawn(db, { tenantId, isSignedIn: actor !== null }, number),
    )
    return isGone ? failed(c, 410, '文章已撤下', '这篇文章已由发布单位撤下，不再提供阅读。') : answer
  })

  /** A list with its pages and its feeds. */
  const list = (at: string, choose: (reader: Reader, c: C) => Promise<List | undefined>) => {
    site.get(at, (c) => {
      const number = pageIn(c, lastPage)
      if (number === null) return nothing(c)
      return send(c, `${c.req.path} ${number}`, async (reader) => {
        const [frame, it] = await Promise.all([readFrame(reader), choose(reader, c)])
        if (!it) return null
        const rows = await readList(reader, it.choice, number)
        if (number > 1 && rows.items.length === 0) return null
        return page(listPage(around(c, frame, reader), it, rows, number))
      })
    })
  }
  const feeds = (
    at: string,
    choose: (reader: Reader, c: C) => Promise<Pick<List, 'choice' | 'title' | 'path'> | null | undefined>,
  ) => {
    for (const format of Object.keys(feedFiles) as FeedFormat[]) {
      site.get(`${at}/${feedFiles[format]}`, (c) => {
        const make = async (reader: Reader): Promise<MadePage | null> => {
          const [frame, it] = await Promise.all([readFrame(reader), choose(reader, c)])
          if (it === undefined) return null
          const items = await readFeed(reader, it?.choice ?? {})
          const followed: Followed = it ? { name: it.title, path: it.path, items } : everything(items)
          return { status: 200, ...feed(around(c, frame, reader), format, followed) }
        }
        return send(c, c.req.path, make, true)
      })
    }
  }

  const sectionOf = async (reader: Reader, c: C): Promise<List | undefined> => {
    const it = await readSection(reader, c.req.param('slug') ?? '')
    return (
      it && {
        ...{ title: it.name, about: it.about, path: sectionPath(it.slug), section: it.slug, hasFeeds: true },
        choice: { sectionId: it.id },
      }
    )
  }
  const organizationOf = async (reader: Reader, c: C): Promise<List | undefined> => {
    const id = uuid.safeParse(c.req.param('id'))
    const it = id.success ? await readOrganization(reader, id.data) : undefined
    return it && { title: it.name, path: organizationPath(it.id), hasFeeds: true, choice: { path: it.path } }
  }
  const slug = '/sections/:slug{[a-z][a-z0-9-]{1,30}}'
  list(slug, sectionOf)
  feeds(slug, sectionOf)
  list('/organizations/:id', organizationOf)
  feeds('/organizations/:id', organizationOf)
  feeds('', async () => null)
  list('/archive/:month{20[0-9]{2}-(?:0[1-9]|1[0-2])}', async (_, c) => {
    const month = c.req.param('month') ?? ''
    const title = `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月的文章`
    return { title, path: monthPath(month), hasFeeds: false, choice: { period: periodOf(month) } }
  })
  site.get('/archive', (c) =>
    send(c, archivePath, async (reader) => {
      const [frame, months] = await Promise.all([readFrame(reader), readMonths(reader)])
      return page(archivePage(around(c, frame, reader), months))
    }),
  )

  site.get('/search', (c) => {
    const query = inOneLine(visible(c.req.query('q') ?? '').replace(/\p{Cc}/gu, ' '))
      .slice(0, longestQuery)
      .toWellFormed()
    const number = pageIn(c, lastPageOfSearch)
    if (number === null) return nothing(c)
    const pieces = piecesOf(query).slice(0, mostPieces)
    return send(c, `search ${number} ${query}`, async (reader) => {
      const [frame, found] = await Promise.all([
        readFrame(reader),
        pieces.length > 0 ? search(reader, pieces, number) : { items: [], hasMore: false },
      ])
      const hasMore = found.hasMore && number < lastPageOfSearch
      return page(searchPage(around(c, frame, reader), query, pieces, { ...found, hasMore }, number))
    })
  })

  const xmlType = 'application/xml; charset=utf-8'
  site.get('/sitemap.xml', (c) =>
    send(c, 'map', async (reader) => ({ status: 200, type: xmlType, text: await sitemap(reader, c.var.config) }), true),
  )
  site.get('/:file{sitemap-(?:pages|[1-9][0-9]{0,3})\\.xml}', (c) => {
    const part = c.req.param('file').slice('sitemap-'.length, -'.xml'.length)
    const make = async (reader: Reader): Promise<MadePage | null> => {
      const text = await sitemapPartOf(reader, c.var.config, part)
      return text === undefined ? null : { status: 200, type: xmlType, text }
    }
    return send(c, `map ${part}`, make, true)
  })

  const medium = async (c: C, wish: Wish) => {
    const id = uuid.safeParse(c.req.param('mediaId'))
    return (id.success ? await answerSiteMedium(c, id.data, wish) : null) ?? nothing(c)
  }
  site.get('/media/:mediaId/whole', (c) => medium(c, {}))
  site.get('/media/:mediaId/:width{[1-9][0-9]{0,3}}', (c) => medium(c, { width: Number(c.req.param('width')) }))
  site.get('/media/:mediaId/:crop{crop-[0-9a-f]{32}}', (c) =>
    medium(c, { crop: c.req.param('crop').slice('crop-'.length) }),
  )
  site.get('/media/:mediaId/cover/:shape{wide|square}', (c) => medium(c, { cover: c.req.param('shape') as CoverShape }))

  site.all('*', nothing)
  return site
}

interface List {
  title: string
  about?: string
  path: string
  section?: string
  hasFeeds: boolean
  choice: Choice
}

/** What programs that follow links are asked to leave alone. */
export const robotsText = (c: C): Response => {
  c.header('cache-control', 'public, max-age=3600')
  return c.text(robots(c.var.config))
}

const htmlType = 'text/html; charset=utf-8'
const uuid = z.uuid()

const around = (c: C, frame: Surroundings['frame'], { isSignedIn }: Pick<Reader, 'isSignedIn'>): Surroundings => ({
  frame,
  isSignedIn,
  baseUrl: c.var.config.baseUrl,
})

/** The page of a list that is asked for; null where no list is so long. */
function pageIn(c: C, last: number): number | null {
  const asked = c.req.query('page')
  if (asked === undefined) return 1
  return /^[1-9]\d{0,3}$/.test(asked) && Number(asked) <= last ? Number(asked) : null
}

/** A month of China, from its first instant to before that of the next one. */
function periodOf(month: string): [Date, Date] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
  return [new Date(`${month}-01T00:00:00+08:00`), new Date(`${next}-01T00:00:00+08:00`)]
}

const sendReady = (c: C, page: ReadyPage | null, isForEverybody: boolean): Promise<Response> =>
  page ? sendPage(c, page, isForEverybody) : nothing(c)

function nothing(c: C): Promise<Response> {
  // Said of every address, so that it tells nothing of this one.
  const ofMembers = c.var.actor === null ? '只对校内开放的文章，登录以后才能打开。' : ''
  return failed(c, 404, '没有这个页面', `网址可能不完整，或这里的内容不再提供。${ofMembers}请从首页打开，或查找文章。`)
}

/** A page that says why there is nothing to read: the same for all of a kind, so that it tells nothing else. */
async function failed(
  c: C,
  status: 404 | 405 | 410 | 414 | 500 | Refusal['status'],
  title: string,
  text: string,
): Promise<Response> {
  const { database, tenantId, actor } = c.var
  const scope = tenantId && scopeOfReader(tenantId, null)
  const read = (db: Db) => readFrame({ db, tenantId: tenantId ?? '', isSignedIn: false })
  const frame = scope && status !== 429 ? await database.reading(scope, read).catch(() => emptyFrame) : emptyFrame
  const body = await messagePage({ ...around(c, frame, { isSignedIn: actor !== null }), here: c.req.path }, title, text)
  return sendPage(c, ready({ status, type: htmlType, text: body }), false)
}

const styles = ready({ status: 200, type: 'text/css; charset=utf-8', text: siteStyles })

async function sendStyles(c: C): Promise<Response> {
  const answer = await sendPage(c, styles, true)
  answer.headers.set('cache-control', 'public, max-age=31536000, immutable')
  answer.headers.set('vary', 'Accept-Encoding')
  return answer
}
