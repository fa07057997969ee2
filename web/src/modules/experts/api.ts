import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ListReading } from '@zhibu/server/modules/experts/list-schema'
import type { experts } from '@zhibu/server/modules/experts/routes'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, request, withEtag } from '../../api.ts'
import type { ExpertsSearch } from './searches.ts'

/** The base of experts, and what is asked of them, at the server. */
export const expertsClient = hc<typeof experts>('/api/experts', clientOptions)
export const expertClient = expertsClient[':expertId']
export const invitationClient = expertsClient.invitations[':invitationId']

/** Everything about experts in the cache lies under this key. */
export const expertsKey = ['experts'] as const

/** Where the reader keeps experts and invites, and what concerns themselves as one. */
export const ownQuery = queryOptions({
  queryKey: [...expertsKey, 'own'],
  queryFn: () => parseResponse(expertsClient.own.$get()),
})

/** The base of experts, a page at a time. */
export const expertListQuery = ({ q, topic, institution, order }: ExpertsSearch) =>
  infiniteQueryOptions({
    queryKey: [...expertsKey, 'list', q, topic, institution, order],
    queryFn: ({ pageParam: cursor }) =>
      parseResponse(
        expertsClient.index.$get({
          query: {
            ...(q && { q }),
            ...(topic && { topic }),
            ...(institution && { institution }),
            ...(order === 'changed' && { order }),
            ...(cursor && { cursor }),
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })

/** One expert and the tag under which the entry was read. */
export const expertQuery = (expertId: string) =>
  queryOptions({
    queryKey: [...expertsKey, 'one', expertId],
    queryFn: () => withEtag(expertClient.$get({ param: { expertId } })),
  })

/** Lectures that were held and may be said to be those of an expert. */
export const linkableQuery = (expertId: string) =>
  queryOptions({
    queryKey: [...expertsKey, 'linkable', expertId],
    queryFn: () => parseResponse(expertClient.lectures.linkable.$get({ param: { expertId } })),
  })

/** What the reader's organisations ask of experts. */
export const invitationListQuery = queryOptions({
  queryKey: [...expertsKey, 'invitations'],
  queryFn: () => parseResponse(expertsClient.invitations.$get()),
})

/** One invitation and the tag under which it was read. */
export const invitationQuery = (invitationId: string) =>
  queryOptions({
    queryKey: [...expertsKey, 'invitation', invitationId],
    queryFn: () => withEtag(invitationClient.$get({ param: { invitationId } })),
  })

/** What a list of experts says; nothing of it is kept. */
export async function readListFile(organizationId: string, file: File): Promise<ListReading> {
  const init = { method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream' } }
  return (await request(`/api/experts/readings?organizationId=${organizationId}`, init)).json()
}

/** Where the empty table lies. */
export const templateAt = '/api/experts/template'
