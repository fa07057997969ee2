import type { Node } from '@tiptap/pm/model'
import type {
  Block,
  Inline,
  ListItem,
  Mark,
  RichText,
  TableCell,
  TableRow,
} from '@zhibu/server/platform/rich-text/document-schema'

/** What stands in the editor as it is stored: without pictures that are still on their way, and without what says nothing. */
export function documentOf(doc: Node): RichText {
  const content = blocksIn(doc)
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] }
}

const blocksIn = (node: Node): Block[] => node.children.map(blockOf).filter((it) => it !== undefined)

function blockOf(node: Node): Block | undefined {
  const { attrs } = node
  switch (node.type.name) {
    case 'paragraph':
      return { type: 'paragraph', ...(attrs.textAlign && { attrs: { textAlign: attrs.textAlign } }), ...lineOf(node) }
    case 'heading':
      return { type: 'heading', attrs: { level: attrs.level }, ...lineOf(node) }
    case 'bulletList':
      return { type: 'bulletList', content: node.children.map(itemOf) }
    case 'orderedList':
      return {
        type: 'orderedList',
        ...(attrs.start !== 1 && { attrs: { start: attrs.start } }),
        content: node.children.map(itemOf),
      }
    case 'blockquote':
      return { type: 'blockquote', content: atLeastOne(blocksIn(node)) }
    case 'horizontalRule':
      return { type: 'horizontalRule' }
    case 'table':
      return { type: 'table', content: node.children.map(rowOf) }
    case 'picture': {
      const { mediaId, alt, caption, width, crop } = attrs
      return mediaId ? { type: 'picture', attrs: { mediaId, alt, caption, width, ...(crop && { crop }) } } : undefined
    }
    case 'video': {
      const { mediaId, caption, posterId } = attrs
      return mediaId ? { type: 'video', attrs: { mediaId, caption, ...(posterId && { posterId }) } } : undefined
    }
    default:
      return undefined
  }
}

const atLeastOne = (blocks: Block[]): Block[] => (blocks.length > 0 ? blocks : [{ type: 'paragraph' }])

const itemOf = (node: Node): ListItem => ({ type: 'listItem', content: atLeastOne(blocksIn(node)) })

const rowOf = (node: Node): TableRow => ({ type: 'tableRow', content: node.children.map(cellOf) })

function cellOf(node: Node): TableCell {
  const { colspan, rowspan } = node.attrs
  return {
    type: node.type.name === 'tableHeader' ? 'tableHeader' : 'tableCell',
    ...((colspan > 1 || rowspan > 1) && {
      attrs: { ...(colspan > 1 && { colspan }), ...(rowspan > 1 && { rowspan }) },
    }),
    content: atLeastOne(blocksIn(node)),
  }
}

function lineOf(node: Node): { content?: Inline[] } {
  const content = node.children.map(inlineOf).filter((it) => it !== undefined)
  return content.length > 0 ? { content } : {}
}

function inlineOf(node: Node): Inline | undefined {
  const { attrs } = node
  switch (node.type.name) {
    case 'text': {
      const marks = node.marks.map(({ type, attrs: { href } }): Mark => {
        return type.name === 'link' ? { type: 'link', attrs: { href } } : { type: plainMark(type.name) }
      })
      return { type: 'text', text: node.text ?? '', ...(marks.length > 0 && { marks }) }
    }
    case 'hardBreak':
      return { type: 'hardBreak' }
    case 'footnote':
      return attrs.text ? { type: 'footnote', attrs: { text: attrs.text } } : undefined
    case 'mention':
      return { type: 'mention', attrs: { personId: attrs.personId, label: attrs.label } }
    default:
      return undefined
  }
}

function plainMark(name: string): Exclude<Mark['type'], 'link'> {
  switch (name) {
    case 'bold':
    case 'italic':
    case 'underline':
    case 'strike':
    case 'subscript':
    case 'superscript':
      return name
    default:
      throw new Error(`no mark is called ${name}`)
  }
}
