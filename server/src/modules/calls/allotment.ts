import type { OrgPath } from '../../platform/org-path.ts'

/** An entry to be reviewed: whose work it is, where they belong, and who has recused themselves. */
export interface EntryToReview {
  id: string
  personIds: readonly string[]
  homes: readonly OrgPath[]
  recusedIds: readonly string[]
  /** Who has been given it before. */
  allottedIds: readonly string[]
}

/** Somebody who reviews, and where they belong. */
export interface ReviewerToAllot {
  id: string
  home: OrgPath
}

/** Who is given what anew, and which entries have too few reviewers. */
export interface Allotment {
  given: { entryId: string; reviewerId: string }[]
  lacking: { entryId: string; missing: number }[]
}

/** Nobody reviews their own work, that of their own branch, or one for which they have recused themselves. */
export const isInConflict = (entry: EntryToReview, { id, home }: ReviewerToAllot): boolean =>
  entry.personIds.includes(id) || entry.homes.includes(home) || entry.recusedIds.includes(id)

/**
 * Gives each entry to so many reviewers, none of them in conflict with it, so that nobody has two more than another who could take one of
 * them. What was given before stays. The same question has the same answer.
 */
export function allot(
  entries: readonly EntryToReview[],
  reviewers: readonly ReviewerToAllot[],
  perEntry: number,
): Allotment {
  const load = new Map(reviewers.map(({ id }) => [id, entries.filter((it) => it.allottedIds.includes(id)).length]))
  const loadOf = (id: string) => load.get(id) ?? 0
  const open = entries
    .map((entry) => ({
      entry,
      fit: reviewers
        .filter((it) => !entry.allottedIds.includes(it.id) && !isInConflict(entry, it))
        .map((it) => it.id)
        .sort(),
      missing: Math.max(0, perEntry - entry.allottedIds.length),
      given: [] as string[],
    }))
    .sort((a, b) => a.fit.length - b.fit.length || (a.entry.id < b.entry.id ? -1 : 1))
  for (const it of open) {
    const chosen = [...it.fit].sort((a, b) => loadOf(a) - loadOf(b) || (a < b ? -1 : 1)).slice(0, it.missing)
    it.given.push(...chosen)
    for (const id of chosen) load.set(id, loadOf(id) + 1)
  }
  // Each move brings two loads nearer together, so this ends.
  for (let isMoved = true; isMoved; ) {
    isMoved = false
    for (const it of open) {
      for (const [place, from] of it.given.entries()) {
        const to = it.fit.find((id) => !it.given.includes(id) && loadOf(id) + 2 <= loadOf(from))
        if (to === undefined) continue
        it.given[place] = to
        load.set(from, loadOf(from) - 1)
        load.set(to, loadOf(to) + 1)
        isMoved = true
      }
    }
  }
  return {
    given: open.flatMap(({ entry, given }) => given.map((reviewerId) => ({ entryId: entry.id, reviewerId }))),
    lacking: open
      .filter((it) => it.given.length < it.missing)
      .map((it) => ({ entryId: it.entry.id, missing: it.missing - it.given.length })),
  }
}
