/** The pages of the discussion. They come in one script: many small ones would lengthen the list that every page begins with. */
export { CallPage } from './CallPage.tsx'
export { DiscussionPage } from './DiscussionPage.tsx'
export { NewTopicPage } from './NewTopicPage.tsx'
export { ProtectedTopicPage } from './ProtectedTopicPage.tsx'
export { TopicPage } from './TopicPage.tsx'
