import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { newArticleSearch, publicitySearch } from './searches.ts'

const getParentRoute = () => signedInRoute
/** Written once: what such a line brings along is listed with each. */
const pages = () => import('./pages.ts')

const list = createRoute({
  getParentRoute,
  path: 'publicity',
  validateSearch: publicitySearch,
  component: lazyRouteComponent(pages, 'PublicityPage'),
})

const beginning = createRoute({
  getParentRoute,
  path: 'publicity/new',
  validateSearch: newArticleSearch,
  component: lazyRouteComponent(pages, 'NewArticlePage'),
})

const one = createRoute({
  getParentRoute,
  path: 'publicity/$articleId',
  component: lazyRouteComponent(pages, 'ArticlePage'),
})

const writing = createRoute({
  getParentRoute,
  path: 'publicity/$articleId/write',
  component: lazyRouteComponent(() => import('./writing.ts'), 'WritingPage'),
})

const kit = createRoute({
  getParentRoute,
  path: 'publicity/$articleId/kit',
  component: lazyRouteComponent(pages, 'KitPage'),
})

/** 宣传: articles that are written, reviewed and published. */
export const publicityRoutes = [list, beginning, one, writing, kit] as const
