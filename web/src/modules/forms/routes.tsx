import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { copySheetNames } from '@zhibu/server/modules/forms/names-schema'
import type { CopySheet } from '@zhibu/server/modules/forms/schema'
import { signedInRoute } from '../../shell/routes.tsx'
import { codeIn } from '../../ui/choices.ts'
import { formsSearch } from './searches.ts'

const list = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'forms',
  validateSearch: formsSearch,
  component: lazyRouteComponent(() => import('./FormsPage.tsx'), 'FormsPage'),
})

const making = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'forms/$formId',
  validateSearch: formsSearch,
  component: lazyRouteComponent(() => import('./MakingPage.tsx'), 'MakingPage'),
})

const template = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'forms/templates/$templateId',
  component: lazyRouteComponent(() => import('./TemplatePage.tsx'), 'TemplatePage'),
})

const copies = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'forms/copies/$personId',
  validateSearch: (it): { sheet?: CopySheet } => {
    const sheet = codeIn(copySheetNames, it.sheet)
    return sheet === undefined ? {} : { sheet }
  },
  component: lazyRouteComponent(() => import('./CopyPage.tsx'), 'CopyPage'),
})

/** 表格: the forms by step, one to be made, a template of the university, columns to copy. */
export const formsRoutes = [list, making, template, copies] as const
