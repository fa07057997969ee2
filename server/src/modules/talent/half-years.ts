import type { Day } from '@zhibu/rules'

/** The first day of the half-year in which a day lies: 1 February for the spring, 1 August for the autumn. Once in each a record is looked at anew. */
export function halfYearBegan(today: Day): Day {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  if (month < 2) return `${year - 1}-08-01`
  return month < 8 ? `${year}-02-01` : `${year}-08-01`
}

/** Whether a record was last confirmed before the present half-year, or never. */
export const isStale = (confirmedOn: Day | null, today: Day): boolean =>
  confirmedOn === null || confirmedOn < halfYearBegan(today)
