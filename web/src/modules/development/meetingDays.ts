import { addDays, type Day, weekdayOf } from '@zhibu/rules'
import { readDay } from '../../ui/writtenDay.ts'

/** A meeting that returns: on the nth such weekday of each month, or on every one. 1 is Monday. */
export interface MeetingRule {
  weekday: number
  nth: 1 | 2 | 3 | 4 | 'every'
}

/** Pasted days, one a line or parted by commas, in order and each once; and the pieces that are no day, with the reason. */
export function readDays(text: string): { days: Day[]; problems: string[] } {
  const days = new Set<Day>()
  const problems: string[] = []
  for (const piece of text.split(/[\s,，;；、]+/).filter((it) => it !== '')) {
    const { day, problem } = readDay(piece)
    if (day) days.add(day)
    else problems.push(`“${piece}”：${problem ?? '不是日期'}`)
  }
  return { days: [...days].sort(), problems }
}

/** The days of a returning meeting from one day until another, both counted. */
export function daysOfRule({ weekday, nth }: MeetingRule, from: Day, until: Day): Day[] {
  const days: Day[] = []
  const first = addDays(from, (weekday - weekdayOf(from) + 7) % 7)
  for (let day = first; day <= until; day = addDays(day, 7)) {
    if (nth === 'every' || Math.ceil(Number(day.slice(8)) / 7) === nth) days.push(day)
  }
  return days
}

/** Chinese weekdays, Monday first. */
export const weekdayNames = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'] as const
