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

/** The covers that lists and the draft box of a 公众号 show, in pixels. */
export const coverSizes = { wide: { width: 900, height: 383 }, square: { width: 200, height: 200 } } as const
export type CoverShape = keyof typeof coverSizes
export const coverPath = (mediaId: string, shape: CoverShape): string => `${siteRoot}/media/${mediaId}/cover/${shape}`

/** The three formats in which a list can be followed. */
export const feedFiles = { rss: 'feed.xml', atom: 'atom.xml', json: 'feed.json' } as const
export type FeedFormat = keyof typeof feedFiles
export const feedPath = (list: string, format: FeedFormat): string => `${list}/${feedFiles[format]}`
