import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { callsSearch } from './searches.ts'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const list = createRoute({
  getParentRoute,
  path: 'calls',
  validateSearch: callsSearch,
  component: lazyRouteComponent(pages, 'CallsPage'),
})

const preparing = createRoute({
  getParentRoute,
  path: 'calls/new',
  component: lazyRouteComponent(pages, 'NewCallPage'),
})

const call = createRoute({
  getParentRoute,
  path: 'calls/$callId',
  component: lazyRouteComponent(pages, 'CallPage'),
})

const changing = createRoute({
  getParentRoute,
  path: 'calls/$callId/edit',
  component: lazyRouteComponent(pages, 'EditCallPage'),
})

const judging = createRoute({
  getParentRoute,
  path: 'calls/$callId/entries',
  component: lazyRouteComponent(pages, 'JudgingPage'),
})

const entry = createRoute({
  getParentRoute,
  path: 'calls/entries/$entryId',
  component: lazyRouteComponent(pages, 'EntryPage'),
})

const reviewedCall = createRoute({
  getParentRoute,
  path: 'calls/reviewing/$callId',
  component: lazyRouteComponent(pages, 'ReviewedCallPage'),
})

const reviewedEntry = createRoute({
  getParentRoute,
  path: 'calls/reviewing/$callId/$number',
  component: lazyRouteComponent(pages, 'ReviewedEntryPage'),
})

const work = createRoute({
  getParentRoute,
  path: 'calls/shelf/$entryId',
  component: lazyRouteComponent(pages, 'WorkPage'),
})

/** 征集: calls, what is sent in, how it is reviewed and decided, and the shelf. */
export const callsRoutes = [list, preparing, call, changing, judging, entry, reviewedCall, reviewedEntry, work] as const
