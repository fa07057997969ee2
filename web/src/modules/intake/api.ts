import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { intake } from '@zhibu/server/modules/intake/routes'
import type { RowEffect } from '@zhibu/server/modules/intake/schema'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, request } from '../../api.ts'

/** Imports at the server. */
export const intakeClient = hc<typeof intake>('/api/intake', clientOptions)

/** Everything about imports in the cache lies under this key. */
export const intakeKey = ['intake'] as const

/** The imports so far, page after page, the last one first; asked again while the server is working on one of them. */
export const importsQuery = infiniteQueryOptions({
  queryKey: [...intakeKey, 'list'],
  queryFn: ({ pageParam: cursor }) =>
    parseResponse(intakeClient.imports.$get({ query: { limit: '20', ...(cursor !== undefined && { cursor }) } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next,
  refetchInterval: ({ state }) =>
    state.data?.pages.some(({ items }) => items.some((it) => isWorking(it.state))) ? 2_000 : false,
})

/** One import; asked again while the server is working on it. */
export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: [...intakeKey, 'one', importId],
    queryFn: async ({ client, queryKey }) => {
      const it = await parseResponse(intakeClient.imports[':importId'].$get({ param: { importId } }))
      // What was counted before the work tells how far it is.
      return { ...it, counts: it.counts ?? client.getQueryData<typeof it>(queryKey)?.counts ?? null }
    },
    refetchInterval: ({ state }) => (isWorking(state.data?.state) ? 700 : false),
  })

const isWorking = (state: string | undefined) => state === 'reading' || state === 'committing' || state === 'undoing'

/** Which rows of the preview are shown. */
export interface RowsShown {
  effect?: RowEffect
  noted?: boolean
  q?: string
}

/** The rows of one import lie under this key. */
export const rowsKey = (importId: string) => [...intakeKey, 'one', importId, 'rows'] as const

/** Rows of the preview, page after page. */
export const rowsQuery = (importId: string, { effect, noted, q }: RowsShown) =>
  infiniteQueryOptions({
    queryKey: [...rowsKey(importId), { effect, noted, q }],
    queryFn: ({ pageParam: cursor }) =>
      parseResponse(
        intakeClient.imports[':importId'].rows.$get({
          param: { importId },
          query: {
            limit: '25',
            ...(effect && { effect }),
            ...(noted && { noted: 'true' }),
            ...(q && { q }),
            ...(cursor !== undefined && { cursor }),
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  })

/** What later depends on a committed import. */
export const undoQuery = (importId: string) =>
  queryOptions({
    queryKey: [...intakeKey, 'one', importId, 'undo'],
    queryFn: () => parseResponse(intakeClient.imports[':importId'].undo.$get({ param: { importId } })),
  })

/** Sends a file; returns the id of the new import. */
export async function upload(file: File): Promise<string> {
  const response = await request(`/api/intake/imports?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
  })
  const { id }: { id: string } = await response.json()
  return id
}

/** Sends a corrected file in place of the one before. */
export async function replaceFile(importId: string, file: File): Promise<void> {
  await request(`/api/intake/imports/${importId}/file?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
  })
}
