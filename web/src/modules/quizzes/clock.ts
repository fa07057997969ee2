/** A clock that differs by less than this is taken to be right: the server says its time in whole seconds. */
const leastMs = 2_000

/** By how many milliseconds the clock of the server is ahead of this machine's, out of the `Date` of an answer. */
export function aheadOf(date: string | null, nowMs: number): number {
  const sentMs = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(sentMs)) return 0
  const aheadMs = sentMs + 500 - nowMs
  return Math.abs(aheadMs) < leastMs ? 0 : aheadMs
}

/** How many whole seconds are left until the end, not below 0. */
export const secondsUntil = (endsAt: string, nowMs: number, aheadMs: number): number =>
  Math.max(0, Math.ceil((Date.parse(endsAt) - nowMs - aheadMs) / 1000))
