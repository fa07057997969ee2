import { eq } from 'drizzle-orm'
import { activities } from '../src/modules/activities/tables.ts'
import { type ExpertAt, expertAt } from './experts-at.ts'
import { today } from './factories.ts'
import { all, and, outside, persons, trainers } from './rights-circles.ts'
import type { Call, Row } from './rights-rows.ts'

type Made = Awaited<ReturnType<typeof expertAt>>

/** Something with an expert of the place that is made for each call. */
const ofExpert = (
  path: (made: Made) => string,
  { body, revision, ...at }: ExpertAt & { body?: unknown; revision?: string } = {},
): Pick<Row, 'call'> => ({
  call: async (place, world): Promise<Call> => ({
    path: `/api/experts${path(await expertAt(place, world, at))}`,
    ...(body !== undefined && { body }),
    ...(revision && { revision }),
  }),
})

const expert = ({ expertId }: Made) => `/${expertId}`
const invitation = ({ invitationId }: Made) => `/invitations/${invitationId}`

/** Who runs trainings anywhere sees whoever agrees to be listed. */
const runners = all('secretary', 'sibling', 'organiser', 'otherOrganiser', 'department', 'partySchool')
const toRunners = { lets: runners, knows: outside }
const toKeepers = { lets: trainers, knows: and(runners, outside) }
/** Whoever has not agreed is told to nobody but those of the organisation that entered them. So is what it asks of an expert. */
const toKeepersAlone = { lets: trainers, knows: outside }
/** Organisations are known to everybody. */
const toKeepersOfAll = { lets: trainers, knows: and(all(...persons), outside) }
const toAll = { lets: all(...persons), knows: outside }

const fields = { name: '贺知新', institution: '临海大学', title: '教授', topics: ['党史'], about: '', personId: null }
const { personId: _, ...listed } = fields
const wish = {
  ...{ topic: '党史里的青年', purpose: '新生入党启蒙', audience: '新生', expectedCount: 60, wishedOn: ['2027-12-01'] },
  ...{ venue: 'onSite', place: '大报告厅' },
}
const agreed = {
  ...{ topic: '党史里的青年', on: '2027-12-01', startMinute: 840, endMinute: 930, place: '大报告厅', link: '' },
  how: '电话里说定',
}
const reason = '请按约定办理'
const revision = '"1"'

/** 专家 */
export const expertRows: Readonly<Record<string, Row>> = {
  'GET /api/experts': {
    call: () => ({ path: '/api/experts' }),
    lets: runners,
    knows: and(all(...persons), outside),
    isPlaceless: true,
  },
  'POST /api/experts': {
    call: ({ organization }) => ({
      path: '/api/experts',
      body: {
        ...{ ...fields, name: `贺${organization.id.slice(-8)}`, institution: String(Math.random()) },
        ...{ organizationId: organization.id, phone: '', email: '', consent: null },
      },
    }),
    lets: trainers,
    knows: and(all(...persons), outside),
    succeeds: 201,
  },
  'GET /api/experts/template': { call: () => ({ path: '/api/experts/template' }), ...toAll, isPlaceless: true },
  'POST /api/experts/readings': {
    call: ({ organization }) => ({
      path: `/api/experts/readings?organizationId=${organization.id}`,
      body: '姓名,单位',
    }),
    ...toKeepersOfAll,
    succeeds: 200,
  },
  'POST /api/experts/lists': {
    call: ({ organization }) => ({
      path: '/api/experts/lists',
      body: {
        organizationId: organization.id,
        experts: [{ ...listed, institution: String(Math.random()), phone: '', email: '', consent: null }],
      },
    }),
    ...toKeepersOfAll,
    succeeds: 201,
  },
  'GET /api/experts/own': { call: () => ({ path: '/api/experts/own' }), ...toAll, isPlaceless: true },
  'GET /api/experts/:expertId': { ...ofExpert(expert), ...toRunners },
  'PUT /api/experts/:expertId': {
    call: async (place, world) => {
      const { expertId } = await expertAt(place, world)
      return { path: `/api/experts/${expertId}`, body: { ...fields, institution: `单位${expertId}` }, revision }
    },
    ...toKeepers,
  },
  'PUT /api/experts/:expertId/consent': {
    ...ofExpert((it) => `${expert(it)}/consent`, { isListed: false, body: { on: today, how: '电话' }, revision }),
    ...toKeepersAlone,
  },
  'DELETE /api/experts/:expertId/consent': { ...ofExpert((it) => `${expert(it)}/consent`), ...toKeepers },
  'POST /api/experts/:expertId/withdrawal': {
    ...ofExpert((it) => `${expert(it)}/withdrawal`, { body: { reason } }),
    ...toKeepers,
  },
  'POST /api/experts/:expertId/readings': {
    ...ofExpert((it) => `${expert(it)}/readings`, { body: { field: 'phone', purpose: reason } }),
    ...toRunners,
    succeeds: 200,
  },
  'POST /api/experts/:expertId/invitations': {
    call: async (place, world) => ({
      path: `/api/experts${expert(await expertAt(place, world))}/invitations`,
      body: { organizationId: place.organization.id, ...wish },
    }),
    ...toKeepers,
    succeeds: 201,
  },
  'GET /api/experts/:expertId/lectures/linkable': {
    ...ofExpert((it) => `${expert(it)}/lectures/linkable`),
    ...toRunners,
  },
  'POST /api/experts/:expertId/lectures': {
    call: async (place, world) => {
      const { expertId, activityId } = await expertAt(place, world)
      const held = { fromOn: '2026-01-05', untilOn: null } as const
      await world.builds[place.name].look((db) => db.update(activities).set(held).where(eq(activities.id, activityId)))
      return { path: `/api/experts/${expertId}/lectures`, body: { activityId } }
    },
    ...toKeepersAlone,
  },
  'DELETE /api/experts/:expertId/lectures/:activityId': {
    ...ofExpert((it) => `${expert(it)}/lectures/${it.activityId}`, { hasLecture: true }),
    ...toKeepersAlone,
  },

  'GET /api/experts/invitations': { call: () => ({ path: '/api/experts/invitations' }), ...toAll, isPlaceless: true },
  'GET /api/experts/invitations/:invitationId': { ...ofExpert(invitation), ...toKeepersAlone },
  'PUT /api/experts/invitations/:invitationId': {
    ...ofExpert(invitation, { body: wish, revision }),
    ...toKeepersAlone,
  },
  'PUT /api/experts/invitations/:invitationId/agreement': {
    ...ofExpert((it) => `${invitation(it)}/agreement`, { body: agreed, revision }),
    ...toKeepersAlone,
  },
  'PUT /api/experts/invitations/:invitationId/refusal': {
    ...ofExpert((it) => `${invitation(it)}/refusal`, { body: { words: reason }, revision }),
    ...toKeepersAlone,
  },
  'POST /api/experts/invitations/:invitationId/withdrawal': {
    ...ofExpert((it) => `${invitation(it)}/withdrawal`, { body: { reason } }),
    ...toKeepersAlone,
  },
  'POST /api/experts/invitations/:invitationId/activity': {
    ...ofExpert((it) => `${invitation(it)}/activity`, { state: 'agreed' }),
    ...toKeepersAlone,
    succeeds: 201,
  },
  'PUT /api/experts/invitations/:invitationId/evaluation': {
    ...ofExpert((it) => `${invitation(it)}/evaluation`, {
      ...{ state: 'held' as const, body: { fits: '切题', suits: '', more: '' }, revision },
    }),
    ...toKeepersAlone,
  },
}

/** Lists of all places at once. */
export const expertLists: readonly string[] = ['/api/experts?limit=200', '/api/experts/own', '/api/experts/invitations']
