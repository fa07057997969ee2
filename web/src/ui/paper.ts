import { createContext, use } from 'react'

/** What a printed page says of where it comes from, given by the shell. */
export interface Paper {
  /** The organisation or university for which it was printed. */
  unit: string
  /** Who has printed it. */
  by: string
}

export const PaperContext = createContext<Paper | undefined>(undefined)

/** From where a printed page comes; undefined outside the signed-in part. */
export function usePaper(): Paper | undefined {
  return use(PaperContext)
}
