import { addDays, type Day } from '@zhibu/rules'
import { halfYearBegan } from '../talent/half-years.ts'
import { termLabel } from '../training/names-schema.ts'

/** A half year as terms divide it, up to today where it goes on. */
export interface HalfYear {
  key: string
  label: string
  from: Day
  until: Day
}

/** The last half years, the earliest first. */
export function halfYearsUntil(today: Day, count: number): HalfYear[] {
  const spans: HalfYear[] = []
  for (let until = today; spans.length < count; until = addDays(spans[0]?.from ?? until, -1)) {
    const from = halfYearBegan(until)
    const [year, term] = [Number(from.slice(0, 4)), from.endsWith('-02-01') ? 'spring' : 'autumn'] as const
    spans.unshift({ key: `${year}-${term}`, label: termLabel(year, term), from, until })
  }
  return spans
}
