/** The pages beside the editor, in one script: many small ones would lengthen the list that every page begins with. */
export { ArticlePage } from './ArticlePage.tsx'
export { KitPage } from './KitPage.tsx'
export { NewArticlePage } from './NewArticlePage.tsx'
export { PublicityPage } from './PublicityPage.tsx'
