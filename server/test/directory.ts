import { chmod, glob, mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/** A directory for one run, which the account of PostgreSQL can walk through when the tests run as root. */
export async function temporaryDirectory(): Promise<{ directory: string; remove: () => Promise<void> }> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'zhibu-test-'))
  await chmod(directory, 0o711)
  return { directory, remove: () => removeWithData(directory) }
}

/** Takes a directory away, and what the data directories in it keep elsewhere, as root's do. */
async function removeWithData(directory: string): Promise<void> {
  const notes = ['', '*/', '*/*/'].map((below) => `${below}postgres.location`)
  for await (const note of glob(notes, { cwd: directory })) {
    const place = (await readFile(path.join(directory, note), 'utf8')).trim()
    if (path.isAbsolute(place)) await rm(place, { recursive: true, force: true })
  }
  await rm(directory, { recursive: true, force: true })
}
