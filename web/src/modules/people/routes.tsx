import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, text } from '../../address.ts'
import { signedInRoute } from '../../shell/routes.tsx'
import { type ListSearch, listSearch } from '../../ui/listSearch.ts'
import { personKindNames } from './names.ts'

/** What the address of the register carries. */
export interface RegisterSearch extends ListSearch {
  organizationId?: string
  kind?: keyof typeof personKindNames
  mobile?: 'yes'
}

const isKind = (it: string): it is keyof typeof personKindNames => Object.hasOwn(personKindNames, it)
const kinds = Object.keys(personKindNames).filter(isKind)

const register = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'people',
  validateSearch: (it): RegisterSearch => {
    const organizationId = text(it.organizationId)
    const kind = oneOf(kinds, it.kind)
    return {
      ...listSearch(it),
      ...(organizationId && { organizationId }),
      ...(kind && { kind }),
      ...(it.mobile === 'yes' && { mobile: 'yes' }),
    }
  },
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
