import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { text } from '../../address.ts'
import { signedInRoute } from '../../shell/routes.tsx'

const tree = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'organization',
  /** `at`: the organisation from whose page one has come back. */
  validateSearch: (it): { at?: string; dissolved?: 'yes' } => {
    const at = text(it.at)
    return { ...(at && { at }), ...(it.dissolved === 'yes' && { dissolved: 'yes' }) }
  },
  component: lazyRouteComponent(() => import('./TreePage.tsx'), 'TreePage'),
})

const one = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'organization/$organizationId',
  component: lazyRouteComponent(() => import('./OrganizationPage.tsx'), 'OrganizationPage'),
})

const offices = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'organization/$organizationId/offices',
  component: lazyRouteComponent(() => import('./OfficesPage.tsx'), 'OfficesPage'),
})

/** 组织: the tree, the page of one organisation, and many offices at once. */
export const organizationRoutes = [tree, one, offices] as const
