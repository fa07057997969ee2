import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { isCode } from './binaries.ts'

/**
 * Makes a folder and what is missing above it. `mkdir` of Node would try for ever where the file system refuses a new
 * folder below one that is there, as `/proc` does; this refuses with the error of the system.
 */
export async function makeFolder(folder: string, mode: number): Promise<void> {
  try {
    await make(folder, mode)
  } catch (error) {
    const above = path.dirname(folder)
    if (!isCode(error, 'ENOENT') || above === folder) throw error
    // The one above may be there by now: another makes it at the same time.
    await makeFolder(above, mode)
    await make(folder, mode)
  }
}

async function make(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { mode })
  } catch (error) {
    if (!isCode(error, 'EEXIST') || !(await isFolder(folder))) throw error
  }
}

const isFolder = (place: string) =>
  stat(place).then(
    (it) => it.isDirectory(),
    () => false,
  )
