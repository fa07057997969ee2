import { text } from '../../address.ts'

/** For whom forms are made: one person, or those who were chosen on a list before. */
export interface FormsSearch {
  q?: string
  personId?: string
  chosen?: 'yes'
}

/** The address as far as it can be understood. */
export function formsSearch(it: Record<string, unknown>): FormsSearch {
  const [q, personId] = [text(it.q), text(it.personId)]
  return { ...(q && { q }), ...(personId && { personId }), ...(it.chosen === 'yes' && { chosen: it.chosen }) }
}
