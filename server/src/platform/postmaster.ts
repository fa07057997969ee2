import { execFile } from 'node:child_process'
import { readFile, readlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

/** What `postmaster.pid` in a data directory says about the server that runs there or ran there. */
export interface Postmaster {
  pid: number
  socketDirectory: string
}

/** Reads `postmaster.pid`; null when there is none, or when it is still being written. */
export async function readPostmaster(dataDirectory: string): Promise<Postmaster | null> {
  const text = await readFile(pidFile(dataDirectory), 'utf8').catch(() => '')
  const [pid, , , , socketDirectory] = text.split('\n')
  return pid && Number(pid) > 0 ? { pid: Math.abs(Number(pid)), socketDirectory: socketDirectory ?? '' } : null
}

/** Whether the process is a PostgreSQL that runs: not gone, not a zombie nobody has buried, not a stranger with the same number. */
export async function isRunningPostgres(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  if (process.platform !== 'linux') {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,comm=', '-p', String(pid)]).catch(() => ({
      stdout: '',
    }))
    return stdout.includes('postgres') && !stdout.startsWith('Z')
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const afterName = status.slice(status.lastIndexOf(')') + 2)
  if (afterName === '' || afterName.startsWith('Z') || afterName.startsWith('X')) return false
  const program = await readlink(`/proc/${pid}/exe`).catch(() => status)
  return program.includes('postgres')
}

/**
 * Makes a left-over `postmaster.pid` recognisable as stale, where its process is gone but its number still answers.
 * PostgreSQL takes a file with the number of its own parent as stale; the other lines stay,
 * because by them it makes sure that no orphaned session of the old server still writes.
 */
export async function disownPostmaster(dataDirectory: string): Promise<void> {
  const text = await readFile(pidFile(dataDirectory), 'utf8').catch(() => '')
  if (text !== '') await writeFile(pidFile(dataDirectory), text.replace(/^-?\d+/, String(process.pid)))
}

const pidFile = (dataDirectory: string) => path.join(dataDirectory, 'postmaster.pid')
