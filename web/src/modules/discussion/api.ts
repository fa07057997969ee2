import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { SuggestionState, TopicKind } from '@zhibu/server/modules/discussion/names-schema'
import type { discussion } from '@zhibu/server/modules/discussion/routes'
import type { Edits, Posts, TopicsQuery, TopicView } from '@zhibu/server/modules/discussion/schema'
import { hc, parseResponse } from 'hono/client'
import { writeSearch } from '../../address.ts'
import { clientOptions, request, withEtag } from '../../api.ts'

/** Discussion at the server. */
export const discussionClient = hc<typeof discussion>('/api/discussion', clientOptions)
export const { topics: topicsClient, posts: postsClient, protected: protectedClient } = discussionClient
export const { calls: callsClient, moderation: moderationClient, openings: openingsClient } = discussionClient

/** Everything about discussion in the cache lies under this key. */
export const discussionKey = ['discussion'] as const

const first = undefined as string | undefined
const next = (page: { next?: string | undefined }) => page.next
const from = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor })
const at = (organizationId: string | undefined) => (organizationId === undefined ? {} : { organizationId })

/** Where the reader may take part. */
export const placesQuery = queryOptions({
  queryKey: [...discussionKey, 'places'],
  queryFn: () => parseResponse(discussionClient.places.$get()),
})

/** What is unread or waits for the reader. */
export const countsQuery = queryOptions({
  queryKey: [...discussionKey, 'counts'],
  queryFn: () => parseResponse(discussionClient.counts.$get()),
})

/** What narrows a list of topics. */
export interface TopicsFilter {
  organizationId?: string | undefined
  kind?: TopicKind | undefined
  state?: SuggestionState | undefined
  callId?: string | undefined
  only?: TopicsQuery['only']
}

/** Topics, the one with the last post first. */
export const topicsQuery = ({ organizationId, kind, state, callId, only }: TopicsFilter) =>
  infiniteQueryOptions({
    queryKey: [...discussionKey, 'topics', organizationId, kind, state, callId, only],
    queryFn: ({ pageParam }) =>
      parseResponse(
        topicsClient.$get({
          query: {
            limit: only === 'toAnswer' ? '200' : '30',
            ...at(organizationId),
            ...(kind && { kind }),
            ...(state && { state }),
            ...(callId !== undefined && { callId }),
            ...(only && { only }),
            ...from(pageParam),
          },
        }),
      ),
    initialPageParam: first,
    getNextPageParam: next,
  })

/** Posts in which all words stand. */
export const foundPostsQuery = (q: string, organizationId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...discussionKey, 'found', q, organizationId],
    queryFn: ({ pageParam }) =>
      parseResponse(
        discussionClient.search.$get({ query: { q, limit: '30', ...at(organizationId), ...from(pageParam) } }),
      ),
    initialPageParam: first,
    getNextPageParam: next,
  })

/** Where a topic is read: by everybody who may, or by its protected author under the pseudonym. */
export type Door = 'topics' | 'protected'

const doorOf = (door: Door) => (door === 'protected' ? protectedClient : topicsClient)

/** One topic. */
export const topicQuery = (topicId: string, door: Door = 'topics') =>
  queryOptions({
    queryKey: [...discussionKey, 'one', door, topicId],
    queryFn: (): Promise<TopicView> => parseResponse(doorOf(door)[':topicId'].$get({ param: { topicId } })),
  })

/** From where posts are read: on from a post, or back from one. Named by number, so that reading again shows the same. */
export type PostsFrom = { after: number } | { before: number }

/** So many posts are read at once. */
export const postsAtOnce = 30

/** Posts of a topic both ways from where the reading begins. */
export const postsQuery = (topicId: string, begin: { after: number }, door: Door = 'topics') =>
  infiniteQueryOptions({
    queryKey: [...discussionKey, 'posts', door, topicId, begin],
    queryFn: async ({ pageParam }): Promise<Posts> => {
      const query = writeSearch({ limit: postsAtOnce, ...pageParam })
      return (await request(`/api/discussion/${door}/${topicId}/posts${query}`)).json()
    },
    initialPageParam: begin as PostsFrom,
    getNextPageParam: ({ hasAfter, items }): PostsFrom | undefined =>
      hasAfter ? { after: items.at(-1)?.seq ?? 0 } : undefined,
    getPreviousPageParam: ({ hasBefore, items }): PostsFrom | undefined =>
      hasBefore ? { before: items[0]?.seq ?? 1 } : undefined,
  })

/** What a post said before. */
export const editsQuery = (postId: string) =>
  queryOptions({
    queryKey: [...discussionKey, 'edits', postId],
    queryFn: async (): Promise<Edits> => (await request(`/api/discussion/posts/${postId}/edits`)).json(),
  })

/** Calls for ideas, the one that ends last first. */
export const callsQuery = infiniteQueryOptions({
  queryKey: [...discussionKey, 'calls'],
  queryFn: ({ pageParam }) => parseResponse(callsClient.$get({ query: { limit: '30', ...from(pageParam) } })),
  initialPageParam: first,
  getNextPageParam: next,
})

/** One call and the tag under which it was read. */
export const callQuery = (callId: string) =>
  queryOptions({
    queryKey: [...discussionKey, 'call', callId],
    queryFn: () => withEtag(callsClient[':callId'].$get({ param: { callId } })),
  })

/** What became of suggestions. */
export const outcomesQuery = (organizationId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...discussionKey, 'outcomes', organizationId],
    queryFn: ({ pageParam }) =>
      parseResponse(
        discussionClient.outcomes.$get({ query: { limit: '30', ...at(organizationId), ...from(pageParam) } }),
      ),
    initialPageParam: first,
    getNextPageParam: next,
  })

/** What the reader has written under protection. Nobody else gets this list. */
export const ownProtectedQuery = queryOptions({
  queryKey: [...discussionKey, 'own-protected'],
  queryFn: () => parseResponse(protectedClient.$get()),
})

/** Requests to open an identity, for the two offices. */
export const openingsQuery = queryOptions({
  queryKey: [...discussionKey, 'openings'],
  queryFn: () => parseResponse(openingsClient.$get()),
})

/** What was reported; `isOpen`: only what is undecided. */
export const reportsQuery = (isOpen: boolean) =>
  infiniteQueryOptions({
    queryKey: [...discussionKey, 'reports', isOpen],
    queryFn: ({ pageParam }) =>
      parseResponse(
        moderationClient.reports.$get({ query: { limit: '30', open: String(isOpen), ...from(pageParam) } }),
      ),
    initialPageParam: first,
    getNextPageParam: next,
  })

/** What was hidden, and the appeals; `isOpen`: only appeals that wait. */
export const hidingsQuery = (isOpen: boolean) =>
  infiniteQueryOptions({
    queryKey: [...discussionKey, 'hidings', isOpen],
    queryFn: ({ pageParam }) =>
      parseResponse(
        moderationClient.hidings.$get({ query: { limit: '30', open: String(isOpen), ...from(pageParam) } }),
      ),
    initialPageParam: first,
    getNextPageParam: next,
  })

/** What was lately hidden of the reader's own posts, and decided on it. */
export const ownHidingsQuery = queryOptions({
  queryKey: [...discussionKey, 'own-hidings'],
  queryFn: () => parseResponse(moderationClient['own-hidings'].$get()),
})

/** What the university has settled about discussion. */
export const settingsQuery = queryOptions({
  queryKey: [...discussionKey, 'settings'],
  queryFn: () => withEtag(discussionClient.settings.$get()),
})
