/** The pages of whoever tells something, in one script for the same reason as those of the readers. */
export { DraftPage } from './DraftPage.tsx'
export { WritingPage } from './WritingPage.tsx'
