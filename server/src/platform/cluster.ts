import { spawn } from 'node:child_process'
import { open, readFile, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { asAccount, connectionTo, exitOf, findPlace, initialise, type Place, superuser } from './place.ts'
import { disownPostmaster, isRunningPostgres, readPostmaster } from './postmaster.ts'

/** A running embedded PostgreSQL. It accepts connections on its socket only. */
export interface Cluster {
  /** The directory of the socket: the `host` of a connection. */
  socketDirectory: string
  dataDirectory: string
  /** The connection of a role to a database of the cluster. */
  connection(role: string, database: string): pg.ClientConfig
  /** Stops the server after its running transactions were rolled back, and gives the data free. */
  stop(): Promise<void>
}

export interface ClusterOptions {
  /** Where the data lie; made when missing. */
  directory: string
  /** False only for tests: what is acknowledged may be lost in a power cut. */
  isDurable?: boolean
  /** Told when the server has died and was started again, or could not be. */
  onRestart?: (failure: Error | null) => void
}

/** Another process of this program works on the same data. */
export class ClusterInUse extends Error {}

/**
 * Starts the embedded PostgreSQL on a data directory, or takes over the one that a killed process left running.
 * It is started again when it dies. Refuses with `ClusterInUse` while another process of this program holds the data.
 */
export async function startCluster({ directory, isDurable = true, onRestart }: ClusterOptions): Promise<Cluster> {
  const place = await findPlace(directory, isDurable)
  await initialise(place)
  let lock = await takeOver(place)

  let isStopping = false
  const watch = (held: pg.Client) => {
    held.once('end', () => {
      if (!isStopping) void revive()
    })
  }
  const revive = async () => {
    for (let attempt = 1; !isStopping; attempt++) {
      try {
        lock = await takeOver(place)
        watch(lock)
        onRestart?.(null)
        return
      } catch (error) {
        onRestart?.(error instanceof Error ? error : new Error(String(error)))
        if (error instanceof ClusterInUse) return
        await sleep(Math.min(attempt * 500, 10_000))
      }
    }
  }
  watch(lock)

  return {
    socketDirectory: place.socketDirectory,
    dataDirectory: place.dataDirectory,
    connection: (role, database) => connectionTo(place, role, database),
    async stop() {
      isStopping = true
      await shutDown(place)
      await lock.end().catch(() => undefined)
    },
  }
}

/**
 * Reaches the data beside a server that may be running, for work that only reads: a running one is used and left running,
 * otherwise the cluster is started and stopped afterwards.
 */
export async function joinCluster(directory: string): Promise<Cluster> {
  const place = await findPlace(directory, true)
  if (!(await accepts(place))) return startCluster({ directory })
  return {
    socketDirectory: place.socketDirectory,
    dataDirectory: place.dataDirectory,
    connection: (role, database) => connectionTo(place, role, database),
    stop: async () => undefined,
  }
}

/** A session that holds the lock on the data, on the running server or on one started now. */
async function takeOver(place: Place): Promise<pg.Client> {
  const deadline = Date.now() + startSeconds * 1_000
  for (;;) {
    const running = await readPostmaster(place.dataDirectory)
    if (!running || !(await isRunningPostgres(running.pid))) {
      if (running) await disownPostmaster(place.dataDirectory)
      await launch(place)
    }
    const lock = await tryLock(place)
    if (lock) return lock
    if (Date.now() > deadline) {
      throw new Error(`内置数据库没有启动，原因见 (see) ${logFile(place)}\n${await lastLines(place)}`)
    }
    await sleep(100)
  }
}

/** How long starts that fail are repeated: a session of a killed server may still be ending its last statement. */
const startSeconds = 20

/** Starts the server, detached: a Ctrl-C in the terminal must reach this process only. Returns when it accepts connections or has ended. */
async function launch(place: Place): Promise<void> {
  const log = await openLog(place)
  const settings = {
    listen_addresses: '',
    unix_socket_directories: place.socketDirectory,
    unix_socket_permissions: '0700',
    max_connections: '60',
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    // What stands around an error repeats values: names and numbers of persons.
    log_error_verbosity: 'terse',
    ...(place.isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(place.binaries.postgres, ['-D', place.dataDirectory, ...options], {
    ...asAccount(place),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  const ended = exitOf(child).catch(() => 1)
  child.unref()
  await log.close()
  for (;;) {
    const isOver = await Promise.race([ended.then(() => true), sleep(10, false)])
    if (isOver || (await accepts(place))) return
  }
}

/**
 * Holds the data for this process through a lock inside the server: it falls the moment this process dies, however it dies.
 * Null while the server does not answer yet; `ClusterInUse` when another process holds it.
 */
async function tryLock(place: Place): Promise<pg.Client | null> {
  const client = new pg.Client({
    ...connectionTo(place, superuser, 'postgres'),
    application_name: `zhibu ${process.pid}`,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    for (let attempt = 0; attempt < 40; attempt++) {
      const { rows } = await client.query<{ held: boolean }>(`select pg_try_advisory_lock(${lockKey}) held`)
      if (rows[0]?.held) return client
      await sleep(50)
    }
  } catch {
    await client.end().catch(() => undefined)
    return null
  }
  const { rows } = await client.query<{ name: string }>(
    `select application_name as name from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and objid = ${lockKey} and granted`,
  )
  await client.end()
  throw new ClusterInUse(
    `数据目录 ${place.home} 正由另一个进程使用（${rows[0]?.name ?? '?'}）。请先停止它，或用 ZHIBU_DATA 指定另一个目录。 (The data are in use by another process: stop it, or set ZHIBU_DATA.)`,
  )
}

/** An arbitrary number, the same in every version. */
const lockKey = 7_240_921

async function accepts(place: Place): Promise<boolean> {
  const client = new pg.Client(connectionTo(place, superuser, 'postgres'))
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Asks the server to end its sessions and stop; waits until it has. */
async function shutDown(place: Place): Promise<void> {
  const running = await readPostmaster(place.dataDirectory)
  if (!running) return
  if (!tell(running.pid, 'SIGINT')) return
  const deadline = Date.now() + 30_000
  while (await isRunningPostgres(running.pid)) {
    if (Date.now() > deadline && !tell(running.pid, 'SIGQUIT')) return
    await sleep(20)
  }
}

/** Sends a signal to a process; false where it has gone meanwhile, or its number is another one's by now. */
function tell(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

const logFile = (place: Place) => path.join(place.home, 'postgres.log')

/** The log of the server; one over 10 MB makes room, the one before is kept. */
async function openLog(place: Place) {
  const file = logFile(place)
  const size = await stat(file).then(
    (it) => it.size,
    () => 0,
  )
  if (size > 10_000_000) await rename(file, `${file}.1`)
  return open(file, 'a', 0o600)
}

async function lastLines(place: Place): Promise<string> {
  return (await readFile(logFile(place), 'utf8').catch(() => '')).trimEnd().split('\n').slice(-5).join('\n')
}
