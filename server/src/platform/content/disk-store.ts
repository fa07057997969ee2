import { type FileHandle, link, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { isCode } from '../binaries.ts'
import { makeFolder } from '../folder.ts'
import { type Algorithm, contentsFolder, placeOf, readPlace } from './content-id.ts'
import { type ContentStore, changed, type ListedContent, missing, within } from './content-store.ts'
import { type Draft, syncFolder, tidyDraftsIn, writeDraft } from './drafts.ts'
import { headerBytes, plainBytesOf, type Sealing } from './sealing.ts'
import { soundnessOf } from './soundness.ts'

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

const folderMode = 0o700

/** Keeps contents in files `contents/ab/sha256-ab…` below a folder, readable by their owner only. */
export function diskStore(folder: string, { algorithm, sealing, seals }: Keeping): ContentStore {
  const contents = path.join(folder, contentsFolder)
  const drafts = path.join(folder, draftsFolder)

  /** The file of a content; null for an id that is none. */
  const fileOf = (id: string, isSealed: boolean): string | null => {
    const place = placeOf(id, isSealed)
    return place && path.join(folder, place)
  }

  async function find(id: string): Promise<StoredFile | null> {
    for (const isSealed of [seals, !seals]) {
      const file = fileOf(id, isSealed)
      if (file === null) return null
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
    const place = fileOf(id, seals)
    if (place === null) throw new Error(`${id} is no id of a content`)
    const home = path.dirname(place)
    const isNew = !(await namesIn(contents)).includes(path.basename(home))
    await makeFolder(home, folderMode)
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

  const check = (id: string) => soundnessOf(id, (it) => store.read(it))

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
      for (const isSealed of [true, false]) {
        const file = fileOf(id, isSealed)
        if (file === null) return
        await rm(file, { force: true })
        await syncFolder(path.dirname(file))
      }
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
    const content = readPlace(name)
    if (!content) continue
    const it = await stat(path.join(folder, name)).catch(() => null)
    // Null where it was taken away meanwhile.
    if (it) yield { id: content.id, size: content.isSealed ? plainBytesOf(it.size) : it.size, storedAt: it.mtime }
  }
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  })
