import { type Rate, rateLimit } from './rate-limit.ts'
import { Refusal } from './refusal.ts'

/** How often one person does something, and in which words it is said that it was too often. */
export interface FloodRate extends Rate {
  doing: string
}

/**
 * What takes one of what a key has left of a kind, and refuses where nothing is. Counted in memory, never written down. `inMinutes` where
 * one may have to wait so long that nobody counts seconds.
 */
export function floodGuard<Kind extends string>(
  rates: Readonly<Record<Kind, FloodRate>>,
  { inMinutes = false } = {},
): (kind: Kind, key: string) => void {
  const limits = new Map(
    Object.entries<FloodRate>(rates).map(([kind, { doing, ...rate }]) => [
      kind,
      { doing, ...rateLimit(rate, Date.now) },
    ]),
  )
  return (kind, key) => {
    const limit = limits.get(kind)
    const waitSeconds = limit?.take(key) ?? 0
    if (!limit || waitSeconds === 0) return
    const wait = inMinutes ? `${Math.ceil(waitSeconds / 60)} 分钟` : `${waitSeconds} 秒`
    throw new Refusal('too-many', `您${limit.doing}太频繁，请 ${wait}后再试。`)
  }
}
