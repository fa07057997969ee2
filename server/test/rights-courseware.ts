import { all, and, outside, persons, trainers } from './rights-circles.ts'
import { discussing } from './rights-discussion.ts'
import type { Call, Row } from './rights-rows.ts'
import type { CoursewareAt, RightsWorld } from './rights-world.ts'

type Made = Awaited<ReturnType<RightsWorld['fresh']['courseware']>>

interface Asked extends CoursewareAt {
  body?: (made: Made) => unknown
  revision?: string
}

/** Something with a piece of the place that is made for each call. */
const ofPiece = (
  path: string | ((made: Made) => string),
  { body, revision, ...at }: Asked = {},
): Pick<Row, 'call'> => ({
  call: async (place, { fresh }): Promise<Call> => {
    const made = await fresh.courseware(place, at)
    return {
      path: `/api/courseware/${made.coursewareId}${typeof path === 'string' ? path : path(made)}`,
      ...(body && { body: body(made) }),
      ...(revision && { revision }),
    }
  },
})
const ofUnit = (rest = '', at: Asked & { of?: 'textId' | 'soundId' | 'pictureId' | 'packageUnitId' } = {}) => {
  const { of = 'textId', ...asked } = at
  return ofPiece((made) => `/units/${made[of]}${rest}`, asked)
}

const text = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: '第一课' }] }] }
const unit = () => ({ kind: 'text', title: '第一课', body: text })

const toReaders = { lets: discussing, knows: outside }
const toWriters = { lets: trainers, knows: and(discussing, outside) }
/** A piece that is not published is told to nobody but those who write it. */
const toWritersOfDrafts = { lets: trainers, knows: outside }
/** Organisations are known to everybody. */
const toMakers = { lets: trainers, knows: and(all(...persons), outside) }
const toEverybody = { lets: all(...persons), knows: outside }

/** Packages on their way in are known to nobody but who sends them. */
const ofUpload = (rest = '', body?: unknown): Row => ({
  call: async (_, { fresh }) => ({
    path: `/api/courseware/uploads/${await fresh.upload('secretary', { table: 'courseware' })}${rest}`,
    ...(body !== undefined && { body }),
  }),
  lets: { branch: ['secretary'] },
  isPlaceless: true,
})

/** 课件 */
export const coursewareRows: Readonly<Record<string, Row>> = {
  'POST /api/courseware/uploads': {
    call: () => ({ path: '/api/courseware/uploads', body: { fileName: '课件.zip', sizeBytes: 1 } }),
    lets: all('secretary', 'sibling', 'organiser', 'otherOrganiser', 'department', 'partySchool'),
    knows: and(all(...persons), outside),
    succeeds: 201,
    isPlaceless: true,
  },
  'GET /api/courseware/uploads/:uploadId': ofUpload(),
  'PATCH /api/courseware/uploads/:uploadId': { ...ofUpload('?offset=0', 'x'), succeeds: 200 },
  'DELETE /api/courseware/uploads/:uploadId': ofUpload(),
  'GET /api/courseware': { call: () => ({ path: '/api/courseware' }), ...toEverybody, isPlaceless: true },
  'POST /api/courseware': {
    call: ({ organization }) => ({
      path: '/api/courseware',
      body: { organizationId: organization.id, title: '党章导读', summary: '' },
    }),
    ...toMakers,
    succeeds: 201,
  },
  'GET /api/courseware/:coursewareId': { ...ofPiece(''), ...toReaders },
  'PATCH /api/courseware/:coursewareId': {
    ...ofPiece('', { body: () => ({ title: '另一个名称', summary: '' }), revision: '"1"' }),
    ...toWriters,
  },
  'DELETE /api/courseware/:coursewareId': { ...ofPiece('', { isDraft: true }), ...toWritersOfDrafts },
  'PUT /api/courseware/:coursewareId/publication': {
    ...ofPiece('/publication', { isDraft: true }),
    ...toWritersOfDrafts,
  },
  'DELETE /api/courseware/:coursewareId/publication': { ...ofPiece('/publication'), ...toWriters },
  'DELETE /api/courseware/:coursewareId/progress': { ...ofPiece('/progress'), ...toReaders },
  'POST /api/courseware/:coursewareId/units': { ...ofPiece('/units', { body: unit }), ...toWriters, succeeds: 201 },
  'GET /api/courseware/:coursewareId/units/:unitId': { ...ofUnit(), ...toReaders },
  'PUT /api/courseware/:coursewareId/units/:unitId': {
    ...ofUnit('', { body: unit, revision: '"1"' }),
    ...toWriters,
  },
  'PUT /api/courseware/:coursewareId/units/:unitId/place': {
    ...ofUnit('/place', { body: () => ({ place: 1 }), revision: '"1"' }),
    ...toWriters,
  },
  'DELETE /api/courseware/:coursewareId/units/:unitId': { ...ofUnit(), ...toWriters },
  'GET /api/courseware/:coursewareId/units/:unitId/content': { ...ofUnit('/content', { of: 'soundId' }), ...toReaders },
  'GET /api/courseware/:coursewareId/units/:unitId/media/:mediaId': {
    ...ofPiece((made) => `/units/${made.pictureId}/media/${made.pictureMediaId}`),
    ...toReaders,
  },
  'GET /api/courseware/:coursewareId/units/:unitId/texts/:kind': {
    ...ofUnit('/texts/captions', { of: 'soundId' }),
    ...toReaders,
  },
  'GET /api/courseware/:coursewareId/units/:unitId/pages': { ...ofUnit('/pages', { of: 'pictureId' }), ...toReaders },
  'GET /api/courseware/:coursewareId/units/:unitId/pages/:page': {
    ...ofUnit('/pages/1', { of: 'pictureId' }),
    ...toReaders,
  },
  'PUT /api/courseware/:coursewareId/units/:unitId/progress': {
    ...ofUnit('/progress', { body: () => ({ isFinished: true }) }),
    ...toReaders,
  },
  'POST /api/courseware/:coursewareId/units/:unitId/launches': {
    ...ofUnit('/launches', { of: 'packageUnitId', body: () => ({ scoId: 'one' }) }),
    ...toReaders,
    succeeds: 200,
  },
  'PUT /api/courseware/:coursewareId/units/:unitId/state': {
    ...ofUnit('/state', {
      of: 'packageUnitId',
      body: () => ({ scoId: 'one', elements: { 'cmi.suspend_data': 'p3' } }),
    }),
    ...toReaders,
  },
}

/** Lists of all places at once. */
export const coursewareLists: readonly string[] = ['/api/courseware']
