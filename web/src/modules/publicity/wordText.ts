import { getSchema } from '@tiptap/core'
import { DOMParser as DocumentParser } from '@tiptap/pm/model'
import type { ArticleText, ImportedText } from '@zhibu/server/modules/publicity/schema'
import type { RichText } from '@zhibu/server/platform/rich-text/document-schema'
import { plainText } from '@zhibu/server/platform/rich-text/reading-schema'
import { documentOf } from '../../ui/rich-text/documentOf.ts'
import { nodesOf } from '../../ui/rich-text/nodes.ts'
import { standAlone } from '../../ui/rich-text/standAlone.ts'
import { emptyText } from './api.ts'
import { wordPictures } from './wordPictures.ts'

/** An article of what stood in a Word document, and what could not be taken from it. Titles: as typed, and the name of the file. */
export function textFromWord(
  { html, pictures, remarks }: ImportedText,
  titles: Titles,
): { text: ArticleText; remarks: string[] } {
  const { source, placed } = wordPictures({ html, pictures })
  for (const { picture, mediaId } of placed) {
    const figure = source.createElement('figure')
    figure.dataset.media = mediaId
    figure.dataset.alt = picture.alt
    picture.replaceWith(figure)
    standAlone(figure)
  }
  const schema = getSchema(nodesOf('article', { mediaUrl: () => undefined, edit: () => undefined }))
  const body = documentOf(DocumentParser.fromSchema(schema).parse(source.body))
  const entitled = entitle(body, titles)
  return { text: { ...emptyText(entitled.title), body: entitled.body }, remarks }
}

interface Titles {
  typed: string
  ofFile: string
}

/**
 * The title is what was typed; else what stands above the whole document, which is a heading that no other of its level follows, or that
 * another follows at once; else the name of the file. What became the title does not stand in the text as well.
 */
export function entitle(body: RichText, { typed, ofFile }: Titles): { title: string; body: RichText } {
  const [first, ...others] = body.content
  if (first?.type !== 'heading') return { title: typed || ofFile, body }
  const above = plainText({ type: 'doc', content: [first] }).trim()
  const sameLevel = others.filter((it) => it.type === 'heading' && it.attrs.level === first.attrs.level)
  const isTitle = typed === '' ? sameLevel.length === 0 || others[0]?.type === 'heading' : typed === above
  if (!isTitle || above.length < 2 || above.length > 100 || others.length === 0) return { title: typed || ofFile, body }
  return { title: above, body: { ...body, content: others } }
}
