import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { isCode } from './binaries.ts'

/**
 * Makes a folder and what is missing above it. `mkdir` of Node would try for ever where the file system refuses a new
 * folder below one that is there, as `/proc` does; this refuses with the error of the system.
 */
export async function makeFolder(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { mode })
  } catch (error) {
    if (isCode(error, 'EEXIST') && (await isFolder(folder))) return
    const above = path.dirname(folder)
    if (!isCode(error, 'ENOENT') || above === folder || (await isFolder(above))) throw error
    await makeFolder(above, mode)
    await makeFolder(folder, mode)
  }
}

const isFolder = (place: string) =>
  stat(place).then(
    (it) => it.isDirectory(),
    () => false,
  )
