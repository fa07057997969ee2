import { type Day, isDay } from '@zhibu/rules'
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

const chinaTime = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** The day in China at an instant: there the days of the rules are counted, wherever the server stands. */
export function dayInChina(at: Date): Day {
  const day = chinaTime.format(at)
  if (!isDay(day)) throw new RangeError(`${day} is no day`)
  return day
}

/** The same of an instant in the database: its day in China. */
export const dayInChinaOf = (instant: SQLWrapper): SQL => sql`(${instant} at time zone 'Asia/Shanghai')::date`

/** An instant as a clock in China shows it, such as "2026-05-11 09:30:00". */
export const instantInChina = (at: Date): string => chinaClock.format(at)

const chinaClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})
