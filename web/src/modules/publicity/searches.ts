import { oneOf, text } from '../../address.ts'
import { type ListSearch, listSearch } from '../../ui/listSearch.ts'

/** What there is besides the articles that are being written. */
const lists = ['inReview', 'forMe', 'toPublish', 'published', 'withdrawn', 'dropped', 'settings'] as const
export type PublicityList = (typeof lists)[number]

/** What the address of the articles carries. */
export interface PublicitySearch extends ListSearch {
  list?: PublicityList | undefined
  sectionId?: string | undefined
  organizationId?: string | undefined
  /** Only what the reader has written. */
  mine?: 'true' | undefined
}

/** The address of the articles as far as it can be understood. */
export const publicitySearch = (it: Record<string, unknown>): PublicitySearch => ({
  ...listSearch(it),
  list: oneOf(lists, it.list),
  sectionId: text(it.sectionId),
  organizationId: text(it.organizationId),
  mine: oneOf(['true'], it.mine),
})

/** Whether an article begins with a Word document. */
export const newArticleSearch = (it: Record<string, unknown>): { word?: 'true' | undefined } => ({
  word: oneOf(['true'], it.word),
})
