import type { CoverShape } from './draft-limits-schema.ts'
/** Where things stand on the site, as paths of this server. */

export const siteRoot = '/site'
export const searchPath = `${siteRoot}/search`
export const archivePath = `${siteRoot}/archive`
export const sitemapPath = `${siteRoot}/sitemap.xml`

export const articlePath = (number: number): string => `${siteRoot}/articles/${number}`
export const sectionPath = (slug: string): string => `${siteRoot}/sections/${slug}`
export const organizationPath = (id: string): string => `${siteRoot}/organizations/${id}`
export const monthPath = (month: string): string => `${archivePath}/${month}`
export const sitemapPart = (part: string): string => `${siteRoot}/sitemap-${part}.xml`

export const coverPath = (mediaId: string, shape: CoverShape): string => `${siteRoot}/media/${mediaId}/cover/${shape}`

/** The three formats in which a list can be followed. */
export const feedFiles = { rss: 'feed.xml', atom: 'atom.xml', json: 'feed.json' } as const
export type FeedFormat = keyof typeof feedFiles
export const feedPath = (list: string, format: FeedFormat): string => `${list}/${feedFiles[format]}`
