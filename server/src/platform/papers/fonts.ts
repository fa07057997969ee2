import { createRequire } from 'node:module'
import path from 'node:path'

/**
 * The folders in which letters are looked for beside those of the system: that of the operator, then those that come with
 * the program, in which the rare characters of names are, so that none of them vanishes.
 */
export function fontFolders(own: string | null): string[] {
  const serif = path.dirname(find.resolve('@expo-google-fonts/noto-serif-sc/package.json'))
  const sans = path.dirname(find.resolve('@embedpdf/fonts-sc'))
  return [
    ...(own === null ? [] : [own]),
    path.join(serif, '400Regular'),
    path.join(serif, '700Bold'),
    path.join(sans, '../fonts'),
  ]
}

const find = createRequire(import.meta.url)
