import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import type { ContentStore } from '../../platform/content/content-store.ts'
import { cataloguePaper } from '../../platform/packages/catalogue-paper.ts'
import type { FourPropertyReport } from '../../platform/packages/four-properties.ts'
import { packFile } from '../../platform/packages/pack-file.ts'
import type { SealedItem } from '../../platform/packages/sealed-file.ts'
import { readSealedFile } from '../../platform/packages/sealed-file-xml.ts'
import { openWorkplace } from '../../platform/packages/workplace.ts'
import type { WrittenBag } from '../../platform/packages/write-bag.ts'
import { printPaper } from '../../platform/papers/printing.ts'

/** A package that has been written and waits for being sent. */
export interface Packed extends WrittenBag {
  /** Sends a part of it; the file is taken away once the stream has ended. */
  read: (range: { from: number; to: number }) => Readable
  /** Takes the file away unsent. */
  discard: () => Promise<void>
}

/** Prints the catalogue of a closed file as PDF/A. `ownFonts` is the folder of the operator's fonts. */
export const printCatalogue = (metadata: string, ownFonts: string): Promise<Uint8Array> =>
  printPaper(cataloguePaper(readSealedFile(metadata)), ownFonts)

/** Writes a closed file as a package into a folder of its own, which nobody else may enter. */
export async function pack(
  store: ContentStore,
  { metadata, report }: { metadata: string; report: FourPropertyReport },
  ownFonts: string,
): Promise<Packed> {
  const folder = await openWorkplace()
  const discard = () => rm(folder, { recursive: true, force: true })
  const file = path.join(folder, 'package.zip')
  const open = (it: SealedItem) => store.read(it.content.contentId)
  try {
    const written = await packFile({ metadata, report, open, print: (paper) => printPaper(paper, ownFonts) }, file)
    const read: Packed['read'] = ({ from, to }) => {
      const stream = createReadStream(file, { start: from, end: Math.max(from, to - 1) })
      return stream.once('close', () => void discard().catch(() => undefined))
    }
    return { ...written, read, discard }
  } catch (error) {
    await discard()
    throw error
  }
}
