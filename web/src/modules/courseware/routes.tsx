import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { writingSearch } from './searches.ts'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const list = createRoute({
  getParentRoute,
  path: 'training/courseware',
  component: lazyRouteComponent(pages, 'CoursewarePage'),
})

const piece = createRoute({
  getParentRoute,
  path: 'training/courseware/$coursewareId',
  component: lazyRouteComponent(pages, 'PiecePage'),
})

const unit = createRoute({
  getParentRoute,
  path: 'training/courseware/$coursewareId/units/$unitId',
  component: lazyRouteComponent(pages, 'UnitPage'),
})

const writing = createRoute({
  getParentRoute,
  path: 'training/courseware/$coursewareId/write',
  validateSearch: writingSearch,
  component: lazyRouteComponent(pages, 'WritingUnitPage'),
})

/** 课件: the list, a piece, reading a unit, writing a text. */
export const coursewareRoutes = [list, piece, unit, writing] as const
