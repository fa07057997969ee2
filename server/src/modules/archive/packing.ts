import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import type { ContentStore } from '../../platform/content/content-store.ts'
import type { FourPropertyReport } from '../../platform/packages/four-properties.ts'
import { packFile } from '../../platform/packages/pack-file.ts'
import type { WrittenBag } from '../../platform/packages/write-bag.ts'

/** A package that has been written and waits for being sent. */
export interface Packed extends WrittenBag {
  /** Sends a part of it; the file is taken away once the stream has ended. */
  read: (range: { from: number; to: number }) => Readable
  /** Takes the file away unsent. */
  discard: () => Promise<void>
}

/** Writes a closed file as a package into a folder of its own, which nobody else may enter. */
export async function pack(
  store: ContentStore,
  { metadata, report }: { metadata: string; report: FourPropertyReport },
): Promise<Packed> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zhibu-package-'))
  const discard = () => rm(folder, { recursive: true, force: true })
  const file = path.join(folder, 'package.zip')
  try {
    const written = await packFile({ metadata, report, open: (it) => store.read(it.content.contentId) }, file)
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
