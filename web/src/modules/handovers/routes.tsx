import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'

const list = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'archive/handovers',
  component: lazyRouteComponent(() => import('./HandoversPage.tsx'), 'HandoversPage'),
})

const drawingUp = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'archive/handovers/new',
  component: lazyRouteComponent(() => import('./NewHandoverPage.tsx'), 'NewHandoverPage'),
})

const one = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'archive/handovers/$handoverId',
  component: lazyRouteComponent(() => import('./HandoverPage.tsx'), 'HandoverPage'),
})

/** 档案移交: what is under way and what was, drawing one up, comparing and receiving. */
export const handoversRoutes = [list, drawingUp, one] as const
