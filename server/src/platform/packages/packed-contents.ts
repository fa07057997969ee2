import { createHash } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import { DamagedEntry, type PackageLimits } from './package-entries.ts'
import type { SealedItem } from './sealed-file.ts'
import { openZip } from './zip-entries.ts'

/** The contents of a package that has been verified, one after the other. */
export interface PackedContents {
  /**
   * The content of an item, piece by piece. Ends with a refusal where it is not the one that the metadata name: between the
   * verifying and the reading somebody may have changed it.
   */
  read: (item: SealedItem) => AsyncGenerator<Uint8Array>
  close: () => Promise<void>
}

/** Opens the contents of a package, a zip file that unpacks into the folder `name`. */
export async function openContents(file: string, name: string | null, limits: PackageLimits): Promise<PackedContents> {
  const { entries, close } = await openZip(file, limits)
  const byPath = new Map(entries.map((it) => [it.path, it]))
  const base = name === null || name === '' ? '' : `${name}/`
  return {
    close,
    async *read({ path, content }) {
      const pieces = byPath.get(`${base}data/${path}`)?.pieces
      if (!pieces) throw altered(path)
      const hash = createHash('sha256')
      try {
        for await (const piece of pieces()) {
          hash.update(piece)
          yield piece
        }
      } catch (error) {
        throw error instanceof DamagedEntry ? altered(path) : error
      }
      if (hash.digest('hex') !== content.sha256) throw altered(path)
    },
  }
}

const altered = (path: string) =>
  new Refusal('unreadable', `data/${path} 的内容与封装时不同，没有接收。请重新取得完整的包。`)
