import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { lecturesSearch } from './searches.ts'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const list = createRoute({
  getParentRoute,
  path: 'activities/lectures',
  validateSearch: lecturesSearch,
  component: lazyRouteComponent(pages, 'LecturesPage'),
})

const live = createRoute({
  getParentRoute,
  path: 'activities/$activityId/live',
  validateSearch: lecturesSearch,
  component: lazyRouteComponent(pages, 'LivePage'),
})

/** 讲座: those to come, the live page, and the recordings. */
export const lecturesRoutes = [list, live] as const
