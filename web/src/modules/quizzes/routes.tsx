import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { bareRoute, signedInRoute } from '../../shell/routes.tsx'
import { quizzesSearch } from './searches.ts'

const getParentRoute = () => signedInRoute
const pages = () => import('./pages.ts')

const list = createRoute({
  getParentRoute,
  path: 'quizzes',
  component: lazyRouteComponent(pages, 'QuizzesPage'),
})

const quiz = createRoute({
  getParentRoute,
  path: 'quizzes/$quizId',
  component: lazyRouteComponent(pages, 'QuizPage'),
})

const play = createRoute({
  getParentRoute,
  path: 'quizzes/$quizId/play',
  validateSearch: quizzesSearch,
  component: lazyRouteComponent(pages, 'PlayPage'),
})

const room = createRoute({
  getParentRoute,
  path: 'quizzes/rooms/$roomId',
  component: lazyRouteComponent(pages, 'RoomPage'),
})

const screen = createRoute({
  getParentRoute: () => bareRoute,
  path: 'quizzes/rooms/$roomId/screen',
  component: lazyRouteComponent(pages, 'ScreenPage'),
})

/** 答题: sets of questions, answering alone, and rooms on phones. */
export const quizzesRoutes = [list, quiz, play, room] as const

/** The big screen of a room, without the shell. */
export const quizScreenRoutes = [screen] as const
