import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { trainingSearch } from './searches.ts'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const list = createRoute({
  getParentRoute,
  path: 'training',
  validateSearch: trainingSearch,
  component: lazyRouteComponent(pages, 'TrainingPage'),
})

const planning = createRoute({
  getParentRoute,
  path: 'training/new',
  component: lazyRouteComponent(pages, 'NewProgrammePage'),
})

const statement = createRoute({
  getParentRoute,
  path: 'training/statements/$personId',
  validateSearch: trainingSearch,
  component: lazyRouteComponent(pages, 'StatementPage'),
})

const attendance = createRoute({
  getParentRoute,
  path: 'training/sessions/$sessionId/attendance',
  component: lazyRouteComponent(pages, 'AttendancePage'),
})

const signatures = createRoute({
  getParentRoute,
  path: 'training/sessions/$sessionId/signatures',
  component: lazyRouteComponent(pages, 'SignaturesPage'),
})

const one = createRoute({
  getParentRoute,
  path: 'training/$programmeId',
  component: lazyRouteComponent(pages, 'ProgrammePage'),
})

const changing = createRoute({
  getParentRoute,
  path: 'training/$programmeId/change',
  component: lazyRouteComponent(pages, 'ChangeProgrammePage'),
})

const participants = createRoute({
  getParentRoute,
  path: 'training/$programmeId/participants',
  validateSearch: trainingSearch,
  component: lazyRouteComponent(pages, 'ParticipantsPage'),
})

const candidates = createRoute({
  getParentRoute,
  path: 'training/$programmeId/candidates',
  validateSearch: trainingSearch,
  component: lazyRouteComponent(pages, 'CandidatesPage'),
})

const addingSession = createRoute({
  getParentRoute,
  path: 'training/$programmeId/sessions/new',
  component: lazyRouteComponent(pages, 'NewSessionPage'),
})

const changingSession = createRoute({
  getParentRoute,
  path: 'training/$programmeId/sessions/$sessionId',
  component: lazyRouteComponent(pages, 'ChangeSessionPage'),
})

const criteria = createRoute({
  getParentRoute,
  path: 'training/$programmeId/criteria',
  component: lazyRouteComponent(pages, 'CriteriaPage'),
})

const self = createRoute({
  getParentRoute,
  path: 'training/$programmeId/self',
  component: lazyRouteComponent(pages, 'SelfPage'),
})

const accepting = createRoute({
  getParentRoute,
  path: 'training/$programmeId/acceptance',
  validateSearch: trainingSearch,
  component: lazyRouteComponent(pages, 'AcceptedListPage'),
})

const accepted = createRoute({
  getParentRoute,
  path: 'training/$programmeId/acceptance/$personId',
  component: lazyRouteComponent(pages, 'AcceptedPage'),
})

const certifying = createRoute({
  getParentRoute,
  path: 'training/$programmeId/certificates',
  component: lazyRouteComponent(pages, 'CertifyingPage'),
})

const assigning = createRoute({
  getParentRoute,
  path: 'training/$programmeId/assignments',
  component: lazyRouteComponent(pages, 'AssignmentsPage'),
})

const reflections = createRoute({
  getParentRoute,
  path: 'training/$programmeId/reflections',
  validateSearch: trainingSearch,
  component: lazyRouteComponent(pages, 'ReflectionsPage'),
})

const writingReflection = createRoute({
  getParentRoute,
  path: 'training/$programmeId/reflections/$promptId',
  component: lazyRouteComponent(pages, 'ReflectionWritingPage'),
})

const summary = createRoute({
  getParentRoute,
  path: 'training/$programmeId/summary',
  component: lazyRouteComponent(pages, 'SummaryPage'),
})

const reflection = createRoute({
  getParentRoute,
  path: 'training/reflections/$reflectionId',
  validateSearch: trainingSearch,
  component: lazyRouteComponent(pages, 'ReflectionPage'),
})

const assessing = createRoute({
  getParentRoute,
  path: 'training/assessing',
  component: lazyRouteComponent(pages, 'AssessingPage'),
})

const assessed = createRoute({
  getParentRoute,
  path: 'training/assessing/$programmeId',
  component: lazyRouteComponent(pages, 'AssessedPage'),
})

const assessedRound = createRoute({
  getParentRoute,
  path: 'training/assessing/rounds/$roundId',
  component: lazyRouteComponent(pages, 'AssessedRoundPage'),
})

/** 培训: programmes with their sessions, who takes part, who was there, and the class hours of a year. */
export const trainingRoutes = [
  ...[list, planning, statement, attendance, signatures, one, changing],
  ...[participants, candidates, addingSession, changingSession],
  ...[criteria, self, accepting, accepted, certifying, assessing, assessed, assessedRound],
  ...[assigning, reflections, writingReflection, reflection, summary],
] as const
