import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { pictureSearch } from './pictureSearch.ts'
import { reportsSearch } from './searches.ts'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const dashboard = createRoute({
  getParentRoute,
  path: 'reports',
  validateSearch: reportsSearch,
  component: lazyRouteComponent(pages, 'ReportsPage'),
})

const behind = createRoute({
  getParentRoute,
  path: 'reports/rows',
  validateSearch: reportsSearch,
  component: lazyRouteComponent(pages, 'BehindPage'),
})

const schedules = createRoute({
  getParentRoute,
  path: 'reports/schedules',
  validateSearch: reportsSearch,
  component: lazyRouteComponent(pages, 'SchedulesPage'),
})

const sent = createRoute({
  getParentRoute,
  path: 'reports/sent/$sendingId',
  component: lazyRouteComponent(pages, 'SentPage'),
})

const picture = createRoute({
  getParentRoute,
  path: 'picture',
  validateSearch: pictureSearch,
  component: lazyRouteComponent(pages, 'PicturePage'),
})

/** Sums of organisations and who stands behind them. */
export const reportsRoutes = [dashboard, behind, picture, schedules, sent] as const
