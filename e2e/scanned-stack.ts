import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { openPageReader, type PageSource } from '../server/src/platform/pages/page-reader.ts'
import { damaged, skewed } from '../server/test/paper/damage.ts'
import { drawPaper } from '../server/test/paper/paper.ts'

/**
 * A PDF of six pages in the folder, as a scanner gives it at 150 dots an inch, a little turned and noisy: the first of these
 * covers, its blank back, a page; the second cover, two pages.
 */
export async function scannedStack(covers: Uint8Array, folder: string): Promise<string> {
  const reader = await openPageReader(path.join(folder, 'reader'), () => {})
  const printed: PageSource = { key: 'covers', type: 'application/pdf', contents: () => [covers] }
  const cover = async (page: number) => {
    const drawn = await reader.picture(printed, { page, width: 1240, turn: 0 })
    return damaged(await skewed(Buffer.from(drawn), 2), 'noise', page)
  }
  const paper = async (seed: number) => damaged((await drawPaper('letter', seed, 150)).picture, 'skew', seed)
  try {
    const pages = [await cover(0), await blank(), await paper(1), await cover(1), await paper(2), await paper(3)]
    const sources = pages.map((bytes, at) => ({
      source: { key: `page ${at}`, type: 'image/png', contents: () => [bytes] } satisfies PageSource,
      page: 0,
    }))
    const file = path.join(folder, '扫描件.pdf')
    await reader.extract(sources, async (made) => writeFile(file, await readFile(made)))
    return file
  } finally {
    await reader.close()
  }
}

const blank = (): Promise<Buffer> =>
  sharp({ create: { width: 1240, height: 1754, channels: 3, background: 'white' } })
    .png()
    .toBuffer()
