import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { newArticleSearch, publicitySearch } from './searches.ts'

const getParentRoute = () => signedInRoute

const list = createRoute({
  getParentRoute,
  path: 'publicity',
  validateSearch: publicitySearch,
  component: lazyRouteComponent(() => import('./pages.ts'), 'PublicityPage'),
})

const beginning = createRoute({
  getParentRoute,
  path: 'publicity/new',
  validateSearch: newArticleSearch,
  component: lazyRouteComponent(() => import('./pages.ts'), 'NewArticlePage'),
})

const one = createRoute({
  getParentRoute,
  path: 'publicity/$articleId',
  component: lazyRouteComponent(() => import('./pages.ts'), 'ArticlePage'),
})

const writing = createRoute({
  getParentRoute,
  path: 'publicity/$articleId/write',
  component: lazyRouteComponent(() => import('./writing.ts'), 'WritingPage'),
})

const kit = createRoute({
  getParentRoute,
  path: 'publicity/$articleId/kit',
  component: lazyRouteComponent(() => import('./pages.ts'), 'KitPage'),
})

/** 宣传: articles that are written, reviewed and published. */
export const publicityRoutes = [list, beginning, one, writing, kit] as const
