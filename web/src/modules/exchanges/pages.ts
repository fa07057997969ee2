/** The pages of exchanges for those who are signed in. They come in one script: many small ones would lengthen the list that every page begins with. */
export { CardPage } from './CardPage.tsx'
export { CasePage } from './CasePage.tsx'
export { ExchangesPage } from './ExchangesPage.tsx'
export { MeetingPage } from './MeetingPage.tsx'
