import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { activitiesSearch } from './searches.ts'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const list = createRoute({
  getParentRoute,
  path: 'activities',
  validateSearch: activitiesSearch,
  component: lazyRouteComponent(pages, 'ActivitiesPage'),
})

const preparing = createRoute({
  getParentRoute,
  path: 'activities/new',
  validateSearch: activitiesSearch,
  component: lazyRouteComponent(pages, 'NewActivityPage'),
})

const day = createRoute({
  getParentRoute,
  path: 'activities/days/$dayKey',
  validateSearch: activitiesSearch,
  component: lazyRouteComponent(pages, 'DayPage'),
})

const kit = createRoute({
  getParentRoute,
  path: 'activities/kits/$kitKey',
  component: lazyRouteComponent(pages, 'KitPage'),
})

const one = createRoute({
  getParentRoute,
  path: 'activities/$activityId',
  component: lazyRouteComponent(pages, 'ActivityPage'),
})

const changing = createRoute({
  getParentRoute,
  path: 'activities/$activityId/plan',
  component: lazyRouteComponent(pages, 'PlanPage'),
})

const recording = createRoute({
  getParentRoute,
  path: 'activities/$activityId/record',
  component: lazyRouteComponent(pages, 'RecordPage'),
})

/** 活动: what is to come, the year and its days, ready plans, and each activity from its plan to its record. */
export const activitiesRoutes = [list, preparing, day, kit, one, changing, recording] as const
