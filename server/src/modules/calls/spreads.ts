import type { Spread } from './review-schema.ts'
import type { Criterion } from './schema.ts'

/**
 * What the reviewers say of each criterion together: the level in the middle, and the lowest and the highest, in words. Between two levels both
 * are named. Nothing is added up: levels are in an order and have no distance.
 */
export function spreadsOf(
  criteria: readonly Criterion[],
  given: readonly Readonly<Record<string, number>>[],
): Spread[] {
  return criteria.flatMap(({ key, levels }) => {
    const places = given.flatMap((it) => it[key] ?? []).sort((a, b) => a - b)
    if (places.length === 0) return []
    const nameOf = (place: number | undefined) => levels[place ?? 0]?.name ?? ''
    const [low, high] = [places[Math.ceil(places.length / 2) - 1], places[Math.floor(places.length / 2)]]
    return [
      {
        criterionKey: key,
        median: low === high ? nameOf(low) : `${nameOf(low)}至${nameOf(high)}`,
        lowest: nameOf(places[0]),
        highest: nameOf(places.at(-1)),
      },
    ]
  })
}
