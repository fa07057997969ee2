/** The page with the editor, which whoever only reads does not load. */
export { WritingPage } from './WritingPage.tsx'
