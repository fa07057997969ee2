import { all, and, holders, keepers, outside, persons, publishers, signedIn } from './rights-circles.ts'
import { discussing } from './rights-discussion.ts'
import type { Call, Row } from './rights-rows.ts'
import type { Place, RightsWorld } from './rights-world.ts'

type Made = Awaited<ReturnType<RightsWorld['fresh']['activity']>>

/** Something with an activity of the place that is made for each call. */
const ofActivity = (
  path: (made: Made) => string,
  {
    state = 'announced',
    ...asked
  }: Pick<Call, 'body' | 'revision'> & { state?: 'planned' | 'announced' | 'recorded' } = {},
): Pick<Row, 'call'> => ({
  call: async (at, { fresh }) => ({ path: `/api/activities${path(await fresh.activity(at, state))}`, ...asked }),
})
const toReaders = { lets: discussing, knows: outside }
const toHolders = { lets: holders, knows: and(discussing, outside) }
const anyPerson = (path: string): Row => ({
  call: () => ({ path: `/api/activities${path}` }),
  lets: all(...persons),
  knows: outside,
  isPlaceless: true,
})
const bodyAt = (path: string, body: (at: Place) => object): Row => ({
  call: (at) => ({ path: `/api/activities${path}`, body: { organizationId: at.organization.id, ...body(at) } }),
  lets: holders,
  knows: and(all(...signedIn), outside),
  succeeds: 201,
})
const fields = {
  ...{ kind: 'other', title: '一起读书', summary: '', dayKey: null, fromOn: '2027-01-01', untilOn: null },
  ...{ startMinute: null, endMinute: null, place: '', link: '', speaker: '', aboutSpeaker: '' },
  ...{ plan: { aim: '', steps: [], materials: [], noticeText: '' }, attachments: [], signUp: null },
}
const revision = '"1"'

/** 活动 */
export const activityRows: Readonly<Record<string, Row>> = {
  'GET /api/activities/places': anyPerson('/places'),
  'GET /api/activities/year': anyPerson('/year?year=2027'),
  'GET /api/activities/kits': anyPerson('/kits'),
  'GET /api/activities/kits/:kitKey': {
    ...ofActivity((it) => `/kits/${it.kitId}`),
    lets: all(...persons),
    knows: outside,
  },
  'DELETE /api/activities/kits/:kitKey': {
    ...ofActivity((it) => `/kits/${it.kitId}`),
    lets: holders,
    knows: and(all(...signedIn), outside),
  },
  'POST /api/activities/days': bodyAt('/days', () => ({ name: '建院纪念日', monthDay: '05-20', sentence: '' })),
  'GET /api/activities/days/:dayKey': { ...ofActivity((it) => `/days/${it.dayId}?year=2027`), ...toReaders },
  'PUT /api/activities/days/:dayId': {
    ...ofActivity((it) => `/days/${it.dayId}`, { body: { name: '校庆', monthDay: '05-20', sentence: '' }, revision }),
    ...toHolders,
  },
  'DELETE /api/activities/days/:dayId': { ...ofActivity((it) => `/days/${it.dayId}`), ...toHolders },
  'GET /api/activities/sign-ups/own': anyPerson('/sign-ups/own'),
  'GET /api/activities': anyPerson(''),
  'POST /api/activities': bodyAt('', () => fields),
  'GET /api/activities/:activityId': { ...ofActivity((it) => `/${it.id}`), ...toReaders },
  'PUT /api/activities/:activityId': { ...ofActivity((it) => `/${it.id}`, { body: fields, revision }), ...toHolders },
  'POST /api/activities/:activityId/announcement': {
    ...ofActivity((it) => `/${it.id}/announcement`, { state: 'planned', revision }),
    // What is being prepared does not exist for anybody else.
    lets: holders,
    knows: outside,
  },
  'POST /api/activities/:activityId/cancellation': {
    ...ofActivity((it) => `/${it.id}/cancellation`, { body: { reason: '场地被占用' } }),
    ...toHolders,
  },
  'PUT /api/activities/:activityId/record': {
    ...ofActivity((it) => `/${it.id}/record`, {
      ...{ state: 'recorded', revision },
      body: { happened: '大家读了书', headcount: null, summary: '', pictureIds: [] },
    }),
    ...toHolders,
  },
  'POST /api/activities/:activityId/record/filing': {
    ...ofActivity((it) => `/${it.id}/record/filing`, { state: 'recorded' }),
    lets: keepers,
    knows: and(discussing, outside),
    succeeds: 201,
  },
  'POST /api/activities/:activityId/article': {
    call: async (at, { fresh }) => ({
      path: `/api/activities/${(await fresh.activity(at, 'recorded')).id}/article`,
      body: { sectionId: await fresh.section(at) },
    }),
    lets: publishers,
    knows: and(discussing, outside),
    succeeds: 201,
  },
  'POST /api/activities/:activityId/notice': { ...ofActivity((it) => `/${it.id}/notice`), ...toHolders, succeeds: 201 },
  'POST /api/activities/:activityId/kit': { ...ofActivity((it) => `/${it.id}/kit`), ...toHolders, succeeds: 201 },
  'GET /api/activities/:activityId/sign-ups': { ...ofActivity((it) => `/${it.id}/sign-ups`), ...toHolders },
  'PUT /api/activities/:activityId/sign-ups/own': { ...ofActivity((it) => `/${it.id}/sign-ups/own`), ...toReaders },
  'DELETE /api/activities/:activityId/sign-ups/own': { ...ofActivity((it) => `/${it.id}/sign-ups/own`), ...toReaders },
  'POST /api/activities/:activityId/sign-ups/:personId/removal': {
    ...ofActivity((it) => `/${it.id}/sign-ups/${it.signedUpId}/removal`, { body: { reason: '名单报重了' } }),
    ...toHolders,
  },
  'GET /api/activities/:activityId/media/:mediaId': {
    ...ofActivity((it) => `/${it.id}/media/${it.mediaId}`),
    ...toReaders,
  },
}

/** Lists of all places at once. */
export const activityLists: readonly string[] = [
  '/api/activities?only=coming&limit=200',
  '/api/activities?only=past&limit=200',
  '/api/activities?only=own&limit=200',
  '/api/activities/year?year=2027',
]
