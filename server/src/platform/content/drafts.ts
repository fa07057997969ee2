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
  let size = 0
  try {
    if (sealer) await writeAll(handle, [Buffer.alloc(headerBytes)])
    for await (const bytes of source) {
      size += bytes.length
      if (size > maxBytes) throw tooLarge(maxBytes)
      const written = writeAll(handle, sealer ? sealer.push(bytes) : [bytes])
      hash.update(bytes)
      await written
    }
    const id = contentIdOf({ algorithm, digest: hash.digest('hex') })
    if (sealer) {
      const { rest, header } = sealer.end(id)
      await writeAll(handle, rest)
      await handle.write(header, 0, headerBytes, 0)
    }
    await handle.sync()
    return { id, size, file, fileBytes: (await handle.stat()).size }
  } catch (error) {
    await rm(file, { force: true })
    throw error
  } finally {
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

async function writeAll(handle: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  for (const part of parts) await handle.writeFile(part)
}
