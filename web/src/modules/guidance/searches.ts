/** The parts of the page of guidance besides the free times. */
export type GuidancePart = 'mine' | 'times'

/** What the addresses of guidance carry: texts as somebody has typed them, read by the pages. */
export interface GuidanceSearch {
  list?: GuidancePart | undefined
  /** How free times are shown, and of which mentor. */
  view?: 'calendar' | undefined
  mentor?: string | undefined
}

/** The address as it is. */
export const guidanceSearch = (it: GuidanceSearch): GuidanceSearch => it
