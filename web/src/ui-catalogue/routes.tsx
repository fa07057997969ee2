import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../shell/routes.tsx'

/** Every part of `ui` in all its states, to be looked at; only while developing. */
export const catalogueRoutes = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => rootRoute,
        path: 'ui-catalogue',
        component: lazyRouteComponent(() => import('./CataloguePage.tsx'), 'CataloguePage'),
      }),
    ]
  : []
