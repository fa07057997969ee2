import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isCode } from '../binaries.ts'

const prefix = 'zhibu-package-'

/** A new folder for a package that is being written, which nobody else may enter. Its name says which process it belongs to. */
export const openWorkplace = (): Promise<string> => mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`))

/**
 * Takes away the folders of packages that servers left behind which were killed; answers how many. To be called at the start, before
 * a package is written: what carries the number of this process was left by one before it. Those of a process that runs stay.
 */
export async function clearWorkplaces(): Promise<number> {
  let cleared = 0
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    if (!name.startsWith(prefix)) continue
    const owner = Number(/^\d+(?=-)/.exec(name.slice(prefix.length))?.[0])
    if (owner > 0 && owner !== process.pid && isRunning(owner)) continue
    // Those of another user of the machine cannot be taken away, and need not.
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).then(
      () => {
        cleared += 1
      },
      () => undefined,
    )
  }
  return cleared
}

/** A process of another user runs, too, although it may not be asked. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !isCode(error, 'ESRCH')
  }
}
