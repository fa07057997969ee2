/**
 * A calendar day such as "2026-03-01", from year 0001 to 9999. The law counts days, not instants,
 * so no `Date` object and no time zone crosses the border of this package.
 * Days are compared with `<` and `<=`, like any text of equal length.
 */
export type Day = `${number}-${number}-${number}`

/** A calendar month such as "2026-03". */
export type Month = `${number}-${number}`

/** Whether the text is a day that exists in the calendar, written with ten characters: "2026-02-28", not "2026-02-30" or "2026-2-28". */
export function isDay(text: string): text is Day {
  if (text.length !== 10 || text[7] !== '-' || !isMonth(text.slice(0, 7))) return false
  const date = digits(text, 8, 10)
  return date >= 1 && date <= daysInMonth(digits(text, 0, 4), digits(text, 5, 7))
}

/** Whether the text is a month, written with seven characters: "2026-03", not "2026-3" or "2026-13". */
export function isMonth(text: string): text is Month {
  if (text.length !== 7 || text[4] !== '-') return false
  const month = digits(text, 5, 7)
  return digits(text, 0, 4) >= 1 && month >= 1 && month <= 12
}

/** The day `count` days later, or earlier where `count` is negative. */
export function addDays(day: Day, count: number): Day {
  const date = digits(day, 8, 10) + count
  if (date >= 1 && date <= 28) return writeDay(yearOf(day), digits(day, 5, 7), date)
  return dayOfNumber(numberOfDay(day) + count)
}

/**
 * The same date `count` months later, or earlier where `count` is negative;
 * the last day of that month where it has no such date (31 January + 1 month = 28 or 29 February). Refuses parts of months.
 */
export function addMonths(day: Day, count: number): Day {
  const months = yearOf(day) * 12 + digits(day, 5, 7) - 1 + count
  if (!Number.isSafeInteger(months)) throw new RangeError('月数应为整数')
  const year = Math.floor(months / 12)
  const month = months - year * 12 + 1
  return writeDay(year, month, Math.min(digits(day, 8, 10), daysInMonth(year, month)))
}

/** The same date `count` years later; 28 February where 29 February does not exist. */
export const addYears = (day: Day, count: number): Day => addMonths(day, count * 12)

/**
 * Whether `day` lies before `addMonths(from, count)` (negative), on it (0) or after it (positive). Nothing is written for it,
 * so that a check that finds nothing makes nothing.
 */
export function compareToMonthsAfter(day: Day, from: Day, count: number): number {
  const months = (yearOf(day) - yearOf(from)) * 12 + digits(day, 5, 7) - digits(from, 5, 7) - count
  if (months !== 0) return months
  const last = daysInMonth(yearOf(day), digits(day, 5, 7))
  return digits(day, 8, 10) - Math.min(digits(from, 8, 10), last)
}

/** How many days `to` is after `from`; negative where it is before. */
export const daysBetween = (from: Day, to: Day): number => numberOfDay(to) - numberOfDay(from)

/** A day or month as it is written in an office: 2026年5月11日. */
export function dayWritten(day: Day | Month): string {
  const [year, month, date] = day.split('-')
  return date === undefined ? `${year}年${Number(month)}月` : `${year}年${Number(month)}月${Number(date)}日`
}

/**
 * How many complete months lie between two days: the largest count for which `addMonths(from, count)` is not after `to`.
 * Where `to` is before `from`, the smallest count (zero or negative) for which `addMonths(from, count)` is not before `to`.
 */
export function monthsBetween(from: Day, to: Day): number {
  const months = (yearOf(to) - yearOf(from)) * 12 + digits(to, 5, 7) - digits(from, 5, 7)
  const reached = Math.min(digits(from, 8, 10), daysInMonth(yearOf(to), digits(to, 5, 7)))
  const date = digits(to, 8, 10)
  if (from <= to) return reached > date ? months - 1 : months
  return reached < date ? months + 1 : months
}

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: Day): number => modulo(numberOfDay(day) + 3, 7) + 1

/** The year as a number. */
export const yearOf = (day: Day | Month): number => digits(day, 0, 4)

/** The month in which the day lies. */
export const monthOf = (day: Day): Month => writeMonth(yearOf(day), digits(day, 5, 7))

/** The first day of the month. */
export const firstDayOf = (month: Month): Day => writeDay(yearOf(month), digits(month, 5, 7), 1)

/** The last day of the month. */
export function lastDayOf(month: Month): Day {
  const year = yearOf(month)
  const number = digits(month, 5, 7)
  return writeDay(year, number, daysInMonth(year, number))
}

const zero = 48

/** The number written at these places; NaN where something other than digits stands there. */
function digits(text: string, from: number, until: number): number {
  let value = 0
  for (let at = from; at < until; at++) {
    const digit = text.charCodeAt(at) - zero
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : 30 + ((month + (month >> 3)) & 1)

const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor

// Years are taken to begin in March, so that the leap day is the last of its year,
// and four centuries always have 146,097 days. Day 0 is 1970-01-01, a Thursday.
const daysInFourCenturies = 146_097
const daysUntil1970 = 719_468

function numberOfDay(day: Day): number {
  const month = digits(day, 5, 7)
  const year = month <= 2 ? yearOf(day) - 1 : yearOf(day)
  const cycle = Math.floor(year / 400)
  const yearOfCycle = year - cycle * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + digits(day, 8, 10) - 1
  const dayOfCycle = yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear
  return cycle * daysInFourCenturies + dayOfCycle - daysUntil1970
}

function dayOfNumber(number: number): Day {
  const shifted = number + daysUntil1970
  const cycle = Math.floor(shifted / daysInFourCenturies)
  const dayOfCycle = shifted - cycle * daysInFourCenturies
  const yearOfCycle = Math.floor(
    (dayOfCycle - Math.floor(dayOfCycle / 1460) + Math.floor(dayOfCycle / 36_524) - Math.floor(dayOfCycle / 146_096)) /
      365,
  )
  const dayOfYear = dayOfCycle - (yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return writeDay(cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0), month, date)
}

const writtenYears = Array.from({ length: 10_000 }, (_, year) => String(year).padStart(4, '0'))
const writtenDates = Array.from(
  { length: 13 * 32 },
  (_, at) => `-${String(Math.floor(at / 32)).padStart(2, '0')}-${String(at % 32).padStart(2, '0')}`,
)

/** The only place where a day is written. Refuses a year outside 0001–9999. */
function writeDay(year: number, month: number, date: number): Day {
  const written = writtenYears[year]
  const rest = writtenDates[month * 32 + date]
  if (year === 0 || written === undefined || rest === undefined)
    throw new RangeError('日期超出公元 1 年至 9999 年的范围')
  return `${written}${rest}` as Day
}

const writeMonth = (year: number, month: number): Month => writeDay(year, month, 1).slice(0, 7) as Month
