/** A sheet that is laid before a paper, so that the paper finds its place when the stack is scanned. */
export interface CoverSheet {
  /** What its QR code says. */
  code: string
  /** The number of the place in the filing list, and the place in words. */
  number: string
  label: string
  /** Whose the paper is. */
  owner: string
  /** What tells the owner from others of the same name, such as the student number. */
  ownerMark: string | null
  /** Where the owner stands; null where it is one itself. */
  organization: string | null
}
