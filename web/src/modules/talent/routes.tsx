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

/** 工作队伍: the own record, those of others whom one keeps, corrections, and the list of skills. */
export const talentRoutes = [staff, record] as const
