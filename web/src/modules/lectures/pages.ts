/** The pages of lectures. They come in one script: many small ones would lengthen the list that every page begins with. */
export { LecturesPage } from './LecturesPage.tsx'
export { LivePage } from './LivePage.tsx'
