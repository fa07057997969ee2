import { type FileHandle, open, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { makeFolder } from '../folder.ts'
import { limits, tooMuchToShow } from './limits.ts'

/** A document and how to get at it. */
export interface Source {
  /** The same for the same content, such as its digest. */
  key: string
  contents(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** A document in a file, until it is let go. */
export interface KeptFile {
  path: string
  letGo(): void
}

/** The private folder in which documents lie while they are being read. */
export interface KeptFiles {
  /** The document in a file; what lies there from before is used again. Refuses a document that is too large. */
  take(source: Source): Promise<KeptFile>
  /** The path of a file that is not there yet. */
  newPath(): string
  /** Takes away what nobody uses. */
  clear(): Promise<void>
}

/** So much lies there at most beside what is in use. */
const mostBytes = 256 * 1024 * 1024

/** Opens the folder, which belongs to one process alone, and takes away what a killed one has left there. */
export async function keepFiles(folder: string): Promise<KeptFiles> {
  await makeFolder(folder, 0o700)
  for (const left of await readdir(folder)) await rm(path.join(folder, left), { recursive: true, force: true })

  const kept = new Map<string, Entry>()
  let made = 0
  const newPath = () => path.join(folder, String(++made))
  const clearTo = async (most: number) => {
    let bytes = [...kept.values()].reduce((sum, it) => sum + it.bytes, 0)
    for (const [key, entry] of kept) {
      if (bytes <= most) return
      if (entry.users > 0) continue
      kept.delete(key)
      bytes -= entry.bytes
      await rm(entry.path, { force: true })
    }
  }
  return {
    newPath,
    clear: () => clearTo(-1),
    async take(source) {
      const entry = kept.get(source.key) ?? newEntry(newPath())
      // The one used last goes last.
      kept.delete(source.key)
      kept.set(source.key, entry)
      entry.users += 1
      try {
        entry.written ??= write(source, entry.path)
        entry.bytes = await entry.written
      } catch (error) {
        if (kept.get(source.key) === entry) kept.delete(source.key)
        throw error
      }
      await clearTo(mostBytes)
      const letGo = () => {
        entry.users -= 1
      }
      return { path: entry.path, letGo }
    },
  }
}

interface Entry {
  path: string
  written: Promise<number> | undefined
  bytes: number
  users: number
}

const newEntry = (path: string): Entry => ({ path, written: undefined, bytes: 0, users: 0 })

/** Writes a document to a file and answers with its size. Nothing is left where it could not be written. */
async function write(source: Source, path: string): Promise<number> {
  let bytes = 0
  let file: FileHandle | undefined
  try {
    file = await open(path, 'w', 0o600)
    for await (const piece of source.contents()) {
      bytes += piece.length
      if (bytes > limits.maxFileBytes) throw tooMuchToShow()
      await file.writeFile(piece)
    }
    return bytes
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file?.close()
  }
}
