import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { publicity } from '@zhibu/server/modules/publicity/routes'
import type { ArticleText, ArticleView, Comparison, ImportedText } from '@zhibu/server/modules/publicity/schema'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, request, withEtag } from '../../api.ts'
import type { MediaPlaces } from '../../ui/rich-text/media.ts'
import { withPictures } from './copying.ts'
import type { PublicitySearch } from './searches.ts'

/** Articles at the server. */
export const publicityClient = hc<typeof publicity>('/api/publicity', clientOptions)
const oneArticle = publicityClient.articles[':articleId']

/** Everything about articles in the cache lies under this key. */
export const publicityKey = ['publicity'] as const

/** A page of articles as the address narrows them. */
export const articlesQuery = ({ list, q, cursor, sectionId, organizationId, mine }: PublicitySearch) =>
  queryOptions({
    queryKey: [...publicityKey, 'list', list, q, cursor, sectionId, organizationId, mine],
    queryFn: () =>
      parseResponse(
        publicityClient.articles.$get({
          query: {
            limit: '25',
            ...(list === 'forMe'
              ? { forMe: 'true' }
              : { state: list === 'settings' ? 'writing' : (list ?? 'writing') }),
            ...(q && { q }),
            ...(cursor && { cursor }),
            ...(sectionId && { sectionId }),
            ...(organizationId && { organizationId }),
            ...(mine && { mine }),
          },
        }),
      ),
    placeholderData: keepPreviousData,
  })

/** The client cannot tell what a text is made of, which goes as deep as lists in lists do. */
export const readArticle = (articleId: string): Promise<{ value: ArticleView; etag: string }> =>
  withEtag<ArticleView>(request(`/api/publicity/articles/${articleId}`))

/** One article and the tag under which it was read. */
export const articleQuery = (articleId: string) =>
  queryOptions({
    queryKey: [...publicityKey, 'one', articleId],
    queryFn: () => readArticle(articleId),
  })

/** The remarks in the margin of an article. */
export const remarksQuery = (articleId: string) =>
  queryOptions({
    queryKey: [...publicityKey, 'remarks', articleId],
    queryFn: () => parseResponse(oneArticle.remarks.$get({ param: { articleId } })),
  })

/** The versions of an article, the last one first. */
export const versionsQuery = (articleId: string) =>
  queryOptions({
    queryKey: [...publicityKey, 'versions', articleId],
    queryFn: () => parseResponse(oneArticle.versions.$get({ param: { articleId } })),
    staleTime: 0,
  })

/** A version beside what is being written. */
export const comparisonQuery = (articleId: string, from: number) =>
  queryOptions({
    queryKey: [...publicityKey, 'comparison', articleId, from],
    queryFn: async (): Promise<Comparison> =>
      (await request(`/api/publicity/articles/${articleId}/comparison?from=${from}`)).json(),
    staleTime: 0,
  })

/** The pictures and films of an article. */
export const usedMediaQuery = (articleId: string) =>
  queryOptions({
    queryKey: [...publicityKey, 'media', articleId],
    queryFn: () => parseResponse(oneArticle.media.$get({ param: { articleId } })),
    staleTime: 0,
  })

/** An article as it goes to a 公众号. While it is on its way into the draft box it is asked again and again. */
export const kitQuery = (articleId: string) =>
  queryOptions({
    queryKey: [...publicityKey, 'kit', articleId],
    queryFn: () => parseResponse(oneArticle.kit.$get({ param: { articleId } })),
    staleTime: 0,
    refetchInterval: ({ state }) => state.data?.drafts.some((it) => it.state === 'waiting') && pushLookMs,
  })

/** The same with its pictures inside it, ready to be copied at once. */
export const copyQuery = (html: string) =>
  queryOptions({
    queryKey: [...publicityKey, 'copy', html],
    queryFn: () => withPictures(html),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

/** So often it is looked whether a draft has arrived, while its page is open. */
const pushLookMs = 2_000

/** For whom the reader may write. */
export const placesQuery = queryOptions({
  queryKey: [...publicityKey, 'places'],
  queryFn: () => parseResponse(publicityClient.places.$get()),
  staleTime: 60_000,
})

/** 栏目, those that are closed too. */
export const sectionsQuery = queryOptions({
  queryKey: [...publicityKey, 'sections'],
  queryFn: () => parseResponse(publicityClient.sections.$get()),
  staleTime: 60_000,
})

/** What the university has settled about articles. */
export const settingsQuery = queryOptions({
  queryKey: [...publicityKey, 'settings'],
  queryFn: () => withEtag(publicityClient.settings.$get()),
})

/** Where the pictures and films of an article lie for whoever may read it. */
export const mediaOf =
  (articleId: string): MediaPlaces =>
  (mediaId, use) => ({
    url: `/api/publicity/articles/${articleId}/media/${mediaId}${use === 'video' ? '' : '?width=960'}`,
  })

/** Reads a Word document; its pictures become those of the person. */
export const readWordFile = async (file: File): Promise<ImportedText> =>
  (
    await request('/api/publicity/imports', {
      method: 'POST',
      body: file,
      headers: { 'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
    })
  ).json()

/** An article in which nothing stands yet. */
export const emptyText = (title: string): ArticleText => ({
  title,
  summary: '',
  body: { type: 'doc', content: [{ type: 'paragraph' }] },
  byline: { author: '', source: '', photographer: '', editor: '' },
  cover: null,
})
