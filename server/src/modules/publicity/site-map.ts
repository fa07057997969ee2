import {
  archivePath,
  articlePath,
  organizationPath,
  sectionPath,
  sitemapPart,
  sitemapPath,
  siteRoot,
} from './site-addresses.ts'
import { absolute, type Surroundings } from './site-layout.ts'
import { type Reader, readMap, readMapPlaces } from './site-reading.ts'
import { xml } from './site-xml.ts'

/** The most addresses that one map may have (sitemaps.org). */
const mostAddresses = 50_000

type Base = Pick<Surroundings, 'baseUrl'>

/** The map of the site; where it is too long for one, a list of its parts. Visitors only: what is for members stands in no map. */
export async function sitemap(reader: Reader, base: Base): Promise<string> {
  const places = await placesOf(reader)
  if (places.last + places.paths.length > mostAddresses) {
    const parts = Array.from({ length: Math.ceil(places.last / mostAddresses) }, (_, at) => String(at + 1))
    const listed = ['pages', ...parts].map(
      (it) => `<sitemap><loc>${xml(absolute(base, sitemapPart(it)))}</loc></sitemap>`,
    )
    return `${declaration}<sitemapindex ${namespace}>\n${listed.join('\n')}\n</sitemapindex>\n`
  }
  return urls(base, [...places.paths.map((path) => ({ path })), ...(await articlesOf(reader, [1, mostAddresses + 1]))])
}

/** A part of a long map: the lists, or the articles with so many numbers; undefined where there is none. */
export async function sitemapPartOf(reader: Reader, base: Base, part: string): Promise<string | undefined> {
  if (part === 'pages')
    return urls(
      base,
      (await placesOf(reader)).paths.map((path) => ({ path })),
    )
  const from = (Number(part) - 1) * mostAddresses + 1
  const articles = await articlesOf(reader, [from, from + mostAddresses])
  return articles.length > 0 ? urls(base, articles) : undefined
}

async function placesOf(reader: Reader): Promise<{ last: number; paths: string[] }> {
  const { last, slugs, organizations } = await readMapPlaces(reader)
  return { last, paths: [siteRoot, archivePath, ...slugs.map(sectionPath), ...organizations.map(organizationPath)] }
}

const articlesOf = async (reader: Reader, range: readonly [number, number]) =>
  (await readMap(reader, range)).map((it) => ({ path: articlePath(it.number), changedAt: it.changedAt }))

const urls = (base: Base, places: readonly { path: string; changedAt?: string }[]): string =>
  `${declaration}<urlset ${namespace}>\n${places
    .map(({ path, changedAt }) => {
      const changed = changedAt === undefined ? '' : `<lastmod>${new Date(changedAt).toISOString()}</lastmod>`
      return `<url><loc>${xml(absolute(base, path))}</loc>${changed}</url>`
    })
    .join('\n')}\n</urlset>\n`

const declaration = '<?xml version="1.0" encoding="utf-8"?>\n'
const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

/** What programs that follow links are asked to leave alone: all but the site, and of it the searches. */
export const robots = (base: Base): string =>
  `User-agent: *\nAllow: ${siteRoot}\nDisallow: ${siteRoot}/search\nDisallow: /\n\nSitemap: ${absolute(base, sitemapPath)}\n`
