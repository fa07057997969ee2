import type { ContentKind } from '@zhibu/rules'

/** By which endings files of a kind are offered; what they are the server sees by their content. */
export const endingsOf: Readonly<Record<ContentKind, string[]>> = {
  pdf: ['.pdf'],
  picture: ['.jpg', '.jpeg', '.png', '.tif', '.tiff', '.webp'],
  word: ['.docx', '.doc'],
  sheet: ['.xlsx', '.xls', '.csv'],
  ofd: ['.ofd'],
}
