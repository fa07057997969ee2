import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../shell/routes.tsx'

const contents = createRoute({
  getParentRoute: () => rootRoute,
  path: 'manual',
  component: lazyRouteComponent(() => import('./ContentsPage.tsx'), 'ContentsPage'),
})

const chapter = createRoute({
  getParentRoute: () => rootRoute,
  path: 'manual/$chapter',
  component: lazyRouteComponent(() => import('./ChapterPage.tsx'), 'ChapterPage'),
})

/** For everybody, signed in or not: how to use it. */
export const manualRoutes = [contents, chapter] as const
