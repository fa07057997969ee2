import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { textSearch } from './searches.ts'

const page = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'search',
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('./SearchPage.tsx'), 'SearchPage'),
})

/** 查找: one page. */
export const searchRoutes = [page] as const
