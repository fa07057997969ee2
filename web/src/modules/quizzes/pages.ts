/** The pages of quizzes. They come in one script: many small ones would lengthen the list that every page begins with. */
export { PlayPage } from './PlayPage.tsx'
export { QuizPage } from './QuizPage.tsx'
export { QuizzesPage } from './QuizzesPage.tsx'
export { RoomPage } from './RoomPage.tsx'
export { ScreenPage } from './ScreenPage.tsx'
