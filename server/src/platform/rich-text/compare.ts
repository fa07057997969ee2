import { diffArrays } from 'diff'
import type { Block, BlockDifference, RichText, TextDifference } from './document-schema.ts'
import { nodesOf } from './reading-schema.ts'

/**
 * What has become of each block from the older to the newer version, in reading order. Blocks of one kind that still say much of the
 * same are compared within, by Chinese words and Latin ones. Without the removed it is the newer version, without the added the
 * older one. Versions that have next to nothing in common are given as removed and added.
 */
export function compare(older: RichText, newer: RichText): BlockDifference[] {
  const before = older.content.map(keyOf)
  const after = newer.content.map(keyOf)
  const runs = diffArrays(before, after, { maxEditLength: mostChangedBlocks }) ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ]
  const found: BlockDifference[] = []
  const [gone, come]: [Placed[], Placed[]] = [[], []]
  let [olderAt, newerAt] = [0, 0]
  const room = { comparisons: mostComparisons }
  const settle = () => found.push(...paired(gone.splice(0), come.splice(0), room))
  for (const { value, added, removed } of runs) {
    for (const _ of value) {
      const [was, is] = [older.content[olderAt], newer.content[newerAt]]
      if (removed && was) gone.push({ at: olderAt++, block: was })
      else if (added && is) come.push({ at: newerAt++, block: is })
      else if (is) {
        settle()
        found.push({ kind: 'same', older: olderAt++, newer: newerAt++, block: is })
      }
    }
  }
  settle()
  return found
}

const mostChangedBlocks = 1_000
/** Of a block, in words. Beyond it the block is taken as written anew. */
const mostChangedWords = 2_000
/** How many words are compared with how many, all blocks together; beyond it they are removed and added as wholes. */
const mostComparisons = 2_000_000

interface Placed {
  at: number
  block: Block
}

/** Blocks with the same key are the same, in whatever order their properties came. */
const keyOf = (block: Block): string =>
  JSON.stringify(block, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  )

/** Of neighbours that went and came: the next of its kind that says much of the same is the changed one. */
function paired(gone: readonly Placed[], come: readonly Placed[], room: Room): BlockDifference[] {
  const found: BlockDifference[] = []
  const removed = (them: readonly Placed[]) =>
    them.map(({ at, block }): BlockDifference => ({ kind: 'removed', older: at, block }))
  let from = 0
  for (const { at: newer, block: after } of come) {
    const near = gone.slice(from, from + nearby)
    let text: TextDifference[] | undefined
    const step = near.findIndex(({ block }) => {
      text = changedText(block, after, room)
      return text !== undefined
    })
    const was = near[step]
    if (was && text) {
      found.push(...removed(near.slice(0, step)))
      found.push({ kind: 'changed', older: was.at, newer, before: was.block, after, text })
      from += step + 1
    } else found.push({ kind: 'added', newer, block: after })
  }
  return [...found, ...removed(gone.slice(from))]
}

/** How many of the removed are looked at for each that came. */
const nearby = 12

interface Room {
  comparisons: number
}

function changedText(before: Block, after: Block, room: Room): TextDifference[] | undefined {
  if (before.type !== after.type || room.comparisons <= 0) return undefined
  const [was, is] = [textOf(before), textOf(after)]
  const least = Math.max(was.length, is.length) * likeness
  if (sharedLetters(was, is) < least) return undefined
  const [wasWords, isWords] = [wordsOf(was), wordsOf(is)]
  room.comparisons -= wasWords.length * isWords.length
  const runs = diffArrays(wasWords, isWords, { maxEditLength: mostChangedWords })
  const text = runs?.map(({ value, added, removed }): TextDifference => {
    return { kind: added ? 'added' : removed ? 'removed' : 'same', text: value.join('') }
  })
  const same = text?.reduce((sum, it) => sum + (it.kind === 'same' ? it.text.length : 0), 0) ?? -1
  return same >= least ? text : undefined
}

/** The part of the longer that two blocks must have in common. */
const likeness = 0.3

/** How many letters are in both, wherever they stand: at least as many as are found in the same order. */
function sharedLetters(one: string, other: string): number {
  const counts = new Map<number, number>()
  for (let at = 0; at < one.length; at++) {
    const letter = one.charCodeAt(at)
    counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  let shared = 0
  for (let at = 0; at < other.length; at++) {
    const letter = other.charCodeAt(at)
    const left = counts.get(letter) ?? 0
    if (left > 0) shared += 1
    counts.set(letter, left - 1)
  }
  return shared
}

const words = new Intl.Segmenter('zh', { granularity: 'word' })
const wordsOf = (text: string): string[] => [...words.segment(text)].map((it) => it.segment)

/** All that is written in a block, paragraphs as lines; what is not written, such as a picture, by what it is. */
function textOf(block: Block): string {
  let text = ''
  const newLine = () => {
    if (text !== '' && !text.endsWith('\n')) text += '\n'
  }
  for (const it of [block, ...nodesOf(block)]) {
    if (it.type === 'text') text += it.text
    else if (it.type === 'hardBreak') text += '\n'
    else if (it.type === 'mention') text += `@${it.attrs.label}`
    else if (it.type === 'footnote') text += `〔${it.attrs.text}〕`
    else newLine()
    if (it.type === 'picture' || it.type === 'video') text += it.attrs.caption
  }
  return text.trimEnd()
}
