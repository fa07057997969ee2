/**
 * Where an organisation stands in the tree: one segment of four base-36 characters a level, each closed by a dot,
 * such as "0001.000c.0002.". A subtree is a range of text, which an index and row-level security both understand.
 */
export type OrgPath = string

export interface PathRange {
  /** First path inside. */
  lo: OrgPath
  /** First path behind the subtree. */
  hi: OrgPath
}

/** The characters of a segment, without its dot. */
export const segmentLength = 4

/** The path of the child with a running number (0 to 1,679,615) below a parent; below "" it is a root. */
export function childPath(parent: OrgPath, number: number): OrgPath {
  return `${parent}${number.toString(36).padStart(segmentLength, '0')}.`
}

/** The range of all paths in a subtree, its root included. */
export function subtree(path: OrgPath): PathRange {
  return { lo: path, hi: `${path.slice(0, -1)}/` }
}

/** The range of this path alone, without what lies below it. No path has a character before those of a segment. */
export const onlyThere = (path: OrgPath): PathRange => ({ lo: path, hi: `${path}!` })

/** Whether a path lies in a subtree. */
export function isWithin(path: OrgPath, root: OrgPath): boolean {
  return path.startsWith(root)
}

/** The paths above, from the root down, without the path itself. */
export function ancestors(path: OrgPath): OrgPath[] {
  const step = segmentLength + 1
  return Array.from({ length: path.length / step - 1 }, (_, level) => path.slice(0, (level + 1) * step))
}

/** The roots of the subtrees, each once and without those inside another. */
export const outermost = (paths: readonly OrgPath[]): OrgPath[] =>
  [...new Set(paths)].filter((it, _, all) => !all.some((other) => other !== it && isWithin(it, other))).sort()

/** The lowest path above all of these, which may be one of them; undefined where nothing stands above all. */
export function lowestAbove(paths: readonly OrgPath[]): OrgPath | undefined {
  const [first, ...others] = paths
  if (first === undefined) return undefined
  return [first, ...ancestors(first).reverse()].find((path) => others.every((other) => isWithin(other, path)))
}
