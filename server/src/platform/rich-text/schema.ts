import { z } from 'zod'
import { inOneLine, visible } from '../visible-text.ts'
import {
  type Block,
  type Inline,
  linkProblem,
  type Mark,
  maxAlt,
  maxCaption,
  maxDepth,
  maxFootnote,
  maxLabel,
  maxSpan,
  mostOf,
  type PlainMark,
  type Profile,
  plainMarks,
  type RichText,
} from './document-schema.ts'

/**
 * Rich texts as they cross the wire. What is not in the vocabulary of the profile is refused, with a sentence that names the
 * paragraph; what nobody sees is left out.
 */

/** A text with headings, tables, pictures and footnotes. */
export const article = documentOf('article')
/** A text in a discussion. */
export const post = documentOf('post')

function documentOf(profile: Profile) {
  const content = z.strictObject({ type: z.literal('doc'), content: z.array(within(profile)).min(1, '是空的') })
  return z
    .custom<RichText>()
    .check((payload) => {
      const problems = payload.value ? excesses(payload.value, profile) : ['请填写正文']
      // Only what is not too deep can be looked through by a function that calls itself.
      const read = problems.length > 0 ? undefined : content.safeParse(payload.value, { error: () => unknownPart })
      if (read?.success) {
        payload.value = read.data
        return
      }
      const messages = read ? read.error.issues.map((it) => `${placeOf(it.path)}${it.message}`) : problems
      for (const message of [...new Set(messages)].slice(0, mostMessages))
        payload.issues.push({ code: 'custom', message, input: payload.value, path: [] })
    })
    .meta({ type: 'object' })
}

const mostMessages = 5
const unknownPart = '有系统不认识的内容，请删去这一部分，或先粘贴为纯文本再重新排版'

/** What of a document is too much, in sentences. Goes through it without calling itself, however deep it is. */
function excesses(value: unknown, profile: Profile): string[] {
  const most = mostOf[profile]
  const found = { characters: 0, nodes: 0, cells: 0, pictures: 0, videos: 0 }
  const open: { value: unknown; depth: number; path: number[] }[] = [{ value, depth: 0, path: [] }]
  for (let it = open.pop(); it; it = open.pop()) {
    found.nodes += 1
    if (it.depth > maxDepth)
      return [`${placeOf(['content', it.path[0] ?? 0])}的列表、引用或表格嵌套过深，请减少层次后重新保存`]
    if (typeof it.value !== 'object' || it.value === null) continue
    const node: { type?: unknown; text?: unknown; attrs?: unknown; marks?: unknown; content?: unknown } = it.value
    const texts = typeof node.attrs === 'object' && node.attrs !== null ? Object.values(node.attrs) : []
    for (const text of [node.text, ...texts]) if (typeof text === 'string') found.characters += text.length
    if (Array.isArray(node.marks)) found.nodes += node.marks.length
    if (node.type === 'picture') found.pictures += 1
    if (node.type === 'video') found.videos += 1
    if (node.type === 'tableCell' || node.type === 'tableHeader') found.cells += spannedBy(node.attrs)
    if (!Array.isArray(node.content)) continue
    if (found.nodes + node.content.length > most.nodes) return ['正文内容过多，请拆成几篇后分别保存']
    for (const [at, value] of node.content.entries())
      open.push({ value, depth: it.depth + 1, path: it.depth === 0 ? [at] : it.path })
  }
  return [
    found.characters > most.characters && `正文不超过 ${most.characters} 个字，请删减或拆成几篇`,
    found.cells > most.cells && most.cells > 0 && `正文中的表格共不超过 ${most.cells} 格，请拆成几篇或改为附件`,
    found.pictures > most.pictures && `正文中的图片不超过 ${most.pictures} 张`,
    found.videos > most.videos && most.videos > 0 && `正文中的视频不超过 ${most.videos} 个`,
  ].filter((it) => it !== false)
}

/** How many places of a table a cell takes. */
function spannedBy(attrs: unknown): number {
  const { colspan = 1, rowspan = 1 }: { colspan?: unknown; rowspan?: unknown } = Object(attrs)
  return Number(colspan) * Number(rowspan) || 1
}

/** The place of a problem as a reader counts: “第 3 段”, and of a text as a whole “正文”. */
function placeOf([, block]: readonly PropertyKey[]): string {
  return typeof block === 'number' ? `第 ${block + 1} 段` : '正文'
}

/** A text between marks and breaks: what is no character that can be seen is left out, ends of lines become blanks. */
const shown = z.string().overwrite((text) => visible(text).replace(/[\p{Cc}\u2028\u2029]+/gu, ' '))

const shortText = (name: string, most: number) =>
  z
    .string()
    .overwrite((text) => inOneLine(visible(text).replace(/\p{Cc}+/gu, ' ')))
    .max(most, `的${name}不超过 ${most} 个字`)

const href = z.string().superRefine((it, ctx) => {
  const problem = linkProblem(it)
  const named = it.length > 60 ? `${it.slice(0, 60)}…` : it
  if (problem)
    ctx.addIssue({
      code: 'custom',
      message: `的链接“${inOneLine(visible(named).replace(/\p{Cc}+/gu, ' '))}”${problem}`,
    })
})

const link = z.strictObject({ type: z.literal('link'), attrs: z.strictObject({ href }) })

const textWith = (marks: readonly PlainMark[]) =>
  z.strictObject({
    type: z.literal('text'),
    text: shown,
    marks: z
      .array(z.discriminatedUnion('type', [z.strictObject({ type: z.enum(marks) }), link]))
      .refine((them) => isSound(them.map((it: Mark) => it.type)), unknownPart)
      .exactOptional(),
  })

/** Each mark once, and nothing at once above and below the line. */
const isSound = (marks: readonly Mark['type'][]): boolean =>
  new Set(marks).size === marks.length && !(marks.includes('subscript') && marks.includes('superscript'))

const hardBreak = z.strictObject({ type: z.literal('hardBreak') })
const footnote = z.strictObject({
  type: z.literal('footnote'),
  attrs: z.strictObject({ text: shortText('脚注', maxFootnote).min(1, '的脚注没有内容，请填写或删去') }),
})
const mention = z.strictObject({
  type: z.literal('mention'),
  attrs: z.strictObject({ personId: z.uuid(), label: shortText('提及的姓名', maxLabel).min(1, '提及的人没有姓名') }),
})

/** What the editor never makes, but what is left of a text of hidden marks. */
const withoutEmpty = <Piece extends Inline>(them: Piece[]): Piece[] =>
  them.filter((it) => it.type !== 'text' || it.text !== '')

const inlines = {
  article: z.array(z.discriminatedUnion('type', [textWith(plainMarks), hardBreak, footnote])).overwrite(withoutEmpty),
  post: z
    .array(z.discriminatedUnion('type', [textWith(['bold', 'italic']), hardBreak, mention]))
    .overwrite(withoutEmpty),
}

const fraction = z.number().min(0).max(1)
const crop = z
  .strictObject({ x: fraction, y: fraction, width: fraction, height: fraction })
  .refine(
    ({ x, y, width, height }) =>
      width >= leastCrop && height >= leastCrop && x + width <= 1 + rounding && y + height <= 1 + rounding,
    '的图片裁剪范围超出图片，请重新裁剪',
  )
/** Of a side of a picture. */
const leastCrop = 0.01
const rounding = 1e-6

const picture = z.strictObject({
  type: z.literal('picture'),
  attrs: z.strictObject({
    mediaId: z.uuid(),
    alt: shortText('图片的替代文字', maxAlt).default(''),
    caption: shortText('图片说明', maxCaption).default(''),
    width: z.enum(['full', 'half']).default('full'),
    crop: crop.exactOptional(),
  }),
})
const video = z.strictObject({
  type: z.literal('video'),
  attrs: z.strictObject({
    mediaId: z.uuid(),
    caption: shortText('视频说明', maxCaption).default(''),
    posterId: z.uuid().exactOptional(),
  }),
})

/** What may stand in a document, in lists, quotations and cells. */
function within(profile: Profile): z.ZodType<Block> {
  return z.lazy(() => blocks[profile])
}

/** An item begins with a paragraph, which its mark stands beside. */
const listItem = (profile: Profile) =>
  z.strictObject({
    type: z.literal('listItem'),
    content: z.array(within(profile)).refine(([first]) => first?.type === 'paragraph', unknownPart),
  })
const bulletList = (profile: Profile) =>
  z.strictObject({ type: z.literal('bulletList'), content: z.array(listItem(profile)).min(1, unknownPart) })
const orderedList = (profile: Profile) =>
  z.strictObject({
    type: z.literal('orderedList'),
    attrs: z.strictObject({ start: z.int().min(0).max(9_999).exactOptional() }).exactOptional(),
    content: z.array(listItem(profile)).min(1, unknownPart),
  })
const blockquote = (profile: Profile) =>
  z.strictObject({ type: z.literal('blockquote'), content: z.array(within(profile)).min(1, unknownPart) })

const span = z.int().min(1).max(maxSpan, `的表格中，一格合并的行或列不超过 ${maxSpan}`).exactOptional()
const cell = z.strictObject({
  type: z.enum(['tableCell', 'tableHeader']),
  attrs: z.strictObject({ colspan: span, rowspan: span }).exactOptional(),
  content: z.array(within('article')).min(1, unknownPart),
})
const table = z.strictObject({
  type: z.literal('table'),
  content: z
    .array(z.strictObject({ type: z.literal('tableRow'), content: z.array(cell) }))
    .refine((rows) => rows.some((it) => it.content.length > 0), '的表格没有内容，请删去'),
})

const blocks: Record<Profile, z.ZodType<Block>> = {
  article: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('paragraph'),
      attrs: z
        .strictObject({ textAlign: z.enum(['left', 'center', 'right', 'justify']).exactOptional() })
        .exactOptional(),
      content: inlines.article.exactOptional(),
    }),
    z.strictObject({
      type: z.literal('heading'),
      attrs: z.strictObject({ level: z.literal([2, 3, 4]) }),
      content: inlines.article.exactOptional(),
    }),
    bulletList('article'),
    orderedList('article'),
    blockquote('article'),
    z.strictObject({ type: z.literal('horizontalRule') }),
    table,
    picture,
    video,
  ]),
  post: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('paragraph'), content: inlines.post.exactOptional() }),
    bulletList('post'),
    orderedList('post'),
    blockquote('post'),
    picture,
  ]),
}
