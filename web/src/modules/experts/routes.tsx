import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { expertsSearch } from './searches.ts'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const list = createRoute({
  getParentRoute,
  path: 'training/experts',
  validateSearch: expertsSearch,
  component: lazyRouteComponent(pages, 'ExpertsPage'),
})

const expert = createRoute({
  getParentRoute,
  path: 'training/experts/$expertId',
  component: lazyRouteComponent(pages, 'ExpertPage'),
})

const invitation = createRoute({
  getParentRoute,
  path: 'training/experts/invitations/$invitationId',
  component: lazyRouteComponent(pages, 'InvitationPage'),
})

/** 专家: who may be asked to lecture, and what is asked of them. */
export const expertsRoutes = [list, expert, invitation] as const
