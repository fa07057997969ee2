import type { RichText } from '@zhibu/server/platform/rich-text/document-schema'

/** Nothing written yet. */
export const blankPost: RichText = { type: 'doc', content: [{ type: 'paragraph' }] }
