import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/** A directory for one run, which the account of PostgreSQL can walk through when the tests run as root. */
export async function temporaryDirectory(): Promise<{ directory: string; remove: () => Promise<void> }> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'zhibu-test-'))
  await chmod(directory, 0o711)
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) }
}
