import type { Day } from '@zhibu/rules'
import { createContext, use } from 'react'

/** The server's day, given by the shell. */
export const TodayContext = createContext<Day | undefined>(undefined)

/** The server's day; undefined outside the signed-in part, where no distance to a day is then shown. */
export function useToday(): Day | undefined {
  return use(TodayContext)
}
