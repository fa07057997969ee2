import { rm } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { bytesOfFile } from './byte-source.ts'
import { contentsFolder, placeOf, readPlace } from './content-id.ts'
import { type ContentStore, changed, missing, within } from './content-store.ts'
import type { Keeping } from './disk-store.ts'
import { tidyDraftsIn, writeDraft } from './drafts.ts'
import type { S3Bucket } from './s3-bucket.ts'
import { headerBytes, plainBytesOf } from './sealing.ts'
import { soundnessOf } from './soundness.ts'

/**
 * Keeps contents in a bucket. The key of an object is the digest of what it holds, so a content is written to a folder of this machine
 * first and goes to the bucket when its digest is known; what is there already is not sent again.
 */
export function s3Store(bucket: S3Bucket, drafts: string, { algorithm, sealing, seals }: Keeping): ContentStore {
  async function find(id: string): Promise<{ key: string; isSealed: boolean; bytes: number } | null> {
    for (const isSealed of [seals, !seals]) {
      const key = placeOf(id, isSealed)
      if (key === null) return null
      const bytes = await bucket.bytesOf(key)
      if (bytes !== null) return { key, isSealed, bytes }
    }
    return null
  }

  /** At least one byte of an object. */
  async function readKey(key: string, span: { from: number; to: number }): Promise<Readable> {
    const found = await bucket.read(key, span)
    if (!found) throw missing()
    return found
  }

  const store: ContentStore = {
    async put(source, { maxBytes }) {
      const sealer = seals ? sealing.newSealer() : null
      const { id, size, file, fileBytes } = await writeDraft(drafts, source, { maxBytes, algorithm, sealer })
      try {
        const there = await find(id)
        if (there === null || (await store.check(id)) !== 'sound') {
          const key = placeOf(id, seals)
          if (key === null) throw new Error(`${id} is no id of a content`)
          await bucket.write(key, bytesOfFile(file, fileBytes))
          if (there !== null && there.key !== key) await bucket.remove(there.key)
        }
      } finally {
        await rm(file, { force: true })
      }
      return { id, size }
    },

    async read(id, span = {}) {
      const stored = await find(id)
      if (!stored) throw missing()
      const { key, bytes } = stored
      if (!stored.isSealed) {
        const part = within(span, bytes)
        return part.from < part.to ? readKey(key, part) : Readable.from([])
      }
      if (bytes < headerBytes) throw changed()
      const header = await buffer(await readKey(key, { from: 0, to: headerBytes }))
      const content = sealing.openHeader(header, id, bytes)
      const part = within(span, content.size)
      return pipeline(await readKey(key, content.placeOf(part)), content.opening(part), () => {})
    },

    async size(id) {
      const stored = await find(id)
      if (!stored) throw missing()
      return stored.isSealed ? plainBytesOf(stored.bytes) : stored.bytes
    },

    has: async (id) => (await find(id)) !== null,

    async remove(id) {
      for (const isSealed of [true, false]) {
        const key = placeOf(id, isSealed)
        if (key !== null) await bucket.remove(key)
      }
    },

    async *list() {
      for await (const { key, bytes, changedAt } of bucket.list(`${contentsFolder}/`)) {
        const content = readPlace(key)
        if (content) yield { id: content.id, size: content.isSealed ? plainBytesOf(bytes) : bytes, storedAt: changedAt }
      }
    },

    check: (id) => soundnessOf(id, (it) => store.read(it)),

    tidyDrafts: async (before) => (await tidyDraftsIn(drafts, before)) + (await bucket.giveUpParts(before)),
  }
  return store
}
