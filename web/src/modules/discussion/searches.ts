import { oneOf, text } from '../../address.ts'

/** What there is besides the topics. */
const parts = ['calls', 'outcomes', 'protected', 'answers', 'moderation', 'openings', 'settings'] as const
export type DiscussionPart = (typeof parts)[number]

/** What the address of the topics carries. */
export interface DiscussionSearch {
  list?: DiscussionPart | undefined
  place?: string | undefined
  kind?: string | undefined
  state?: string | undefined
  only?: string | undefined
  q?: string | undefined
}

/** The address of the topics as far as it can be understood. */
export const discussionSearch = (it: Record<string, unknown>): DiscussionSearch => ({
  list: oneOf(parts, it.list),
  place: text(it.place),
  kind: text(it.kind),
  state: text(it.state),
  only: text(it.only),
  q: text(it.q),
})

/** What is about to be written, and where; or which post of a topic is looked for. */
export interface TopicSearch {
  kind?: string | undefined
  place?: string | undefined
  call?: string | undefined
  post?: string | undefined
}

export const topicSearch = (it: Record<string, unknown>): TopicSearch => ({
  kind: text(it.kind),
  place: text(it.place),
  call: text(it.call),
  post: text(it.post),
})
