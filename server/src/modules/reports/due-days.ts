import { addDays, type Day, firstDayOf, lastDayOf, type Month, monthOf } from '@zhibu/rules'
import type { Every } from './names-schema.ts'

/** The months in which a table goes: each one, or the first of a quarter or half year. */
const monthsOf: Record<Every, readonly number[]> = {
  month: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  quarter: [1, 4, 7, 10],
  halfYear: [1, 7],
}

/** The last day up to today on which a table was to go. A month without that day has its last one. */
export function lastDueOn(every: Every, dayOfMonth: number, today: Day): Day {
  for (let month: Month = monthOf(today); ; month = monthOf(addDays(firstDayOf(month), -1))) {
    const due = dayIn(month, dayOfMonth)
    if (monthsOf[every].includes(Number(month.slice(5))) && due <= today) return due
  }
}

/** The first day after today on which a table is to go. */
export function nextDueOn(every: Every, dayOfMonth: number, today: Day): Day {
  for (let month: Month = monthOf(today); ; month = monthOf(addDays(lastDayOf(month), 1))) {
    const due = dayIn(month, dayOfMonth)
    if (monthsOf[every].includes(Number(month.slice(5))) && due > today) return due
  }
}

/** Of which year a table tells whose cards count a year: what is due in January tells of the year that has ended. */
export const yearToldOn = (dueOn: Day): number => Number(dueOn.slice(0, 4)) - (dueOn.slice(5, 7) === '01' ? 1 : 0)

function dayIn(month: Month, dayOfMonth: number): Day {
  const last = lastDayOf(month)
  return dayOfMonth >= Number(last.slice(8)) ? last : addDays(firstDayOf(month), dayOfMonth - 1)
}
