/** The pages of guidance. They come in one script: many small ones would lengthen the list that every page begins with. */
export { BookingPage } from './BookingPage.tsx'
export { GuidancePage } from './GuidancePage.tsx'
export { MentorsPage } from './MentorsPage.tsx'
