import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../shell/routes.tsx'
import { discussionSearch } from './searches.ts'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const list = createRoute({
  getParentRoute,
  path: 'discussion',
  validateSearch: discussionSearch,
  component: lazyRouteComponent(pages, 'DiscussionPage'),
})

const writing = createRoute({
  getParentRoute,
  path: 'discussion/new',
  validateSearch: discussionSearch,
  component: lazyRouteComponent(pages, 'NewTopicPage'),
})

const topic = createRoute({
  getParentRoute,
  path: 'discussion/topics/$topicId',
  validateSearch: discussionSearch,
  component: lazyRouteComponent(pages, 'TopicPage'),
})

const ownProtected = createRoute({
  getParentRoute,
  path: 'discussion/protected/$topicId',
  component: lazyRouteComponent(pages, 'ProtectedTopicPage'),
})

const call = createRoute({
  getParentRoute,
  path: 'discussion/calls/$callId',
  component: lazyRouteComponent(pages, 'CallPage'),
})

/** 交流: what is talked about, suggested and asked; what became of it; what officers have to answer and to decide. */
export const discussionRoutes = [list, writing, topic, ownProtected, call] as const
