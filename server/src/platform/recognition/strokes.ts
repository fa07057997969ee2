import type { Grey } from './skew.ts'

// What hangs together is looked for among paler pixels, too: the half dark ones of a slanting rule keep it in one piece.
const palest = 185

/**
 * The page with what is written and without what is larger or smaller: rules of tables, the desk around a photographed page, the
 * shadow of a fold, specks. Takes a page on white ground (`evened`).
 */
export function strokesOf({ width, height, pixels }: Grey): Grey {
  const runs = runsOf({ width, height, pixels })
  const areas = areasOf(runs)
  const most = Math.max(width, height) / 8
  const strokes = Uint8Array.from(pixels)
  for (const [at, { row, from, until }] of runs.entries()) {
    const area = areas[at]
    if (area === undefined) continue
    const size = Math.max(area.right - area.left, area.bottom - area.top)
    if (size <= most && size > 2) continue
    strokes.fill(255, row * width + from, row * width + until)
  }
  return { width, height, pixels: strokes }
}

/** Dark pixels that stand side by side in a row. */
interface Run {
  row: number
  from: number
  until: number
}

interface Area {
  left: number
  right: number
  top: number
  bottom: number
}

function runsOf({ width, height, pixels }: Grey): Run[] {
  const runs: Run[] = []
  for (let row = 0; row < height; row++) {
    let from = -1
    for (let x = 0; x <= width; x++) {
      const isDark = x < width && (pixels[row * width + x] ?? 255) < palest
      if (isDark && from < 0) from = x
      if (isDark || from < 0) continue
      runs.push({ row, from, until: x })
      from = -1
    }
  }
  return runs
}

/** For each run the area of all that it hangs together with, also by corners. */
function areasOf(runs: readonly Run[]): Area[] {
  const parents = Int32Array.from(runs, (_, at) => at)
  const rootOf = (at: number): number => {
    let root = at
    while (parents[root] !== root) {
      parents[root] = parents[parents[root] ?? root] ?? root
      root = parents[root] ?? root
    }
    return root
  }
  let above = 0
  for (const [at, run] of runs.entries()) {
    // Runs are in order, so that what lies above this one lies at or behind what lay above the one before.
    while (isBefore(runs[above], run)) above++
    for (let other = above; touches(runs[other], run); other++) parents[rootOf(other)] = rootOf(at)
  }
  const areas = new Map<number, Area>()
  return runs.map(({ row, from, until }, at) => {
    const root = rootOf(at)
    const area = areas.get(root) ?? { left: from, right: until, top: row, bottom: row + 1 }
    area.left = Math.min(area.left, from)
    area.right = Math.max(area.right, until)
    area.bottom = Math.max(area.bottom, row + 1)
    areas.set(root, area)
    return area
  })
}

/** Whether a run ends too early to touch `it` from the row above. */
const isBefore = (run: Run | undefined, it: Run): boolean =>
  run !== undefined && (run.row < it.row - 1 || (run.row === it.row - 1 && run.until < it.from))

const touches = (run: Run | undefined, it: Run): boolean =>
  run !== undefined && run.row === it.row - 1 && run.from <= it.until && run.until >= it.from
