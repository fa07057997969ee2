import { getSchema } from '@tiptap/core'
import { DOMParser as DocumentParser } from '@tiptap/pm/model'
import type { ArticleText, ImportedText } from '@zhibu/server/modules/publicity/schema'
import { documentOf } from '../../ui/rich-text/documentOf.ts'
import { nodesOf } from '../../ui/rich-text/nodes.ts'
import { emptyText } from './api.ts'
import { wordPictures } from './wordPictures.ts'

/** An article of what stood in a Word document, and what could not be taken from it. */
export function textFromWord(
  { html, pictures, remarks }: ImportedText,
  title: string,
): { text: ArticleText; remarks: string[] } {
  const { source, placed } = wordPictures({ html, pictures })
  for (const { picture, mediaId } of placed) {
    const figure = source.createElement('figure')
    figure.dataset.media = mediaId
    figure.dataset.alt = picture.alt
    picture.replaceWith(figure)
  }
  const schema = getSchema(nodesOf('article', { mediaUrl: () => undefined, edit: () => undefined }))
  const body = documentOf(DocumentParser.fromSchema(schema).parse(source.body))
  return { text: { ...emptyText(title), body }, remarks }
}
