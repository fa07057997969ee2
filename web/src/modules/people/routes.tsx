import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { text } from '../../address.ts'
import { signedInRoute } from '../../shell/routes.tsx'
import { codeIn } from '../../ui/choices.ts'
import { type ListSearch, listSearch } from '../../ui/listSearch.ts'
import { personKindNames } from './names.ts'

/** What the address of the register carries. */
export interface RegisterSearch extends ListSearch {
  organizationId?: string | undefined
  kind?: keyof typeof personKindNames | undefined
  mobile?: 'yes' | undefined
  /** The import that entered them. */
  importId?: string | undefined
}

const register = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'people',
  validateSearch: (it): RegisterSearch => ({
    ...listSearch(it),
    organizationId: text(it.organizationId),
    kind: codeIn(personKindNames, it.kind),
    mobile: it.mobile === 'yes' ? it.mobile : undefined,
    importId: text(it.importId),
  }),
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
