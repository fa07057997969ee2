import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { launchBrowser } from '../e2e/browser.ts'
import { openData } from '../server/src/data.ts'
import { searchable } from '../server/src/modules/publicity/site-search.ts'
import { siteArticles, siteSections } from '../server/src/modules/publicity/tables.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { type Database, wholeUniversity } from '../server/src/platform/database.ts'
import { newId } from '../server/src/platform/ids.ts'
import { buildWeb } from '../web/build.ts'
import { fill } from './filling.ts'
import { pointsOf } from './lighthouse.ts'
import type { LoadRequest } from './load.ts'
import { aside, type Measure, speed } from './measure.ts'
import { freePort, load, type Served, startServer } from './processes.ts'

/** The least that a page may be of a file, in answers a second. */
const least = 0.5
const [connections, seconds] = [16, 2]
/** How often each is measured, by turns, so that whatever else the machine does meets all of them; the round in the middle counts. */
const rounds = 5
/** Visitors come from so many addresses, so that no limit of rate is met. */
const visitors = 200
/** One in so many articles is for members only. */
const hiddenOneIn = 5

const points = { performance: 95, accessibility: 95, 'best-practices': 95, seo: 95 } as const

/**
 * Articles of the site in terms of a file with the same bytes, which the same process sends in the same run: one that everybody
 * reads, many that are read in turn, and those that an account reads for members. Then what Lighthouse says of the first page and of an
 * article on a phone.
 */
export async function measureSite(directory: string, articles: number): Promise<Measure[]> {
  const { tenantId, cookies } = await fill(directory, 10_000)
  const { database, close } = await openData(readConfig({ ZHIBU_DATA: directory }))
  await fillSite(database, tenantId, articles)
  await close()
  const built = await buildWeb()
  const file = path.join(built, 'assets', `article-${process.pid}.html`)
  const server = await startServer(directory, { TRUSTED_PROXIES: '1' })
  try {
    const from = (at: number) => ({ 'x-forwarded-for': `10.0.${at >> 8}.${at & 255}` })
    const asked = (paths: (at: number) => string): LoadRequest[] =>
      Array.from({ length: visitors }, (_, at) => ({ method: 'GET', path: paths(at), headers: from(at) }))
    await writeFile(file, await textOf(server, pathOf(articles)))
    const perSecond = async (requests: LoadRequest[]) => {
      const { perSecond, statuses } = await load({ port: server.port, connections, seconds, requests })
      if (Object.keys(statuses).join() !== '200') throw new Error(`site: ${JSON.stringify(statuses)}`)
      return perSecond
    }
    const open = (at: number) => pathOf(articles - at * hiddenOneIn)
    const hidden = (at: number) => pathOf(articles - at * hiddenOneIn - 1)
    const members = cookies.map((cookie, at): LoadRequest => ({ method: 'GET', path: hidden(at % 100), cookie }))
    const wholeFile = asked(() => `/assets/${path.basename(file)}`)
    const kinds = [asked(() => pathOf(articles)), asked(open), members]
    for (const requests of [wholeFile, ...kinds]) await perSecond(requests)
    const pairs = kinds.map((): Pair[] => [])
    for (let round = 0; round < rounds; round++) {
      const limit = await perSecond(wholeFile)
      for (const [at, requests] of kinds.entries()) pairs[at]?.push({ ours: await perSecond(requests), limit })
    }
    const compared = (name: string, at: number) => {
      const { ours, limit } = middleOf(pairs[at] ?? [])
      return speed(name, ours, limit, least)
    }
    return [
      compared('site: one article, open / a file', 0),
      compared('     200 articles in turn, open / a file', 1),
      aside(compared('     100 articles for members / a file', 2)),
      ...(await measureOnPhone(server, articles)),
    ]
  } finally {
    await rm(file, { force: true })
    await server.stop()
  }
}

/** What was measured in one round, in answers a second. */
interface Pair {
  ours: number
  limit: number
}

function middleOf(pairs: readonly Pair[]): Pair {
  const sorted = [...pairs].sort((a, b) => a.ours / a.limit - b.ours / b.limit)
  return sorted[Math.floor(sorted.length / 2)] ?? { ours: Number.NaN, limit: Number.NaN }
}

async function measureOnPhone({ port }: Served, articles: number): Promise<Measure[]> {
  const origin = `http://127.0.0.1:${port}`
  const debugging = await freePort()
  const browser = await launchBrowser([`--remote-debugging-port=${debugging}`])
  try {
    return [
      ...(await pointsOf('first page of the site', `${origin}/site`, debugging, points)),
      ...(await pointsOf('article of the site', `${origin}${pathOf(articles)}`, debugging, points)),
    ]
  } finally {
    await browser.close()
  }
}

const pathOf = (number: number): string => `/site/articles/${number}`

async function textOf({ port }: Served, address: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}${address}`)
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
  return answer.text()
}

/** Puts so many articles on the site, the newest for everybody. */
export async function fillSite(database: Database, tenantId: string, articles: number): Promise<void> {
  const names = ['支部动态', '通知公告', '学习园地', '先锋人物']
  const sections = names.map((name, at) => ({
    ...{ tenantId, id: newId(), slug: `section-${at + 1}`, name, about: `${name}：各级党组织的工作`, position: at },
  }))
  await database.transaction(wholeUniversity(tenantId), async (db) => {
    await db.insert(siteSections).values(sections)
    const { rows: organizations } = await db.execute<{ id: string; path: string }>(
      sql`select id, path from organizations where tenant_id = ${tenantId} order by path limit 50`,
    )
    const sentence = '支部组织党员重温入党誓词，围绕理论学习与实践服务开展讨论，大家结合本职工作谈体会、提建议。'
    for (let at = 0; at < articles; at++) {
      const number = at + 1
      const organization = organizations[at % organizations.length] ?? { id: newId(), path: '0001.' }
      const title = `第${number}期主题党日活动在校史馆举行`
      const html = Array.from({ length: 24 }, (_, part) => `<p>${sentence.repeat(2)}（${number}.${part}）</p>`).join(
        '\n',
      )
      await db.insert(siteArticles).values({
        ...{ tenantId, articleId: newId(), number, organizationId: organization.id, path: organization.path },
        ...{ sectionId: sections[at % sections.length]?.id ?? '', isOpen: (articles - number) % hiddenOneIn === 0 },
        ...{
          title,
          summary: sentence,
          html,
          coverAlt: '',
          publishedAt: new Date(Date.now() - (articles - at) * 600_000),
        },
        ...{ byline: { author: '李晓岚', source: '', photographer: '', editor: '陈书白' }, corrections: [] },
        ...searchable(title, sentence, html),
      })
    }
  })
  await database.asOwner((db) => db.execute(sql`analyze site_articles`))
}
