import { sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { GatheringSocket } from './gathering-socket.ts'
import type { PathRange } from './org-path.ts'
import type { Prepared } from './prepared.ts'

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
  transaction<T>(scope: Scope, useCase: (db: Db) => Promise<T>): Promise<T>
  /** Runs one statement that only reads, in a transaction of its own and in one trip to the database. */
  read<Row>(scope: Scope, statement: Prepared<Row>, values: Record<string, string | null>): Promise<Row[]>
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

/** Opens the pools. `connections` is the most that the application uses at a time. */
export function openDatabase(address: DatabaseAddress, { connections = 16 } = {}): Database {
  const limits = { statement_timeout: 120_000, idle_in_transaction_session_timeout: 120_000 }
  const app = poolOf({ ...address.app, ...limits, max: connections })
  const owner = poolOf({ ...address.owner, max: 4, idleTimeoutMillis: 5_000 })
  return {
    transaction: (scope, useCase) => inTransaction(app, `begin;${settingsOf(scope)}`, useCase),
    read: (scope, statement, values) => readOnce(app, scope, statement, values),
    app: drizzle(app),
    asKeeper: (useCase) => inTransaction(owner, `begin;set local role ${keeperRole}`, useCase),
    asOwner: (useCase) => inTransaction(owner, 'begin', useCase),
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

/** The settings as one text for a simple query. What a setting had before ends with its transaction, so only those with a value are sent. */
function settingsOf(scope: Scope): string {
  const { tenantId, accountId, personId, ranges, helper } = scope
  return [
    set('tenant', tenantId),
    set('account', accountId),
    set('person', personId),
    set('helper', helper ? '1' : null),
    set('scope', ranges.length > 0 ? `{${ranges.map(written).join(',')}}` : null),
  ].join('')
}

const written = ({ lo, hi }: PathRange): string => `[${quoted(lo)},${quoted(hi)})`
const quoted = (path: string): string => `"${path.replace(/["\\]/g, '\\$&')}"`

const set = (name: string, value: string | null) =>
  value === null ? '' : `set local app.${name}=${pg.escapeLiteral(value)};`

async function inTransaction<T>(pool: pg.Pool, opening: string, useCase: (db: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const db = drizzleOf(client)
  let broken: Error | undefined
  try {
    // On a connection that sends ahead, the first statement need not wait for this; without it, row-level security shows nothing.
    const sent: Promise<unknown>[] = [client.query(opening)]
    sent[0]?.catch(() => undefined)
    underWay.set(db, sent)
    const result = await useCase(db)
    const [{ command }] = await Promise.all([client.query('commit'), ...sent])
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back because a statement in it had failed')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    underWay.delete(db)
    client.release(broken)
  }
}

/** The statements of open transactions that nobody has waited for yet. */
const underWay = new WeakMap<Db, Promise<unknown>[]>()

/** Makes the commit of an open transaction depend on a statement that has been sent. */
export function beforeCommit(db: Db, statement: Promise<unknown>): void {
  const sent = underWay.get(db)
  if (!sent) throw new Error('a statement was sent outside of a transaction')
  statement.catch(() => undefined)
  sent.push(statement)
}

/** What is sent as one text runs as one transaction, and the settings end with it. */
async function readOnce<Row>(
  pool: pg.Pool,
  scope: Scope,
  statement: Prepared<Row>,
  values: Record<string, string | null>,
): Promise<Row[]> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const db = drizzleOf(client)
    if (!statement.isKnownTo(db)) await statement.rows(db, values)
    const results = await client.query({ text: `${settingsOf(scope)}${statement.call(values)}`, types: daysAsText })
    // Of several statements the driver answers with a list.
    return [results].flat().at(-1)?.rows ?? []
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    client.release(broken)
  }
}

/** One drizzle for each connection, made once. */
const drizzles = new WeakMap<pg.PoolClient, NodePgDatabase>()

function drizzleOf(client: pg.PoolClient): NodePgDatabase {
  const known = drizzles.get(client)
  if (known) return known
  const made = drizzle(client)
  drizzles.set(client, made)
  return made
}

/** Days and instants as the database writes them, as drizzle answers them too. */
const daysAsText: pg.CustomTypesConfig = {
  getTypeParser: (type, format) =>
    [pg.types.builtins.DATE, pg.types.builtins.TIMESTAMPTZ].includes(type)
      ? (value: string) => value
      : pg.types.getTypeParser(type, format),
}

/** A pool that survives the loss of idle connections: the next query opens a new one. */
function poolOf(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...config, pipeline: true, stream: () => new GatheringSocket() })
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
