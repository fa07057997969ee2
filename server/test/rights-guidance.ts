import { all, and, type Circle, keepers, outside, persons } from './rights-circles.ts'
import { discussing } from './rights-discussion.ts'
import type { Call, Row } from './rights-rows.ts'
import type { GuidanceAt, RightsWorld, Role } from './rights-world.ts'

type Guidance = Awaited<ReturnType<RightsWorld['fresh']['guidance']>>

/** Something with a mentor, a time or a talk of the place that is made for each call. */
const ofGuidance = (
  path: (made: Guidance) => string,
  { body, revision, ...at }: Omit<GuidanceAt, 'isOwn'> & { body?: (made: Guidance) => unknown; revision?: string } = {},
): Pick<Row, 'call'> => ({
  call: async (place, { fresh }): Promise<Call> => {
    const made = await fresh.guidance(place, at, 'nobody')
    return {
      path: `/api/guidance${path(made)}`,
      ...(body && { body: body(made) }),
      ...(revision && { revision }),
    }
  },
})
const ofBooking = (path: string, asked: Parameters<typeof ofGuidance>[1] = {}): Pick<Row, 'call'> =>
  ofGuidance(({ bookingId }) => `/bookings/${bookingId}${path}`, asked)

const anyPerson = (path: string): Row => ({
  call: () => ({ path: `/api/guidance${path}` }),
  lets: all(...persons),
  knows: outside,
  isPlaceless: true,
})

/** Who runs trainings at a place. */
const trainers = and(keepers, all('partySchool'))
const training: readonly Role[] = ['secretary', 'sibling', 'organiser', 'otherOrganiser', 'department', 'partySchool']

/** A talk is that of the two alone, whatever the office of others. */
const toBoth: Pick<Row, 'lets' | 'knows'> = { lets: { branch: ['applicant', 'secretary'] }, knows: outside }
const toGuided: Pick<Row, 'lets' | 'knows'> = {
  lets: { branch: ['applicant'] },
  knows: and({ branch: ['secretary'] }, outside),
}
const toMentor: Pick<Row, 'lets' | 'knows'> = { lets: { branch: ['secretary'] }, knows: outside }
/** Who belongs to an organisation and does not guide there. */
const belonging: Circle = { branch: ['applicant', 'student', 'helper', 'formerHelper'] }

const revision = '"1"'
let days = 0

/** 一对一指导 */
export const guidanceRows: Readonly<Record<string, Row>> = {
  'GET /api/guidance': anyPerson(''),
  'GET /api/guidance/steps': anyPerson('/steps'),
  'GET /api/guidance/times': anyPerson('/times'),
  'GET /api/guidance/bookings': anyPerson('/bookings'),
  'GET /api/guidance/mentors': {
    ...anyPerson('/mentors'),
    lets: all(...training),
    knows: and(all(...persons), outside),
  },
  'POST /api/guidance/mentors': {
    call: async (place, { fresh }) => ({
      path: '/api/guidance/mentors',
      body: {
        ...{ organizationId: place.organization.id, personId: await fresh.teacher(place) },
        ...{ guidesIn: '入党申请书怎么写', fromOn: '2026-01-01', untilOn: null },
      },
    }),
    lets: trainers,
    knows: outside,
    succeeds: 201,
  },
  'PUT /api/guidance/mentors/:mentorId': {
    ...ofGuidance(({ mentorId }) => `/mentors/${mentorId}`, {
      ...{ body: () => ({ guidesIn: '思想汇报怎么写', untilOn: null }), revision },
    }),
    lets: trainers,
    knows: and(discussing, outside),
  },
  'POST /api/guidance/times': {
    ...ofGuidance(() => '/times', {
      state: 'free',
      body: ({ mentorId }) => ({
        ...{ mentorId, heldOn: `2027-04-${String((++days % 28) + 1).padStart(2, '0')}`, weeks: 1 },
        ...{ startMinute: 840 + days, endMinute: 860 + days, place: '活动室', link: '' },
      }),
    }),
    ...toMentor,
  },
  'PUT /api/guidance/times/:timeId/place': {
    ...ofGuidance(({ timeId }) => `/times/${timeId}/place`, {
      ...{ body: () => ({ place: '图书馆', link: '' }), revision },
    }),
    ...toMentor,
  },
  'POST /api/guidance/times/:timeId/withdrawal': {
    ...ofGuidance(({ timeId }) => `/times/${timeId}/withdrawal`, { state: 'free', body: () => ({ isWhole: false }) }),
    ...toMentor,
  },
  'POST /api/guidance/bookings': {
    ...ofGuidance(() => '/bookings', { state: 'free', body: ({ timeId }) => ({ timeId, wish: '想谈谈申请书' }) }),
    lets: and(belonging, { sibling: ['sibling'] }),
    knows: outside,
    succeeds: 201,
  },
  'GET /api/guidance/bookings/:bookingId': { ...ofBooking('', { state: 'recorded' }), ...toBoth },
  'PUT /api/guidance/bookings/:bookingId/wish': {
    ...ofBooking('/wish', { body: () => ({ wish: '想谈谈别的' }), revision }),
    ...toGuided,
  },
  'PUT /api/guidance/bookings/:bookingId/time': {
    ...ofBooking('/time', { body: ({ otherTimeId }) => ({ timeId: otherTimeId }), revision }),
    ...toBoth,
  },
  'POST /api/guidance/bookings/:bookingId/cancellation': {
    ...ofBooking('/cancellation', { body: () => ({ reason: '要考试' }) }),
    ...toBoth,
  },
  'PUT /api/guidance/bookings/:bookingId/record': {
    ...ofBooking('/record', { state: 'recorded', body: () => ({ talked: '谈了入党动机', steps: [] }), revision }),
    ...toBoth,
  },
  'GET /api/guidance/bookings/:bookingId/record/versions': {
    ...ofBooking('/record/versions', { state: 'recorded' }),
    ...toBoth,
  },
  'PUT /api/guidance/bookings/:bookingId/steps/:stepId/completion': {
    ...ofGuidance(({ bookingId, stepId }) => `/bookings/${bookingId}/steps/${stepId}/completion`, {
      state: 'recorded',
    }),
    ...toGuided,
  },
  'DELETE /api/guidance/bookings/:bookingId/steps/:stepId/completion': {
    ...ofGuidance(({ bookingId, stepId }) => `/bookings/${bookingId}/steps/${stepId}/completion`, {
      state: 'recorded',
    }),
    ...toGuided,
  },
  'GET /api/guidance/bookings/:bookingId/remark': { ...ofBooking('/remark'), ...toBoth },
  'PUT /api/guidance/bookings/:bookingId/remark': {
    ...ofBooking('/remark', { body: () => ({ text: '有点紧张' }) }),
    ...toBoth,
  },
  'POST /api/guidance/exports': {
    call: async (place, { fresh }, role) => {
      await fresh.guidance(place, { state: 'recorded', isOwn: true }, role)
      return { path: '/api/guidance/exports', body: { from: '2026-01-01', until: '2026-12-31', form: 'word' } }
    },
    lets: all(...persons),
    knows: outside,
    isPlaceless: true,
    succeeds: 200,
  },
}

/** Lists of all places at once. */
export const guidanceLists: readonly string[] = [
  '/api/guidance',
  '/api/guidance/times',
  '/api/guidance/steps',
  '/api/guidance/bookings?only=coming&limit=200',
  '/api/guidance/bookings?only=past&limit=200',
  '/api/guidance/mentors',
]
