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

/** 组织: the tree, and the page of one organisation. */
export const organizationRoutes = [tree, one] as const
