import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { coversSearch, stackSearch } from './searches.ts'

const stacks = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'digitization',
  component: lazyRouteComponent(() => import('./StacksPage.tsx'), 'StacksPage'),
})

const covers = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'digitization/covers',
  validateSearch: coversSearch,
  component: lazyRouteComponent(() => import('./CoversPage.tsx'), 'CoversPage'),
})

const stack = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'digitization/$stackId',
  validateSearch: stackSearch,
  component: lazyRouteComponent(() => import('./StackPage.tsx'), 'StackPage'),
})

const phone = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'digitization/$stackId/phone',
  component: lazyRouteComponent(() => import('./PhonePage.tsx'), 'PhonePage'),
})

/** 纸质材料整理: stacks of scanned or photographed paper, a phone's camera, cover sheets. */
export const digitizationRoutes = [stacks, covers, stack, phone] as const
