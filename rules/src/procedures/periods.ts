import { addDays, addMonths, type Day, firstDayOf, monthOf, yearOf } from '../kernel/day.ts'

/** A month, a quarter, half a year or a year in which something is to happen once. */
export interface Period {
  from: Day
  until: Day
}

/** The period of so many months, counted from January, in which a day lies. */
export function periodOf(on: Day, everyMonths: number): Period {
  const month = Number(on.slice(5, 7)) - 1
  const from = addMonths(firstDayOf(monthOf(on)), -(month % everyMonths))
  return { from, until: addDays(addMonths(from, everyMonths), -1) }
}

/** The periods of a year in their order. */
export function periodsIn(year: number, everyMonths: number): readonly Period[] {
  const first: Day = `${year}-01-01`
  return Array.from({ length: 12 / everyMonths }, (_, at) => periodOf(addMonths(first, at * everyMonths), everyMonths))
}

/** What a period is called in Chinese. */
export function periodName(period: Period, everyMonths: number): string {
  const year = yearOf(period.from)
  const month = Number(period.from.slice(5, 7))
  if (everyMonths === 1) return `${year}年${month}月`
  if (everyMonths === 3) return `${year}年第${['一', '二', '三', '四'][(month - 1) / 3]}季度`
  if (everyMonths === 6) return `${year}年${month === 1 ? '上' : '下'}半年`
  return everyMonths === 12 ? `${year}年` : `${year}年${month}月至${month + everyMonths - 1}月`
}
