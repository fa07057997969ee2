import { searchable } from '../src/modules/publicity/site-search.ts'
import { articles, siteArticles, siteMedia, siteSections } from '../src/modules/publicity/tables.ts'
import { newId } from '../src/platform/ids.ts'
import type { BuiltOrganization, SmallUniversity } from './factories.ts'

/** What a test says of an article on the site; the rest is made up. */
export interface NewSiteArticle {
  title: string
  section: string
  organization?: BuiltOrganization
  isOpen?: boolean
  summary?: string
  /** The text as it lies in the table. */
  html?: string
  byline?: Partial<typeof siteArticles.$inferInsert.byline>
  publishedAt?: string
  corrections?: readonly { at: string; note: string }[]
  number?: number
  cover?: { id: string; alt: string }
  media?: readonly string[]
}

/** Puts rows on the site of a university as a publication leaves them. */
export function siteOf(build: SmallUniversity) {
  const { tenantId, college } = build
  let [number, position] = [0, 0]

  async function section(slug: string, name: string, about = ''): Promise<string> {
    const row = { tenantId, id: newId(), slug, name, about, position: ++position }
    await build.look((db) => db.insert(siteSections).values(row))
    return row.id
  }

  async function article(given: NewSiteArticle): Promise<{ number: number; articleId: string }> {
    const { title, section, organization = college, isOpen = true, summary = '', html = '<p>正文。</p>' } = given
    number = given.number ?? number + 1
    const articleId = newId()
    const at = new Date(given.publishedAt ?? Date.parse('2026-11-01T02:00:00Z') + number * 3_600_000)
    const place = { tenantId, articleId, path: organization.path, isOpen }
    const byline = { author: '', source: '', photographer: '', editor: '', ...given.byline }
    await build.look(async (db) => {
      await db.insert(siteArticles).values({
        ...place,
        ...{ number, organizationId: organization.id, sectionId: section, title, summary, byline, html },
        ...{ coverId: given.cover?.id ?? null, coverAlt: given.cover?.alt ?? '', publishedAt: at },
        corrections: given.corrections ?? [],
        ...searchable(title, summary, html.replace(/<[^>]*>/g, '')),
      })
      for (const mediaId of given.media ?? []) await db.insert(siteMedia).values({ ...place, mediaId })
    })
    return { number, articleId }
  }

  /** One that stood on the site and was taken away. */
  async function withdrawn(of: Pick<NewSiteArticle, 'title' | 'section' | 'isOpen'>): Promise<number> {
    number += 1
    const by = { authorAccountId: newId(), authorName: '作者', editedByAccountId: newId(), editedByName: '作者' }
    const text = {
      title: of.title,
      summary: '',
      body: { type: 'doc' as const, content: [] },
      byline: noByline,
      cover: null,
    }
    await build.look((db) =>
      db.insert(articles).values({
        ...{ tenantId, id: newId(), organizationId: college.id, path: college.path, sectionId: of.section, ...by },
        ...{ isOpen: of.isOpen ?? true, text, title: of.title, number, publishedAt: new Date('2026-11-01T02:00:00Z') },
        ...{ withdrawnAt: new Date('2026-11-02T02:00:00Z'), withdrawalReason: '王一舟要求撤下' },
      }),
    )
    return number
  }

  return { section, article, withdrawn }
}

const noByline = { author: '', source: '', photographer: '', editor: '' }
