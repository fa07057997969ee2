import type { DocumentNature } from './schema.ts'

/** The words of the office for the codes of this module. Pages load this file by value, so it brings no schema library. */

export const natureNames: Readonly<Record<DocumentNature, string>> = {
  original: '原件',
  copy: '复印件',
  electronic: '电子文件',
}
