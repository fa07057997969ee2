import { type Day, dayWritten, isDay } from '@zhibu/rules'
import { clockOf } from '@zhibu/server/modules/activities/names-schema'
import type { BookingState, Side } from '@zhibu/server/modules/guidance/names-schema'
import { sideNames } from '@zhibu/server/modules/guidance/names-schema'
import type { BookingView, Clash } from '@zhibu/server/modules/guidance/schema'

export { bookingStateNames } from '@zhibu/server/modules/guidance/names-schema'

/** The colours in which states are marked; words say the same. */
export const stateColours: Readonly<Record<BookingState, string>> = {
  coming: 'blue',
  underWay: 'green',
  over: 'yellow',
  recorded: 'gray',
  cancelled: 'red',
}

/** When something is held, as it came over the wire. */
export interface Held {
  heldOn: string
  startMinute: number
  endMinute: number
}

/** 14:00—14:30. */
export const hoursOf = ({ startMinute, endMinute }: Omit<Held, 'heldOn'>): string =>
  `${clockOf(startMinute)}—${clockOf(endMinute)}`

/** 2026年12月4日（周五）. */
export const dayOf = (on: string): string => (isDay(on) ? `${dayWritten(on)}（${weekdayOf(on)}）` : on)

/** 2026年12月4日（周五）14:00—14:30. */
export const heldInWords = (it: Held): string => `${dayOf(it.heldOn)}${hoursOf(it)}`

/** 周五. */
export const weekdayOf = (day: Day): string => `周${'日一二三四五六'[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''}`

/** A day that came over the wire. */
export const asDay = (text: string | null | undefined): Day | undefined =>
  text !== null && text !== undefined && isDay(text) ? text : undefined

/** What one has at the same time, in a sentence; empty where there is nothing. */
export function clashInWords(clashes: readonly Clash[]): string {
  if (clashes.length === 0) return ''
  const named = clashes.map(({ kind, title }) => (kind === 'activity' ? `您报名的“${title}”` : '您的另一次一对一指导'))
  return `和${[...new Set(named)].join('、')}时间重叠`
}

/** Whose something is, as the reader of a talk calls them: 我, or the name of the other. */
export const whoseOf = (side: Side, it: Pick<BookingView, 'side' | 'other'>): string =>
  side === it.side ? '我' : it.other.name

/** The name of a side with that of the person. */
export const partyOf = (side: Side, it: Pick<BookingView, 'mentor' | 'guided'>): string =>
  `${sideNames[side]}${side === 'mentor' ? it.mentor.name : it.guided.name}`
