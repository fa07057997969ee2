import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../shell/routes.tsx'

const about = createRoute({
  getParentRoute: () => rootRoute,
  path: 'about',
  component: lazyRouteComponent(() => import('./AboutPage.tsx'), 'AboutPage'),
})

/** For everybody: what this is. */
export const aboutRoutes = [about] as const
