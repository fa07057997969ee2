/** How often something may be done: `burst` times at once, refilled evenly within `perSeconds`. */
export interface Rate {
  burst: number
  perSeconds: number
}

/** Counts by key in memory. Each process of a server counts for itself. */
export interface RateLimit {
  /** Takes one of what the key has left; answers 0, or how many seconds to wait where nothing is left. */
  take(key: string): number
}

/** Keys that are remembered at most; beyond it those that are full again are forgotten first. */
const keyLimit = 50_000

export function rateLimit({ burst, perSeconds }: Rate, now: () => number): RateLimit {
  const perMillisecond = burst / (perSeconds * 1000)
  const buckets = new Map<string, { left: number; at: number }>()
  const refilled = (bucket: { left: number; at: number }, at: number) =>
    Math.min(burst, bucket.left + Math.max(0, at - bucket.at) * perMillisecond)

  function forget(at: number) {
    for (const [key, bucket] of buckets) if (refilled(bucket, at) >= burst) buckets.delete(key)
    for (const key of buckets.keys()) {
      if (buckets.size <= keyLimit / 2) break
      buckets.delete(key)
    }
  }

  return {
    take(key) {
      const at = now()
      const bucket = buckets.get(key)
      const left = bucket ? refilled(bucket, at) : burst
      if (!bucket && buckets.size >= keyLimit) forget(at)
      const allowed = left >= 1
      buckets.set(key, { left: allowed ? left - 1 : left, at })
      return allowed ? 0 : Math.ceil((1 - left) / perMillisecond / 1000)
    },
  }
}
