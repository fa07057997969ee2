import type { Crop, PictureWidth } from '@zhibu/server/platform/rich-text/document-schema'

/** Which form is open over the editor. What has `at` stands in the document already. */
export type OpenForm =
  | { kind: 'link'; href: string }
  | { kind: 'footnote'; at?: number; text: string }
  /** `others` were chosen together with it and are asked about after it. */
  | { kind: 'picture'; at?: number; file?: File; others?: File[]; words: PictureWords; mediaId?: string }
  | { kind: 'video'; at: number; caption: string }
  | { kind: 'mention' }

/** What is said of a picture in the text. */
export interface PictureWords {
  alt: string
  caption: string
  width: PictureWidth
  crop: Crop | null
}

/** Of a picture about which nothing has been said. */
export const newPicture: PictureWords = { alt: '', caption: '', width: 'full', crop: null }
