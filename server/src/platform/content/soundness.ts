import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { isCode } from '../binaries.ts'
import { Refusal } from '../refusal.ts'
import { readContentId } from './content-id.ts'
import type { Soundness } from './content-store.ts'

/** Reads a content whole and looks whether its digest is still the one in its id. A part that the disk cannot read counts as changed. */
export async function soundnessOf(id: string, read: (id: string) => Promise<Readable>): Promise<Soundness> {
  const name = readContentId(id)
  if (!name) return 'missing'
  const hash = createHash(name.algorithm)
  try {
    for await (const bytes of await read(id)) hash.update(bytes)
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'not-found') return 'missing'
    if ((error instanceof Refusal && error.reason === 'unreadable') || isCode(error, 'EIO')) return 'changed'
    throw error
  }
  return hash.digest('hex') === name.digest ? 'sound' : 'changed'
}
