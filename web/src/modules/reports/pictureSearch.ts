/** What the address of a picture carries: which list, by what its rows are counted, and beside them what the address of the list itself carries. */
export interface PictureSearch {
  picture?: string | undefined
  by?: string | undefined
  along?: string | undefined
  /** The list's own. */
  [filter: string]: string | undefined
}

/** The address as it is; the page reads it. */
export const pictureSearch = (it: Record<string, unknown>): PictureSearch =>
  Object.fromEntries(Object.entries(it).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])))
