/** What there is besides the calls that take entries. */
export type CallsPart = 'over' | 'held' | 'reviewing' | 'shelf'

/** What the addresses of calls carry: texts as somebody has typed them, read by the pages. */
export interface CallsSearch {
  list?: CallsPart | undefined
  q?: string | undefined
  /** The call of which the shelf shows the works. */
  call?: string | undefined
}

/** The address as it is. */
export const callsSearch = (it: CallsSearch): CallsSearch => it
