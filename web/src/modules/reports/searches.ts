/** What the addresses of statistics carry: texts as somebody has typed them, read by the pages, since every page begins with this file. */
export interface ReportsSearch {
  organization?: string | undefined
  by?: string | undefined
  year?: string | undefined
  /** Of the rows behind a figure. */
  card?: string | undefined
  row?: string | undefined
  column?: string | undefined
}

/** The address as it is. */
export const reportsSearch = (it: ReportsSearch): ReportsSearch => it
