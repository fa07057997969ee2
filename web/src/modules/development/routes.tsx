import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { type ActKind, actKinds, type Day, isDay } from '@zhibu/rules'
import { oneOf, text } from '../../address.ts'
import { signedInRoute } from '../../shell/routes.tsx'
import { completenessSearch, deskSearch, filesSearch } from './searches.ts'

/** Which form stands open over a file: of a new act, or of a correction. */
export interface FileSearch {
  record?: ActKind | 'choose'
  correct?: string
  strike?: string
  /** What stands on a paper and is filled in: the day, the names apart by 、, and the document it is taken from. */
  on?: Day
  names?: string
  evidence?: string
}

const desk = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  validateSearch: deskSearch,
  component: lazyRouteComponent(() => import('./DeskPage.tsx'), 'DeskPage'),
})

const files = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'development',
  validateSearch: filesSearch,
  component: lazyRouteComponent(() => import('./FilesPage.tsx'), 'FilesPage'),
})

const board = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'development/board',
  validateSearch: (it): { organizationId?: string } => {
    const organizationId = text(it.organizationId)
    return organizationId === undefined ? {} : { organizationId }
  },
  component: lazyRouteComponent(() => import('./BoardPage.tsx'), 'BoardPage'),
})

const completeness = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'archive/completeness',
  validateSearch: completenessSearch,
  component: lazyRouteComponent(() => import('./CompletenessPage.tsx'), 'CompletenessPage'),
})

const batches = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'development/batches',
  component: lazyRouteComponent(() => import('./BatchesPage.tsx'), 'BatchesPage'),
})

const batch = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'development/batches/$id',
  validateSearch: (it): { only?: 'open' } => (it.only === 'open' ? { only: 'open' } : {}),
  component: lazyRouteComponent(() => import('./BatchPage.tsx'), 'BatchPage'),
})

const file = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'development/$personId',
  validateSearch: (it): FileSearch => {
    const record = oneOf([...actKinds, 'choose'] as const, it.record)
    const correct = text(it.correct)
    const strike = text(it.strike)
    const on = text(it.on)
    const names = text(it.names)
    const evidence = text(it.evidence)
    return {
      ...(record && { record }),
      ...(correct && { correct }),
      ...(strike && { strike }),
      ...(on !== undefined && isDay(on) && { on }),
      ...(names && { names }),
      ...(evidence && { evidence }),
    }
  },
  component: lazyRouteComponent(() => import('./FilePage.tsx'), 'FilePage'),
})

const plan = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'development/$personId/plan',
  component: lazyRouteComponent(() => import('./PlanPage.tsx'), 'PlanPage'),
})

const my = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'my',
  component: lazyRouteComponent(() => import('./MyPage.tsx'), 'MyPage'),
})

const rules = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'rules',
  component: lazyRouteComponent(() => import('./RulesPage.tsx'), 'RulesPage'),
})

const ruleBooks = createRoute({
  getParentRoute: () => rules,
  path: '/',
  /** `only`: the articles that the two editions word differently. */
  validateSearch: (it): { only?: 'changed' } => (it.only === 'changed' ? { only: 'changed' } : {}),
  component: lazyRouteComponent(() => import('./RuleBooksTab.tsx'), 'RuleBooksTab'),
})

const sources = createRoute({
  getParentRoute: () => rules,
  path: 'sources',
  component: lazyRouteComponent(() => import('./SourcesTab.tsx'), 'SourcesTab'),
})

const filing = createRoute({
  getParentRoute: () => rules,
  path: 'filing',
  component: lazyRouteComponent(() => import('./FilingTab.tsx'), 'FilingTab'),
})

const filingSettings = createRoute({
  getParentRoute: () => rules,
  path: 'filing-settings',
  component: lazyRouteComponent(() => import('./FilingSettingsTab.tsx'), 'FilingSettingsTab'),
})

const practice = createRoute({
  getParentRoute: () => rules,
  path: 'practice',
  component: lazyRouteComponent(() => import('./PracticeTab.tsx'), 'PracticeTab'),
})

const calendar = createRoute({
  getParentRoute: () => rules,
  path: 'calendar',
  validateSearch: (it): { year?: string } => {
    const year = text(it.year)
    return year !== undefined && /^20\d\d$/.test(year) ? { year } : {}
  },
  component: lazyRouteComponent(() => import('./CalendarTab.tsx'), 'CalendarTab'),
})

/** 工作台, 发展党员, 材料齐全情况, 批量预审, 我的, 规则. */
export const developmentRoutes = [
  desk,
  files,
  board,
  completeness,
  batches,
  batch,
  file,
  plan,
  my,
  rules.addChildren([ruleBooks, sources, filing, filingSettings, practice, calendar]),
] as const
