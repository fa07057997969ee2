/** The pages of whoever is told something. They come in one script: many small ones would lengthen the list that every page begins with. */
export { NoticePage } from './NoticePage.tsx'
export { NoticesPage } from './NoticesPage.tsx'
export { PreferencesPage } from './PreferencesPage.tsx'
