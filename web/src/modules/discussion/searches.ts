/** What there is besides the topics. */
export type DiscussionPart =
  | 'concerning'
  | 'calls'
  | 'outcomes'
  | 'protected'
  | 'answers'
  | 'moderation'
  | 'openings'
  | 'settings'

/** What the addresses of the discussion carry: texts as somebody has typed them, read by the pages, since every page begins with this file. */
export interface DiscussionSearch {
  list?: DiscussionPart | undefined
  /** How the list of topics is narrowed, or where and what is written. */
  place?: string | undefined
  kind?: string | undefined
  state?: string | undefined
  only?: string | undefined
  q?: string | undefined
  call?: string | undefined
  /** The number of the post from which a topic is read. */
  post?: string | undefined
}

/** The address as it is. */
export const discussionSearch = (it: DiscussionSearch): DiscussionSearch => it
