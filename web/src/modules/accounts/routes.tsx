import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { ownPath, text } from '../../address.ts'
import { rootRoute, signedInRoute } from '../../shell/routes.tsx'
import { accountsSearch, journalSearch } from './searches.ts'

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in',
  /** `to`: where to go afterwards; `problem`: why the campus sign-in came to nothing. */
  validateSearch: (it): { to?: string; problem?: string } => {
    const to = ownPath(it.to)
    const problem = text(it.problem)
    return { ...(to !== '/' && { to }), ...(problem && { problem }) }
  },
  component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
})

const setup = createRoute({
  getParentRoute: () => rootRoute,
  path: 'setup',
  component: lazyRouteComponent(() => import('./SetupPage.tsx'), 'SetupPage'),
})

/** The secret stands behind the `#`, so that it reaches no log of any server. */
const invitation = createRoute({
  getParentRoute: () => rootRoute,
  path: 'invitation',
  component: lazyRouteComponent(() => import('./InvitationPage.tsx'), 'InvitationPage'),
})

/** For everybody: sign-in, first set-up, the link of an invitation. */
export const entranceRoutes = [signIn, setup, invitation] as const

const ownAccount = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'account',
  component: lazyRouteComponent(() => import('./OwnAccountPage.tsx'), 'OwnAccountPage'),
})

const system = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'system',
  component: lazyRouteComponent(() => import('./SystemPage.tsx'), 'SystemPage'),
})

const systemStart = createRoute({
  getParentRoute: () => system,
  path: '/',
  component: lazyRouteComponent(() => import('./SystemPage.tsx'), 'SystemStart'),
})

const accounts = createRoute({
  getParentRoute: () => system,
  path: 'accounts',
  validateSearch: accountsSearch,
  component: lazyRouteComponent(() => import('./AccountsTab.tsx'), 'AccountsTab'),
})

const administrators = createRoute({
  getParentRoute: () => system,
  path: 'administrators',
  component: lazyRouteComponent(() => import('./AdministratorsTab.tsx'), 'AdministratorsTab'),
})

const delegations = createRoute({
  getParentRoute: () => system,
  path: 'delegations',
  /** Whether those that are over are shown too. */
  validateSearch: (it): { ended?: 'yes' } => (it.ended === 'yes' ? { ended: 'yes' } : {}),
  component: lazyRouteComponent(() => import('./DelegationsTab.tsx'), 'DelegationsTab'),
})

const journal = createRoute({
  getParentRoute: () => system,
  path: 'journal',
  validateSearch: journalSearch,
  component: lazyRouteComponent(() => import('./JournalTab.tsx'), 'JournalTab'),
})

/** For whoever is signed in: the own account, and the system by right. */
export const accountsRoutes = [
  ownAccount,
  system.addChildren([systemStart, accounts, administrators, delegations, journal]),
] as const
