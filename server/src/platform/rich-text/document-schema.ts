/**
 * What a rich text is made of, as it is stored and sent: a document of the editor as JSON, never HTML. The web loads this file by
 * value, so it needs nothing.
 */

/** An article has headings, tables, pictures, videos and footnotes; a post in a discussion has little of it, and mentions. */
export type Profile = 'article' | 'post'

export type TextAlign = 'left' | 'center' | 'right' | 'justify'
export type PictureWidth = 'full' | 'half'

/** What of a picture is shown, as fractions of its width and height from the upper left corner. */
export interface Crop {
  x: number
  y: number
  width: number
  height: number
}

export const plainMarks = ['bold', 'italic', 'underline', 'strike', 'subscript', 'superscript'] as const
export type PlainMark = (typeof plainMarks)[number]

export interface Link {
  type: 'link'
  attrs: { href: string }
}
export type Mark = { type: PlainMark } | Link

export interface Text {
  type: 'text'
  text: string
  marks?: Mark[]
}

export interface HardBreak {
  type: 'hardBreak'
}

/** A note that is printed below, at the place that it belongs to. */
export interface Footnote {
  type: 'footnote'
  attrs: { text: string }
}

/** A person who is spoken to, by the name that the person had then. */
export interface Mention {
  type: 'mention'
  attrs: { personId: string; label: string }
}

export type Inline = Text | HardBreak | Footnote | Mention

export interface Paragraph {
  type: 'paragraph'
  attrs?: { textAlign?: TextAlign }
  content?: Inline[]
}

export interface Heading {
  type: 'heading'
  attrs: { level: 2 | 3 | 4 }
  content?: Inline[]
}

export interface ListItem {
  type: 'listItem'
  content: Block[]
}

export interface BulletList {
  type: 'bulletList'
  content: ListItem[]
}

export interface OrderedList {
  type: 'orderedList'
  attrs?: { start?: number }
  content: ListItem[]
}

export interface Blockquote {
  type: 'blockquote'
  content: Block[]
}

export interface HorizontalRule {
  type: 'horizontalRule'
}

export interface TableCell {
  type: 'tableCell' | 'tableHeader'
  attrs?: { colspan?: number; rowspan?: number }
  content: Block[]
}

export interface TableRow {
  type: 'tableRow'
  content: TableCell[]
}

export interface Table {
  type: 'table'
  content: TableRow[]
}

export interface Picture {
  type: 'picture'
  attrs: { mediaId: string; alt: string; caption: string; width: PictureWidth; crop?: Crop }
}

export interface Video {
  type: 'video'
  attrs: { mediaId: string; caption: string; posterId?: string }
}

export type Block =
  | Paragraph
  | Heading
  | BulletList
  | OrderedList
  | Blockquote
  | HorizontalRule
  | Table
  | Picture
  | Video

export type Node = Block | ListItem | TableRow | TableCell | Inline

/** A document of either profile. */
export interface RichText {
  type: 'doc'
  content: Block[]
}

/** A part of a changed text. */
export interface TextDifference {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** What has become of a block between two versions; the numbers are places in `content` of the older and of the newer one, from 0. */
export type BlockDifference =
  | { kind: 'same'; older: number; newer: number; block: Block }
  | { kind: 'removed'; older: number; block: Block }
  | { kind: 'added'; newer: number; block: Block }
  /** Where no part of the text is added or removed, only its form has changed: bold, a link, the cut of a picture. */
  | { kind: 'changed'; older: number; newer: number; before: Block; after: Block; text: TextDifference[] }

/** How much a document may hold; a character of a caption, a footnote or the name of a mention counts like any other. */
export const mostOf: Readonly<
  Record<Profile, { characters: number; nodes: number; cells: number; pictures: number; videos: number }>
> = {
  article: { characters: 100_000, nodes: 20_000, cells: 5_000, pictures: 200, videos: 20 },
  post: { characters: 10_000, nodes: 2_000, cells: 0, pictures: 20, videos: 0 },
}

/** How deep a document may be, text included: five lists in one another. */
export const maxDepth = 12
/** How many columns or rows a cell may span. */
export const maxSpan = 20
export const maxHref = 2_000
export const maxAlt = 300
export const maxCaption = 300
export const maxFootnote = 1_000
export const maxLabel = 100

const help = '只能使用 http://、https://、mailto:、tel: 开头的地址，或以 / 开头的本站地址'

/**
 * Why an address may not be linked to, in Chinese, as it goes on after “链接”; undefined where it may: web pages, mail addresses,
 * telephone numbers, and own paths that begin with one stroke. Nothing that runs, names a password or means another place than it seems to.
 */
export function linkProblem(href: string): string | undefined {
  if (href.length > maxHref) return `不超过 ${maxHref} 个字符`
  if (unfit.test(href)) return '中有空格、反斜线、引号或看不见的字符，请删去后重试'
  if (/^mailto:/i.test(href)) return /^mailto:[^@?]+@[^@?]+(\?[^?]*)?$/i.test(href) ? undefined : '中的邮箱地址不完整'
  if (/^tel:/i.test(href)) return /^tel:\+?[\d().,;*#-]+$/i.test(href) ? undefined : '中的电话号码不正确'
  if (href.startsWith('/')) {
    const at = URL.parse(href, ownPages)
    return href.startsWith('//') || at?.origin !== ownPages ? `不能以 // 开头：${help}` : undefined
  }
  if (!/^https?:\/\/[^/?#]/i.test(href)) return `不能使用：${help}`
  const at = URL.parse(href)
  if (!at?.hostname) return '不完整，请核对网址'
  return at.username || at.password ? '中不能带用户名或密码' : undefined
}

/** Blanks, control characters, marks of no width or of the direction of writing, and what ends an attribute. */
const unfit = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}\p{Cs}\ufff9-\ufffb\ufffe\uffff\\"'<>`]/u

const ownPages = 'https://own.invalid'
