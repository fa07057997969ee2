import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, ownPath, text } from '../../address.ts'
import { rootRoute, signedInRoute } from '../../shell/routes.tsx'
import { type ListSearch, listSearch } from '../../ui/listSearch.ts'

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

const accountsOnly = ['administrators', 'persons', 'locked', 'invited'] as const

/** What the address of the list of accounts carries. */
export interface AccountsSearch extends ListSearch {
  only?: (typeof accountsOnly)[number] | undefined
}

const accounts = createRoute({
  getParentRoute: () => system,
  path: 'accounts',
  validateSearch: (it): AccountsSearch => ({ ...listSearch(it), only: oneOf(accountsOnly, it.only) }),
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

/** What the address of the journal carries. */
export interface JournalSearch extends ListSearch {
  event?: string | undefined
  accountId?: string | undefined
  from?: string | undefined
  until?: string | undefined
  /** The entries of one group, from its first to its last. */
  first?: string | undefined
  last?: string | undefined
}

const journal = createRoute({
  getParentRoute: () => system,
  path: 'journal',
  validateSearch: (it): JournalSearch => ({
    ...listSearch(it),
    event: text(it.event),
    accountId: text(it.accountId),
    from: text(it.from),
    until: text(it.until),
    first: text(it.first),
    last: text(it.last),
  }),
  component: lazyRouteComponent(() => import('./JournalTab.tsx'), 'JournalTab'),
})

/** For whoever is signed in: the own account, and the system by right. */
export const accountsRoutes = [
  ownAccount,
  system.addChildren([systemStart, accounts, administrators, delegations, journal]),
] as const
