import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute, signedInRoute } from '../../shell/routes.tsx'
import { exchangesSearch } from './searches.ts'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const list = createRoute({
  getParentRoute,
  path: 'training/exchanges',
  validateSearch: exchangesSearch,
  component: lazyRouteComponent(pages, 'ExchangesPage'),
})

const meeting = createRoute({
  getParentRoute,
  path: 'training/exchanges/$exchangeId',
  component: lazyRouteComponent(pages, 'MeetingPage'),
})

const oneCase = createRoute({
  getParentRoute,
  path: 'training/exchanges/$exchangeId/cases/$caseId',
  component: lazyRouteComponent(pages, 'CasePage'),
})

const card = createRoute({
  getParentRoute,
  path: 'training/exchanges/cards/$cardId',
  component: lazyRouteComponent(pages, 'CardPage'),
})

/** The secret stands behind the `#`, so that it reaches no log of any server. */
const guest = createRoute({
  getParentRoute: () => rootRoute,
  path: 'training/exchanges/guest',
  component: lazyRouteComponent(() => import('./GuestPage.tsx'), 'GuestPage'),
})

/** 经验交流: meetings, cases, and the library of practices. */
export const exchangesRoutes = [list, meeting, oneCase, card] as const

/** The page of guests, who have no account. */
export const exchangeGuestRoutes = [guest] as const
