import { createReadStream } from 'node:fs'
import { type FileHandle, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isCode } from '../binaries.ts'
import { makeFolder } from '../folder.ts'
import { newId } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import { type ByteSource, bytesOfFile } from './byte-source.ts'
import { tooLarge } from './content-store.ts'
import { syncFolder } from './drafts.ts'

/**
 * Files that arrive in pieces, so that a broken connection costs one piece and not the whole. Of each the bytes are kept, and how
 * many of them the disk has for certain: what lies behind was never acknowledged and is written anew.
 */
export interface Uploads {
  /** Begins an upload and answers its id. */
  begin(): Promise<string>
  /**
   * Writes the next bytes, from an offset that must be the number of bytes that are there, and answers how many there are
   * then, when the disk has them. Where the source breaks off, what has come stays. Refuses another offset, a second writer at
   * the same time, and more than `maxBytes` in all.
   */
  append(id: string, offset: number, source: AsyncIterable<Uint8Array>, limits: { maxBytes: number }): Promise<number>
  /** How many bytes are there for certain: where the next have to begin. */
  offsetOf(id: string): Promise<number>
  /** What is there, to be looked at part by part. */
  bytesOf(id: string): Promise<ByteSource>
  /** The file in which the bytes lie, to be read only, for whoever has to go to and fro in it. It is gone when the upload is. */
  fileOf(id: string): string
  /** The whole, to be handed on. Refuses while something is being written; the upload stays until it is discarded. */
  finish(id: string): Promise<AsyncIterable<Uint8Array>>
  /** Takes an upload away, if it is there and nothing is being written to it. */
  discard(id: string): Promise<void>
  /** Takes away the uploads to which nothing was written since an instant; answers how many. */
  tidy(before: Date): Promise<number>
}

/** So many bytes at most are lost when the server dies in the middle of a long piece. */
const safeEveryBytes = 33_554_432

/** Keeps uploads below a folder, each in a folder of its own: the bytes in `content`, the number of certain ones in `offset`. */
export function diskUploads(folder: string): Uploads {
  const busy = new Set<string>()

  const homeOf = (id: string): string => {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw gone()
    return path.join(folder, id)
  }

  /** Lets nobody else at an upload meanwhile. */
  async function alone<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    if (busy.has(id)) throw new Refusal('conflict', '这个文件正在另一个窗口中上传，请等它完成，或稍后再试。')
    busy.add(id)
    try {
      return await work()
    } finally {
      busy.delete(id)
    }
  }

  const offsetOf = async (id: string): Promise<number> => {
    const text = await readFile(path.join(homeOf(id), 'offset'), 'utf8').catch((error: unknown) => {
      throw isCode(error, 'ENOENT') ? gone() : error
    })
    return Number(text)
  }

  const uploads: Uploads = {
    async begin() {
      const id = newId()
      const home = homeOf(id)
      await makeFolder(home, 0o700)
      await writeFile(path.join(home, 'content'), '', { flag: 'wx', mode: 0o600 })
      await noteOffset(home, 0)
      await syncFolder(folder)
      return id
    },

    append: (id, offset, source, limits) =>
      alone(id, async () => {
        const right = await offsetOf(id)
        if (offset !== right) throw wrongOffset(right)
        return write(homeOf(id), right, source, limits)
      }),

    offsetOf,

    bytesOf: async (id) => bytesOfFile(path.join(homeOf(id), 'content'), await offsetOf(id)),

    fileOf: (id) => path.join(homeOf(id), 'content'),

    finish: (id) =>
      alone(id, async () => {
        const size = await offsetOf(id)
        const file = path.join(homeOf(id), 'content')
        return size === 0 ? nothing() : createReadStream(file, { end: size - 1, highWaterMark: 262_144 })
      }),

    discard: (id) =>
      alone(id, async () => {
        await rm(homeOf(id), { recursive: true, force: true })
        await syncFolder(folder)
      }),

    async tidy(before) {
      let taken = 0
      for (const id of await readdir(folder).catch(() => [])) {
        const { mtime } = await stat(path.join(folder, id)).catch(() => ({ mtime: new Date() }))
        if (mtime >= before || busy.has(id)) continue
        await rm(path.join(folder, id), { recursive: true, force: true })
        taken += 1
      }
      return taken
    },
  }
  return uploads
}

async function write(
  home: string,
  from: number,
  source: AsyncIterable<Uint8Array>,
  { maxBytes }: { maxBytes: number },
): Promise<number> {
  const handle = await open(path.join(home, 'content'), 'r+')
  let [at, safe] = [from, from]
  try {
    await handle.truncate(from)
    for await (const bytes of source) {
      if (at + bytes.length > maxBytes) throw tooLarge(maxBytes)
      await writeAt(handle, bytes, at)
      at += bytes.length
      if (at - safe >= safeEveryBytes) {
        await makeSafe(handle, home, at)
        safe = at
      }
    }
  } finally {
    try {
      if (at > safe) await makeSafe(handle, home, at)
    } finally {
      await handle.close()
    }
  }
  return at
}

async function makeSafe(handle: FileHandle, home: string, offset: number): Promise<void> {
  await handle.datasync()
  await noteOffset(home, offset)
}

/** Written beside and renamed, so that there is always a number. */
async function noteOffset(home: string, offset: number): Promise<void> {
  const draft = path.join(home, 'offset.draft')
  await writeFile(draft, String(offset), { mode: 0o600, flush: true })
  await rename(draft, path.join(home, 'offset'))
  await syncFolder(home)
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

const gone = () =>
  new Refusal('not-found', '没有找到这次上传，可能已经完成或因长时间没有继续而清除。请重新选择文件上传。')

const wrongOffset = (right: number) =>
  new Refusal('conflict', '上传的位置与服务器上已有的不一致，请从服务器给出的位置继续。', {
    fields: [{ path: 'offset', message: String(right) }],
  })
