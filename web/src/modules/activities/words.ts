import { type Day, dayWritten, isDay } from '@zhibu/rules'
import { type ActivityState, clockOf, type KitLength } from '@zhibu/server/modules/activities/names-schema'
import type { ActivityRow, KitRow } from '@zhibu/server/modules/activities/schema'

export {
  activityKindNames,
  activityStateNames,
  kitLengthNames,
} from '@zhibu/server/modules/activities/names-schema'

/** The colours in which states are marked; words say the same. */
export const stateColours: Readonly<Record<ActivityState, string>> = {
  planned: 'gray',
  announced: 'blue',
  underWay: 'green',
  over: 'yellow',
  recorded: 'gray',
  cancelled: 'red',
}

/** A day that came over the wire. */
export const asDay = (text: string | null | undefined): Day | undefined =>
  text !== null && text !== undefined && isDay(text) ? text : undefined

/** Minutes since midnight as an input of the time of day has them: 14:00. */
export const writeMinute = (minute: number | null): string => (minute === null ? '' : clockOf(minute))

/** The same back; null for what is no time. */
export function readMinute(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})/.exec(text) ?? []
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes)
}

/** When an activity is held: 2026年12月4日（周五）14:00—15:30. */
export function whenOf({
  fromOn,
  untilOn,
  startMinute,
  endMinute,
}: Pick<ActivityRow, 'fromOn' | 'untilOn' | 'startMinute' | 'endMinute'>): string {
  const from = asDay(fromOn)
  if (from === undefined) return '日期未定'
  const until = asDay(untilOn)
  const begins = startMinute === null ? '' : ` ${writeMinute(startMinute)}`
  const ends = endMinute === null ? '' : writeMinute(endMinute)
  if (until === undefined || until === from)
    return `${dayWritten(from)}（${weekday(from)}）${begins}${ends === '' ? '' : `—${ends}`}`.trim()
  return `${dayWritten(from)}${begins} 至 ${dayWritten(until)}${ends === '' ? '' : ` ${ends}`}`
}

const weekday = (day: Day): string => `周${'日一二三四五六'[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''}`

/** How long a plan takes: by its length, or by the minutes of its steps. */
export function lengthOf(
  { length, minutes }: Pick<KitRow, 'minutes'> & { length: KitLength | null },
  names: Readonly<Record<KitLength, string>>,
): string {
  if (length !== null) return names[length]
  return minutes > 0 ? `约 ${minutes} 分钟` : ''
}
