import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const list = createRoute({
  getParentRoute,
  path: 'training/exams',
  component: lazyRouteComponent(pages, 'ExamsPage'),
})

const fresh = createRoute({
  getParentRoute,
  path: 'training/exams/new',
  component: lazyRouteComponent(pages, 'NewExamPage'),
})

const bank = createRoute({
  getParentRoute,
  path: 'training/exams/banks/$bankId',
  component: lazyRouteComponent(pages, 'BankPage'),
})

const attempt = createRoute({
  getParentRoute,
  path: 'training/exams/attempts/$attemptId',
  component: lazyRouteComponent(pages, 'AttemptPage'),
})

const exam = createRoute({
  getParentRoute,
  path: 'training/exams/$examId',
  component: lazyRouteComponent(pages, 'ExamPage'),
})

const edit = createRoute({
  getParentRoute,
  path: 'training/exams/$examId/edit',
  component: lazyRouteComponent(pages, 'EditExamPage'),
})

const analysis = createRoute({
  getParentRoute,
  path: 'training/exams/$examId/analysis',
  component: lazyRouteComponent(pages, 'AnalysisPage'),
})

const own = createRoute({
  getParentRoute,
  path: 'training/exams/$examId/own',
  component: lazyRouteComponent(pages, 'OwnExamPage'),
})

/** 考试: one's own, those one runs, banks of questions. */
export const examsRoutes = [list, fresh, bank, attempt, exam, edit, analysis, own] as const
