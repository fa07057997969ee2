import { createRequire } from 'node:module'
import path from 'node:path'

/** A Chinese font that came with the program, so that a machine need not have one. */
export const chineseFont = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')),
  '../fonts/NotoSansHans-Regular.otf',
)

/** The name of its family. */
export const chineseFamily = 'Noto Sans S Chinese'
