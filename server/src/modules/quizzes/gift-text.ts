import sanitizeHtml from 'sanitize-html'
import { inOneLine } from '../../platform/visible-text.ts'

/** What is written in a GIFT file between its signs: formats, signs that a backslash makes ordinary ones, tags. */

export type Format = 'html' | 'moodle' | 'plain' | 'markdown'
export interface Formatted {
  format: Format
  text: string
}

/** A text may begin with its format; else it has the one of the question. */
export function formatted(text: string, otherwise: Format): Formatted {
  const mark = /^\s*\[(html|moodle|plain|markdown)\]/i.exec(text)
  if (!mark) return { format: otherwise, text }
  const format = (['html', 'moodle', 'plain', 'markdown'] as const).find((it) => it === mark[1]?.toLowerCase())
  return { format: format ?? otherwise, text: text.slice(mark[0].length) }
}

export function wordsOf({ format, text }: Formatted): string {
  const words = text.replace(/\\([~=#{}:*\\n])/g, (_, it: string) => (it === 'n' ? '\n' : it))
  return format === 'html' ? withoutTags(words) : words.trim()
}

function withoutTags(html: string): string {
  const lines = inOneLine(html).replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h\d)\b[^<>]*>/gi, '\n')
  const text = sanitizeHtml(lines, { allowedTags: [], allowedAttributes: {} })
  const words = text.replace(/&(lt|gt|quot|amp);/g, (it, name: string) => entities[name] ?? it)
  return words
    .split('\n')
    .map(inOneLine)
    .filter((it) => it !== '')
    .join('\n')
}

/** What is left written so in a text without tags. */
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }

/** Where one of the signs stands, from a place on, that no backslash makes an ordinary one; -1 where none does. */
export function find(text: string, signs: string, from = 0): number {
  for (let at = from; at < text.length; at++) {
    const it = text.charAt(at)
    if (it === '\\') at++
    else if (signs.includes(it)) return at
  }
  return -1
}

export function findPair(text: string, sign: string, from: number): number {
  let at = find(text, sign, from)
  while (at >= 0 && text[at + 1] !== sign) at = find(text, sign, at + 1)
  return at
}

/** The parts of a text between signs, each with the sign before it. */
export function* split(text: string, signs: string): Generator<{ mark: string; text: string }> {
  let mark = ''
  let from = 0
  for (let at = find(text, signs); at >= 0; at = find(text, signs, from)) {
    yield { mark, text: text.slice(from, at) }
    mark = text.charAt(at)
    from = at + 1
  }
  yield { mark, text: text.slice(from) }
}
