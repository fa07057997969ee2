/** The pages of experts. They come in one script: many small ones would lengthen the list that every page begins with. */
export { ExpertPage } from './ExpertPage.tsx'
export { ExpertsPage } from './ExpertsPage.tsx'
export { InvitationPage } from './InvitationPage.tsx'
