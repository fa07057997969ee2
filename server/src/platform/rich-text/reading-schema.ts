import type { Block, Inline, Node, RichText } from './document-schema.ts'

/** What a rich text says, for lists, search and counting. The web loads this file by value. */

/** All nodes of a document in the order in which they are read. */
export function* nodesOf(it: RichText | Node): Generator<Node> {
  if (!('content' in it) || !it.content) return
  for (const inner of it.content) {
    yield inner
    yield* nodesOf(inner)
  }
}

/**
 * What is written in a document, a line for each paragraph, tabs between the cells of a row; captions stand in their places, footnotes
 * at the end. Nothing is said of marks, and nothing of what a picture shows beyond its caption.
 */
export function plainText(doc: RichText): string {
  const notes = [...nodesOf(doc)].flatMap((it) => (it.type === 'footnote' ? [it.attrs.text] : []))
  return [...doc.content.flatMap(linesOf), ...notes].filter((it) => it !== '').join('\n')
}

function linesOf(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return inlineText(block.content).split('\n')
    case 'bulletList':
    case 'orderedList':
      return block.content.flatMap((item) => item.content.flatMap(linesOf))
    case 'blockquote':
      return block.content.flatMap(linesOf)
    case 'table':
      return block.content.map((row) => row.content.map((it) => it.content.flatMap(linesOf).join(' ')).join('\t'))
    case 'picture':
    case 'video':
      return [block.attrs.caption]
    case 'horizontalRule':
      return []
  }
}

function inlineText(content: readonly Inline[] = []): string {
  return content
    .map((it) => {
      if (it.type === 'text') return it.text
      if (it.type === 'mention') return `@${it.attrs.label}`
      return it.type === 'hardBreak' ? '\n' : ''
    })
    .join('')
}

/**
 * The number of characters as an editor's office counts (字数): each Chinese character and sign is one, and each Latin word or number
 * is one, captions and footnotes included.
 */
export function characterCount(doc: RichText): number {
  return plainText(doc).match(counted)?.length ?? 0
}

const eastern = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60“”‘’…—·`
const counted = new RegExp(`[${eastern}]|[^\\s${eastern}]+`, 'gu')

/** The pictures, videos and their posters of a document, each once, in the order in which they stand there. */
export function mediaIds(doc: RichText): string[] {
  const ids = [...nodesOf(doc)].flatMap((it) => {
    if (it.type === 'picture') return [it.attrs.mediaId]
    if (it.type !== 'video') return []
    return it.attrs.posterId ? [it.attrs.mediaId, it.attrs.posterId] : [it.attrs.mediaId]
  })
  return [...new Set(ids)]
}

/** Where the links of a document lead and on which words they stand; a link over differently marked words is one. */
export function links(doc: RichText): { href: string; text: string }[] {
  const found: { href: string; text: string }[] = []
  for (const it of [doc, ...nodesOf(doc)]) {
    if (!('content' in it)) continue
    let last: { href: string; text: string } | undefined
    for (const inner of it.content ?? []) {
      const link = inner.type === 'text' ? inner.marks?.find((mark) => mark.type === 'link') : undefined
      if (inner.type !== 'text' || !link) last = undefined
      else if (last?.href === link.attrs.href) last.text += inner.text
      else {
        last = { href: link.attrs.href, text: inner.text }
        found.push(last)
      }
    }
  }
  return found
}

/** The headings of a document, for a list of contents; `id` is that of the heading in the page. */
export function headings(doc: RichText, idPrefix = ''): { level: 2 | 3 | 4; text: string; id: string }[] {
  return [...nodesOf(doc)]
    .filter((it) => it.type === 'heading')
    .map((it, at) => ({
      level: it.attrs.level,
      text: inlineText(it.content).replaceAll('\n', ' '),
      id: headingId(at + 1, idPrefix),
    }))
}

/** The id of a heading in the page, counted from 1. */
export const headingId = (number: number, idPrefix = '') => `${idPrefix}heading-${number}`

/** The persons who are spoken to, each once. */
export function mentionedPersons(doc: RichText): string[] {
  return [...new Set([...nodesOf(doc)].flatMap((it) => (it.type === 'mention' ? [it.attrs.personId] : [])))]
}

/** Whether there is anything to read or to look at. */
export const isBlank = (doc: RichText): boolean => plainText(doc).trim() === '' && mediaIds(doc).length === 0
