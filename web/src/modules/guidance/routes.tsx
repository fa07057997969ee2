import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { guidanceSearch } from './searches.ts'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const offers = createRoute({
  getParentRoute,
  path: 'training/guidance',
  validateSearch: guidanceSearch,
  component: lazyRouteComponent(pages, 'GuidancePage'),
})

const mentors = createRoute({
  getParentRoute,
  path: 'training/guidance/mentors',
  component: lazyRouteComponent(pages, 'MentorsPage'),
})

const booking = createRoute({
  getParentRoute,
  path: 'training/guidance/$bookingId',
  component: lazyRouteComponent(pages, 'BookingPage'),
})

/** 一对一指导: free times and own talks, each talk with its record, and who guides. */
export const guidanceRoutes = [offers, mentors, booking] as const
