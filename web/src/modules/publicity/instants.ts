import { type Day, isDay } from '@zhibu/rules'

/** Whether it is the time of a clock: 08:30. */
export const isClock = (clock: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(clock)

/** The instant at which a clock in China shows this time on this day. */
export const instantInChina = (day: Day, clock: string): string => new Date(`${day}T${clock}:00+08:00`).toISOString()

/** The day in China of an instant. */
export function dayInChina(at: string): Day | undefined {
  const day = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10)
  return isDay(day) ? day : undefined
}

/** As a clock in China shows an instant: 15:04. */
export const clockInChina = (at: Date | string): string => format.format(new Date(at))

const format = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
