/** What the addresses of experts carry: texts as somebody has typed them, read by the pages. */
export interface ExpertsSearch {
  list?: 'invitations' | 'own' | undefined
  /** How the base is narrowed and ordered. */
  q?: string | undefined
  topic?: string | undefined
  institution?: string | undefined
  order?: 'changed' | undefined
}

/** The address as it is. */
export const expertsSearch = (it: ExpertsSearch): ExpertsSearch => it
