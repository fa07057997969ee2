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

/** 统计 */
export const reportRows: Readonly<Record<string, Row>> = {
  'GET /api/reports/pictures/:list': {
    call: (at) => ({ path: `/api/reports/pictures/files?by=organization&organizationId=${at.organization.id}` }),
    lets: all(...readers),
    knows: everywhere(...signedIn.filter((role) => !readers.includes(role))),
  },
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
