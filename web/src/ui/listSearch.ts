import { text } from '../address.ts'

/** What the address of every list may carry. Filters of one list stand beside it. */
export interface ListSearch {
  /** Words searched for. */
  q?: string
  /** A column's key, with a minus before it for descending: `-latestOn`. */
  sort?: string
  /** Where the page begins; opaque, from the server. */
  cursor?: string
}

/** The part of `validateSearch` that all lists share: `(it) => ({ ...listSearch(it), stage: oneOf(stages, it.stage) })`. */
export function listSearch(values: Record<string, unknown>): ListSearch {
  const q = text(values.q)
  const sort = text(values.sort)
  const cursor = text(values.cursor)
  return { ...(q && { q }), ...(sort && { sort }), ...(cursor && { cursor }) }
}

/** The sort after a click on a column's head: ascending, descending, none. */
export function nextSort(sort: string | undefined, key: string): string | undefined {
  if (sort === key) return `-${key}`
  return sort === `-${key}` ? undefined : key
}
