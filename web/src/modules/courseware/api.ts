import { queryOptions } from '@tanstack/react-query'
import type { courseware } from '@zhibu/server/modules/courseware/routes'
import type {
  CoursewareView,
  NewUnit,
  Progress,
  ScoState,
  UnitChange,
  UnitView,
} from '@zhibu/server/modules/courseware/schema'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, ifMatch, request, withEtag } from '../../api.ts'
import type { MediaPlaces } from '../../ui/rich-text/media.ts'
import { uploadingInto } from '../../uploading.ts'

/** Courseware at the server. */
export const coursewareClient = hc<typeof courseware>('/api/courseware', clientOptions)
export const pieceClient = coursewareClient[':coursewareId']
export const unitClient = pieceClient.units[':unitId']

/** Everything about courseware in the cache lies under this key. */
export const coursewareKey = ['courseware'] as const

/** Sends packages in. */
export const { fileBy } = uploadingInto('courseware')

/** The pieces that the reader may read or writes. */
export const coursewareListQuery = queryOptions({
  queryKey: [...coursewareKey, 'list'],
  queryFn: () => parseResponse(coursewareClient.index.$get()),
})

/** One piece and the tag under which it was read. */
export const pieceQuery = (coursewareId: string) =>
  queryOptions({
    queryKey: [...coursewareKey, 'one', coursewareId],
    queryFn: (): Promise<{ value: CoursewareView; etag: string }> =>
      withEtag<CoursewareView>(request(`/api/courseware/${coursewareId}`)),
  })

/** One unit and the tag under which it was read. The client cannot tell what a text is made of, which goes as deep as lists in lists do. */
export const unitQuery = (coursewareId: string, unitId: string) =>
  queryOptions({
    queryKey: [...coursewareKey, 'unit', coursewareId, unitId],
    queryFn: (): Promise<{ value: UnitView; etag: string }> =>
      withEtag<UnitView>(request(placeOf(coursewareId, unitId))),
  })

/** The pages of a PDF or a picture. */
export const pagesQuery = (coursewareId: string, unitId: string) =>
  queryOptions({
    queryKey: [...coursewareKey, 'pages', coursewareId, unitId],
    queryFn: () => parseResponse(unitClient.pages.$get({ param: { coursewareId, unitId } })),
  })

const placeOf = (coursewareId: string, unitId: string): string => `/api/courseware/${coursewareId}/units/${unitId}`

export const contentOf = (coursewareId: string, unitId: string): string => `${placeOf(coursewareId, unitId)}/content`
export const textOf = (coursewareId: string, unitId: string, kind: 'captions' | 'chapters'): string =>
  `${placeOf(coursewareId, unitId)}/texts/${kind}`
export const pageOf = (coursewareId: string, unitId: string, page: number, width: number, turn: number): string =>
  `${placeOf(coursewareId, unitId)}/pages/${page}?width=${Math.min(2400, Math.max(40, Math.round(width)))}&turn=${turn}`

/** Where the pictures and films in a text lie for whoever may read it. */
export const mediaOf =
  (coursewareId: string, unitId: string): MediaPlaces =>
  (mediaId, use) => ({
    url: `${placeOf(coursewareId, unitId)}/media/${mediaId}${use === 'video' ? '' : '?width=960'}`,
  })

const writing = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  ...{ method, body: JSON.stringify(body) },
  headers: { 'content-type': 'application/json', ...headers },
})

/** Adds a unit; returns its id. */
export const addUnit = async (coursewareId: string, unit: NewUnit): Promise<string> =>
  (await (await request(`/api/courseware/${coursewareId}/units`, writing('POST', unit))).json()).id

/** Changes a unit as it was read under this tag. */
export const changeUnit = (coursewareId: string, unitId: string, unit: UnitChange, etag: string): Promise<Response> =>
  request(placeOf(coursewareId, unitId), writing('PUT', unit, ifMatch(etag).headers))

/** Has it remembered how far the reader is; also while the page is being left. */
export const keepProgress = (coursewareId: string, unitId: string, progress: Progress): Promise<Response> =>
  request(`${placeOf(coursewareId, unitId)}/progress`, { ...writing('PUT', progress), keepalive: true })

/** Has it kept what a package wants to find again. What is left with the page goes only up to 60 kB. */
export function keepState(coursewareId: string, unitId: string, state: ScoState): Promise<Response> {
  const init = writing('PUT', state)
  return request(`${placeOf(coursewareId, unitId)}/state`, { ...init, keepalive: String(init.body).length < 20_000 })
}
