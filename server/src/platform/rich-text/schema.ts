import { z } from 'zod'
import { prose } from '../wire.ts'

const text = z.object({ type: z.literal('text'), text: z.string().min(1).max(10_000) })
const paragraph = z.object({ type: z.literal('paragraph'), content: z.array(text).max(200).optional() })

/** What is written in a discussion: paragraphs of text. */
export const postDocument = z.object({
  type: z.literal('doc'),
  content: z.array(paragraph).min(1).max(500),
})
export type PostDocument = z.infer<typeof postDocument>

/** The words of a document, a line for each paragraph. */
export const plainTextOf = (document: PostDocument): string =>
  document.content.map((it) => (it.content ?? []).map((part) => part.text).join('')).join('\n')

/** A document of paragraphs, one for each line. */
export const documentOf = (words: string): PostDocument => ({
  type: 'doc',
  content: prose
    .parse(words)
    .split('\n')
    .map((line) => ({ type: 'paragraph' as const, ...(line && { content: [{ type: 'text' as const, text: line }] }) })),
})
