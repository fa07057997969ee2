import type { RemarkView } from '@zhibu/server/modules/publicity/schema'
import type { RichText } from '@zhibu/server/platform/rich-text/document-schema'
import { plainText } from '@zhibu/server/platform/rich-text/reading-schema'

/** What each block of a text says. */
export const textsOf = ({ content }: RichText): string[] =>
  content.map((it) => plainText({ type: 'doc', content: [it] }))

/** A remark with the answers to it. */
export interface Thread {
  remark: RemarkView
  answers: RemarkView[]
}

/** Remarks with their answers, in their order. */
export const threadsOf = (items: readonly RemarkView[]): Thread[] =>
  items
    .filter((it) => it.answersId === null)
    .map((remark) => ({ remark, answers: items.filter((it) => it.answersId === remark.id) }))

/**
 * The block beside which a remark belongs: where its words stand now, the nearest to where they stood. Undefined where they are nowhere
 * any more. A remark without words is about the block at its place.
 */
export function blockOf(
  { block, quote }: Pick<RemarkView, 'block' | 'quote'>,
  texts: readonly string[],
): number | undefined {
  if (quote === '') return block < texts.length ? block : undefined
  const words = squeezed(quote)
  const places = [...texts.keys()].filter((at) => squeezed(texts[at] ?? '').includes(words))
  return places.sort((one, other) => Math.abs(one - block) - Math.abs(other - block))[0]
}

const squeezed = (text: string): string => text.replace(/\s+/g, '')

/** What of a block is quoted: what is chosen in it, or how it begins. */
export const quoteOf = (chosen: string, text: string): string =>
  (chosen.trim() || text).replace(/\s+/g, ' ').trim().slice(0, 120)
