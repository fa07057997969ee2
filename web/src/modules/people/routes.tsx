import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { text } from '../../address.ts'
import { signedInRoute } from '../../shell/routes.tsx'
import { registerSearch } from './searches.ts'

const register = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'people',
  validateSearch: registerSearch,
  component: lazyRouteComponent(() => import('./RegisterPage.tsx'), 'RegisterPage'),
})

const registration = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'people/new',
  validateSearch: (it): { organizationId?: string } => {
    const organizationId = text(it.organizationId)
    return organizationId === undefined ? {} : { organizationId }
  },
  component: lazyRouteComponent(() => import('./NewPersonPage.tsx'), 'NewPersonPage'),
})

const person = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'people/$personId',
  component: lazyRouteComponent(() => import('./PersonPage.tsx'), 'PersonPage'),
})

const change = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'people/$personId/change',
  component: lazyRouteComponent(() => import('./PersonChangePage.tsx'), 'PersonChangePage'),
})

/** 人员: the register, a person, entering and changing one. */
export const peopleRoutes = [register, registration, person, change] as const
