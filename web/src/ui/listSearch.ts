import { text } from '../address.ts'

/** What the address of every list may carry. Filters of one list stand beside it. */
export interface ListSearch {
  /** Words searched for. */
  q?: string | undefined
  /** A column's key, with a minus before it for descending: `-latestOn`. */
  sort?: string | undefined
  /** Where the page begins; opaque, from the server. */
  cursor?: string | undefined
}

/** The part of `validateSearch` that all lists share: `(it) => ({ ...listSearch(it), stage: oneOf(stages, it.stage) })`. */
export function listSearch(values: Record<string, unknown>): ListSearch {
  return { q: text(values.q), sort: text(values.sort), cursor: text(values.cursor) }
}

/** The sort after a click on a column's head: ascending, descending, none. */
export function nextSort(sort: string | undefined, key: string): string | undefined {
  if (sort === key) return `-${key}`
  return sort === `-${key}` ? undefined : key
}

/** The sort of an address as the server is asked for it; nothing where the list cannot be sorted so. */
export function askedSort<Key extends string>(
  sort: string | undefined,
  keys: readonly Key[],
): { sort?: Key; descending?: 'true' | 'false' } {
  const key = keys.find((it) => it === sort?.replace('-', ''))
  return key === undefined ? {} : { sort: key, descending: sort?.startsWith('-') ? 'true' : 'false' }
}

/** The whole list as it is filtered, whichever page is open: what an export holds. */
export const wholeList = <Search extends ListSearch>(search: Search): Search => ({ ...search, cursor: undefined })

/** Whether words or a filter narrow the list. */
export function isNarrowed({ sort: _, cursor: __, ...filters }: ListSearch): boolean {
  return Object.values(filters).some((it) => it !== undefined)
}
