import type { Day } from '@zhibu/rules'
import { clockOf } from './names-schema.ts'
import type { StoredActivity } from './stored.ts'

/** Month and day as people say them, such as 12月4日. */
export const dayInWords = (on: Day): string => `${Number(on.slice(5, 7))}月${Number(on.slice(8, 10))}日`

/** From when until when on one day, such as 14:00—15:30; empty where neither is settled. */
export function hoursInWords({ startMinute, endMinute }: Pick<StoredActivity, 'startMinute' | 'endMinute'>): string {
  const begins = startMinute === null ? '' : clockOf(startMinute)
  return endMinute === null ? begins : `${begins}—${clockOf(endMinute)}`
}

/** When an activity is held, in words: 12月4日 14:00—15:30; empty where nothing is settled yet. */
export function whenInWords({
  fromOn,
  untilOn,
  startMinute,
  endMinute,
}: Pick<StoredActivity, 'fromOn' | 'untilOn' | 'startMinute' | 'endMinute'>): string {
  if (fromOn === null) return ''
  if (untilOn === null || untilOn === fromOn)
    return [dayInWords(fromOn), hoursInWords({ startMinute, endMinute })].filter(Boolean).join(' ')
  const begins = startMinute === null ? '' : ` ${clockOf(startMinute)}`
  const ends = endMinute === null ? '' : clockOf(endMinute)
  return `${dayInWords(fromOn)}${begins}—${dayInWords(untilOn)}${ends === '' ? '' : ` ${ends}`}`
}

/** A moment of a day in China, in minutes since its midnight. */
export const instantOf = (on: Day, minute: number): Date =>
  new Date(Date.parse(`${on}T00:00:00+08:00`) + minute * 60_000)

/** Whether an activity has ended by an instant, be it on its last day. */
export function hasEnded(activity: Parameters<typeof endsAt>[0], now: Date): boolean {
  const end = endsAt(activity)
  return end !== null && end <= now
}

/** When an activity is over: at its end, or at the end of its last day; null where it has no day. */
export function endsAt({
  fromOn,
  untilOn,
  endMinute,
}: Pick<StoredActivity, 'fromOn' | 'untilOn' | 'endMinute'>): Date | null {
  const last = untilOn ?? fromOn
  return last === null ? null : instantOf(last, endMinute ?? 24 * 60)
}
