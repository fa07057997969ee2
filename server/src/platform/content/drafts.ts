import { createHash } from 'node:crypto'
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { isCode } from '../binaries.ts'
import { makeFolder } from '../folder.ts'
import { newId } from '../ids.ts'
import { type Algorithm, contentIdOf } from './content-id.ts'
import { type Content, tooLarge } from './content-store.ts'
import { headerBytes, type Sealer } from './sealing.ts'

/** A content that lies whole on the disk, but not in its place yet. */
export interface Draft extends Content {
  file: string
  /** Bytes of the file, which is longer than the content where it is sealed. */
  fileBytes: number
}

/**
 * Writes what comes into a new file of a folder, hashed and, with a sealer, sealed meanwhile, and waits until the disk has it. Leaves
 * nothing where the source breaks off or brings more than `maxBytes`, which is refused.
 */
export async function writeDraft(
  folder: string,
  source: AsyncIterable<Uint8Array>,
  { maxBytes, algorithm, sealer }: { maxBytes: number; algorithm: Algorithm; sealer: Sealer | null },
): Promise<Draft> {
  await makeFolder(folder, 0o700)
  const file = path.join(folder, newId())
  const handle = await open(file, 'wx', 0o600)
  const hash = createHash(algorithm)
  const written = gathering(handle)
  let size = 0
  try {
    if (sealer) await written.add(Buffer.alloc(headerBytes))
    for await (const bytes of source) {
      size += bytes.length
      if (size > maxBytes) throw tooLarge(maxBytes)
      hash.update(bytes)
      for (const part of sealer ? sealer.push(bytes) : [bytes]) await written.add(part)
    }
    const id = contentIdOf({ algorithm, digest: hash.digest('hex') })
    const sealed = sealer?.end(id)
    for (const part of sealed?.rest ?? []) await written.add(part)
    await written.end()
    if (sealed) await handle.write(sealed.header, 0, headerBytes, 0)
    await handle.sync()
    return { id, size, file, fileBytes: (await handle.stat()).size }
  } catch (error) {
    await rm(file, { force: true })
    throw error
  } finally {
    await written.end().catch(() => undefined)
    await handle.close()
  }
}

/** Takes away the drafts of a folder that nobody has written to since an instant; answers how many. */
export async function tidyDraftsIn(folder: string, before: Date): Promise<number> {
  let taken = 0
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name)
    const { mtime } = await stat(file).catch(() => ({ mtime: before }))
    if (mtime >= before) continue
    await rm(file, { force: true })
    taken += 1
  }
  return taken
}

/** Waits until the disk has the names of a folder. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return null
    throw error
  })
  if (!handle) return
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const gatheredBytes = 524_288

/** Gathers parts and writes them in large ones, which costs far less; while one is being written the next is gathered. */
function gathering(handle: FileHandle): { add(part: Uint8Array): Promise<void>; end(): Promise<void> } {
  let gathered = Buffer.allocUnsafe(gatheredBytes)
  let spare = Buffer.allocUnsafe(gatheredBytes)
  let filled = 0
  let underWay: Promise<void> = Promise.resolve()
  const write = async (): Promise<void> => {
    await underWay
    underWay = handle.writeFile(gathered.subarray(0, filled))
    // Whoever writes next, or ends, is told of a failure.
    underWay.catch(() => undefined)
    filled = 0
    ;[gathered, spare] = [spare, gathered]
  }
  return {
    async add(part) {
      for (let at = 0; at < part.length; ) {
        const room = part.subarray(at, at + gatheredBytes - filled)
        gathered.set(room, filled)
        filled += room.length
        at += room.length
        if (filled === gatheredBytes) await write()
      }
    },
    async end() {
      if (filled > 0) await write()
      await underWay
    },
  }
}
