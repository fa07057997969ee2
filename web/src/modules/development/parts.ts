import { type ComponentType, createContext, useContext } from 'react'

/** What modules that are read later put on the pages of this one; given in `app.tsx`. */
export interface DevelopmentParts {
  /** Files that wait to be received. */
  WaitingHandovers: ComponentType
  /** Suggestions that wait for an answer. */
  WaitingSuggestions: ComponentType
  /** Once in each half-year: whether the own record as one who does the work is right. */
  StaffCheck: ComponentType
  /** Corrections of records of the staff that wait for an answer. */
  WaitingCorrections: ComponentType
  /** Offices that change hands, as far as something waits for the reader. */
  WaitingSuccessions: ComponentType
  /** What waits in trainings. */
  WaitingTrainings: ComponentType
  /** Talks with a mentor to come, and what was agreed there. */
  MyGuidance: ComponentType
  /** The own sessions of the next days, and what is still to be written. */
  MyTraining: ComponentType
  /** That and when the file of a person was handed over. */
  PersonHandovers: ComponentType<{ personId: string }>
}

export const DevelopmentPartsContext = createContext<DevelopmentParts | undefined>(undefined)

/** The parts; a fault of the page where none were given. */
export function useParts(): DevelopmentParts {
  const parts = useContext(DevelopmentPartsContext)
  if (parts === undefined) throw new Error('DevelopmentPartsContext is empty')
  return parts
}
