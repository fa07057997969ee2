import type { Block, Inline, RichText } from '../../platform/rich-text/document-schema.ts'
import { mentionedPersons } from '../../platform/rich-text/reading-schema.ts'

/** Words without marks as a document: a paragraph for each line. */
export const documentOf = (words: string): RichText => ({
  type: 'doc',
  content: words
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
})

/** The same document in which each person who is mentioned bears the name that the register knows, whatever the writer called them. */
export function withTrueNames(doc: RichText, persons: readonly { id: string; name: string }[]): RichText {
  if (mentionedPersons(doc).length === 0) return doc
  const nameOf = new Map(persons.map((it) => [it.id, it.name]))
  const inlines = (content: readonly Inline[]): Inline[] =>
    content.map((it) =>
      it.type === 'mention' ? { ...it, attrs: { ...it.attrs, label: nameOf.get(it.attrs.personId) ?? '' } } : it,
    )
  const blocks = (content: readonly Block[]): Block[] =>
    content.map((it) => {
      if (it.type === 'paragraph' || it.type === 'heading')
        return { ...it, ...(it.content && { content: inlines(it.content) }) }
      if (it.type === 'blockquote') return { ...it, content: blocks(it.content) }
      if (it.type === 'bulletList' || it.type === 'orderedList')
        return { ...it, content: it.content.map((item) => ({ ...item, content: blocks(item.content) })) }
      return it
    })
  return { ...doc, content: blocks(doc.content) }
}
