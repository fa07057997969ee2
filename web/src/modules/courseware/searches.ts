/** What the addresses of courseware carry. */
export interface WritingSearch {
  /** The unit that is changed; a new one without it. */
  unit?: string | undefined
}

/** The address as it is. */
export const writingSearch = (it: WritingSearch): WritingSearch => it
