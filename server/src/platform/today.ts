import { type Day, isDay } from '@zhibu/rules'

const chinaTime = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** The day in China at an instant: there the days of the rules are counted, wherever the server stands. */
export function dayInChina(at: Date): Day {
  const day = chinaTime.format(at)
  if (!isDay(day)) throw new RangeError(`${day} is no day`)
  return day
}

/** An instant as a clock in China shows it, such as "2026-05-11 09:30:00". */
export const instantInChina = (at: Date): string => chinaClock.format(at)

const chinaClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})
