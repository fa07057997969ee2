import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { noticesSearch } from './searches.ts'

const getParentRoute = () => signedInRoute

const list = createRoute({
  getParentRoute,
  path: 'notices',
  validateSearch: noticesSearch,
  component: lazyRouteComponent(() => import('./readerPages.ts'), 'NoticesPage'),
})

const writing = createRoute({
  getParentRoute,
  path: 'notices/new',
  component: lazyRouteComponent(() => import('./senderPages.ts'), 'WritingPage'),
})

const preferences = createRoute({
  getParentRoute,
  path: 'notices/preferences',
  component: lazyRouteComponent(() => import('./readerPages.ts'), 'PreferencesPage'),
})

const one = createRoute({
  getParentRoute,
  path: 'notices/$noticeId',
  component: lazyRouteComponent(() => import('./readerPages.ts'), 'NoticePage'),
})

const draft = createRoute({
  getParentRoute,
  path: 'notices/$noticeId/change',
  component: lazyRouteComponent(() => import('./senderPages.ts'), 'DraftPage'),
})

/** The short address that stands in groups and mails. */
const short = createRoute({
  getParentRoute,
  path: 'n/$noticeId',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/notices/$noticeId', params })
  },
})

/** 通知: what the reader got, writing and sending, what became of it, how one wants to be reached. */
export const noticesRoutes = [list, writing, preferences, one, draft, short] as const
