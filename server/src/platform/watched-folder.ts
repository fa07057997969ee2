import { constants } from 'node:fs'
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { isCode } from './binaries.ts'

/** A file that has not changed between two looks. */
export interface SettledFile {
  name: string
  /** Tells it from every other file that was ever there, also from one of the same name and content. */
  origin: string
  sizeBytes: number
}

/** What lies in one folder below the watched one. */
export interface Subfolder {
  name: string
  /** In the order of their names, numbers by their value. */
  settled: readonly SettledFile[]
  /** What is no file: links, pipes, devices. It is never opened. */
  strange: readonly string[]
  /** Whether something is still being copied, so that what belongs together may not be there yet. */
  isGrowing: boolean
}

/** Watches the folders below a folder. It never follows a link, and never looks below them. */
export interface WatchedFolder {
  look(): Promise<Subfolder[]>
  /** The bytes of a settled file; none of one that has changed since, or has gone. */
  read(subfolder: string, file: SettledFile): Promise<AsyncIterable<Uint8Array> | null>
  /** Moves what was taken to 已接收; not another file that has come in its place, which was not taken. */
  accept(subfolder: string, file: SettledFile): Promise<void>
  /** Moves what is not taken to 未接收, with the reason beside it. */
  refuse(subfolder: string, name: string, why: string): Promise<void>
  /** Leaves a note in a subfolder, in the place of the one before; null takes that away. */
  note(subfolder: string, text: string | null): Promise<void>
}

/** Where taken and refused files go. */
const [acceptedFolder, refusedFolder, noteName] = ['已接收', '未接收', '请看说明.txt']

/** What programs leave behind or are still writing under another name. */
const passing = /^\.|^~\$|^(thumbs\.db|desktop\.ini)$|\.(part|partial|filepart|crdownload|download|tmp)$/i

/** Opens the watch over a folder; nothing is remembered beyond the process, which costs one look more. */
export function watchFolder(root: string): WatchedFolder {
  let before = new Map<string, string>()
  const at = (...names: string[]) => path.join(root, ...names)

  /** Refuses to write below a folder in whose place a link has come. */
  async function standing(subfolder: string): Promise<void> {
    if (!(await lstat(at(subfolder))).isDirectory()) throw new Error(`${at(subfolder)} is no folder`)
  }

  async function move(subfolder: string, name: string, into: string): Promise<void> {
    await rename(at(subfolder, name), at(subfolder, into, await freeName(at(subfolder, into), name)))
  }

  return {
    async look() {
      const seen = new Map<string, string>()
      const subfolders: Subfolder[] = []
      for (const folder of await readdir(root, { withFileTypes: true })) {
        if (!folder.isDirectory() || passing.test(folder.name)) continue
        const settled: SettledFile[] = []
        const strange: string[] = []
        let isGrowing = false
        for (const name of await readdir(at(folder.name))) {
          if (name === noteName || passing.test(name)) continue
          const file = at(folder.name, name)
          const it = await lstat(file, { bigint: true }).catch(unlessGone)
          if (it === null || it.isDirectory()) continue
          if (!it.isFile()) {
            strange.push(name)
            continue
          }
          const origin = originOf(it, name)
          seen.set(file, origin)
          if (before.get(file) === origin) settled.push({ name, origin, sizeBytes: Number(it.size) })
          else isGrowing = true
        }
        settled.sort((one, other) => inOrder.compare(one.name, other.name))
        subfolders.push({ name: folder.name, settled, strange, isGrowing })
      }
      before = seen
      return subfolders
    },

    async read(subfolder, { name, origin }) {
      // What has become a link or a pipe since is not followed and not waited for.
      const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
      const place = path.join(await realpath(root), subfolder, name)
      const handle = await open(at(subfolder, name), flags).catch(unlessGone)
      if (handle === null) return null
      const it = await handle.stat({ bigint: true })
      const isSame =
        it.isFile() && originOf(it, name) === origin && (await placeOf(handle, at(subfolder, name))) === place
      if (isSame) return handle.createReadStream({ highWaterMark: 262_144 })
      await handle.close()
      return null
    },

    async accept(subfolder, { name, origin }) {
      const it = await lstat(at(subfolder, name), { bigint: true }).catch(unlessGone)
      if (it === null || originOf(it, name) !== origin) return
      await standing(subfolder)
      await folderFor(at(subfolder, acceptedFolder))
      await move(subfolder, name, acceptedFolder)
    },

    async refuse(subfolder, name, why) {
      await standing(subfolder)
      await folderFor(at(subfolder, refusedFolder))
      const free = await freeName(at(subfolder, refusedFolder), name, ['', '.txt'])
      await writeText(at(subfolder, refusedFolder, `${free}.txt`), `${name}\r\n${why}`)
      await rename(at(subfolder, name), at(subfolder, refusedFolder, free))
    },

    async note(subfolder, text) {
      await standing(subfolder)
      if (text === null) await rm(at(subfolder, noteName), { force: true })
      else await writeText(at(subfolder, noteName), text)
    },
  }
}

const inOrder = new Intl.Collator('zh-CN', { numeric: true })

/**
 * A copy of a file is another one, and so is the same file written anew. The device is no part of it: that of a network share is another
 * one each time it is mounted, and what was taken would be taken again. Neither is the number of links, and a file of several names is
 * taken like every other: on shares a backup or an upload that is just ending gives papers a second name, and some shares count wrongly.
 * Nothing is won by refusing them: Linux lets nobody give a name to a file of others that they may not read and write
 * (`fs.protected_hardlinks`), and a link does not reach beyond the file system of the folder.
 */
const originOf = (it: { ino: bigint; size: bigint; mtimeNs: bigint }, name: string): string =>
  `${it.ino}:${it.size}:${it.mtimeNs}:${name}`

/**
 * Where an opened file lies, asked of the system, for `O_NOFOLLOW` says nothing of the folders on the way, and one may have become a
 * link for a moment. Where the system does not tell, as it lies there now.
 */
const placeOf = (handle: FileHandle, file: string): Promise<string | null> =>
  readlink(`/proc/self/fd/${handle.fd}`).catch(() => realpath(file).catch(unlessGone))

/** Writes a text as the editors of all systems open it, and never through a link that lies in its place. */
async function writeText(file: string, text: string): Promise<void> {
  const flag = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW
  await writeFile(file, `\uFEFF${text}\r\n`, { flag })
}

/** Makes a folder, unless it is there; a link in its place is refused. */
async function folderFor(folder: string): Promise<void> {
  await mkdir(folder).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error
  })
  if (!(await lstat(folder)).isDirectory()) throw new Error(`${folder} is no folder`)
}

/** No file system in use takes longer names. */
const mostNameBytes = 255

/**
 * The name, with a number where there is one of this name already, alone or with one of the endings; shortened where it would be too
 * long with them, for a file that cannot be moved would keep all others of its folder waiting.
 */
async function freeName(folder: string, name: string, endings: readonly string[] = ['']): Promise<string> {
  const parsed = path.parse(name)
  const [stem, ext] = Buffer.byteLength(parsed.ext) > 16 ? [name, ''] : [parsed.name, parsed.ext]
  const longest = Math.max(...endings.map((it) => Buffer.byteLength(it)))
  for (let number = 1; ; number++) {
    const rest = `${number === 1 ? '' : ` (${number})`}${ext}`
    const free = `${shortened(stem, mostNameBytes - longest - Buffer.byteLength(rest))}${rest}`
    const there = endings.map((ending) => lstat(path.join(folder, free + ending)).catch(unlessGone))
    if ((await Promise.all(there)).every((it) => it === null)) return free
  }
}

function shortened(text: string, bytes: number): string {
  const characters = [...text]
  while (Buffer.byteLength(characters.join('')) > bytes) characters.pop()
  return characters.join('')
}

/** Nothing where it is not there any more, or has become a link. */
function unlessGone(error: unknown): null {
  if (isCode(error, 'ENOENT', 'ELOOP', 'ENXIO')) return null
  throw error
}
