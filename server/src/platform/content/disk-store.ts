import { createHash } from 'node:crypto'
import { type FileHandle, link, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { isCode } from '../binaries.ts'
import { makeFolder } from '../folder.ts'
import { Refusal } from '../refusal.ts'
import { type Algorithm, readContentId } from './content-id.ts'
import { type ContentStore, changed, type ListedContent, missing, type Soundness, within } from './content-store.ts'
import { type Draft, syncFolder, tidyDraftsIn, writeDraft } from './drafts.ts'
import { headerBytes, plainBytesOf, type Sealing } from './sealing.ts'

/** How contents are kept. */
export interface Keeping {
  /** The digest that names new contents; those with the other are read all the same. */
  algorithm: Algorithm
  sealing: Sealing
  /** Whether new contents are sealed; sealed and plain ones are read all the same. */
  seals: boolean
}

/** Where drafts lie: below the folder of contents, on the same disk, and left out of backups. */
export const draftsFolder = '.drafts'

/** What a sealed content has behind its name. A plain content may begin with any bytes, so the bytes cannot tell it. */
export const sealedEnding = '.sealed'

const folderMode = 0o700

/** Keeps contents in files `contents/ab/sha256-ab…` below a folder, readable by their owner only. */
export function diskStore(folder: string, { algorithm, sealing, seals }: Keeping): ContentStore {
  const contents = path.join(folder, 'contents')
  const drafts = path.join(folder, draftsFolder)

  /** The folder in which a content lies or would lie; null for an id that is none. */
  const folderOf = (id: string): string | null => {
    const name = readContentId(id)
    return name && path.join(contents, name.digest.slice(0, 2))
  }

  async function find(id: string): Promise<StoredFile | null> {
    const home = folderOf(id)
    if (home === null) return null
    for (const isSealed of [seals, !seals]) {
      const file = path.join(home, isSealed ? `${id}${sealedEnding}` : id)
      const bytes = await stat(file).then(
        (it) => it.size,
        (error: unknown) => {
          if (isCode(error, 'ENOENT')) return null
          throw error
        },
      )
      if (bytes !== null) return { file, isSealed, bytes }
    }
    return null
  }

  /** Gives a draft its name, unless the content is there and sound. */
  async function settle({ id, file }: Draft): Promise<void> {
    const home = folderOf(id) ?? contents
    const isNew = !(await namesIn(contents)).includes(path.basename(home))
    await makeFolder(home, folderMode)
    const place = path.join(home, seals ? `${id}${sealedEnding}` : id)
    const there = await find(id)
    if (there === null) {
      await link(file, place).catch((error: unknown) => {
        // Another has stored the same content meanwhile.
        if (!isCode(error, 'EEXIST')) throw error
      })
    } else if ((await check(id)) !== 'sound') {
      await rename(file, place)
      if (there.file !== place) await rm(there.file, { force: true })
    }
    await syncFolder(home)
    if (isNew) for (const above of [contents, folder, path.dirname(folder)]) await syncFolder(above)
  }

  async function check(id: string): Promise<Soundness> {
    const name = readContentId(id)
    if (!name) return 'missing'
    const hash = createHash(name.algorithm)
    try {
      for await (const bytes of await store.read(id)) hash.update(bytes)
    } catch (error) {
      if (error instanceof Refusal && error.reason === 'not-found') return 'missing'
      if ((error instanceof Refusal && error.reason === 'unreadable') || isCode(error, 'EIO')) return 'changed'
      throw error
    }
    return hash.digest('hex') === name.digest ? 'sound' : 'changed'
  }

  const store: ContentStore = {
    async put(source, { maxBytes }) {
      const draft = await writeDraft(drafts, source, {
        maxBytes,
        algorithm,
        sealer: seals ? sealing.newSealer() : null,
      })
      try {
        await settle(draft)
      } finally {
        await rm(draft.file, { force: true })
      }
      return { id: draft.id, size: draft.size }
    },

    async read(id, span = {}) {
      const stored = await find(id)
      if (!stored) throw missing()
      return readStored(stored, id, span, sealing)
    },

    async size(id) {
      const stored = await find(id)
      if (!stored) throw missing()
      return stored.isSealed ? plainBytesOf(stored.bytes) : stored.bytes
    },

    has: async (id) => (await find(id)) !== null,

    async remove(id) {
      const home = folderOf(id)
      if (home === null) return
      await rm(path.join(home, id), { force: true })
      await rm(path.join(home, `${id}${sealedEnding}`), { force: true })
      await syncFolder(home)
    },

    async *list() {
      for (const name of await namesIn(contents)) yield* listFolder(path.join(contents, name))
    },

    check,
    tidyDrafts: (before) => tidyDraftsIn(drafts, before),
  }
  return store
}

interface StoredFile {
  file: string
  isSealed: boolean
  /** On the disk. */
  bytes: number
}

async function readStored(
  { file, isSealed, bytes }: StoredFile,
  id: string,
  span: { from?: number; to?: number },
  sealing: Sealing,
): Promise<Readable> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw isCode(error, 'ENOENT') ? missing() : error
  })
  try {
    if (!isSealed) return streamOf(handle, within(span, bytes))
    const header = Buffer.alloc(headerBytes)
    const { bytesRead } = await handle.read(header, 0, headerBytes, 0)
    if (bytesRead < headerBytes) throw changed()
    const content = sealing.openHeader(header, id, bytes)
    const wanted = within(span, content.size)
    // Whoever destroys the last of the streams destroys all, and the file is closed.
    return pipeline(streamOf(handle, content.placeOf(wanted)), content.opening(wanted), () => {})
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Reads a part of an open file, which is closed at the end. */
function streamOf(handle: FileHandle, { from, to }: { from: number; to: number }): Readable {
  if (from < to) return handle.createReadStream({ start: from, end: to - 1, highWaterMark: 262_144 })
  return new Readable({
    read() {
      this.push(null)
    },
    destroy(error, done) {
      handle.close().then(
        () => done(error),
        (cause: Error) => done(cause),
      )
    },
  })
}

async function* listFolder(folder: string): AsyncGenerator<ListedContent> {
  for (const name of await namesIn(folder)) {
    const isSealed = name.endsWith(sealedEnding)
    const id = isSealed ? name.slice(0, -sealedEnding.length) : name
    if (!readContentId(id)) continue
    const it = await stat(path.join(folder, name)).catch(() => null)
    // Null where it was taken away meanwhile.
    if (it) yield { id, size: isSealed ? plainBytesOf(it.size) : it.size, storedAt: it.mtime }
  }
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  })
