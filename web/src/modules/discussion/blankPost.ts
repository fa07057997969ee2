import type { RichText } from '@zhibu/server/platform/rich-text/document-schema'

/** Nothing written yet. */
export const blankPost: RichText = { type: 'doc', content: [{ type: 'paragraph' }] }

/** A text without formats, a paragraph for each line. */
export const paragraphsOf = (text: string): RichText => ({
  type: 'doc',
  content: text
    .split('\n')
    .map((line) => ({ type: 'paragraph', ...(line !== '' && { content: [{ type: 'text', text: line }] }) })),
})
