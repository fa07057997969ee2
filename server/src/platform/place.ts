import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmod, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import {
  type Binaries,
  canReach,
  chooseAccount,
  findBinaries,
  isCode,
  privateDirectory,
  type RunAs,
} from './binaries.ts'
import { makeFolder } from './folder.ts'

/** Where an embedded PostgreSQL lives, and as whom it runs. */
export interface Place {
  binaries: Binaries
  runAs: RunAs | null
  isDurable: boolean
  home: string
  dataDirectory: string
  socketDirectory: string
}

/** The superuser of the embedded cluster; used to set it up, never by the application. */
export const superuser = 'postgres'

/** Finds the place for the data of a directory and makes what is missing, but no cluster yet. */
export async function findPlace(directory: string, isDurable: boolean): Promise<Place> {
  const runAs = await chooseAccount()
  const home = await settle(path.resolve(directory), runAs)
  return {
    binaries: await findBinaries(runAs, path.join(runAs ? sharedHome : home, 'programs')),
    runAs,
    isDurable,
    home,
    dataDirectory: path.join(home, 'postgres'),
    socketDirectory: await socketDirectoryFor(home, runAs),
  }
}

/** Root keeps here what the account of PostgreSQL could not reach elsewhere. */
const sharedHome = '/var/lib/zhibu'

/** The directory for the data: the wanted one, or below `/var/lib/zhibu` where root works in a place closed to others. */
async function settle(directory: string, runAs: RunAs | null): Promise<string> {
  await makeFolder(directory, runAs ? 0o711 : 0o700)
  if (!runAs) return directory
  if ((await stat(directory)).uid === 0) await chmod(directory, 0o711)
  if (await canReach(runAs, directory)) return directory
  return elsewhere(directory)
}

/** The place that a note in the wanted directory names; without a note, such as after a new clone, a new place. */
async function elsewhere(directory: string): Promise<string> {
  const note = path.join(directory, noteName)
  const noted = await notedIn(directory)
  const place = noted || path.join(sharedHome, 'data', randomBytes(6).toString('hex'))
  await makeFolder(place, 0o711)
  if (!noted) await writeFile(note, `${place}\n`, { flag: 'wx' })
  return place
}

/** Names the place where the data of a directory lie, if it is another. */
const noteName = 'postgres.location'
const notedIn = async (directory: string) =>
  (await readFile(path.join(directory, noteName), 'utf8').catch(() => '')).trim()

/** Whether there is a cluster for the data of a directory. Makes nothing. */
export async function holdsCluster(directory: string): Promise<boolean> {
  const home = (await notedIn(directory)) || path.resolve(directory)
  return stat(path.join(home, 'postgres', 'PG_VERSION')).then(
    () => true,
    (error: unknown) => {
      if (isCode(error, 'ENOENT', 'ENOTDIR')) return false
      throw error
    },
  )
}

/** The path of a unix socket must stay under 108 bytes, so a deep data directory has its socket in the directory for temporary files. */
async function socketDirectoryFor(home: string, runAs: RunAs | null): Promise<string> {
  const near = path.join(home, 'socket')
  const directory = Buffer.byteLength(near) <= 80 ? near : path.join(os.tmpdir(), `zhibu-${digest(home)}`)
  await privateDirectory(directory, runAs)
  return directory
}

/** Makes the cluster in a directory beside and renames it, so that a half-made one is never taken for whole. */
export async function initialise(place: Place): Promise<void> {
  const exists = await stat(path.join(place.dataDirectory, 'PG_VERSION')).catch(() => null)
  if (exists) return
  await clearDrafts(place)
  const draft = `${place.dataDirectory}.${randomBytes(4).toString('hex')}`
  await privateDirectory(draft, place.runAs)
  const options = ['-D', draft, '-U', superuser, '-E', 'UTF8', '--locale=C', '--auth-local=trust', '--auth-host=reject']
  if (!place.isDurable) options.push('--no-sync')
  const child = spawn(place.binaries.initdb, options, { ...asAccount(place), stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  const code = await exitOf(child)
  if (code !== 0) throw new Error(`内置数据库初始化失败： (initdb failed:) ${complaint.trim()}`)
  await rename(draft, place.dataDirectory).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true })
    if (!isCode(error, 'ENOTEMPTY', 'EEXIST')) throw error
  })
}

/** Takes away what first starts that were interrupted have left; younger than an hour it may be one that goes on. */
async function clearDrafts({ home }: Place): Promise<void> {
  for (const name of await readdir(home)) {
    if (!/^postgres\.[0-9a-f]{8}$/.test(name)) continue
    const { mtimeMs } = await stat(path.join(home, name))
    if (mtimeMs < Date.now() - 3_600_000) await rm(path.join(home, name), { recursive: true, force: true })
  }
}

/** The connection of a role to a database of the cluster. */
export function connectionTo(place: Place, role: string, database: string): pg.ClientConfig {
  return { host: place.socketDirectory, user: role, database, ssl: false }
}

/** How its programs are started. PostgreSQL gets a clean environment: variables such as PGDATA or LC_ALL of the caller must not reach it. */
export function asAccount({ runAs, home }: Place) {
  const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: home, LANG: 'C', TZ: 'UTC' }
  return { cwd: '/', env, ...(runAs ?? {}) }
}

/** The exit code of a child process; null when a signal ended it. Rejects when it could not be started. */
export function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
