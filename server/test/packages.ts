import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { FourPropertyReport } from '../src/platform/packages/four-properties.ts'
import { packFile } from '../src/platform/packages/pack-file.ts'
import type { SealedFile, SealedItem } from '../src/platform/packages/sealed-file.ts'
import { writeSealedFile } from '../src/platform/packages/sealed-file-xml.ts'
import { temporaryDirectory } from './directory.ts'
import { exampleFile } from './sealed-file.ts'

/** A document of a package: what the sender calls its place and title, and its bytes. */
export interface PackedPaper {
  place: string
  title: string
  bytes: Uint8Array
  extension?: string
  more?: Partial<SealedItem>
}

/** The metadata of a closed file with these documents. */
export function fileWith(papers: readonly PackedPaper[], more: Partial<SealedFile> = {}): SealedFile {
  const [first] = exampleFile().items
  if (!first) throw new Error('the example has an item')
  return exampleFile({
    items: papers.map(({ place, title, bytes, extension = 'png', more: itsMore }, at) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const content = { contentId: `sha256-${sha256}`, bytes: bytes.length, sha256, fileName: `${title}.${extension}` }
      return {
        ...{ ...first, number: at + 1, place, title, firstPage: at + 1, pages: 1 },
        path: `${String(at + 1).padStart(2, '0')} 文件.${extension}`,
        content: { ...first.content, ...content, mediaType: extension === 'png' ? 'image/png' : 'application/pdf' },
        ...itsMore,
      }
    }),
    ...more,
  })
}

/** A package of a closed file with these documents, as the product writes it; its printed catalogue says nothing. */
export async function packageOf(
  papers: readonly PackedPaper[],
  more: Partial<SealedFile> = {},
): Promise<{ bytes: Uint8Array<ArrayBuffer>; file: SealedFile }> {
  const file = fileWith(papers, more)
  const byPath = new Map(file.items.map((it, at) => [it.path, papers[at]?.bytes ?? new Uint8Array()]))
  const { directory, remove } = await temporaryDirectory()
  const target = path.join(directory, 'package.zip')
  try {
    await packFile(
      {
        metadata: writeSealedFile(file),
        report,
        open: (it) => Readable.from([Buffer.from(byPath.get(it.path) ?? [])]),
        print: async () => Buffer.from('%PDF-1.7'),
      },
      target,
    )
    return { bytes: new Uint8Array(await readFile(target)), file }
  } finally {
    await rm(target, { force: true })
    await remove()
  }
}

const report: FourPropertyReport = { moment: 'filing', checks: [] }
