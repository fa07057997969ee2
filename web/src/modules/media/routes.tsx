import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'

const library = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'media',
  component: lazyRouteComponent(() => import('./MediaPage.tsx'), 'MediaPage'),
})

/** 素材: what one has brought in, and what was brought in where one publishes. */
export const mediaRoutes = [library] as const
