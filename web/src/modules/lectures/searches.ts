/** What the address of lectures carries: what is looked for, as somebody has typed it. */
export interface LecturesSearch {
  q?: string | undefined
  /** At which second the recording begins. */
  from?: string | undefined
}

/** The address as it is. */
export const lecturesSearch = (it: LecturesSearch): LecturesSearch => it
