import type { Block, BlockDifference } from '@zhibu/server/platform/rich-text/document-schema'

/** Blocks that are the same, or one that is not. */
export type Run =
  | { kind: 'same'; blocks: Block[] }
  | { kind: 'changed'; difference: Exclude<BlockDifference, { kind: 'same' }> }

/** The blocks of a comparison, those that are the same and follow one another together. */
export function runsOf(body: readonly BlockDifference[]): Run[] {
  const runs: Run[] = []
  for (const it of body) {
    const last = runs.at(-1)
    if (it.kind !== 'same') runs.push({ kind: 'changed', difference: it })
    else if (last?.kind === 'same') last.blocks.push(it.block)
    else runs.push({ kind: 'same', blocks: [it.block] })
  }
  return runs
}
