import { infiniteQueryOptions } from '@tanstack/react-query'
import type { media } from '@zhibu/server/modules/media/routes'
import type { MediaDescription, MediaKind, MediaView } from '@zhibu/server/modules/media/schema'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, ifMatch } from '../../api.ts'
import { uploadingInto } from '../../uploading.ts'

/** Pictures, films, sounds and files at the server. */
export const mediaClient = hc<typeof media>('/api/media', clientOptions)

/** Everything about them in the cache lies under this key. */
export const mediaKey = ['media'] as const

/** Sends files in. */
export const { fileBy } = uploadingInto('media')

/** Whose items are listed. */
export type Whose = 'own' | 'organization'

/** Items, the newest first. */
export const mediaQuery = (of: Whose, kind: MediaKind | undefined) =>
  infiniteQueryOptions({
    queryKey: [...mediaKey, of, kind],
    queryFn: ({ pageParam }) =>
      parseResponse(
        mediaClient.items.$get({
          query: { of, limit: '24', ...(kind && { kind }), ...(pageParam !== undefined && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: { next?: string | undefined }) => page.next,
  })

/** Makes an item of an upload, and reads it. */
export async function makeItem(uploadId: string): Promise<MediaView> {
  const { id } = await parseResponse(mediaClient.items.$post({ json: { uploadId } }))
  return readItem(id)
}

/** The same, which nobody else finds in the library. */
export async function makePrivateItem(uploadId: string): Promise<MediaView> {
  const { id } = await parseResponse(mediaClient.items.$post({ json: { uploadId, isPrivate: true } }))
  return readItem(id)
}

/** One of the own items. */
export const readItem = (mediaId: string): Promise<MediaView> =>
  parseResponse(mediaClient.items[':mediaId'].$get({ param: { mediaId } }))

/** Says what is to be said of an item that was read. */
export const describeItem = ({ id, revision }: MediaView, json: MediaDescription): Promise<unknown> =>
  parseResponse(mediaClient.items[':mediaId'].$patch({ param: { mediaId: id }, json }, ifMatch(`"${revision}"`)))

/** Where the content of an item lies, at least so wide where it is a picture. */
export const contentOf = ({ id, kind }: Pick<MediaView, 'id' | 'kind'>, width?: number): string =>
  `/api/media/items/${id}/content${kind === 'picture' && width !== undefined ? `?width=${width}` : ''}`
