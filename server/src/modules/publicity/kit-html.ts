import {
  type Block,
  type Inline,
  linkProblem,
  type Mark,
  type RichText,
  type TableCell,
} from '../../platform/rich-text/document-schema.ts'
import { escaped, tags, type WantedMedium } from '../../platform/rich-text/html.ts'

/** Where a picture of the kit is; undefined where it is gone. */
export type PictureAddress = (wanted: WantedMedium) => string | undefined

/** An article as the editor of a 公众号 takes it, and what it cannot show. */
export interface KitHtml {
  html: string
  /** Addresses that readers cannot open there; they stand in a list at the end. */
  linksAtEnd: readonly string[]
}

/**
 * How each part looks: that editor keeps the style of an element and nothing else, no classes, no ids, no style sheet. Black on white in
 * every sight, since nobody knows the ground on which it is shown.
 */
const looks = {
  paragraph: 'margin:0 0 1.2em;font-size:16px;line-height:1.8;color:#333333;text-align:justify;',
  heading2: 'margin:2em 0 1em;font-size:19px;line-height:1.5;font-weight:bold;color:#a3201c;',
  heading3: 'margin:1.6em 0 .8em;font-size:17px;line-height:1.5;font-weight:bold;color:#333333;',
  heading4: 'margin:1.4em 0 .6em;font-size:16px;line-height:1.5;font-weight:bold;color:#333333;',
  list: 'margin:0 0 1.2em;padding-left:1.6em;font-size:16px;line-height:1.8;color:#333333;',
  item: 'margin:0 0 .4em;',
  inItem: 'margin:0;',
  quote: 'margin:0 0 1.2em;padding:.8em 1em;border-left:3px solid #a3201c;background-color:#f7f5f2;color:#555555;',
  rule: 'margin:2em 0;border:0;border-top:1px solid #dddddd;',
  table: 'margin:0 0 1.2em;width:100%;border-collapse:collapse;font-size:14px;line-height:1.6;color:#333333;',
  cell: 'padding:.4em .6em;border:1px solid #cccccc;vertical-align:top;',
  head: 'padding:.4em .6em;border:1px solid #cccccc;vertical-align:top;background-color:#f7f5f2;font-weight:bold;',
  picture: 'margin:0 0 1.2em;text-align:center;',
  image: 'display:block;width:100%;height:auto;margin:0 auto;',
  halfImage: 'display:block;width:50%;height:auto;margin:0 auto;',
  caption: 'margin:.5em 0 0;font-size:14px;line-height:1.6;color:#6b6b6b;text-align:center;',
  byHand: 'margin:0 0 1.2em;padding:.8em;border:1px dashed #a3201c;font-size:14px;color:#a3201c;text-align:center;',
  notes: 'margin:2em 0 0;padding-top:1em;border-top:1px solid #dddddd;',
  note: 'margin:0 0 .4em;font-size:13px;line-height:1.7;color:#6b6b6b;word-break:break-all;',
} as const

/** An article for the editor of a 公众号, everything in the styles of the elements. */
export function kitHtml(body: RichText, pictureAddress: PictureAddress): KitHtml {
  const kit: Making = { pictureAddress, notes: [], links: [] }
  const blocks = body.content.map((it) => blockHtml(it, kit, 'page')).join('')
  const notes = [
    ...listed('注释', kit.notes, (text, at) => `[${at}] ${text}`),
    ...listed('文中网址', kit.links, (href, at) => `〔${at}〕${href}`),
  ]
  return { html: `<section>${blocks}${notes.join('')}</section>`, linksAtEnd: kit.links }
}

interface Making {
  pictureAddress: PictureAddress
  notes: string[]
  links: string[]
}

function blockHtml(block: Block, kit: Making, place: 'page' | 'item'): string {
  switch (block.type) {
    case 'paragraph': {
      const align = block.attrs?.textAlign
      const style = place === 'item' ? looks.inItem : looks.paragraph
      const aligned = align && align !== 'justify' ? `${style}text-align:${align};` : style
      return `<p style="${aligned}">${inlineHtml(block.content, kit) || '<br>'}</p>`
    }
    case 'heading':
      return `<p style="${looks[`heading${block.attrs.level}`]}">${inlineHtml(block.content, kit)}</p>`
    case 'bulletList':
      return `<ul style="${looks.list}list-style-type:disc;">${itemsHtml(block.content, kit)}</ul>`
    case 'orderedList': {
      const start = block.attrs?.start ?? 1
      return `<ol style="${looks.list}list-style-type:decimal;"${start === 1 ? '' : ` start="${start}"`}>${itemsHtml(block.content, kit)}</ol>`
    }
    case 'blockquote':
      return `<blockquote style="${looks.quote}">${block.content.map((it) => blockHtml(it, kit, 'item')).join('')}</blockquote>`
    case 'horizontalRule':
      return `<hr style="${looks.rule}">`
    case 'table': {
      const rows = block.content.map((row) => `<tr>${row.content.map((it) => cellHtml(it, kit)).join('')}</tr>`)
      return `<table style="${looks.table}"><tbody>${rows.join('')}</tbody></table>`
    }
    case 'picture': {
      const { mediaId, alt, caption, crop, width } = block.attrs
      const address = kit.pictureAddress({ mediaId, use: 'picture', ...(crop && { crop }) })
      if (address === undefined) return byHand('此处的图片已删除')
      const image = `<img src="${escaped(address)}" alt="${escaped(alt)}" style="${width === 'half' ? looks.halfImage : looks.image}">`
      return `<section style="${looks.picture}">${image}${captionHtml(caption)}</section>`
    }
    case 'video':
      return byHand(
        `此处的视频${block.attrs.caption ? `“${block.attrs.caption}”` : ''}请在公众号后台插入，再删去这一行`,
      )
  }
}

function inlineHtml(content: readonly Inline[] = [], kit: Making): string {
  return content.map((it) => pieceHtml(it, kit)).join('')
}

function pieceHtml(it: Inline, kit: Making): string {
  switch (it.type) {
    case 'text':
      return (it.marks ?? []).reduceRight((inside, mark) => markedHtml(inside, mark, kit), escaped(it.text))
    case 'hardBreak':
      return '<br>'
    case 'mention':
      return escaped(`@${it.attrs.label}`)
    case 'footnote':
      return `<sup style="font-size:12px;color:#a3201c;">[${kit.notes.push(it.attrs.text)}]</sup>`
  }
}

/** Only what lies at the 公众号 itself may be opened from an article there; every other address stands at the end. */
function markedHtml(inside: string, mark: Mark, kit: Making): string {
  if (mark.type !== 'link') return `<${tags[mark.type]}>${inside}</${tags[mark.type]}>`
  const { href } = mark.attrs
  if (linkProblem(href) !== undefined) return inside
  if (isThere(href)) return `<a href="${escaped(href)}" style="color:#576b95;">${inside}</a>`
  const known = kit.links.indexOf(href)
  const at = known === -1 ? kit.links.push(href) : known + 1
  return `${inside}<sup style="font-size:12px;color:#6b6b6b;">〔${at}〕</sup>`
}

const isThere = (href: string): boolean => /^https:\/\/mp\.weixin\.qq\.com\//.test(href)

const itemsHtml = (items: readonly { content: Block[] }[], kit: Making): string =>
  items
    .map((item) => `<li style="${looks.item}">${item.content.map((it) => blockHtml(it, kit, 'item')).join('')}</li>`)
    .join('')

function cellHtml({ type, attrs, content }: TableCell, kit: Making): string {
  const tag = type === 'tableHeader' ? 'th' : 'td'
  const spans = (['colspan', 'rowspan'] as const)
    .filter((it) => (attrs?.[it] ?? 1) > 1)
    .map((it) => ` ${it}="${attrs?.[it]}"`)
  const style = type === 'tableHeader' ? looks.head : looks.cell
  return `<${tag} style="${style}"${spans.join('')}>${content.map((it) => blockHtml(it, kit, 'item')).join('')}</${tag}>`
}

const captionHtml = (caption: string): string => (caption ? `<p style="${looks.caption}">${escaped(caption)}</p>` : '')

const byHand = (text: string): string => `<p style="${looks.byHand}">【${escaped(text)}】</p>`

function listed(title: string, lines: readonly string[], line: (text: string, at: number) => string): string[] {
  if (lines.length === 0) return []
  const written = lines.map((it, at) => `<p style="${looks.note}">${escaped(line(it, at + 1))}</p>`).join('')
  return [`<section style="${looks.notes}"><p style="${looks.note}">${title}</p>${written}</section>`]
}
