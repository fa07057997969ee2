import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { staffSearch } from './searches.ts'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const staff = createRoute({
  getParentRoute,
  path: 'staff',
  validateSearch: staffSearch,
  component: lazyRouteComponent(pages, 'StaffPage'),
})

const record = createRoute({
  getParentRoute,
  path: 'staff/$personId',
  component: lazyRouteComponent(pages, 'RecordPage'),
})

const call = createRoute({
  getParentRoute,
  path: 'staff/calls/$callId',
  component: lazyRouteComponent(pages, 'CallPage'),
})

const succession = createRoute({
  getParentRoute,
  path: 'staff/successions/$successionId',
  component: lazyRouteComponent(pages, 'SuccessionPage'),
})

/** 工作队伍: the own record, those of others whom one keeps, corrections, the list of skills, and the hand-over of offices. */
export const talentRoutes = [staff, record, call, succession] as const
