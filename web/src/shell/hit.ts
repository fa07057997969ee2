/** Something the search over everything has found. */
export interface Hit {
  /** The heading under which it is listed: “人员”, “操作”. */
  kind: string
  label: string
  /** What tells it from others of the same name: branch, student number; or a piece of its text. */
  note?: string
  to: string
}

/** The kind of the entry that is no hit but leads to all of them. */
export const allResults = '查找'
