import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { draftSearch, noticesSearch, writingSearch } from './searches.ts'

const getParentRoute = () => signedInRoute

const list = createRoute({
  getParentRoute,
  path: 'notices',
  validateSearch: noticesSearch,
  component: lazyRouteComponent(() => import('./NoticesPage.tsx'), 'NoticesPage'),
})

const writing = createRoute({
  getParentRoute,
  path: 'notices/new',
  validateSearch: writingSearch,
  component: lazyRouteComponent(() => import('./WritingPage.tsx'), 'WritingPage'),
})

const preferences = createRoute({
  getParentRoute,
  path: 'notices/preferences',
  component: lazyRouteComponent(() => import('./PreferencesPage.tsx'), 'PreferencesPage'),
})

const settings = createRoute({
  getParentRoute,
  path: 'notices/settings',
  component: lazyRouteComponent(() => import('./SettingsPage.tsx'), 'SettingsPage'),
})

const one = createRoute({
  getParentRoute,
  path: 'notices/$noticeId',
  component: lazyRouteComponent(() => import('./NoticePage.tsx'), 'NoticePage'),
})

const draft = createRoute({
  getParentRoute,
  path: 'notices/$noticeId/change',
  validateSearch: draftSearch,
  component: lazyRouteComponent(() => import('./DraftPage.tsx'), 'DraftPage'),
})

/** The short address that stands in groups and mails. */
const short = createRoute({
  getParentRoute,
  path: 'n/$noticeId',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/notices/$noticeId', params, replace: true })
  },
})

/** 通知: what the reader got, writing and sending, what became of it, how one wants to be reached. */
export const noticesRoutes = [list, writing, preferences, settings, one, draft, short] as const
