import { all, everywhere, signedIn, trainers } from './rights-circles.ts'
import type { Row } from './rights-rows.ts'
import type { Role } from './rights-world.ts'

/** Sums of an organisation, for whoever reads all files in it: who keeps them, and the Party school. Everybody knows the organisation. */
const ofOrganization = (rest: string, body?: unknown): Row => ({
  call: (at) => ({ path: `/api/reports/${at.organization.id}${rest}`, ...(body !== undefined && { body }) }),
  lets: trainers,
  knows: all(...signedIn),
})

/** Who reads files anywhere. Of an organisation that lies elsewhere they count nothing, as its list shows nothing. */
const readers: readonly Role[] = ['secretary', 'sibling', 'organiser', 'otherOrganiser', 'department', 'partySchool']

/** A schedule of a place that goes upward, or a table that went, for whoever reads the sums there; others are not told that it is there. */
const ofSchedule = (method: 'schedules' | 'sendings', rest = '', body?: unknown): Row => ({
  call: async (at, { fresh }) => {
    const made = await fresh.reportSchedule(at)
    return {
      path: `/api/reports/${method}/${method === 'schedules' ? made.id : made.sendingId}${rest}`,
      ...(body !== undefined && { body }),
      revision: '"1"',
    }
  },
  lets: trainers,
})
const upward = (at: Parameters<Row['call']>[0]) => ({
  ...{ title: '月报', cards: ['stages'], every: 'month', dayOfMonth: 5 },
  recipients: [{ organizationId: at.organization.id, office: 'secretary' }],
})

/** 统计 */
export const reportRows: Readonly<Record<string, Row>> = {
  'GET /api/reports/pictures/:list': {
    call: (at) => ({ path: `/api/reports/pictures/files?by=organization&organizationId=${at.organization.id}` }),
    lets: all(...readers),
    knows: everywhere(...signedIn.filter((role) => !readers.includes(role))),
  },
  'GET /api/reports/:organizationId/schedules': ofOrganization('/schedules'),
  'POST /api/reports/:organizationId/schedules': {
    call: (at) => ({ path: `/api/reports/${at.organization.id}/schedules`, body: upward(at) }),
    lets: trainers,
    knows: all(...signedIn),
    succeeds: 201,
  },
  'PUT /api/reports/schedules/:scheduleId': {
    ...ofSchedule('schedules'),
    call: async (at, { fresh }) => ({
      path: `/api/reports/schedules/${(await fresh.reportSchedule(at)).id}`,
      body: upward(at),
      revision: '"1"',
    }),
  },
  'PUT /api/reports/schedules/:scheduleId/pause': ofSchedule('schedules', '/pause', { isPaused: true }),
  'DELETE /api/reports/schedules/:scheduleId': ofSchedule('schedules'),
  'GET /api/reports/sendings/:sendingId': ofSchedule('sendings'),
  'POST /api/reports/sendings/:sendingId/exports': { ...ofSchedule('sendings', '/exports', {}), succeeds: 200 },
  'GET /api/reports/:organizationId/months': ofOrganization('/months'),
  // Nobody who may not look learns whether anything is kept of a month.
  'GET /api/reports/:organizationId/comparison': {
    ...ofOrganization('/comparison?from=2026-10'),
    call: async (at, { fresh }) => {
      await fresh.reportMonth(at, '2026-10')
      return { path: `/api/reports/${at.organization.id}/comparison?from=2026-10` }
    },
  },
  'POST /api/reports/:organizationId/exports': { ...ofOrganization('/exports', {}), succeeds: 200 },
  'GET /api/reports/:organizationId/:card': ofOrganization('/members'),
  'GET /api/reports/:organizationId/:card/rows': ofOrganization('/stages/rows?row=self&column=applicant'),
}
