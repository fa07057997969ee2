/** One line of the table: what was measured, its limit in the same run, and what was asked of it. */
export interface Measure {
  name: string
  ours: string
  limit: string
  /** Ours in terms of the limit; absent where there is none. */
  ratio?: number
  target: string
  isMet: boolean
}

/** A speed that should be at least so many times that of the limit. Both in answers a second. */
export function speed(name: string, ours: number, limit: number, least: number): Measure {
  const ratio = ours / limit
  return { name, ours: perSecond(ours), limit: perSecond(limit), ratio, target: `≥ ${least}`, isMet: ratio >= least }
}

/** A time that should be at most so many times the limit. Both in milliseconds. */
export function duration(name: string, ours: number, limit: number, most: number): Measure {
  const ratio = ours / limit
  return { name, ours: inMs(ours), limit: inMs(limit), ratio, target: `≤ ${most}`, isMet: ratio <= most }
}

/** A figure that should be at most as large as a number of its own unit. */
export function atMost(name: string, ours: number, most: number, unit: string): Measure {
  return { name, ours: `${rounded(ours)} ${unit}`, limit: '', target: `≤ ${most} ${unit}`, isMet: ours <= most }
}

/** Points of 100 that should be at least so many. */
export function atLeast(name: string, ours: number, least: number): Measure {
  return { name, ours: `${Math.round(ours)}`, limit: '', target: `≥ ${least}`, isMet: Math.round(ours) >= least }
}

/** A figure for comparison, of which nothing is asked. */
export function aside(it: Measure): Measure {
  return { ...it, target: '', isMet: true }
}

/** Prints the table; the process fails where something is not met. */
export function print(measures: readonly Measure[]): void {
  console.table(
    measures.map(({ name, ours, limit, ratio, target, isMet }) => ({
      name,
      ours,
      limit,
      ratio: ratio === undefined ? '' : ratio.toFixed(2),
      target,
      ok: target === '' ? '' : isMet ? 'yes' : 'NO',
    })),
  )
  if (measures.some((it) => !it.isMet)) process.exitCode = 1
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const perSecond = (value: number) => `${Math.round(value)} /s`
const inMs = (value: number) => `${rounded(value)} ms`
const rounded = (value: number) => (value >= 100 ? Math.round(value) : Math.round(value * 100) / 100)
