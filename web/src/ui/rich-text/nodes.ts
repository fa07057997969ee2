import { Extension, Mark, mergeAttributes, Node, type NodeViewRendererProps } from '@tiptap/core'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import type { Node as DocumentNode } from '@tiptap/pm/model'
import StarterKit from '@tiptap/starter-kit'
import { type Crop, linkProblem, maxSpan, type Profile } from '@zhibu/server/platform/rich-text/document-schema'
import { cropFrame } from './cropFrame.ts'
import type { MediaPlaces } from './media.ts'

/** What the nodes of the editor ask of whoever shows it. */
export interface Surroundings {
  /** Undefined where there is no such medium any more. */
  mediaUrl: MediaPlaces
  /** Opens the form for what stands at a place of the document. */
  edit: (node: DocumentNode, at: number) => void
}

/** The nodes and marks of a profile, the same as the schema takes. */
export function nodesOf(profile: Profile, around: Surroundings) {
  const isArticle = profile === 'article'
  return [
    StarterKit.configure({
      code: false,
      codeBlock: false,
      link: false,
      heading: isArticle && { levels: [2, 3, 4] },
      horizontalRule: isArticle ? {} : false,
      strike: isArticle ? {} : false,
      underline: isArticle ? {} : false,
      dropcursor: { color: false, class: 'drop-cursor' },
    }),
    LinkMark,
    pictureNode(around),
    ...(isArticle
      ? [
          script('subscript', 'sub'),
          script('superscript', 'sup'),
          Alignment,
          // What it would write as a style is left to the style sheet.
          TableRow,
          PlainTable,
          TableCell.extend({ addAttributes: () => spans }),
          TableHeader.extend({ addAttributes: () => spans }),
          videoNode(around),
          footnoteNode(around),
        ]
      : [mentionNode()]),
  ]
}

const LinkMark = Mark.create({
  name: 'link',
  priority: 1000,
  inclusive: false,
  addAttributes: () => ({ href: { default: '' } }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (it) => {
        const href = it.getAttribute('href') ?? ''
        return linkProblem(href) === undefined && { href }
      },
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['a', mergeAttributes(HTMLAttributes, { rel: 'noopener' }), 0],
})

const script = (name: 'subscript' | 'superscript', tag: 'sub' | 'sup') =>
  Mark.create({
    name,
    excludes: name === 'subscript' ? 'superscript' : 'subscript',
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  })

const Alignment = Extension.create({
  name: 'alignment',
  addGlobalAttributes: () => [
    {
      types: ['paragraph'],
      attributes: {
        textAlign: {
          default: null,
          parseHTML: (it) => ['center', 'right', 'justify'].find((align) => align === it.dataset.align) ?? null,
          renderHTML: ({ textAlign }) => (textAlign ? { 'data-align': textAlign } : {}),
        },
      },
    },
  ],
})

const PlainTable = Table.extend({
  renderHTML: ({ HTMLAttributes }) => ['table', HTMLAttributes, ['tbody', 0]],
}).configure({ resizable: false, View: null })

const span = (name: 'colspan' | 'rowspan') => ({
  default: 1,
  parseHTML: (it: HTMLElement) => Math.min(Math.max(Number(it.getAttribute(name)) || 1, 1), maxSpan),
})
const spans = { colspan: span('colspan'), rowspan: span('rowspan') }

const text = (name: string) => ({
  default: '',
  parseHTML: (it: HTMLElement) => it.getAttribute(`data-${name}`) ?? it.getAttribute(name) ?? '',
  renderHTML: (attributes: Record<string, unknown>) => ({ [`data-${name}`]: String(attributes[name] ?? '') }),
})

/** A picture. `upload` names the one that is still on its way; such a one is not stored. */
const pictureNode = (around: Surroundings) =>
  Node.create({
    name: 'picture',
    group: 'block',
    draggable: true,
    addAttributes: () => ({
      mediaId: {
        default: null,
        parseHTML: (it) => it.dataset.media ?? null,
        renderHTML: (it) => ({ 'data-media': it.mediaId }),
      },
      upload: { default: null, parseHTML: (it) => it.dataset.upload ?? null, rendered: false },
      alt: text('alt'),
      caption: text('caption'),
      width: {
        default: 'full',
        parseHTML: (it) => (it.dataset.width === 'half' ? 'half' : 'full'),
        renderHTML: (it) => ({ 'data-width': it.width }),
      },
      crop: {
        default: null,
        parseHTML: (it) => cropFrom(it.dataset.crop),
        renderHTML: (it) => (it.crop ? { 'data-crop': JSON.stringify(it.crop) } : {}),
      },
    }),
    parseHTML: () => [{ tag: 'figure[data-media]' }, { tag: 'img[data-upload]' }],
    renderHTML: ({ HTMLAttributes }) => ['figure', HTMLAttributes],
    addNodeView: () => (props) => figureView(props, around, pictureParts),
  })

function cropFrom(written: string | undefined): Crop | null {
  try {
    const { x, y, width, height }: Record<string, unknown> = JSON.parse(written ?? '{}')
    const crop = { x: Number(x), y: Number(y), width: Number(width), height: Number(height) }
    return Object.values(crop).every((it) => it >= 0 && it <= 1) && crop.width > 0 && crop.height > 0 ? crop : null
  } catch {
    return null
  }
}

const videoNode = (around: Surroundings) =>
  Node.create({
    name: 'video',
    group: 'block',
    draggable: true,
    addAttributes: () => ({
      mediaId: {
        default: null,
        parseHTML: (it) => it.dataset.video ?? null,
        renderHTML: (it) => ({ 'data-video': it.mediaId }),
      },
      posterId: {
        default: null,
        parseHTML: (it) => it.dataset.poster ?? null,
        renderHTML: (it) => (it.posterId ? { 'data-poster': it.posterId } : {}),
      },
      caption: text('caption'),
    }),
    parseHTML: () => [{ tag: 'figure[data-video]' }],
    renderHTML: ({ HTMLAttributes }) => ['figure', HTMLAttributes],
    addNodeView: () => (props) => figureView(props, around, videoParts),
  })

/** What stands in a figure, and the words on the button that opens its form. */
interface FigureParts {
  shown: HTMLElement[]
  button: string
}

function figureView({ node, getPos }: NodeViewRendererProps, around: Surroundings, partsOf: typeof pictureParts) {
  const dom = document.createElement('figure')
  dom.contentEditable = 'false'
  let current = node
  const draw = () => {
    const { shown, button } = partsOf(current, around)
    dom.dataset.width = String(current.attrs.width ?? 'full')
    const edit = element('button', button)
    edit.type = 'button'
    edit.addEventListener('click', () => {
      const at = getPos()
      if (at !== undefined) around.edit(current, at)
    })
    const caption = String(current.attrs.caption)
    dom.replaceChildren(
      ...shown,
      ...(caption ? [element('figcaption', caption)] : []),
      ...(current.attrs.upload ? [] : [edit]),
    )
  }
  draw()
  return {
    dom,
    update(next: DocumentNode) {
      if (next.type !== current.type) return false
      const isSame = next.hasMarkup(current.type, current.attrs)
      current = next
      if (!isSame) draw()
      return true
    },
    stopEvent: (event: Event) => event.target instanceof HTMLElement && event.target.closest('button, video') !== null,
    ignoreMutation: () => true,
  }
}

function pictureParts(node: DocumentNode, around: Surroundings): FigureParts {
  const { mediaId, alt, crop, upload } = node.attrs
  if (upload) return { shown: [element('p', '图片正在上传…')], button: '' }
  const at = around.mediaUrl(String(mediaId), 'picture')
  if (!at) return { shown: [element('p', '（图片已删除）')], button: '修改图片' }
  const picture = document.createElement('img')
  picture.src = at.url
  picture.alt = String(alt)
  picture.draggable = false
  if (at.width && at.height) [picture.width, picture.height] = [at.width, at.height]
  return { shown: [crop ? cropFrame(picture, crop) : picture], button: alt ? '修改图片' : '补写替代文字' }
}

function videoParts(node: DocumentNode, around: Surroundings): FigureParts {
  const at = around.mediaUrl(String(node.attrs.mediaId), 'video')
  if (!at) return { shown: [element('p', '（视频已删除）')], button: '修改说明' }
  const video = document.createElement('video')
  video.src = at.url
  video.controls = true
  video.preload = 'metadata'
  if (node.attrs.caption) video.ariaLabel = String(node.attrs.caption)
  return { shown: [video], button: '修改说明' }
}

/** A mark in the text; its words are printed below it where the document is read. */
const footnoteNode = (around: Surroundings) =>
  Node.create({
    name: 'footnote',
    group: 'inline',
    inline: true,
    atom: true,
    addAttributes: () => ({
      text: {
        default: '',
        parseHTML: (it) => it.dataset.footnote ?? '',
        renderHTML: (it) => ({ 'data-footnote': it.text }),
      },
    }),
    parseHTML: () => [{ tag: 'span[data-footnote]' }],
    renderHTML: ({ HTMLAttributes }) => ['span', HTMLAttributes],
    addNodeView:
      () =>
      ({ node, getPos }) => {
        const dom = element('button', '')
        dom.type = 'button'
        dom.className = 'footnote'
        dom.title = String(node.attrs.text)
        dom.ariaLabel = `脚注：${node.attrs.text}`
        dom.addEventListener('click', () => {
          const at = getPos()
          if (at !== undefined) around.edit(node, at)
        })
        return { dom, stopEvent: (event) => event.type === 'click', ignoreMutation: () => true }
      },
  })

const mentionNode = () =>
  Node.create({
    name: 'mention',
    group: 'inline',
    inline: true,
    atom: true,
    addAttributes: () => ({
      personId: {
        default: '',
        parseHTML: (it) => it.dataset.person ?? '',
        renderHTML: (it) => ({ 'data-person': it.personId }),
      },
      label: {
        default: '',
        parseHTML: (it) => it.dataset.label ?? '',
        renderHTML: (it) => ({ 'data-label': it.label }),
      },
    }),
    parseHTML: () => [{ tag: 'span[data-person]' }],
    renderHTML: ({ node, HTMLAttributes }) => ['span', HTMLAttributes, `@${node.attrs.label}`],
    renderText: ({ node }) => `@${node.attrs.label}`,
  })

function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, words: string): HTMLElementTagNameMap[Tag] {
  const it = document.createElement(tag)
  it.textContent = words
  return it
}
