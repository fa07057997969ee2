import { linkProblem, maxAlt, maxFootnote, maxSpan } from '@zhibu/server/platform/rich-text/document-schema'

/** What was pasted, as the editor takes it. */
export interface Pasted {
  /** Only tags that the editor knows; `<img data-upload="n">` stands for the nth of the pictures, from 0. */
  html: string
  /** Pictures that came along as `data:` addresses, to be uploaded. */
  pictures: { dataUrl: string; alt: string }[]
  /** Addresses of pictures of other sites. They are not loaded, so that no reader is told to those sites. */
  remote: string[]
  /** How many pictures stayed in the program that was copied from. */
  unreachable: number
}

/**
 * Cleans what Word, WPS, web pages and public accounts (公众号) put into the clipboard: lists of Word become lists, footnotes stay,
 * tables stay, fonts, colours, classes and what nobody sees go. The source is read in a document of its own, in which nothing runs and
 * nothing is loaded, and everything that is returned has been made here.
 */
export function cleanPasted(html: string): Pasted {
  const pasted: Pasted = { html: '', pictures: [], remote: [], unreachable: 0 }
  const source = new DOMParser().parseFromString(html, 'text/html')
  const page: Page = {
    pasted,
    out: source.implementation.createHTMLDocument(''),
    notes: takeNotes(source),
    headingStep: source.querySelector('h1') ? 1 : 0,
  }
  for (const it of [...source.body.querySelectorAll('*')]) if (listPlace(it)) makeList(it)
  const blocks = flow(source.body, plain, page)
  const holder = page.out.createElement('div')
  holder.append(...blocks)
  pasted.html = holder.innerHTML
  return pasted
}

interface Page {
  pasted: Pasted
  /** In which everything new is made. */
  out: Document
  notes: ReadonlyMap<string, string>
  headingStep: 0 | 1
}

/** How a piece of text is marked. */
interface Marks {
  href?: string
  strong?: boolean
  em?: boolean
  u?: boolean
  s?: boolean
  sub?: boolean
  sup?: boolean
}
const plain: Marks = {}

type Token = { text: string; marks: Marks } | { break: true } | { note: string } | { block: Element }

const hidden = new Set([
  ...[
    'SCRIPT',
    'STYLE',
    'TEMPLATE',
    'NOSCRIPT',
    'IFRAME',
    'OBJECT',
    'EMBED',
    'SVG',
    'MATH',
    'HEAD',
    'TITLE',
    'META',
    'LINK',
    'XML',
  ],
  ...['BUTTON', 'INPUT', 'SELECT', 'TEXTAREA', 'AUDIO', 'VIDEO', 'CANVAS', 'MAP', 'O:P'],
])
const blockTags = new Set([
  ...[
    'P',
    'DIV',
    'SECTION',
    'ARTICLE',
    'HEADER',
    'FOOTER',
    'MAIN',
    'ASIDE',
    'NAV',
    'CENTER',
    'FORM',
    'FIELDSET',
    'ADDRESS',
    'PRE',
  ],
  ...[
    'H1',
    'H2',
    'H3',
    'H4',
    'H5',
    'H6',
    'UL',
    'OL',
    'LI',
    'DL',
    'DT',
    'DD',
    'BLOCKQUOTE',
    'TABLE',
    'HR',
    'FIGURE',
    'FIGCAPTION',
  ],
  ...['DETAILS', 'SUMMARY', 'TBODY', 'THEAD', 'TFOOT', 'TR', 'TD', 'TH', 'CAPTION'],
])

/** The blocks of what stands in an element: what stands in lines becomes paragraphs, or another tag. */
function flow(parent: Element, marks: Marks, page: Page, tag = 'p', align?: string): Element[] {
  const blocks: Element[] = []
  let line: Token[] = []
  const end = () => {
    const made = lineOf(line, page, tag, align)
    if (made) blocks.push(made)
    line = []
  }
  for (const it of tokensOf(parent, marks, page)) {
    if ('block' in it) {
      end()
      blocks.push(it.block)
    } else line.push(it)
  }
  end()
  return blocks
}

function* tokensOf(parent: Element, marks: Marks, page: Page): Generator<Token> {
  for (const it of parent.childNodes) {
    if (it instanceof Text) yield { text: it.data, marks }
    else if (it instanceof Element) yield* elementTokens(it, marks, page)
  }
}

function* elementTokens(it: Element, around: Marks, page: Page): Generator<Token> {
  const tag = it.tagName.toUpperCase()
  const style = styleOf(it)
  if (hidden.has(tag) || style.get('display') === 'none' || style.get('mso-hide') === 'all') return
  const note = noteOf(it, page)
  if (note !== undefined) {
    if (note) yield { note }
    return
  }
  if (tag === 'BR') yield { break: true }
  else if (tag === 'IMG') {
    const picture = pictureOf(it, page)
    if (picture) yield { block: picture }
  } else if (blockTags.has(tag)) for (const block of blocksOf(it, tag, around, page)) yield { block }
  else yield* tokensOf(it, marksOf(it, tag, style, around), page)
}

function blocksOf(it: Element, tag: string, around: Marks, page: Page): Element[] {
  const style = styleOf(it)
  const marks = marksOf(it, tag, style, around)
  const heading = /^H([1-6])$/.exec(tag)
  if (heading) {
    const level = Math.min(Math.max(Number(heading[1]) + page.headingStep, 2), 4)
    return flow(it, marks, page, `h${level}`)
  }
  switch (tag) {
    case 'HR':
      return [page.out.createElement('hr')]
    case 'UL':
    case 'OL':
      return listOf(it, tag, marks, page)
    case 'TABLE':
      return tableOf(it, marks, page)
    case 'PRE':
      for (const text of textsIn(it)) text.data = text.data.replaceAll('\n', lineMark)
      return flow(it, marks, page)
    case 'BLOCKQUOTE': {
      const inside = flow(it, marks, page)
      return inside.length > 0 ? [made(page, 'blockquote', inside)] : []
    }
    default: {
      const align =
        style.get('text-align') ?? it.getAttribute('align')?.toLowerCase() ?? (tag === 'CENTER' ? 'center' : '')
      return flow(it, marks, page, 'p', align === 'center' || align === 'right' ? align : undefined)
    }
  }
}

/** A line of text as an element, or nothing where there is nothing in it. A heading is bold by itself. */
function lineOf(tokens: readonly Token[], page: Page, tag: string, align?: string): Element | undefined {
  const pieces = tidy(tokens)
  if (pieces.length === 0) return undefined
  const line = page.out.createElement(tag)
  if (align && tag === 'p') line.setAttribute('data-align', align)
  for (const it of pieces) {
    if ('break' in it) line.append(page.out.createElement('br'))
    else if ('note' in it) {
      const note = page.out.createElement('span')
      note.setAttribute('data-footnote', it.note)
      line.append(note)
    } else if ('text' in it) line.append(marked(it.text, tag === 'p' ? it.marks : { ...it.marks, strong: false }, page))
  }
  return line
}

function marked(text: string, { href, ...marks }: Marks, page: Page): Node {
  let inside: Node = page.out.createTextNode(text)
  for (const tag of ['sup', 'sub', 's', 'u', 'em', 'strong'] as const)
    if (marks[tag]) inside = made(page, tag, [inside])
  if (href === undefined) return inside
  const link = made(page, 'a', [inside])
  link.setAttribute('href', href)
  return link
}

function made(page: Page, tag: string, inside: readonly Node[]): HTMLElement {
  const it = page.out.createElement(tag)
  it.append(...inside)
  return it
}

/** The pieces of a line as they are read: blanks as one, none at the ends, none between Chinese characters where a line of the source ends. */
function tidy(tokens: readonly Token[]): Token[] {
  const pieces: Token[] = []
  for (const it of tokens) {
    const last = pieces.at(-1)
    if ('text' in it) {
      const lines = it.text.split(lineMark)
      for (const [at, text] of lines.entries()) {
        if (at > 0) pieces.push({ break: true })
        const before = pieces.at(-1)
        if (before && 'text' in before && sameMarks(before.marks, it.marks)) before.text += text
        else if (text !== '') pieces.push({ text, marks: it.marks })
      }
    } else if (last || !('break' in it)) pieces.push(it)
  }
  let isAtStart = true
  for (const it of pieces) {
    if ('text' in it) {
      it.text = it.text
        .replace(unseen, '')
        .replace(betweenEastern, '')
        .replace(/[\s\u00a0]+/g, (blanks) => (blanks.includes('\u3000') ? blanks.replace(/[^\u3000]/g, '') : ' '))
      if (isAtStart) it.text = it.text.replace(/^\s+/, '')
      isAtStart &&= it.text === ''
    } else isAtStart = 'break' in it
  }
  const kept = pieces.filter((it) => !('text' in it) || it.text !== '')
  for (let last = kept.at(-1); last; last = kept.at(-1)) {
    if ('text' in last) last.text = last.text.trimEnd()
    if (!('break' in last) && !('text' in last && last.text === '')) break
    kept.pop()
  }
  return kept
}

const lineMark = '\u2028'
const unseen = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
const eastern = String.raw`[\p{Script=Han}\u3000-\u303f\uff00-\uffef“”‘’…—]`
const betweenEastern = new RegExp(String.raw`(?<=${eastern})[ \t]*[\r\n]+[ \t]*(?=${eastern})`, 'gu')

const markNames = ['href', 'strong', 'em', 'u', 's', 'sub', 'sup'] as const
const sameMarks = (one: Marks, other: Marks) => markNames.every((it) => (one[it] || false) === (other[it] || false))

function marksOf(it: Element, tag: string, style: ReadonlyMap<string, string>, around: Marks): Marks {
  const marks: Marks = { ...around }
  if (tag === 'B' || tag === 'STRONG') marks.strong = true
  if (tag === 'I' || tag === 'EM') marks.em = true
  if (tag === 'U' || tag === 'INS') marks.u = true
  if (tag === 'S' || tag === 'STRIKE' || tag === 'DEL') marks.s = true
  if (tag === 'SUB') marks.sub = true
  if (tag === 'SUP') marks.sup = true
  const weight = style.get('font-weight') ?? ''
  if (/^(bold|[6-9]00)/.test(weight)) marks.strong = true
  if (/^(normal|[1-5]00)/.test(weight)) marks.strong = false
  const slant = style.get('font-style') ?? ''
  if (slant !== '') marks.em = /^(italic|oblique)/.test(slant)
  const lines = `${style.get('text-decoration') ?? ''} ${style.get('text-decoration-line') ?? ''}`
  if (lines.includes('underline')) marks.u = true
  if (lines.includes('line-through')) marks.s = true
  if (style.get('vertical-align') === 'super') marks.sup = true
  if (style.get('vertical-align') === 'sub') marks.sub = true
  const href = tag === 'A' ? (it.getAttribute('href') ?? '') : ''
  if (href && linkProblem(href) === undefined) marks.href = href
  // A link is drawn as one anyway.
  if (marks.href !== undefined) marks.u = false
  return marks
}

/** What the style of an element says, as written: a browser would leave out what it does not know. */
function styleOf(it: Element): Map<string, string> {
  return new Map(
    (it.getAttribute('style') ?? '').split(';').map((rule): [string, string] => {
      const [name = '', ...value] = rule.split(':')
      return [name.trim().toLowerCase(), value.join(':').trim().toLowerCase()]
    }),
  )
}

function pictureOf(it: Element, { pasted, out }: Page): Element | undefined {
  const addresses = [it.getAttribute('src'), it.getAttribute('data-src')].map((at) => at?.trim() ?? '')
  const alt = (it.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim().slice(0, maxAlt)
  const dataUrl = addresses.find((at) => /^data:image\/(png|jpeg|gif|webp);base64,/i.test(at))
  const remote = addresses.find((at) => /^(https?:)?\/\//i.test(at))
  if (remote !== undefined) pasted.remote.push(remote)
  else if (dataUrl === undefined) pasted.unreachable += 1
  else {
    const picture = out.createElement('img')
    picture.setAttribute('data-upload', String(pasted.pictures.push({ dataUrl, alt }) - 1))
    picture.setAttribute('alt', alt)
    return picture
  }
  return undefined
}

function listOf(list: Element, tag: string, marks: Marks, page: Page): Element[] {
  const made = page.out.createElement(tag.toLowerCase())
  const start = Number(list.getAttribute('start') ?? 1)
  if (tag === 'OL' && Number.isInteger(start) && start > 1 && start < 10_000) made.setAttribute('start', String(start))
  for (const it of list.children) {
    const isInner = /^(UL|OL)$/i.test(it.tagName)
    const inside = isInner ? listOf(it, it.tagName.toUpperCase(), marks, page) : flow(it, marks, page)
    const last = made.lastElementChild
    if (inside.length === 0) continue
    if (isInner && last) last.append(...inside)
    else {
      const item = page.out.createElement('li')
      // The mark of an item stands beside a paragraph.
      if (inside[0]?.tagName !== 'P') item.append(page.out.createElement('p'))
      item.append(...inside)
      made.append(item)
    }
  }
  return made.childElementCount > 0 ? [made] : []
}

function tableOf(table: Element, marks: Marks, page: Page): Element[] {
  const rows = [...table.querySelectorAll('tr')].filter((it) => it.closest('table') === table)
  const cellsOf = (row: Element) => [...row.children].filter((it) => /^T[DH]$/i.test(it.tagName))
  const [first, ...others] = rows.flatMap(cellsOf)
  const captions = [...table.children]
    .filter((it) => /^CAPTION$/i.test(it.tagName))
    .flatMap((it) => flow(it, marks, page))
  // A table of one cell is there for its frame.
  if (!first) return captions
  if (others.length === 0) return [...captions, ...flow(first, marks, page)]
  const body = page.out.createElement('tbody')
  for (const row of rows) {
    const cells = cellsOf(row).map((it) => {
      const inside = flow(it, marks, page)
      const cell = made(page, it.tagName.toLowerCase(), inside.length > 0 ? inside : [page.out.createElement('p')])
      for (const name of ['colspan', 'rowspan']) {
        const span = Math.min(Number(it.getAttribute(name) ?? 1), maxSpan)
        if (Number.isInteger(span) && span > 1) cell.setAttribute(name, String(span))
      }
      return cell
    })
    if (cells.length > 0) body.append(made(page, 'tr', cells))
  }
  return [...captions, made(page, 'table', [body])]
}

/** Word writes footnotes at the end; here they are taken out, by their names. */
function takeNotes(source: Document): Map<string, string> {
  const notes = new Map<string, string>()
  for (const it of source.querySelectorAll('[style*="mso-element"]')) {
    const kind = styleOf(it).get('mso-element') ?? ''
    if (!/^(footnote|endnote)(-list)?$/.test(kind)) continue
    if (it.id) {
      for (const link of it.querySelectorAll('a[href*="ref"]')) link.remove()
      notes.set(it.id.replace(/^_/, ''), (it.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, maxFootnote))
    }
  }
  for (const it of source.querySelectorAll('[style*="mso-element"]'))
    if (/^(footnote|endnote)(-list)?$/.test(styleOf(it).get('mso-element') ?? '')) it.remove()
  return notes
}

/** The text of the note that an element of the text leads to; empty where it leads to none that came along. */
function noteOf(it: Element, { notes }: Page): string | undefined {
  const name = /#_((?:ftn|edn)\d+)$/.exec(it.getAttribute('href') ?? '')?.[1]
  return name === undefined ? undefined : (notes.get(name) ?? '')
}

/** Which list of Word a paragraph belongs to. */
function listPlace(it: Element): { level: number } | undefined {
  const level = /^l\d+ level(\d)/.exec(styleOf(it).get('mso-list') ?? '')?.[1]
  return level === undefined ? undefined : { level: Number(level) }
}

/** Makes real lists of a run of paragraphs that Word only draws as one; this is the first of them that is left. */
function makeList(first: Element): void {
  if (!first.parentElement || first.closest('[data-listed]')) return
  const open: { level: number; list: Element }[] = []
  for (let it: Element | null = first; it; ) {
    const place = listPlace(it)
    const next: Element | null = it.nextElementSibling
    const marker = place && takeMarker(it)
    if (!place || !marker) return
    it.setAttribute('data-listed', '')
    if (marker.tag === undefined) {
      // Numbers of official papers (一、（一）第一条) are part of what is said.
      it.prepend(marker.text)
      return
    }
    while ((open.at(-1)?.level ?? 0) > place.level) open.pop()
    let at = open.at(-1)
    if (at && at.level === place.level && at.list.tagName !== marker.tag) {
      open.pop()
      at = open.at(-1)
    }
    if (!at || at.level < place.level) {
      const list = first.ownerDocument.createElement(marker.tag)
      if (marker.start > 1) list.setAttribute('start', String(marker.start))
      const item = at?.list.lastElementChild
      if (item) item.append(list)
      else it.before(list)
      at = { level: place.level, list }
      open.push(at)
    }
    const item = first.ownerDocument.createElement('li')
    item.append(it)
    at.list.append(item)
    it = next
  }
}

/** Takes the mark that Word has written before an item. Without a tag it is one that no list of ours can draw. */
function takeMarker(it: Element): { tag?: 'UL' | 'OL'; start: number; text: string } | undefined {
  const drawn = [...it.querySelectorAll('[style*="mso-list" i]')].find((part) =>
    /^ignore/.test(styleOf(part).get('mso-list') ?? ''),
  )
  const text = (drawn?.textContent ?? '').replace(/[\s\u00a0]+/g, '')
  const isSymbol = drawn !== undefined && /wingdings|symbol/i.test(drawn.outerHTML)
  drawn?.remove()
  if (isSymbol || text === '' || text === 'o' || /^[^\p{L}\p{N}]$/u.test(text)) return { tag: 'UL', start: 1, text }
  const number = /^[(（]?(\d{1,4})[.、)）．]?$/.exec(text)?.[1]
  if (number !== undefined) return { tag: 'OL', start: Number(number), text }
  return /^[(（]?[a-z]{1,5}[.、)）．]$/i.test(text) ? { tag: 'OL', start: 1, text } : { start: 1, text }
}

function textsIn(it: Element): Text[] {
  return [...it.childNodes].flatMap((inner) =>
    inner instanceof Text ? [inner] : inner instanceof Element ? textsIn(inner) : [],
  )
}
