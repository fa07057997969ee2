import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'

const list = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'intake',
  component: lazyRouteComponent(() => import('./IntakePage.tsx'), 'IntakePage'),
})

const one = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'intake/$importId',
  component: lazyRouteComponent(() => import('./ImportPage.tsx'), 'ImportPage'),
})

/** 导入: choosing a file and the imports so far; one import from recognition to its end. */
export const intakeRoutes = [list, one] as const
