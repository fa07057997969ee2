import type { StoredExam } from './stored.ts'
import type { examArrangements } from './tables.ts'

/** The arrangement of a candidate as far as it moves times. */
export type TimeArrangement = Pick<typeof examArrangements.$inferSelect, 'moreMinutes' | 'opensAt' | 'closesAt'>

/** When an examination may be taken by one candidate, and how long an attempt lasts; `minutes` is null where only the end counts. */
export function timesFor(
  { opensAt, closesAt, minutes }: Pick<StoredExam, 'opensAt' | 'closesAt' | 'minutes'>,
  own: TimeArrangement | undefined,
): { opensAt: Date; closesAt: Date; minutes: number | null } {
  return {
    opensAt: own?.opensAt ?? opensAt,
    closesAt: own?.closesAt ?? closesAt,
    minutes: minutes === null ? null : minutes + (own?.moreMinutes ?? 0),
  }
}

/**
 * When an attempt that begins now is over: after its minutes, not after the end of the examination. Whoever has more minutes has them behind
 * that end, too, as long as they begin in time for everybody's.
 */
export function endOf(
  exam: Pick<StoredExam, 'opensAt' | 'closesAt' | 'minutes'>,
  own: TimeArrangement | undefined,
  now: Date,
): Date {
  const { closesAt, minutes } = timesFor(exam, own)
  const last = new Date(closesAt.getTime() + (own?.moreMinutes ?? 0) * minuteMs)
  if (minutes === null) return last
  const ownEnd = new Date(now.getTime() + minutes * minuteMs)
  return ownEnd < last ? ownEnd : last
}

const minuteMs = 60_000
