import { addDays, type Day, weekdayOf, yearOf } from './day.ts'

/** Which days are worked, year by year, as the yearly notice on public holidays arranges them. */
export interface WorkingCalendar {
  /** The years whose notice is in the table. Any other year is taken as Monday to Friday, and results from it are provisional: see `isSettled`. */
  years: ReadonlySet<number>
  /** Days off, weekends within a holiday included; the value is the name of the holiday. */
  holidays: ReadonlyMap<Day, string>
  /** Saturdays and Sundays that are worked (调休上班); the value is the holiday for which they make up. */
  makeUpDays: ReadonlyMap<Day, string>
}

/**
 * Whether the table says for certain if the day is worked: its year is in the table, and for the last week of a year the next
 * one too, whose notice may begin its New Year holiday, or make a weekend up for it, in December.
 */
export const isSettled = (calendar: WorkingCalendar, day: Day): boolean =>
  calendar.years.has(yearOf(day)) && (!isLastWeek(day) || calendar.years.has(yearOf(day) + 1))

const isLastWeek = (day: Day): boolean => day.slice(5) >= '12-25'

/** Whether the day is worked. For a year outside the table: whether it lies between Monday and Friday. */
export const isWorkingDay = (calendar: WorkingCalendar, day: Day): boolean => isWorked(calendar, day, weekdayOf(day))

/**
 * The day reached after `count` working days; `day` itself is not counted. A negative count goes back.
 * `skipped` has every day passed over, in the order of passing, with its holiday or day of the week.
 */
export function addWorkingDays(
  calendar: WorkingCalendar,
  day: Day,
  count: number,
): { day: Day; provisional: boolean; skipped: { day: Day; name: string }[] } {
  const skipped: { day: Day; name: string }[] = []
  const direction = Math.sign(count)
  let provisional = false
  let reached = day
  let weekday = weekdayOf(day)
  for (let left = Math.abs(count); left > 0; ) {
    reached = addDays(reached, direction)
    weekday = ((weekday + direction + 6) % 7) + 1
    provisional ||= !isSettled(calendar, reached)
    if (isWorked(calendar, reached, weekday)) left--
    else skipped.push({ day: reached, name: nameOfDayOff(calendar, reached, weekday) })
  }
  return { day: reached, provisional, skipped }
}

/** How many working days lie from `from` to `until`, both counted; 0 where `until` is before `from`. */
export function workingDays(calendar: WorkingCalendar, from: Day, until: Day): { count: number; provisional: boolean } {
  let count = 0
  let provisional = false
  let weekday = weekdayOf(from)
  for (let day = from; day <= until; day = addDays(day, 1)) {
    provisional ||= !isSettled(calendar, day)
    if (isWorked(calendar, day, weekday)) count++
    weekday = (weekday % 7) + 1
  }
  return { count, provisional }
}

const isWorked = (calendar: WorkingCalendar, day: Day, weekday: number): boolean =>
  weekday <= 5 ? !calendar.holidays.has(day) : calendar.makeUpDays.has(day)

const nameOfDayOff = (calendar: WorkingCalendar, day: Day, weekday: number): string =>
  calendar.holidays.get(day) ?? (weekday === 6 ? '星期六' : '星期日')
