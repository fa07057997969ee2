import path from 'node:path'
import pg from 'pg'
import { type Cluster, joinCluster, startCluster } from './platform/cluster.ts'
import { type Config, ConfigError } from './platform/config.ts'
import { addressOf, appRole, type Database, type DatabaseAddress, openDatabase } from './platform/database.ts'
import { migrate, schemaVersionOf } from './platform/migrate.ts'
import { holdsCluster, superuser } from './platform/place.ts'
import { rowRules } from './row-rules.ts'

/** The opened data of an installation. */
export interface OpenData {
  database: Database
  /** Closes the connections and stops the embedded PostgreSQL. */
  close(): Promise<void>
}

/** Where data come from: the settings, and what to say when the embedded database died and was started again. */
type Source = Pick<Config, 'dataDirectory' | 'databaseUrl' | 'appDatabaseUrl' | 'databaseConnections'>

/**
 * Starts or reaches the database of the settings, brings it up to date and opens it. Refuses when another process
 * works on the same embedded data, and when the database is newer than the program.
 */
export async function openData(config: Source, onRestart?: (failure: Error | null) => void): Promise<OpenData> {
  const reached = await reach(config, (directory) => startCluster({ directory, ...(onRestart ? { onRestart } : {}) }))
  try {
    await migrate(reached.address, rowRules)
  } catch (error) {
    await reached.stop()
    throw error
  }
  return opened(reached, config)
}

/**
 * Reaches the data for work that only reads, beside a server that may be running. The tables are taken as they are.
 * Refuses a place without data.
 */
export async function joinData(config: Source): Promise<OpenData> {
  await refuseEmptyPlace(config)
  const reached = await reach(config, joinCluster)
  if ((await versionAt(reached.address)) > 0) return opened(reached, config)
  await reached.stop()
  throw noData(config.databaseUrl ? 'DATABASE_URL 所指的数据库' : config.dataDirectory)
}

/** Refuses a directory in which no database lies, before one is made there, and says where the demonstration has its own. */
export async function refuseEmptyPlace({ dataDirectory, databaseUrl }: Source): Promise<void> {
  if (databaseUrl || (await holdsCluster(dataDirectory))) return
  const near = path.basename(dataDirectory) === 'live' ? path.dirname(dataDirectory) : dataDirectory
  const demonstration = path.join(near, 'demo')
  const hint = (await holdsCluster(demonstration))
    ? `演示数据在 ${demonstration}：要用它，请设 ZHIBU_DATA=${demonstration}。`
    : ''
  throw noData(dataDirectory, hint)
}

const noData = (place: string, hint = '') =>
  new ConfigError(`${place} 中还没有数据。${hint || '请检查 ZHIBU_DATA 与 DATABASE_URL。'} (There are no data yet.)`)

/** The address of the database of the settings, started where it is the embedded one, but neither migrated nor opened. */
export function reachData(config: Source): Promise<ReachedData> {
  return reach(config, (directory) => startCluster({ directory }))
}

export interface ReachedData {
  address: DatabaseAddress
  stop(): Promise<void>
}

async function reach(config: Source, start: (directory: string) => Promise<Cluster>): Promise<ReachedData> {
  if (config.databaseUrl) {
    return { address: addressOf(config.databaseUrl, config.appDatabaseUrl), stop: async () => undefined }
  }
  const cluster = await start(config.dataDirectory)
  await ensureOwner(cluster)
  const address = { owner: cluster.connection(ownerRole, databaseName), app: cluster.connection(appRole, databaseName) }
  return { address, stop: () => cluster.stop() }
}

function opened({ address, stop }: ReachedData, { databaseConnections }: Source): OpenData {
  const database = openDatabase(address, { connections: databaseConnections })
  const close = async () => {
    await database.close()
    await stop()
  }
  return { database, close }
}

async function versionAt(address: DatabaseAddress): Promise<number> {
  const client = new pg.Client(address.owner)
  await client.connect()
  try {
    return await schemaVersionOf(client)
  } finally {
    await client.end()
  }
}

/** The owner of the tables in the embedded cluster, and the database there. */
const ownerRole = 'zhibu_owner'
const databaseName = 'zhibu'

/** The embedded cluster gets the owner and the database that an administrator makes by hand on a server. */
async function ensureOwner(cluster: Cluster): Promise<void> {
  const client = new pg.Client(cluster.connection(superuser, 'postgres'))
  await client.connect()
  try {
    const role = await client.query('select from pg_roles where rolname = $1', [ownerRole])
    if (role.rowCount === 0) await client.query(`create role ${ownerRole} login createrole`)
    const database = await client.query('select from pg_database where datname = $1', [databaseName])
    if (database.rowCount === 0) await client.query(`create database ${databaseName} owner ${ownerRole}`)
  } finally {
    await client.end()
  }
}
