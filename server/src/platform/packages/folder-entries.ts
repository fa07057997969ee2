import { constants, createReadStream } from 'node:fs'
import { lstat, open, opendir } from 'node:fs/promises'
import path from 'node:path'
import { Refusal } from '../refusal.ts'
import {
  DamagedEntry,
  type OpenedPackage,
  type PackageEntry,
  type PackageLimits,
  type PackageProblem,
} from './package-entries.ts'

/** Opens a package that somebody has unpacked into a folder. Links are named and never followed. */
export async function openFolder(folder: string, limits: PackageLimits): Promise<OpenedPackage> {
  const entries: PackageEntry[] = []
  const problems: PackageProblem[] = []
  const open = ['']
  for (let within = open.pop(); within !== undefined; within = open.pop()) {
    for await (const it of await opendir(path.join(folder, within))) {
      const below = within === '' ? it.name : `${within}/${it.name}`
      const place = path.join(folder, below)
      if (it.isDirectory()) open.push(below)
      else if (it.isFile())
        entries.push({ path: below, bytes: (await lstat(place)).size, pieces: () => piecesOf(place) })
      else problems.push({ kind: 'link', path: below, message: '是链接或特殊文件，没有读取。' })
      if (entries.length + open.length > limits.maxEntries) throw tooManyFiles(limits)
    }
  }
  return { entries, problems, isSafeToRead: true, close: async () => undefined }
}

/** That a package holds more files than are read. */
export const tooManyFiles = ({ maxEntries }: PackageLimits) =>
  new Refusal('too-large', `包内文件超过 ${maxEntries} 个，没有核验。请分成几个包。`)

async function* piecesOf(place: string): AsyncGenerator<Uint8Array> {
  try {
    // Not through a link that was put there meanwhile, and without waiting at a pipe.
    const handle = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    for await (const piece of createReadStream(place, { fd: handle })) yield piece
  } catch {
    throw new DamagedEntry('无法读取，可能没有权限或已被移走。')
  }
}
