/** The parts of the page of activities besides those to come. */
export type ActivitiesPart = 'year' | 'past' | 'kits' | 'own' | 'mine'

/** What the addresses of activities carry: texts as somebody has typed them, read by the pages, since every page begins with this file. */
export interface ActivitiesSearch {
  list?: ActivitiesPart | undefined
  q?: string | undefined
  kind?: string | undefined
  organization?: string | undefined
  length?: string | undefined
  year?: string | undefined
  /** From which day or kit a new activity begins, or which one it copies. */
  day?: string | undefined
  kit?: string | undefined
  from?: string | undefined
}

/** The address as it is. */
export const activitiesSearch = (it: ActivitiesSearch): ActivitiesSearch => it
