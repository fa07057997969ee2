import { sql } from 'drizzle-orm'
import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import pg from 'pg'
import type { Asked } from './batch.ts'
import { GatheringSocket } from './gathering-socket.ts'
import { Line, type Proof, type Statement } from './line.ts'
import type { PathRange } from './org-path.ts'

/** The connection pool or an open transaction: a query does not care which. */
export type Db = PgDatabase<NodePgQueryResultHKT>

/** What the database lets a transaction see: one university, these subtrees, the own file, the persons of a delegation. */
export interface Scope {
  tenantId: string
  accountId: string | null
  personId: string | null
  ranges: readonly PathRange[]
  /** Whether delegations of this account open persons outside the ranges. */
  helper: boolean
}

/** How to reach the database: as the owner of the tables, and as the application, which owns nothing. */
export interface DatabaseAddress {
  owner: pg.ClientConfig
  app: pg.ClientConfig
}

export interface Database {
  /** Runs a use case in one transaction as the application: committed when it returns, rolled back when it throws. */
  transaction<T>(scope: Scope, useCase: (db: Db) => Promise<T>, proof?: Proof): Promise<T>
  /** The same for a use case that begins by reading: fewer trips, as long as prepared statements only read. */
  reading<T>(scope: Scope, useCase: (db: Db) => Promise<T>, proof?: Proof): Promise<T>
  /** The application without any scope: tables of a university show no row. For sign-in, health and global tables. */
  app: Db
  /** Runs upkeep (sealing, backup) in one transaction that sees the rows of all universities and may add rows, change none. */
  asKeeper<T>(useCase: (db: Db) => Promise<T>): Promise<T>
  /** Runs as the owner of the tables: for migrations. Row-level security is forced on the owner too. */
  asOwner<T>(useCase: (db: Db) => Promise<T>): Promise<T>
  address: DatabaseAddress
  close(): Promise<void>
}

/** The role of the application: may log in, owns nothing, is bound by row-level security. */
export const appRole = 'zhibu_app'

/** The role that upkeep takes on for one transaction; nobody can log in with it. */
export const keeperRole = 'zhibu_keeper'

/** The whole tree of a university, for work that nobody's office bounds: nightly jobs, demonstration data. */
export const wholeTree: PathRange = { lo: '.', hi: '~' }

/** The scope of such work: a whole university, on nobody's behalf. */
export const wholeUniversity = (tenantId: string): Scope => ({
  tenantId,
  accountId: null,
  personId: null,
  ranges: [wholeTree],
  helper: false,
})

/** The scope of somebody who reads what is published: a visitor, or an account that is signed in. No office opens more. */
export const scopeOfReader = (tenantId: string, accountId: string | null): Scope => ({
  tenantId,
  accountId,
  personId: null,
  ranges: [],
  helper: false,
})

/** Opens the pools. `connections` is the most that the application uses at a time. */
export function openDatabase(address: DatabaseAddress, { connections = 16 } = {}): Database {
  const limits = { statement_timeout: 120_000, idle_in_transaction_session_timeout: 120_000 }
  const app = poolOf({ ...address.app, ...limits, max: connections })
  const owner = poolOf({ ...address.owner, max: 4, idleTimeoutMillis: 5_000 })
  return {
    transaction: (scope, useCase, proof) => inTransaction(app, settingsOf(scope), useCase, { proof }),
    reading: (scope, useCase, proof) => inTransaction(app, settingsOf(scope), useCase, { isReading: true, proof }),
    app: drizzle(app),
    asKeeper: (useCase) => inTransaction(owner, [asKeeper], useCase),
    asOwner: (useCase) => inTransaction(owner, [], useCase),
    address,
    async close() {
      await Promise.all([app.end(), owner.end()])
    },
  }
}

/**
 * The address behind a `DATABASE_URL`. The application connects by `appUrl` when one is given (its role must be `zhibu_app`),
 * otherwise as the owner with its role changed at the start of each connection.
 */
export function addressOf(url: string, appUrl?: string): DatabaseAddress {
  const owner = { connectionString: url }
  const app = appUrl ? { connectionString: appUrl } : { connectionString: url, options: `-c role=${appRole}` }
  return { owner, app }
}

const asKeeper: Asked = { name: 'as_keeper', text: `set local role ${keeperRole}`, values: [] }

/** The settings; what they had before ends with its transaction. */
const settingsOf = ({ tenantId, accountId, personId, ranges, helper }: Scope): Asked[] => [
  {
    name: 'scope',
    text: settings,
    values: [tenantId, accountId ?? '', personId ?? '', helper ? '1' : '', ranges.length > 0 ? asRanges(ranges) : ''],
  },
]

const settings = `select ${['tenant', 'account', 'person', 'helper', 'scope']
  .map((name, at) => `set_config('app.${name}', $${at + 1}, true)`)
  .join(', ')}`

/**
 * What a transaction may stand on: the rows that a statement gives under a scope of its own, asked together with the first
 * statements of the transaction.
 */
export function proofBy(scope: Scope, statement: Statement, holds: (rows: readonly unknown[]) => boolean): Proof {
  return { opening: settingsOf(scope), statement, holds, outcome: 'not-asked' }
}

/** Subtrees as a value of the type `path_ranges` of the database. */
export const asRanges = (ranges: readonly PathRange[]): string => `{${ranges.map(written).join(',')}}`

const written = ({ lo, hi }: PathRange): string => `[${quoted(lo)},${quoted(hi)})`
const quoted = (path: string): string => `"${path.replace(/["\\]/g, '\\$&')}"`

async function inTransaction<T>(
  pool: pg.Pool,
  opening: readonly Asked[],
  useCase: (db: Db) => Promise<T>,
  { isReading = false, proof }: { isReading?: boolean; proof?: Proof | undefined } = {},
): Promise<T> {
  const client = await pool.connect()
  const line = new Line(client, opening, { isReading, proof })
  let broken: Error | undefined
  try {
    const result = await useCase(line.db)
    await line.commit()
    return result
  } catch (error) {
    await line.rollback().catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** A pool that survives the loss of idle connections: the next query opens a new one. */
function poolOf(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionTimeoutMillis: 30_000,
    ...config,
    pipeline: true,
    stream: () => new GatheringSocket(),
  })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Whether the database answers. */
export async function answers(database: Database): Promise<boolean> {
  return database.app.execute(sql`select 1`).then(
    () => true,
    () => false,
  )
}
