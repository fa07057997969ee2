import {
  type Block,
  type Crop,
  type Inline,
  linkProblem,
  type Mark,
  type PlainMark,
  type Profile,
  type RichText,
  type TableCell,
  type Text,
} from './document-schema.ts'
import { headingId } from './reading-schema.ts'

/** What is to be shown of a medium: `crop` stands on a picture of which a part is shown. */
export interface WantedMedium {
  mediaId: string
  use: 'picture' | 'video' | 'poster'
  crop?: Crop
}

/** Where it is, as an own path or a whole address; the size in pixels, where known, keeps its place while it is loaded. */
export interface MediumPlace {
  url: string
  width?: number
  height?: number
}

export interface Rendering {
  /** Links of a post are those of whoever wrote it. */
  profile: Profile
  /** Undefined where there is no such medium any more: the page says so in its place. */
  mediaUrl(wanted: WantedMedium): MediumPlace | undefined
  /** Where the page of a person who is spoken to is; without it a mention is no link. */
  personUrl?(personId: string): string | undefined
  /** Before the ids of headings and footnotes, where several texts stand on a page. */
  idPrefix?: string
}

/**
 * A document as HTML without styles and scripts, for pages, mails and packages. Every text is escaped and every address checked
 * again, so that not even a document that no schema has seen can do anything in a page.
 */
export function renderHtml(doc: RichText, rendering: Rendering): string {
  const page: PageInMaking = { ...rendering, prefix: escaped(rendering.idPrefix ?? ''), headings: 0, notes: [] }
  const body = doc.content.map((it) => blockHtml(it, page)).join('\n')
  return page.notes.length > 0 ? `${body}\n${notesHtml(page)}` : body
}

interface PageInMaking extends Rendering {
  prefix: string
  headings: number
  notes: string[]
}

function blockHtml(block: Block, page: PageInMaking): string {
  switch (block.type) {
    case 'paragraph': {
      const align = block.attrs?.textAlign
      return `<p${align ? ` class="align-${escaped(align)}"` : ''}>${inlineHtml(block.content, page)}</p>`
    }
    case 'heading': {
      page.headings += 1
      const tag = `h${[2, 3, 4].find((it) => it === block.attrs.level) ?? 4}`
      const id = headingId(page.headings, page.prefix)
      return `<${tag} id="${id}">${inlineHtml(block.content, page)}</${tag}>`
    }
    case 'bulletList':
      return `<ul>${itemsHtml(block.content, page)}</ul>`
    case 'orderedList': {
      const start = Number(block.attrs?.start ?? 1)
      return `<ol${start === 1 ? '' : ` start="${start}"`}>${itemsHtml(block.content, page)}</ol>`
    }
    case 'blockquote':
      return `<blockquote>${block.content.map((it) => blockHtml(it, page)).join('')}</blockquote>`
    case 'horizontalRule':
      return '<hr>'
    case 'table': {
      const rows = block.content.map((row) => `<tr>${row.content.map((it) => cellHtml(it, page)).join('')}</tr>`)
      return `<table><tbody>${rows.join('')}</tbody></table>`
    }
    case 'picture': {
      const { mediaId, alt, caption, crop, width } = block.attrs
      const at = placeOf({ mediaId, use: 'picture', ...(crop && { crop }) }, page)
      const shown = at
        ? `<img src="${escaped(at.url)}" alt="${escaped(alt)}"${sizeOf(at)} loading="lazy" decoding="async">`
        : gone('图片')
      return `<figure class="picture ${width === 'half' ? 'half' : 'full'}">${shown}${captionHtml(caption)}</figure>`
    }
    case 'video': {
      const { mediaId, caption, posterId } = block.attrs
      const at = placeOf({ mediaId, use: 'video' }, page)
      const poster = posterId === undefined ? undefined : placeOf({ mediaId: posterId, use: 'poster' }, page)
      const named = caption ? ` aria-label="${escaped(caption)}"` : ''
      const shown = at
        ? `<video src="${escaped(at.url)}"${poster ? ` poster="${escaped(poster.url)}"` : ''}${sizeOf(at)}${named} controls preload="metadata"></video>`
        : gone('视频')
      return `<figure class="video">${shown}${captionHtml(caption)}</figure>`
    }
  }
}

function inlineHtml(content: readonly Inline[] = [], page: PageInMaking): string {
  return content.map((it) => pieceHtml(it, page)).join('')
}

function pieceHtml(it: Inline, page: PageInMaking): string {
  switch (it.type) {
    case 'text':
      return textHtml(it, page)
    case 'hardBreak':
      return '<br>'
    case 'mention': {
      const name = `@${escaped(it.attrs.label)}`
      const url = page.personUrl?.(it.attrs.personId)
      return url !== undefined && linkProblem(url) === undefined
        ? `<a class="mention" href="${escaped(url)}">${name}</a>`
        : `<span class="mention">${name}</span>`
    }
    case 'footnote': {
      const number = page.notes.push(it.attrs.text)
      return `<sup><a class="note" id="${page.prefix}note-place-${number}" href="#${page.prefix}note-${number}" aria-label="脚注 ${number}">${number}</a></sup>`
    }
  }
}

/** The element of each mark but a link. */
export const tags: Readonly<Record<PlainMark, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  subscript: 'sub',
  superscript: 'sup',
}

function textHtml({ text, marks = [] }: Text, page: PageInMaking): string {
  return marks.reduceRight((inside, mark) => markedHtml(inside, mark, page), escaped(text))
}

function markedHtml(inside: string, mark: Mark, page: PageInMaking): string {
  if (mark.type !== 'link') return tags[mark.type] ? `<${tags[mark.type]}>${inside}</${tags[mark.type]}>` : inside
  const { href } = mark.attrs
  if (linkProblem(href) !== undefined) return inside
  const rel = page.profile === 'post' ? 'noopener nofollow ugc' : 'noopener'
  return `<a href="${escaped(href)}" rel="${rel}">${inside}</a>`
}

const itemsHtml = (items: readonly { content: Block[] }[], page: PageInMaking): string =>
  items.map((item) => `<li>${item.content.map((it) => blockHtml(it, page)).join('')}</li>`).join('')

function cellHtml({ type, attrs, content }: TableCell, page: PageInMaking): string {
  const tag = type === 'tableHeader' ? 'th' : 'td'
  const spans = (['colspan', 'rowspan'] as const)
    .map((it) => [it, Number(attrs?.[it] ?? 1)] as const)
    .filter(([, span]) => span > 1)
    .map(([it, span]) => ` ${it}="${span}"`)
  return `<${tag}${spans.join('')}>${content.map((it) => blockHtml(it, page)).join('')}</${tag}>`
}

function placeOf(wanted: WantedMedium, page: PageInMaking): MediumPlace | undefined {
  const at = page.mediaUrl(wanted)
  return at && linkProblem(at.url) === undefined && /^(\/|https?:)/i.test(at.url) ? at : undefined
}

const sizeOf = ({ width, height }: MediumPlace): string =>
  width && height ? ` width="${Math.round(width)}" height="${Math.round(height)}"` : ''

const gone = (what: string): string => `<p class="gone">（${what}已删除）</p>`

const captionHtml = (caption: string): string => (caption ? `<figcaption>${escaped(caption)}</figcaption>` : '')

function notesHtml({ notes, prefix }: PageInMaking): string {
  const items = notes.map((text, at) => {
    const number = at + 1
    return `<li id="${prefix}note-${number}">${escaped(text)} <a href="#${prefix}note-place-${number}" aria-label="返回脚注 ${number} 处">↑</a></li>`
  })
  return `<section class="notes" aria-label="脚注"><ol>${items.join('')}</ol></section>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** As text and as a quoted attribute, old browsers included, which take the backquote for one. */
export const escaped = (text: string): string => String(text).replace(/[&<>"'`]/g, (it) => entities[it] ?? it)
